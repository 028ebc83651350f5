import { WheelAxis } from './wheel-axis.js';

/**
 * Converts wheel events to steps: whole numbers, positive away from the user and to the right, as in a HID report. Browsers report the
 * wheel in pixels, lines or pages, and differ in the amount per notch.
 *
 * @typedef {{speed: number, reversed: boolean}} WheelSettings `speed`: steps per notch
 */

const PER_STEP = [100, 3, 1]; // by WheelEvent.deltaMode: pixels, lines, pages
const MAX_STEPS = 127; // a HID wheel is one signed byte

export class WheelSteps {
  /** @type {WheelSettings} */ settings = { speed: 1, reversed: false };
  #x = new WheelAxis();
  #y = new WheelAxis();
  #last = Number.NEGATIVE_INFINITY;

  /** @param {{deltaX: number, deltaY: number, deltaMode: number, timeStamp: number}} event */
  addEvent({ deltaX, deltaY, deltaMode, timeStamp }) {
    const gap = timeStamp - this.#last;
    this.#last = timeStamp;
    const { speed, reversed } = this.settings;
    const unit = (PER_STEP[deltaMode] ?? PER_STEP[0]) * (reversed ? -1 : 1);
    const vertical = !(Math.abs(deltaX) > Math.abs(deltaY));
    this.#x.addDelta(deltaX / unit, { gap, main: !vertical, speed });
    this.#y.addDelta(-deltaY / unit, { gap, main: vertical, speed });
  }

  /** @returns {{dx: number, dy: number} | null} the whole steps since the last call; null when there are none */
  takeSteps() {
    const dx = this.#x.takeSteps(MAX_STEPS);
    const dy = this.#y.takeSteps(MAX_STEPS);
    return dx || dy ? { dx, dy } : null;
  }
}
