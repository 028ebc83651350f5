import { CODEC_DRAWING } from '../protocol/video-message.js';
import { createDecoder } from './decoders.js';

/**
 * @typedef {import('../protocol/video-message.js').VideoFrame} VideoFrame
 * @typedef {import('./jpeg-decoder.js').Decoder} Decoder
 * @typedef {import('./jpeg-decoder.js').Drawable} Drawable
 *
 * @typedef {object} PumpHandlers
 * @property {(picture: Drawable, parts?: import('../protocol/video-message.js').Part[]) => void} draw
 * @property {(steps: Uint8Array) => void} [drawSteps] changes the picture that was drawn last
 * @property {(sequence: number) => void} acknowledge exactly once for every frame
 * @property {() => void} [requestPicture] a whole picture is needed, because changes of a damaged one are left out; called for each of them
 * @property {(frame: VideoFrame) => void} [onDrawn]
 * @property {(problem: import('../protocol/control-message.js').Problem) => void} [onProblem] called once per code, until a picture is drawn
 */

/** Whether a frame needs the picture before it, and can replace none. @param {VideoFrame} frame */
const changesPicture = (frame) => frame.parts !== undefined || frame.codec === CODEC_DRAWING;

/**
 * Shows the newest frame and never builds up a queue. Independent frames are decoded one at a time. Of the frames that arrive in the
 * meantime, only the newest is kept, with its changes in parts and drawings; the others are acknowledged immediately. Drawings are drawn as
 * soon as the picture before is. Frames that depend on each other are all decoded in order. The server sends at most two unacknowledged
 * frames, and skips to a key frame if that takes too long.
 */
export class FramePump {
  /** A frame and those that change parts of it. @type {VideoFrame[]} */ #waiting = [];
  #busy = false;
  #generation = 0;
  /** The picture could not be drawn as it should be, so changes of it are left out until there is a whole one. */ #broken = false;
  #codec = 0;
  /** @type {Decoder | null} */ #decoder = null;
  /** @type {Set<string>} */ #reported = new Set();
  #handlers;
  #createDecoder;

  /**
   * @param {PumpHandlers} handlers
   * @param {typeof createDecoder} [create]
   */
  constructor(handlers, create = createDecoder) {
    this.#handlers = handlers;
    this.#createDecoder = create;
  }

  /** @param {VideoFrame} frame */
  offerFrame(frame) {
    if (!changesPicture(frame)) {
      for (const old of this.#waiting) this.#handlers.acknowledge(old.sequence);
      this.#waiting = [];
    }
    if (frame.codec !== CODEC_DRAWING && this.#decoderFor(frame.codec)?.inOrder) {
      this.#decodeAndShow(frame);
      return;
    }
    this.#waiting.push(frame);
    if (!this.#busy) this.#showPending();
  }

  /** The connection has ended, so frames that are still being decoded must be neither drawn nor acknowledged. */
  reset() {
    this.#generation += 1;
    this.#waiting = [];
    this.#broken = false;
    this.#reported.clear();
    this.#closeDecoder();
  }

  async #showPending() {
    this.#busy = true;
    for (let frame = this.#waiting.shift(); frame; frame = this.#waiting.shift()) {
      if (this.#broken && changesPicture(frame)) this.#leaveOut(frame);
      else if (frame.codec === CODEC_DRAWING) this.#showDrawing(frame);
      else await this.#decodeAndShow(frame);
    }
    this.#busy = false;
  }

  /** @param {VideoFrame} frame */
  #leaveOut(frame) {
    this.#handlers.acknowledge(frame.sequence);
    this.#handlers.requestPicture?.();
  }

  /** @param {VideoFrame} frame */
  #showDrawing(frame) {
    let drawn = true;
    try {
      this.#handlers.drawSteps?.(frame.payload);
    } catch {
      drawn = false;
      this.#broken = true;
      this.#reportProblem({ code: 'bad_picture' });
    }
    this.#handlers.acknowledge(frame.sequence);
    if (drawn) this.#onDrawn(frame);
  }

  /** @param {VideoFrame} frame */
  async #decodeAndShow(frame) {
    const generation = this.#generation;
    const decoder = this.#decoderFor(frame.codec);
    let drawn = false;
    if (!decoder) {
      this.#reportProblem({ code: 'unknown_codec', codec: frame.codec });
    } else {
      try {
        const picture = await decoder.decode(frame);
        drawn = picture !== null && generation === this.#generation && decoder === this.#decoder;
        if (picture) this.#drawPicture(picture, drawn, frame.parts);
      } catch {
        drawn = false;
        if (generation === this.#generation) {
          this.#broken = true;
          this.#reportProblem({ code: 'bad_picture' });
        }
      }
    }
    if (generation !== this.#generation) return;
    this.#handlers.acknowledge(frame.sequence);
    if (!drawn) return;
    this.#broken = false;
    this.#onDrawn(frame);
  }

  /** @param {Drawable} picture @param {boolean} wanted @param {import('../protocol/video-message.js').Part[]} [parts] */
  #drawPicture(picture, wanted, parts) {
    try {
      if (wanted) this.#handlers.draw(picture, parts);
    } finally {
      picture.close();
    }
  }

  /** @param {VideoFrame} frame */
  #onDrawn(frame) {
    this.#reported.clear();
    this.#handlers.onDrawn?.(frame);
  }

  /** @param {number} codec */
  #decoderFor(codec) {
    if (codec !== this.#codec) {
      this.#closeDecoder();
      this.#codec = codec;
      /** @type {Decoder | null} */
      const decoder = this.#createDecoder(codec, (picture, frame) => {
        const current = decoder === this.#decoder;
        this.#drawPicture(picture, current);
        if (current) this.#onDrawn(frame);
      });
      this.#decoder = decoder;
    }
    return this.#decoder;
  }

  #closeDecoder() {
    this.#decoder?.close?.();
    this.#decoder = null;
    this.#codec = 0;
  }

  /** @param {import('../protocol/control-message.js').Problem} problem */
  #reportProblem(problem) {
    if (this.#reported.has(problem.code)) return;
    this.#reported.add(problem.code);
    this.#handlers.onProblem?.(problem);
  }
}
