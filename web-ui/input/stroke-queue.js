import { Typist } from './typist.js';

/** Types strokes in the order in which they come, one after the other, also if more come while it types. */
export class StrokeQueue {
  #typist;
  /** @type {import('./strokes.js').Stroke[]} */ #waiting = [];

  /**
   * @param {(code: string, down: boolean) => boolean | void} sendKey
   * @param {import('../protocol/clock.js').Clock} clock
   */
  constructor(sendKey, clock) {
    this.#typist = new Typist(sendKey, clock);
  }

  /** @param {import('./strokes.js').Stroke[]} strokes */
  addStrokes(strokes) {
    this.#waiting.push(...strokes);
    if (!this.#typist.typing) this.#typeWaiting();
  }

  clear() {
    this.#waiting = [];
    this.#typist.stop();
  }

  #typeWaiting() {
    const strokes = this.#waiting;
    this.#waiting = [];
    if (strokes.length === 0) return;
    // If keys are not sent any more, what came in the meantime is not sent later either.
    this.#typist.typeStrokes(strokes, () => {}, (complete) => (complete ? this.#typeWaiting() : this.clear()));
  }
}
