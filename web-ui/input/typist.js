/** Types strokes one after the other, at a pace firmware can follow. */

const STROKE_MILLIS = 25;

export class Typist {
  /** @type {unknown} */ #timer = null;
  #key;
  #clock;

  /**
   * @param {(code: string, down: boolean) => boolean | void} key false: nothing left, so typing must stop
   * @param {{setTimeout: (callback: () => void, millis: number) => unknown, clearTimeout: (timer: any) => void}} clock
   */
  constructor(key, clock) {
    this.#key = key;
    this.#clock = clock;
  }

  get typing() {
    return this.#timer !== null;
  }

  /**
   * @param {import('./strokes.js').Stroke[]} strokes
   * @param {(done: number, total: number) => void} onProgress
   * @param {(complete: boolean) => void} onEnd
   */
  type(strokes, onProgress, onEnd) {
    this.stop();
    let next = 0;
    const step = () => {
      this.#timer = null;
      if (next === strokes.length) {
        onEnd(true);
        return;
      }
      if (!this.#stroke(strokes[next])) {
        onEnd(false);
        return;
      }
      next += 1;
      onProgress(next, strokes.length);
      this.#timer = this.#clock.setTimeout(step, STROKE_MILLIS);
    };
    step();
  }

  stop() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  /**
   * Whole or not at all: nothing is down afterwards, so that typing may stop between any two.
   *
   * @param {import('./strokes.js').Stroke} stroke
   */
  #stroke({ code, shift, altGr }) {
    const codes = [...(shift ? ['ShiftLeft'] : []), ...(altGr ? ['AltRight'] : []), code];
    const failed = codes.findIndex((each) => this.#key(each, true) === false);
    const down = failed < 0 ? codes : codes.slice(0, failed);
    // Each is lifted, whatever became of the one before.
    const lifted = down.reverse().map((each) => this.#key(each, false) !== false);
    return failed < 0 && lifted.every(Boolean);
  }
}
