import { systemClock } from '../protocol/clock.js';
import { HeldKeys } from './held-keys.js';

/** Windows reports AltGr as ControlLeft and AltRight at once; a single ControlLeft is delayed for this long. */
const ALTGR_MILLIS = 40;

/**
 * The keyboard of the remote computer, while one element has the focus. Sends physical keys (KeyboardEvent.code), not characters: the remote
 * computer applies its own layout.
 *
 * Pressing and releasing Ctrl+Alt+Shift, and no other key, gives the keyboard back.
 *
 * @typedef {'unidentified-key' | 'mouse-not-locked'} Hint why an input had no effect; `unidentified-key`: the browser did not report which
 *   physical key was pressed (an on-screen keyboard)
 *
 * @typedef {object} KeyboardHandlers
 * @property {(code: string, down: boolean) => void} sendKey
 * @property {() => void} releaseAll
 * @property {(captured: boolean) => void} [onCapture]
 * @property {() => void} [onRelease] the user wants the keyboard back
 * @property {(hint: Hint) => void} [onHint]
 *
 * @typedef {object} KeyboardOptions
 * @property {EventTarget} element receives the key events; while it has the focus, the keyboard is captured
 * @property {EventTarget & {visibilityState?: string}} document
 * @property {EventTarget} window
 * @property {'mac' | 'windows' | 'other'} [platform] of the user, not of the remote computer
 * @property {import('../protocol/clock.js').Clock} [clock]
 */
export class Keyboard {
  #held;
  #options;
  #handlers;
  #clock;
  #captured = false;
  #releaseChord = false;
  /** @type {unknown} */ #delayedControl = null;
  #abort = new AbortController();

  /**
   * @param {KeyboardOptions} options
   * @param {KeyboardHandlers} handlers
   */
  constructor(options, handlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#clock = options.clock ?? systemClock;
    this.#held = new HeldKeys((code, down) => handlers.sendKey(code, down));
    const { element, document, window } = options;
    this.#addListener(element, 'keydown', (event) => this.#onKeyDown(event));
    this.#addListener(element, 'keyup', (event) => this.#onKeyUp(event));
    this.#addListener(element, 'focus', () => this.#setCaptured(true));
    this.#addListener(element, 'blur', () => this.#setCaptured(false));
    this.#addListener(window, 'blur', () => this.releaseAll());
    this.#addListener(window, 'pagehide', () => this.releaseAll());
    this.#addListener(document, 'visibilitychange', () => document.visibilityState === 'hidden' && this.releaseAll());
  }

  get captured() {
    return this.#captured;
  }

  /** Releases all keys, here and at the remote computer. */
  releaseAll() {
    this.forgetHeld();
    this.#handlers.releaseAll();
  }

  /** The connection is lost, and the server has released all keys by itself. */
  forgetHeld() {
    this.#clock.clearTimeout(this.#delayedControl);
    this.#delayedControl = null;
    this.#releaseChord = false;
    this.#held.forgetAll();
  }

  destroy() {
    this.#abort.abort();
    if (this.#captured) this.#setCaptured(false);
  }

  /**
   * @param {EventTarget} target
   * @param {string} type
   * @param {(event: any) => void} listener
   */
  #addListener(target, type, listener) {
    target.addEventListener(type, listener, { signal: this.#abort.signal });
  }

  /** @param {boolean} captured */
  #setCaptured(captured) {
    if (this.#captured === captured) return;
    this.#captured = captured;
    if (!captured) this.releaseAll();
    this.#handlers.onCapture?.(captured);
  }

  /** @param {KeyboardEvent} event */
  #onKeyDown(event) {
    this.#consumeEvent(event);
    const { code } = event;
    if (!isIdentified(code)) {
      this.#hintUnidentifiedKey(event);
      return;
    }
    if (event.repeat || this.#held.isHeld(code)) return;
    if (this.#delayForAltGr(event)) return;
    this.#held.releaseMissedModifiers(event);
    if (this.#options.platform === 'mac' && code === 'CapsLock') {
      this.#tapKey(code); // macOS reports the lamp, not the key
      return;
    }
    this.#held.pressKey(code);
    this.#releaseChord = this.#held.isReleaseChord();
  }

  /** @param {KeyboardEvent} event */
  #onKeyUp(event) {
    this.#consumeEvent(event);
    const { code } = event;
    if (!isIdentified(code)) return;
    this.#sendDelayedControl();
    if (this.#releaseChord) {
      this.#releaseChord = false;
      this.releaseAll();
      this.#handlers.onRelease?.();
      return;
    }
    if (!this.#held.isHeld(code)) {
      // Windows reports only the release of PrintScreen; macOS reports Caps Lock switching off as a release.
      if (code === 'PrintScreen' || (this.#options.platform === 'mac' && code === 'CapsLock')) this.#tapKey(code);
      return;
    }
    this.#held.releaseKey(code);
    // While Meta is down, macOS reports no other release, so the other held keys may be up already.
    if (this.#options.platform === 'mac' && (code === 'MetaLeft' || code === 'MetaRight')) this.#held.releaseInReverse();
    else this.#held.releaseMissedModifiers(event);
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether this ControlLeft is delayed until the next event */
  #delayForAltGr(event) {
    if (this.#options.platform !== 'windows') return false;
    if (this.#delayedControl !== null && event.code === 'AltRight') {
      this.#clock.clearTimeout(this.#delayedControl); // it was AltGr: no Control was pressed
      this.#delayedControl = null;
      return false;
    }
    this.#sendDelayedControl();
    if (event.code !== 'ControlLeft' || this.#held.isHeld('AltRight')) return false;
    this.#delayedControl = this.#clock.setTimeout(() => this.#sendDelayedControl(), ALTGR_MILLIS);
    return true;
  }

  #sendDelayedControl() {
    if (this.#delayedControl === null) return;
    this.#clock.clearTimeout(this.#delayedControl);
    this.#delayedControl = null;
    this.#held.pressKey('ControlLeft');
    this.#releaseChord = this.#held.isReleaseChord();
  }

  /** @param {string} code */
  #tapKey(code) {
    this.#held.pressKey(code);
    this.#held.releaseKey(code);
  }

  /** @param {KeyboardEvent} event */
  #consumeEvent(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event */
  #hintUnidentifiedKey(event) {
    if (event.repeat) return;
    this.#handlers.onHint?.('unidentified-key');
  }
}

/** @param {string} code */
function isIdentified(code) {
  return code !== '' && code !== undefined && code !== 'Unidentified';
}
