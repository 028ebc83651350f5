/**
 * A decoder converts frames to pictures that a canvas can draw.
 *
 * @typedef {object} Decoder
 * @property {string} name for the status bar
 * @property {boolean} [inOrder] frames depend on each other, so the decoder needs all of them, without waiting for earlier ones
 * @property {(frame: import('../protocol/video-message.js').VideoFrame) => Promise<Drawable | null>} decode resolves when the
 *   frame is processed, to its picture, or to null if pictures are delivered later; rejects for a damaged frame
 * @property {() => void} [close] releases its resources
 *
 * @typedef {CanvasImageSource & {width: number, height: number, close(): void}} Drawable the receiver closes it
 * @typedef {(picture: Drawable, frame: import('../protocol/video-message.js').VideoFrame) => void} OnPicture for pictures that the decoder delivers later
 */

/** Decodes JPEG frames, which are independent of each other. @implements {Decoder} */
export class JpegDecoder {
  name = 'JPEG';
  #createImageBitmap;

  /** @param {(blob: Blob) => Promise<any>} [createImageBitmap] */
  constructor(createImageBitmap = (blob) => globalThis.createImageBitmap(blob)) {
    this.#createImageBitmap = createImageBitmap;
  }

  /** @param {import('../protocol/video-message.js').VideoFrame} frame */
  decode(frame) {
    return this.#createImageBitmap(new Blob([frame.payload], { type: 'image/jpeg' }));
  }
}
