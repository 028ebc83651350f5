/**
 * A decoder turns one frame into something a canvas can draw.
 *
 * @typedef {object} Decoder
 * @property {string} name for the status bar
 * @property {(frame: import('../protocol/video-message.js').VideoFrame) => Promise<Drawable>} decode rejects a damaged frame
 *
 * @typedef {CanvasImageSource & {width: number, height: number, close(): void}} Drawable whoever gets it closes it
 */

/** Every JPEG stands for itself. @implements {Decoder} */
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
