import { CODEC_H264, CODEC_JPEG } from '../protocol/video-message.js';
import { H264Decoder } from './h264-decoder.js';
import { JpegDecoder } from './jpeg-decoder.js';
import { MseDecoder } from './mse-decoder.js';

/** How long a browser may take to report whether it supports a codec. */
const CODEC_CHECK_TIMEOUT_MILLIS = 1000;

/**
 * Selects the H.264 decoder for this browser. WebCodecs is available only in secure contexts (https or localhost), and a browser with
 * WebCodecs may still lack the codec.
 *
 * @param {any} [web]
 * @returns {Promise<typeof H264Decoder | typeof MseDecoder | null>}
 */
export async function chooseH264Decoder(web = globalThis) {
  if (H264Decoder.isAvailable(web)) {
    const late = new Promise((resolve) => setTimeout(resolve, CODEC_CHECK_TIMEOUT_MILLIS, false));
    if (await Promise.race([H264Decoder.hasCodec(web), late])) return H264Decoder;
  }
  return MseDecoder.isAvailable(web) ? MseDecoder : null;
}

const H264 = await chooseH264Decoder();

/** The value of the server's parameter `codecs`; empty for all. For a browser without H.264, the server converts to JPEG. */
export const shownCodecs = H264 ? '' : 'jpeg';

/**
 * Decoders by the codec number in the video header; null if this browser has none.
 *
 * @type {Record<number, (onPicture: import('./jpeg-decoder.js').OnPicture) => import('./jpeg-decoder.js').Decoder | null>}
 */
const DECODERS = {
  [CODEC_JPEG]: () => new JpegDecoder(),
  [CODEC_H264]: (onPicture) => (H264 ? new H264(onPicture) : null),
};

/** @type {Record<number, string>} */
const NAMES = { [CODEC_JPEG]: 'JPEG', [CODEC_H264]: 'H.264' };

/** @param {number} codec @returns {string | null} null: unknown */
export function codecName(codec) {
  return NAMES[codec] ?? null;
}

/**
 * @param {number} codec
 * @param {import('./jpeg-decoder.js').OnPicture} onPicture receives pictures from asynchronous decoders
 * @returns {import('./jpeg-decoder.js').Decoder | null} null if this browser cannot show it
 */
export function createDecoder(codec, onPicture) {
  return DECODERS[codec]?.(onPicture) ?? null;
}
