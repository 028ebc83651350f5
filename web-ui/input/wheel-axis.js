/** A single event of at least this fraction counts as a whole step (a slow wheel). */
const WHOLE_FROM = 0.1;
/** Trackpads send an event per frame; events with longer intervals are notches of a wheel. */
const NOTCH_MILLIS = 100;
/** The same for very small events, which a slow finger on a trackpad also causes. */
const SMALL_NOTCH_MILLIS = 200;
/** After this time, the remainder of an earlier turn is dropped. */
const FORGET_MILLIS = 2000;
/** Relative difference between two notches of one wheel. */
const SAME_NOTCH = 0.01;

/**
 * Adds up fractions of steps for one axis of a wheel.
 *
 * - A single event is a notch. It counts as a whole step, or as half a step if it is very small. When a trackpad scrolls, the excess of the
 *   first event is deducted from the next ones.
 * - Events of exactly the same size, between half a step and one, are notches of a wheel on a zoomed page: each counts as a step.
 * - A turn in the opposite direction starts at zero.
 */
export class WheelAxis {
  #sum = 0;
  #excess = 0;
  #notch = 0;

  /**
   * @param {number} delta in steps
   * @param {{gap: number, main: boolean, speed: number}} event `gap`: milliseconds since the last event; `main`: the wheel turns mainly along this axis;
   *   `speed`: steps per step
   */
  addDelta(delta, { gap, main, speed }) {
    if (!Number.isFinite(delta) || delta === 0) return;
    const size = Math.abs(delta);
    const alone = gap > (size < WHOLE_FROM ? SMALL_NOTCH_MILLIS : NOTCH_MILLIS);
    if (this.#sum * delta < 0 || gap > FORGET_MILLIS) this.#sum = this.#excess = this.#notch = 0;
    const counted = alone && main ? this.#countAlone(size) : this.#countFollowing(size);
    // Rounded, so that ten tenths add up to one.
    this.#sum = Math.round((this.#sum + Math.sign(delta) * counted * speed) * 1e6) / 1e6;
  }

  /** @returns {number} the whole steps since the last call */
  takeSteps(/** @type {number} */ max) {
    const steps = Math.min(max, Math.max(-max, Math.trunc(this.#sum))) || 0;
    this.#sum -= steps;
    return steps;
  }

  /** @param {number} size */
  #countAlone(size) {
    const counted = Math.max(size, size < WHOLE_FROM ? 0.5 : 1);
    this.#excess = counted - size;
    this.#notch = size >= 0.5 && size < 1 ? size : 0;
    return counted;
  }

  /** @param {number} size */
  #countFollowing(size) {
    const notches = this.#notch ? Math.round(size / this.#notch) : 0;
    if (notches > 0 && Math.abs(size / this.#notch - notches) < SAME_NOTCH * notches) return notches;
    this.#notch = 0;
    const deducted = Math.min(this.#excess, size);
    this.#excess -= deducted;
    return size - deducted;
  }
}
