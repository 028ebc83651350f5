import { codecName, createDecoder } from './decoders.js';

/**
 * @typedef {import('../protocol/video-message.js').VideoFrame} VideoFrame
 * @typedef {import('./jpeg-decoder.js').Decoder} Decoder
 * @typedef {import('./jpeg-decoder.js').Drawable} Drawable
 *
 * @typedef {object} PumpHandlers
 * @property {(picture: Drawable) => void} draw
 * @property {(sequence: number) => void} ack exactly once for every frame
 * @property {(frame: VideoFrame) => void} [onDrawn]
 * @property {(problem: {code: string, message: string}) => void} [onProblem] said once per kind, until a picture is drawn
 */

/**
 * The newest frame, never a queue. Frames that stand for themselves are decoded one at a time; of those that arrive meanwhile only
 * the newest stays, the others are acknowledged at once. Frames that build on one another all go to their decoder as they come:
 * the server sends no more than two before one is acknowledged, and skips to a key frame if that takes too long.
 */
export class FramePump {
  /** @type {VideoFrame | null} */ #next = null;
  #busy = false;
  #generation = 0;
  #codec = 0;
  /** @type {Decoder | null} */ #decoder = null;
  /** @type {Set<string>} */ #said = new Set();
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
  offer(frame) {
    if (this.#next) this.#handlers.ack(this.#next.sequence);
    this.#next = null;
    if (this.#decoderFor(frame.codec)?.inOrder) {
      this.#show(frame);
      return;
    }
    this.#next = frame;
    if (!this.#busy) this.#run();
  }

  /** The connection these frames came from is gone: what is still being decoded must be neither drawn nor acknowledged. */
  reset() {
    this.#generation += 1;
    this.#next = null;
    this.#said.clear();
    this.#close();
  }

  async #run() {
    this.#busy = true;
    while (this.#next) {
      const frame = this.#next;
      this.#next = null;
      await this.#show(frame);
    }
    this.#busy = false;
  }

  /** @param {VideoFrame} frame */
  async #show(frame) {
    const generation = this.#generation;
    const decoder = this.#decoderFor(frame.codec);
    let drawn = false;
    if (!decoder) {
      this.#say('unknown_codec', `The server sends ${codecName(frame.codec)} video, which this browser cannot show here.`);
    } else {
      try {
        const picture = await decoder.decode(frame);
        drawn = picture !== null && generation === this.#generation;
        if (picture) this.#draw(picture, drawn);
      } catch {
        drawn = false;
        if (generation === this.#generation) this.#say('bad_picture', 'A damaged picture came from the server.');
      }
    }
    if (generation !== this.#generation) return;
    this.#handlers.ack(frame.sequence);
    if (drawn) this.#drawn(frame);
  }

  /** @param {Drawable} picture @param {boolean} wanted */
  #draw(picture, wanted) {
    try {
      if (wanted) this.#handlers.draw(picture);
    } finally {
      picture.close();
    }
  }

  /** @param {VideoFrame} frame */
  #drawn(frame) {
    this.#said.clear();
    this.#handlers.onDrawn?.(frame);
  }

  /** @param {number} codec */
  #decoderFor(codec) {
    if (codec !== this.#codec) {
      this.#close();
      this.#codec = codec;
      /** @type {Decoder | null} */
      const decoder = this.#createDecoder(codec, (picture, frame) => {
        const current = decoder === this.#decoder;
        this.#draw(picture, current);
        if (current) this.#drawn(frame);
      });
      this.#decoder = decoder;
    }
    return this.#decoder;
  }

  #close() {
    this.#decoder?.close?.();
    this.#decoder = null;
    this.#codec = 0;
  }

  /** @param {string} code @param {string} message */
  #say(code, message) {
    if (this.#said.has(code)) return;
    this.#said.add(code);
    this.#handlers.onProblem?.({ code, message });
  }
}
