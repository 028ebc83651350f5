import { Keyboard } from '../input/keyboard.js';
import { Mouse } from '../input/mouse.js';
import { StickyModifiers } from '../input/sticky-modifiers.js';

/**
 * @typedef {import('../input/pointer-sender.js').PointerSender & {sendKey: (code: string, down: boolean) => boolean, releaseAll: () => boolean}} Sender
 *
 * @typedef {object} ScreenInputOptions
 * @property {HTMLElement} stage receives keys
 * @property {HTMLElement} picture receives pointers
 * @property {() => import('../input/letterbox.js').Box | null} pictureBox
 * @property {import('../input/touch-pointer.js').View} view
 * @property {() => void} takeFocus
 *
 * @typedef {object} ScreenInputHandlers
 * @property {(captured: boolean) => void} onCapture
 * @property {(locked: boolean) => void} onLock
 * @property {() => void} onRelease the user wants the keyboard back
 * @property {() => void} onSticky other modifiers are sticky
 * @property {(hint: import('../input/keyboard.js').Hint) => void} onHint
 */

/** Keyboard, mouse, fingers and sticky modifiers of one screen, as long as the user is in control. */
export class ScreenInput {
  #keyboard;
  #mouse;
  #sticky;

  /**
   * @param {ScreenInputOptions} options
   * @param {Sender} sender
   * @param {ScreenInputHandlers} handlers
   */
  constructor({ stage, picture, pictureBox, view, takeFocus }, sender, handlers) {
    this.#sticky = new StickyModifiers(sender.sendKey, handlers.onSticky);
    this.#keyboard = new Keyboard({ element: stage, document, window, platform: platform() }, {
      sendKey: (code, down) => this.sendKey(code, down),
      releaseAll: () => {
        sender.releaseAll();
        this.#sticky.forgetAll();
        this.#mouse?.forgetHeld();
      },
      onCapture: handlers.onCapture,
      onRelease: handlers.onRelease,
      onHint: handlers.onHint,
    });
    this.#mouse = new Mouse({ element: picture, document, pictureBox, view, takeFocus }, sender, { onLock: handlers.onLock, onHint: handlers.onHint });
  }

  get captured() {
    return this.#keyboard.captured;
  }

  /** @returns {string[]} the sticky modifiers that are down */
  get stickyModifiers() {
    return this.#sticky.active;
  }

  /** @param {string} code */
  toggleModifier(code) {
    this.#sticky.toggleModifier(code);
  }

  /** A key of the page: a combination, the on-screen keyboard. @param {string} code @param {boolean} down */
  sendKey(code, down) {
    return this.#sticky.sendKey(code, down);
  }

  /** @param {'absolute' | 'relative'} mode */
  setMode(mode) {
    this.#mouse.setMode(mode);
  }

  /** @param {import('../input/wheel-steps.js').WheelSettings} wheel */
  setWheel(wheel) {
    this.#mouse.setWheel(wheel);
  }

  unlockMouse() {
    this.#mouse.unlock();
  }

  /** Releases all held keys and buttons, here and at the remote computer. */
  releaseAll() {
    this.#keyboard.releaseAll();
  }

  /** The server has released all keys and buttons by itself. */
  forgetHeld() {
    this.#keyboard.forgetHeld();
    this.#sticky.forgetAll();
    this.#mouse.forgetHeld();
  }

  destroy() {
    this.#keyboard.destroy();
    this.#mouse.destroy();
  }
}

/** @returns {'mac' | 'windows' | 'other'} */
function platform() {
  const name = /** @type {any} */ (navigator).userAgentData?.platform ?? navigator.platform ?? '';
  if (/mac|iphone|ipad/i.test(name)) return 'mac';
  return /win/i.test(name) ? 'windows' : 'other';
}
