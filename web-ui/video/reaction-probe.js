import { systemClock } from '../protocol/clock.js';

const TIMEOUT_MILLIS = 3000;
/** Smaller differences are the noise of the encoding. */
const VISIBLE = 24;
/** A pointer has more of these: the values of pixels, three for each. */
const MIN_VALUES = 12;

/** Measures the time from an input until the picture changes. */
export class ReactionProbe {
  #clock;
  /** @type {{before: Uint8ClampedArray, readPixels: () => Uint8ClampedArray, startedAt: number, end: (millis: number | null) => void} | null} */ #running = null;

  /** @param {import('../protocol/clock.js').Clock} [clock] */
  constructor(clock = systemClock) {
    this.#clock = clock;
  }

  /**
   * Acts, and waits for the first picture that differs from the one before.
   *
   * @param {() => Uint8ClampedArray} readPixels red, green, blue and alpha of the picture that is shown
   * @param {() => boolean} act sends the input, and returns whether it was sent
   * @returns {Promise<number | null | 'refused'>} milliseconds; null if nothing changed in time
   */
  measure(readPixels, act) {
    this.#running?.end(null);
    const before = readPixels();
    return new Promise((resolve) => {
      const startedAt = this.#clock.now();
      if (!act()) {
        resolve('refused');
        return;
      }
      const timer = this.#clock.setTimeout(() => this.#running?.end(null), TIMEOUT_MILLIS);
      this.#running = { before, readPixels, startedAt, end: (millis) => {
        this.#clock.clearTimeout(timer);
        this.#running = null;
        resolve(millis);
      } };
    });
  }

  /** A picture was drawn. */
  onDrawn() {
    const running = this.#running;
    if (!running) return;
    const millis = this.#clock.now() - running.startedAt;
    if (differs(running.before, running.readPixels())) running.end(millis);
  }
}

/** @param {Uint8ClampedArray} one @param {Uint8ClampedArray} other */
function differs(one, other) {
  if (one.length !== other.length) return true;
  let count = 0;
  for (let i = 0; i < one.length; i++) {
    if (Math.abs(one[i] - other[i]) > VISIBLE) count += 1;
    if (count >= MIN_VALUES) return true;
  }
  return false;
}
