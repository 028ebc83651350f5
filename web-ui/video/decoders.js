import { CODEC_H264, CODEC_JPEG } from '../protocol/video-message.js';
import { H264Decoder } from './h264-decoder.js';
import { JpegDecoder } from './jpeg-decoder.js';
import { MseDecoder } from './mse-decoder.js';

/** So long a browser may think about whether it has a codec. */
const PATIENCE_MILLIS = 1000;

/**
 * How this browser shows H.264, if at all. WebCodecs is there in secure contexts only (https, or localhost), and a browser that has
 * it may still lack the codec.
 *
 * @param {any} [web]
 * @returns {Promise<typeof H264Decoder | typeof MseDecoder | null>}
 */
export async function h264Way(web = globalThis) {
  if (H264Decoder.possible(web)) {
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLIS, false));
    if (await Promise.race([H264Decoder.supported(web), late])) return H264Decoder;
  }
  return MseDecoder.possible(web) ? MseDecoder : null;
}

const H264 = await h264Way();

/** What the server is asked for, as its parameter `codecs` takes it; empty: everything. Without H.264 it makes JPEGs of it. */
export const shownCodecs = H264 ? '' : 'jpeg';

/**
 * Codec number of the video header -> its decoder, or null if this browser has none.
 *
 * @type {Record<number, (onPicture: import('./jpeg-decoder.js').OnPicture) => import('./jpeg-decoder.js').Decoder | null>}
 */
const DECODERS = {
  [CODEC_JPEG]: () => new JpegDecoder(),
  [CODEC_H264]: (onPicture) => (H264 ? new H264(onPicture) : null),
};

/** @type {Record<number, string>} */
const NAMES = { [CODEC_JPEG]: 'JPEG', [CODEC_H264]: 'H.264' };

/** @param {number} codec @returns {string} */
export function codecName(codec) {
  return NAMES[codec] ?? `codec ${codec}`;
}

/**
 * @param {number} codec
 * @param {import('./jpeg-decoder.js').OnPicture} onPicture gets the pictures that come by themselves
 * @returns {import('./jpeg-decoder.js').Decoder | null} null: this page cannot show it
 */
export function createDecoder(codec, onPicture) {
  return DECODERS[codec]?.(onPicture) ?? null;
}
