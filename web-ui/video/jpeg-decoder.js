/**
 * A decoder turns frames into something a canvas can draw.
 *
 * @typedef {object} Decoder
 * @property {string} name for the status bar
 * @property {boolean} [inOrder] frames depend on one another: it needs all of them, without waiting for one to be done
 * @property {(frame: import('../protocol/video-message.js').VideoFrame) => Promise<Drawable | null>} decode settles when it is done
 *   with the frame: with its picture, or with null if it delivers pictures later; rejects a damaged frame
 * @property {() => void} [close] releases its resources
 *
 * @typedef {CanvasImageSource & {width: number, height: number, close(): void}} Drawable the receiver closes it
 * @typedef {(picture: Drawable, frame: import('../protocol/video-message.js').VideoFrame) => void} OnPicture for pictures that the decoder delivers later
 */

/** Every JPEG is independent of the others. @implements {Decoder} */
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
