import { systemClock } from '../protocol/clock.js';
import { HeldKeys, isModifier } from './held-keys.js';
import { KeyIdentity } from './key-identity.js';
import { MissingReleases } from './missing-releases.js';

/** Windows reports AltGr as ControlLeft and AltRight at the same time, so a single ControlLeft is delayed for this long. */
const ALTGR_MILLIS = 40;

/** Keys of Japanese and Korean keyboards whose release Windows does not report, by code or by function. */
const WINDOWS_TAP_CODES = ['KanaMode', 'Lang1', 'Lang2', 'Lang3', 'Lang4', 'Lang5'];
const WINDOWS_TAP_KEYS = ['Zenkaku', 'Hankaku', 'ZenkakuHankaku', 'KanjiMode', 'KanaMode', 'Katakana', 'Hiragana', 'HiraganaKatakana', 'Romaji', 'Alphanumeric', 'Eisu'];

/**
 * Captures the keyboard for the remote computer while an element has the focus. Sends physical keys (KeyboardEvent.code) rather than
 * characters, because the remote computer applies its own layout.
 *
 * Pressing and releasing only Ctrl+Alt+Shift releases the keyboard.
 *
 * @typedef {'unidentified-key' | 'mouse-not-locked' | 'no-mouse-lock' | 'keys-kept' | 'no-fullscreen'} Hint why an input has no effect;
 *   `unidentified-key`: the browser did not report which physical key was pressed (an on-screen keyboard)
 *
 * @typedef {object} KeyboardHandlers
 * @property {(code: string, down: boolean) => void} sendKey
 * @property {() => void} releaseAll
 * @property {(captured: boolean) => void} [onCapture]
 * @property {() => void} [onRelease] the user has released the keyboard
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
  #identity;
  #missing;
  #options;
  #handlers;
  #clock;
  #captured = false;
  #releaseChord = false;
  /** @type {unknown} */ #delayedControl = null;
  /** The last key that was pressed while Command was held, on a Mac. */ #commandKey = '';
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
    this.#identity = new KeyIdentity(options.platform);
    this.#missing = new MissingReleases(this.#held, this.#clock, (code) => this.#identity.forgetKey(code));
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

  /** The connection is lost, and the server has automatically released all keys. */
  forgetHeld() {
    this.#clock.clearTimeout(this.#delayedControl);
    this.#delayedControl = null;
    this.#releaseChord = false;
    this.#commandKey = '';
    this.#held.forgetAll();
    this.#missing.forgetAll();
    this.#identity.forgetAll();
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
    const code = this.#identity.identifyPress(event);
    if (!code) {
      this.#hintUnidentifiedKey(event);
      return;
    }
    if (this.#tapWithCommand(event, code)) return;
    if (event.repeat) {
      this.#missing.handleRepeat(code, event.key === 'Dead');
      return;
    }
    this.#missing.releaseDeadKey();
    if (this.#held.isHeld(code) || this.#delayForAltGr(code)) return;
    this.#pressKey(event, code);
  }

  /** @param {KeyboardEvent} event @param {string} code */
  #pressKey(event, code) {
    this.#missing.beforePress(code);
    this.#held.releaseMissedModifiers(event, code);
    if (this.#isTapped(event, code)) {
      this.#tapKey(code);
      return;
    }
    this.#held.pressKey(code);
    this.#missing.afterPress(code, event.key === 'Dead');
    this.#releaseChord = this.#held.isReleaseChord();
  }

  /** @param {KeyboardEvent} event */
  #onKeyUp(event) {
    this.#consumeEvent(event);
    const code = this.#identity.identifyRelease(event);
    if (!code) return;
    this.#sendDelayedControl();
    if (this.#releaseChord) {
      this.#releaseChord = false;
      this.releaseAll();
      this.#handlers.onRelease?.();
      return;
    }
    this.#missing.handleRelease(code);
    if (isMeta(code)) this.#commandKey = '';
    if (!this.#held.isHeld(code)) {
      // Windows reports only the release of PrintScreen; macOS reports Caps Lock switching off as a release.
      if (code === 'PrintScreen' || (this.#options.platform === 'mac' && code === 'CapsLock')) this.#tapKey(code);
      return;
    }
    // While Command is held, macOS reports no other release, so keys that were held before it may already be released.
    if (this.#options.platform === 'mac' && isMeta(code)) this.#held.listPlainKeys().forEach((key) => this.#missing.assumeReleased(key));
    this.#held.releaseKey(code);
    this.#held.releaseMissedModifiers(event, code);
  }

  /**
   * Handles a key that is pressed while Command is held. macOS reports no release of such a key, so it is released immediately, and pressed
   * again each time this computer repeats it.
   *
   * @param {KeyboardEvent} event
   * @param {string} code
   * @returns {boolean} whether this was such a key
   */
  #tapWithCommand(event, code) {
    if (this.#options.platform !== 'mac' || !event.metaKey || isModifier(code) || code === 'CapsLock') return false;
    if (event.repeat && code !== this.#commandKey) return false;
    this.#commandKey = code;
    this.#missing.beforePress(code);
    this.#held.releaseMissedModifiers(event, code);
    this.#held.releaseKey(code); // it was held before Command
    this.#tapKey(code);
    return true;
  }

  /** @param {KeyboardEvent} event @param {string} code @returns {boolean} whether the press also means the release */
  #isTapped({ key }, code) {
    const { platform } = this.#options;
    if (platform === 'mac') return code === 'CapsLock'; // macOS reports the state of the light, not of the key
    return platform === 'windows' && (WINDOWS_TAP_CODES.includes(code) || WINDOWS_TAP_KEYS.includes(key));
  }

  /** @param {string} code @returns {boolean} whether this ControlLeft is delayed until the next event */
  #delayForAltGr(code) {
    if (this.#options.platform !== 'windows') return false;
    if (this.#delayedControl !== null && code === 'AltRight') {
      this.#clock.clearTimeout(this.#delayedControl); // it was AltGr: no Control was pressed
      this.#delayedControl = null;
      return false;
    }
    this.#sendDelayedControl();
    if (code !== 'ControlLeft' || this.#held.isHeld('AltRight')) return false;
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
    this.#identity.forgetKey(code);
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
function isMeta(code) {
  return code === 'MetaLeft' || code === 'MetaRight';
}
