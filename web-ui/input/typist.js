/** Types strokes one after another, slowly enough for firmware. */

const STROKE_MILLIS = 25;

export class Typist {
  /** @type {unknown} */ #timer = null;
  #sendKey;
  #clock;

  /**
   * @param {(code: string, down: boolean) => boolean | void} sendKey returns false if the key was not sent, so typing must stop
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
   * Sends a complete stroke or nothing. No key is held afterwards, so typing can stop after any stroke.
   *
   * @param {import('./strokes.js').Stroke} stroke
   */
  #sendStroke({ code, modifiers }) {
    const codes = [...modifiers, code];
    const failed = codes.findIndex((each) => this.#sendKey(each, true) === false);
    const down = failed < 0 ? codes : codes.slice(0, failed);
    // Releases each key, even if the previous release failed.
    const released = down.reverse().map((each) => this.#sendKey(each, false) !== false);
    return failed < 0 && released.every(Boolean);
  }
}
