/**
 * Browsers tell a turned wheel in pixels, lines or pages, and disagree on how many a notch is. This makes steps of it:
 * whole numbers, positive away from the user and to the right, as in a HID report.
 */

const PER_STEP = [100, 3, 1]; // by WheelEvent.deltaMode: pixels, lines, pages
const PAUSE_MILLIS = 200;
const MOST = 127; // a HID wheel is one signed byte

export class WheelSteps {
  #x = 0;
  #y = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** @param {{deltaX: number, deltaY: number, deltaMode: number, timeStamp: number}} event */
  add(event) {
    const first = event.timeStamp - this.#last > PAUSE_MILLIS;
    this.#last = event.timeStamp;
    if (first) this.#x = this.#y = 0;
    const unit = PER_STEP[event.deltaMode] ?? PER_STEP[0];
    this.#x = accumulate(this.#x, event.deltaX / unit, first);
    this.#y = accumulate(this.#y, -event.deltaY / unit, first);
  }

  /** @returns {{dx: number, dy: number} | null} the whole steps since the last call; null when there are none */
  take() {
    const dx = limit(Math.trunc(this.#x));
    const dy = limit(Math.trunc(this.#y));
    this.#x -= dx;
    this.#y -= dy;
    return dx || dy ? { dx, dy } : null;
  }
}

/**
 * A turn against the last one starts afresh. The first one after a pause counts at least a step if it is half of one:
 * some mice send 80 or 53 pixels per notch, and the notch must be felt.
 *
 * @param {number} sum
 * @param {number} delta
 * @param {boolean} first
 */
function accumulate(sum, delta, first) {
  if (!Number.isFinite(delta)) return sum;
  const whole = first && Math.abs(delta) >= 0.5 && Math.abs(delta) < 1 ? Math.sign(delta) : delta;
  // Ten tenths must be one.
  return Math.round((sum * whole < 0 ? whole : sum + whole) * 1e6) / 1e6;
}

/** @param {number} steps */
function limit(steps) {
  return Math.min(MOST, Math.max(-MOST, steps)) || 0;
}
