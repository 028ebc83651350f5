import { systemClock } from '../protocol/clock.js';
import { HeldKeys } from './held-keys.js';

/** Windows announces AltGr as ControlLeft and AltRight at once; so long the lone ControlLeft is held back. */
const ALTGR_MILLIS = 40;

/**
 * The keyboard of the distant computer, while one element has the focus. Sends places on the keyboard
 * (KeyboardEvent.code), not characters: the layout is the distant computer's business.
 *
 * Way out: press and let go Ctrl+Alt+Shift with nothing else.
 *
 * @typedef {object} KeyboardHandlers
 * @property {(code: string, down: boolean) => void} key
 * @property {() => void} releaseAll
 * @property {(captured: boolean) => void} [onCapture]
 * @property {() => void} [onWayOut] the user asks for the keyboard back
 * @property {(hint: string) => void} [onHint]
 *
 * @typedef {object} KeyboardOptions
 * @property {EventTarget} element gets the key events; focus on it means capture
 * @property {EventTarget & {visibilityState?: string}} document
 * @property {EventTarget} window
 * @property {'mac' | 'windows' | 'other'} [platform] the user's, not the distant computer's
 * @property {import('../protocol/clock.js').Clock} [clock]
 */
export class Keyboard {
  #held;
  #options;
  #handlers;
  #clock;
  #captured = false;
  #wayOut = false;
  /** @type {unknown} */ #lateControl = null;
  #abort = new AbortController();

  /**
   * @param {KeyboardOptions} options
   * @param {KeyboardHandlers} handlers
   */
  constructor(options, handlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#clock = options.clock ?? systemClock;
    this.#held = new HeldKeys((code, down) => handlers.key(code, down));
    const { element, document, window } = options;
    this.#on(element, 'keydown', (event) => this.#down(event));
    this.#on(element, 'keyup', (event) => this.#up(event));
    this.#on(element, 'focus', () => this.#capture(true));
    this.#on(element, 'blur', () => this.#capture(false));
    this.#on(window, 'blur', () => this.release());
    this.#on(window, 'pagehide', () => this.release());
    this.#on(document, 'visibilitychange', () => document.visibilityState === 'hidden' && this.release());
  }

  get captured() {
    return this.#captured;
  }

  /** Lets go of everything, here and there. */
  release() {
    this.forget();
    this.#handlers.releaseAll();
  }

  /** The connection is gone and the server has let go of everything by itself. */
  forget() {
    this.#clock.clearTimeout(this.#lateControl);
    this.#lateControl = null;
    this.#wayOut = false;
    this.#held.clear();
  }

  destroy() {
    this.#abort.abort();
    if (this.#captured) this.#capture(false);
  }

  /**
   * @param {EventTarget} target
   * @param {string} type
   * @param {(event: any) => void} listener
   */
  #on(target, type, listener) {
    target.addEventListener(type, listener, { signal: this.#abort.signal });
  }

  /** @param {boolean} captured */
  #capture(captured) {
    if (this.#captured === captured) return;
    this.#captured = captured;
    if (!captured) this.release();
    this.#handlers.onCapture?.(captured);
  }

  /** @param {KeyboardEvent} event */
  #down(event) {
    this.#consume(event);
    const { code } = event;
    if (!isPlace(code)) {
      this.#hintNoCode(event);
      return;
    }
    if (event.repeat || this.#held.has(code)) return;
    if (this.#isLateAltGr(event)) return;
    this.#held.reconcile(event);
    if (this.#options.platform === 'mac' && code === 'CapsLock') {
      this.#tap(code); // macOS tells the lamp, not the key
      return;
    }
    this.#held.down(code);
    this.#wayOut = this.#held.isWayOut();
  }

  /** @param {KeyboardEvent} event */
  #up(event) {
    this.#consume(event);
    const { code } = event;
    if (!isPlace(code)) return;
    this.#flushLateControl();
    if (this.#wayOut) {
      this.#wayOut = false;
      this.release();
      this.#handlers.onWayOut?.();
      return;
    }
    if (!this.#held.has(code)) {
      // Windows keeps the press of PrintScreen to itself, macOS tells CapsLock going out as a release.
      if (code === 'PrintScreen' || (this.#options.platform === 'mac' && code === 'CapsLock')) this.#tap(code);
      return;
    }
    this.#held.up(code);
    // While Meta is down macOS tells no other release: whatever else seems held is not to be trusted.
    if (this.#options.platform === 'mac' && (code === 'MetaLeft' || code === 'MetaRight')) this.#held.releaseEach();
    else this.#held.reconcile(event);
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether this ControlLeft waits for what comes next */
  #isLateAltGr(event) {
    if (this.#options.platform !== 'windows') return false;
    if (this.#lateControl !== null && event.code === 'AltRight') {
      this.#clock.clearTimeout(this.#lateControl); // it was AltGr: no Control was pressed
      this.#lateControl = null;
      return false;
    }
    this.#flushLateControl();
    if (event.code !== 'ControlLeft' || this.#held.has('AltRight')) return false;
    this.#lateControl = this.#clock.setTimeout(() => this.#flushLateControl(), ALTGR_MILLIS);
    return true;
  }

  #flushLateControl() {
    if (this.#lateControl === null) return;
    this.#clock.clearTimeout(this.#lateControl);
    this.#lateControl = null;
    this.#held.down('ControlLeft');
    this.#wayOut = this.#held.isWayOut();
  }

  /** @param {string} code */
  #tap(code) {
    this.#held.down(code);
    this.#held.up(code);
  }

  /** @param {KeyboardEvent} event */
  #consume(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event */
  #hintNoCode(event) {
    if (event.repeat) return;
    this.#handlers.onHint?.('This key tells no place on the keyboard (an on-screen keyboard?). Use “Type text” or a key combination instead.');
  }
}

/** @param {string} code */
function isPlace(code) {
  return code !== '' && code !== undefined && code !== 'Unidentified';
}
