import { codecName, createDecoder } from './decoders.js';

/**
 * @typedef {import('../protocol/video-message.js').VideoFrame} VideoFrame
 *
 * @typedef {object} PumpHandlers
 * @property {(picture: import('./jpeg-decoder.js').Drawable) => void} draw
 * @property {(sequence: number) => void} ack exactly once for every frame
 * @property {(frame: VideoFrame) => void} [onDrawn]
 * @property {(problem: {code: string, message: string}) => void} [onProblem] said once per kind, until a picture is drawn
 */

/**
 * The newest frame, never a queue: one frame is decoded at a time; of those that arrive meanwhile only the newest stays,
 * the others are acknowledged at once.
 */
export class FramePump {
  /** @type {VideoFrame | null} */ #next = null;
  #busy = false;
  #generation = 0;
  #codec = 0;
  /** @type {import('./jpeg-decoder.js').Decoder | null} */ #decoder = null;
  /** @type {Set<string>} */ #said = new Set();
  #handlers;
  #createDecoder;

  /**
   * @param {PumpHandlers} handlers
   * @param {(codec: number) => import('./jpeg-decoder.js').Decoder | null} [create]
   */
  constructor(handlers, create = createDecoder) {
    this.#handlers = handlers;
    this.#createDecoder = create;
  }

  /** @param {VideoFrame} frame */
  offer(frame) {
    if (this.#next) this.#handlers.ack(this.#next.sequence);
    this.#next = frame;
    if (!this.#busy) this.#run();
  }

  /** The connection these frames came from is gone: what is still being decoded must be neither drawn nor acknowledged. */
  reset() {
    this.#generation += 1;
    this.#next = null;
    this.#said.clear();
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
      this.#say('unknown_codec', `The server sends ${codecName(frame.codec)} video, which this page cannot show yet.`);
    } else {
      try {
        const picture = await decoder.decode(frame);
        drawn = generation === this.#generation;
        if (drawn) this.#handlers.draw(picture);
        picture.close();
      } catch {
        drawn = false;
        this.#say('bad_picture', 'A damaged picture came from the server.');
      }
    }
    if (generation !== this.#generation) return;
    this.#handlers.ack(frame.sequence);
    if (drawn) {
      this.#said.clear();
      this.#handlers.onDrawn?.(frame);
    }
  }

  /** @param {number} codec */
  #decoderFor(codec) {
    if (codec !== this.#codec) {
      this.#codec = codec;
      this.#decoder = this.#createDecoder(codec);
    }
    return this.#decoder;
  }

  /** @param {string} code @param {string} message */
  #say(code, message) {
    if (this.#said.has(code)) return;
    this.#said.add(code);
    this.#handlers.onProblem?.({ code, message });
  }
}
