import { systemClock } from '../protocol/clock.js';

/** How long the pointer is away before it moves back. */
const BACK_MILLIS = 200;
/** A fraction of the picture is what an absolute pointer understands; on other widths, the pixels are a little larger or smaller. */
const ASSUMED_WIDTH = 1920;

/**
 * Moves the remote pointer a little and back, so that the remote computer does not lock its screen. Does nothing while the user types or
 * points, or holds something.
 *
 * @typedef {{seconds: number, pixels: number}} JiggleSettings
 * @typedef {import('./pointer-sender.js').PointerSender & {sendKey: (code: string, down: boolean) => boolean, releaseAll: () => boolean}} InputSender
 */
export class Jiggler {
  /** @type {'absolute' | 'relative'} */ mode = 'absolute';
  #clock;
  /** @type {InputSender | null} */ #sender = null;
  /** @type {JiggleSettings | null} */ #settings = null;
  /** @type {unknown} */ #timer = null;
  #lastInputAt = -Infinity;
  #place = { x: 0.5, y: 0.5 };
  #buttons = 0;
  /** @type {Set<string>} */ #keys = new Set();

  /** @param {import('../protocol/clock.js').Clock} [clock] */
  constructor(clock = systemClock) {
    this.#clock = clock;
  }

  get isOn() {
    return this.#settings !== null;
  }

  /** @returns {JiggleSettings | null} null: off */
  get settings() {
    return this.#settings;
  }

  /** @param {JiggleSettings | null} settings null: off */
  set settings(settings) {
    this.#settings = settings;
    this.#restart();
  }

  /**
   * Sets where input goes while the user is in control.
   *
   * @template {InputSender} T
   * @param {T | null} sender null: the user is not in control
   * @returns {T | null} the same, observed for what the user does
   */
  observe(sender) {
    this.#sender = sender;
    this.#buttons = 0;
    this.#keys.clear();
    this.#restart();
    return sender && {
      ...sender,
      sendKey: (/** @type {string} */ code, /** @type {boolean} */ down) => {
        this.#lastInputAt = this.#clock.now();
        if (down) this.#keys.add(code);
        else this.#keys.delete(code);
        return sender.sendKey(code, down);
      },
      movePointerTo: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ buttons, /** @type {boolean} */ edge) => {
        this.#noteButtons(buttons);
        this.#place = { x, y };
        return sender.movePointerTo(x, y, buttons, edge);
      },
      movePointerBy: (/** @type {number} */ dx, /** @type {number} */ dy, /** @type {number} */ buttons, /** @type {boolean} */ edge) => {
        this.#noteButtons(buttons);
        return sender.movePointerBy(dx, dy, buttons, edge);
      },
      releaseAll: () => {
        this.#buttons = 0;
        this.#keys.clear();
        return sender.releaseAll();
      },
    };
  }

  /** @param {number} buttons */
  #noteButtons(buttons) {
    this.#lastInputAt = this.#clock.now();
    this.#buttons = buttons;
  }

  #restart() {
    this.#clock.clearTimeout(this.#timer);
    const settings = this.#settings;
    if (!settings || !this.#sender) return;
    this.#timer = this.#clock.setTimeout(() => {
      this.#jiggle(settings);
      this.#restart();
    }, settings.seconds * 1000);
  }

  /** @param {JiggleSettings} settings */
  #jiggle({ seconds, pixels }) {
    const sender = this.#sender;
    if (!sender || this.#clock.now() - this.#lastInputAt < seconds * 1000 || this.#buttons !== 0 || this.#keys.size > 0) return;
    this.#moveAsideAndBack(sender, pixels);
  }

  /** Moves once, now, unless the user holds something. @param {number} pixels @returns {boolean} whether it was sent */
  moveOnce(pixels) {
    const sender = this.#sender;
    if (!sender || this.#buttons !== 0 || this.#keys.size > 0) return false;
    this.#moveAsideAndBack(sender, pixels);
    return true;
  }

  /** @param {InputSender} sender @param {number} pixels */
  #moveAsideAndBack(sender, pixels) {
    const back = this.mode === 'relative' ? moveBy(sender, pixels) : moveTo(sender, this.#place, pixels / ASSUMED_WIDTH);
    // If the user has begun to point meanwhile, the pointer is where the user wants it.
    const startedAt = this.#clock.now();
    this.#clock.setTimeout(() => {
      if (this.#sender === sender && this.#lastInputAt < startedAt) back();
    }, BACK_MILLIS);
  }
}

/** @param {InputSender} sender @param {number} pixels @returns {() => void} moves back */
function moveBy(sender, pixels) {
  sender.movePointerBy(pixels, 0, 0, false);
  return () => sender.movePointerBy(-pixels, 0, 0, false);
}

/** Away from the nearer edge. @param {InputSender} sender @param {{x: number, y: number}} place @param {number} distance @returns {() => void} moves back */
function moveTo(sender, { x, y }, distance) {
  sender.movePointerTo(x < 0.5 ? x + distance : x - distance, y, 0, false);
  return () => sender.movePointerTo(x, y, 0, false);
}
