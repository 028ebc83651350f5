import { createDecoder } from './decoders.js';

/**
 * @typedef {import('../protocol/video-message.js').VideoFrame} VideoFrame
 * @typedef {import('./jpeg-decoder.js').Decoder} Decoder
 * @typedef {import('./jpeg-decoder.js').Drawable} Drawable
 *
 * @typedef {object} PumpHandlers
 * @property {(picture: Drawable) => void} draw
 * @property {(sequence: number) => void} acknowledge exactly once for every frame
 * @property {(frame: VideoFrame) => void} [onDrawn]
 * @property {(problem: import('../protocol/control-message.js').Problem) => void} [onProblem] called once per code, until a picture is drawn
 */

/**
 * Shows the newest frame and never builds up a queue. Independent frames are decoded one at a time. Of the frames that arrive in the
 * meantime, only the newest is kept; the others are acknowledged immediately. Frames that depend on each other are all decoded in
 * order. The server sends at most two unacknowledged frames, and skips to a key frame if that takes too long.
 */
export class FramePump {
  /** @type {VideoFrame | null} */ #next = null;
  #busy = false;
  #generation = 0;
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
    if (this.#next) this.#handlers.acknowledge(this.#next.sequence);
    this.#next = null;
    if (this.#decoderFor(frame.codec)?.inOrder) {
      this.#decodeAndShow(frame);
      return;
    }
    this.#next = frame;
    if (!this.#busy) this.#showPending();
  }

  /** The connection has ended, so frames that are still being decoded must be neither drawn nor acknowledged. */
  reset() {
    this.#generation += 1;
    this.#next = null;
    this.#reported.clear();
    this.#closeDecoder();
  }

  async #showPending() {
    this.#busy = true;
    while (this.#next) {
      const frame = this.#next;
      this.#next = null;
      await this.#decodeAndShow(frame);
    }
    this.#busy = false;
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
        drawn = picture !== null && generation === this.#generation;
        if (picture) this.#drawPicture(picture, drawn);
      } catch {
        drawn = false;
        if (generation === this.#generation) this.#reportProblem({ code: 'bad_picture' });
      }
    }
    if (generation !== this.#generation) return;
    this.#handlers.acknowledge(frame.sequence);
    if (drawn) this.#onDrawn(frame);
  }

  /** @param {Drawable} picture @param {boolean} wanted */
  #drawPicture(picture, wanted) {
    try {
      if (wanted) this.#handlers.draw(picture);
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
