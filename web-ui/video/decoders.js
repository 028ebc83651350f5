import { CODEC_H264, CODEC_JPEG } from '../protocol/video-message.js';
import { H264Decoder } from './h264-decoder.js';
import { JpegDecoder } from './jpeg-decoder.js';
import { MseDecoder } from './mse-decoder.js';

/**
 * Codec number of the video header -> its decoder, or null if this browser has none.
 *
 * @type {Record<number, (onPicture: import('./jpeg-decoder.js').OnPicture) => import('./jpeg-decoder.js').Decoder | null>}
 */
const DECODERS = {
  [CODEC_JPEG]: () => new JpegDecoder(),
  // WebCodecs is there in secure contexts only: with https, or on localhost.
  [CODEC_H264]: (onPicture) => (H264Decoder.possible() ? new H264Decoder(onPicture) : MseDecoder.possible() ? new MseDecoder(onPicture) : null),
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
