/**
 * A decoder turns frames into something a canvas can draw.
 *
 * @typedef {object} Decoder
 * @property {string} name for the status bar
 * @property {boolean} [inOrder] frames build on one another: it must be given all of them, without waiting for one to be done
 * @property {(frame: import('../protocol/video-message.js').VideoFrame) => Promise<Drawable | null>} decode settles when it is done
 *   with the frame, with its picture or, if pictures come by themselves, with null; rejects a damaged frame
 * @property {() => void} [close] gives back what it holds
 *
 * @typedef {CanvasImageSource & {width: number, height: number, close(): void}} Drawable whoever gets it closes it
 * @typedef {(picture: Drawable, frame: import('../protocol/video-message.js').VideoFrame) => void} OnPicture for pictures that come by themselves
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
