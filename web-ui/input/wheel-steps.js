/**
 * Browsers report the wheel in pixels, lines or pages, and disagree on how many a notch is. This converts it to steps:
 * whole numbers, positive away from the user and to the right, as in a HID report.
 */

const PER_STEP = [100, 3, 1]; // by WheelEvent.deltaMode: pixels, lines, pages
const PAUSE_MILLIS = 200;
const MAX_STEPS = 127; // a HID wheel is one signed byte

export class WheelSteps {
  #x = 0;
  #y = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** @param {{deltaX: number, deltaY: number, deltaMode: number, timeStamp: number}} event */
  addEvent(event) {
    const first = event.timeStamp - this.#last > PAUSE_MILLIS;
    this.#last = event.timeStamp;
    if (first) this.#x = this.#y = 0;
    const unit = PER_STEP[event.deltaMode] ?? PER_STEP[0];
    this.#x = accumulate(this.#x, event.deltaX / unit, first);
    this.#y = accumulate(this.#y, -event.deltaY / unit, first);
  }

  /** @returns {{dx: number, dy: number} | null} the whole steps since the last call; null when there are none */
  takeSteps() {
    const dx = clampSteps(Math.trunc(this.#x));
    const dy = clampSteps(Math.trunc(this.#y));
    this.#x -= dx;
    this.#y -= dy;
    return dx || dy ? { dx, dy } : null;
  }
}

/**
 * A turn in the opposite direction starts at zero. The first turn after a pause counts as a step if it is at least half of one: some mice
 * send 80 or 53 pixels per notch, and each notch must have an effect.
 *
 * @param {number} sum
 * @param {number} delta
 * @param {boolean} first
 */
function accumulate(sum, delta, first) {
  if (!Number.isFinite(delta)) return sum;
  const whole = first && Math.abs(delta) >= 0.5 && Math.abs(delta) < 1 ? Math.sign(delta) : delta;
  // Rounded, so that ten tenths are one.
  return Math.round((sum * whole < 0 ? whole : sum + whole) * 1e6) / 1e6;
}

/** @param {number} steps */
function clampSteps(steps) {
  return Math.min(MAX_STEPS, Math.max(-MAX_STEPS, steps)) || 0;
}
