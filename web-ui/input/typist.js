/** Types strokes one after the other, slowly enough for firmware. */

const STROKE_MILLIS = 25;

export class Typist {
  /** @type {unknown} */ #timer = null;
  #sendKey;
  #clock;

  /**
   * @param {(code: string, down: boolean) => boolean | void} sendKey false: it was not sent, so typing must stop
   * @param {{setTimeout: (callback: () => void, millis: number) => unknown, clearTimeout: (timer: any) => void}} clock
   */
  constructor(sendKey, clock) {
    this.#sendKey = sendKey;
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
  typeStrokes(strokes, onProgress, onEnd) {
    this.stop();
    let next = 0;
    const step = () => {
      this.#timer = null;
      if (next === strokes.length) {
        onEnd(true);
        return;
      }
      if (!this.#sendStroke(strokes[next])) {
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
   * Sends a whole stroke or none: no key is down afterwards, so that typing may stop between any two.
   *
   * @param {import('./strokes.js').Stroke} stroke
   */
  #sendStroke({ code, shift, altGr, modifiers = [] }) {
    const codes = [...modifiers, ...(shift ? ['ShiftLeft'] : []), ...(altGr ? ['AltRight'] : []), code];
    const failed = codes.findIndex((each) => this.#sendKey(each, true) === false);
    const down = failed < 0 ? codes : codes.slice(0, failed);
    // Each key is released, even if the release before it failed.
    const released = down.reverse().map((each) => this.#sendKey(each, false) !== false);
    return failed < 0 && released.every(Boolean);
  }
}
