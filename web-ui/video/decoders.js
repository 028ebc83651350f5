import { CODEC_H264, CODEC_JPEG } from '../protocol/video-message.js';
import { JpegDecoder } from './jpeg-decoder.js';

/**
 * Codec number of the video header -> its decoder. H.264 (2) goes here, as `h264-decoder.js`; its pictures build on one
 * another, so FramePump must then drop only up to the next frame with `key`.
 *
 * @type {Record<number, () => import('./jpeg-decoder.js').Decoder>}
 */
const DECODERS = { [CODEC_JPEG]: () => new JpegDecoder() };

/** @type {Record<number, string>} */
const NAMES = { [CODEC_JPEG]: 'JPEG', [CODEC_H264]: 'H.264' };

/** @param {number} codec @returns {string} */
export function codecName(codec) {
  return NAMES[codec] ?? `codec ${codec}`;
}

/** @param {number} codec @returns {import('./jpeg-decoder.js').Decoder | null} null: this page cannot show it */
export function createDecoder(codec) {
  return DECODERS[codec]?.() ?? null;
}
