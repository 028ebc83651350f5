import { AbsolutePointer } from './absolute-pointer.js';
import { FrameThrottle } from './frame-throttle.js';
import { RelativePointer } from './relative-pointer.js';
import { TouchPointer } from './touch-pointer.js';
import { WheelSteps } from './wheel-steps.js';

/**
 * All pointer events of one element, in either mode: mouse, pen and fingers.
 *
 * @typedef {object} MouseOptions
 * @property {HTMLElement} element
 * @property {Document} document
 * @property {() => import('./letterbox.js').Box | null} pictureBox
 * @property {import('./touch-pointer.js').View} [view] zoomed by fingers
 * @property {() => void} [takeFocus] for the element, when it is pressed
 * @property {import('./frame-throttle.js').Frames} [frames]
 * @property {import('../protocol/clock.js').Clock} [clock]
 *
 * @typedef {object} MouseHandlers
 * @property {(locked: boolean) => void} [onLock] whether the mouse is locked to the picture
 * @property {(hint: import('./keyboard.js').Hint) => void} [onHint]
 */
export class Mouse {
  /** @type {'absolute' | 'relative'} */ #mode = 'absolute';
  #options;
  #handlers;
  #sender;
  #absolute;
  #relative;
  #touch;
  #wheel = new WheelSteps();
  #wheelThrottle;
  #abort = new AbortController();
  #returnsPromise = false;

  /**
   * @param {MouseOptions} options
   * @param {import('./pointer-sender.js').PointerSender & {releaseAll: () => void}} sender
   * @param {MouseHandlers} [handlers]
   */
  constructor(options, sender, handlers = {}) {
    this.#options = options;
    this.#handlers = handlers;
    this.#sender = sender;
    this.#absolute = new AbsolutePointer(sender, options.pictureBox, options.frames);
    this.#relative = new RelativePointer(sender, options.frames);
    this.#touch = new TouchPointer(options, sender);
    this.#wheelThrottle = new FrameThrottle(() => this.#sendWheel(), options.frames);
    const { element, document } = options;
    this.#addListener(element, 'pointerdown', (event) => this.#onPointerDown(event));
    for (const type of ['pointermove', 'pointerup', 'pointercancel']) this.#addListener(element, type, (event) => this.#onPointerEvent(event));
    this.#addListener(element, 'wheel', (event) => this.#onWheel(event), false);
    // Back and forward, the menu, drag and drop and text selection belong to the remote computer.
    for (const type of ['contextmenu', 'mousedown', 'mouseup', 'auxclick', 'dragstart']) this.#addListener(element, type, (event) => event.preventDefault());
    this.#addListener(document, 'pointerlockchange', () => this.#onLockChange());
    // Browsers that return a promise fire this event too, also for the first attempt of #lockPointer, after which the second may succeed.
    this.#addListener(document, 'pointerlockerror', () => this.#returnsPromise || this.#hintNotLocked());
  }

  get mode() {
    return this.#mode;
  }

  get locked() {
    return this.#options.document.pointerLockElement === this.#options.element;
  }

  /** @param {'absolute' | 'relative'} mode */
  setMode(mode) {
    if (mode === this.#mode) return;
    this.forgetHeld();
    this.#sender.releaseAll();
    this.#mode = mode;
    this.#touch.setMode(mode);
    if (mode === 'absolute') this.unlock();
  }

  /** @param {import('./wheel-steps.js').WheelSettings} settings */
  setWheel(settings) {
    this.#wheel.settings = this.#touch.wheel = settings;
  }

  unlock() {
    if (this.locked) this.#options.document.exitPointerLock();
  }

  forgetHeld() {
    this.#absolute.forgetHeld();
    this.#relative.forgetHeld();
    this.#touch.forgetHeld();
  }

  destroy() {
    this.unlock();
    this.#abort.abort();
    this.#wheelThrottle.cancel();
    this.forgetHeld();
  }

  /**
   * @param {EventTarget} target
   * @param {string} type
   * @param {(event: any) => void} listener
   * @param {boolean} [passive]
   */
  #addListener(target, type, listener, passive) {
    target.addEventListener(type, listener, { signal: this.#abort.signal, passive });
  }

  /** @param {PointerEvent} event */
  #onPointerDown(event) {
    const { element, takeFocus } = this.#options;
    if (takeFocus) takeFocus();
    else element.focus({ preventScroll: true });
    if (event.pointerType === 'touch') {
      this.#touch.handlePointer(event);
      return;
    }
    if (this.#mode === 'absolute') {
      // The end of a drag is reported here, even outside of the picture.
      try {
        element.setPointerCapture(event.pointerId);
      } catch {
        // The pointer was already lifted and needs no capture.
      }
    } else if (!this.locked) {
      this.#lockPointer(); // this click only locks the mouse
      return;
    }
    this.#onPointerEvent(event);
  }

  /** @param {PointerEvent} event */
  #onPointerEvent(event) {
    if (event.pointerType === 'touch') this.#touch.handlePointer(event);
    else if (this.#mode === 'absolute') this.#absolute.handlePointer(event);
    else if (this.locked) this.#relative.handlePointer(event);
  }

  /** Disables the pointer acceleration of this computer if the browser supports that, because the remote computer has its own. */
  async #lockPointer() {
    const { element } = this.#options;
    if (!element.requestPointerLock) {
      this.#handlers.onHint?.('no-mouse-lock');
      return;
    }
    try {
      const answer = /** @type {any} */ (element).requestPointerLock({ unadjustedMovement: true });
      this.#returnsPromise = answer instanceof Promise;
      await answer;
    } catch {
      try {
        await element.requestPointerLock();
      } catch {
        this.#hintNotLocked();
      }
    }
  }

  #hintNotLocked() {
    this.#handlers.onHint?.('mouse-not-locked');
  }

  #onLockChange() {
    this.forgetHeld();
    if (!this.locked && this.#mode === 'relative') this.#sender.releaseAll();
    this.#handlers.onLock?.(this.locked);
  }

  /** @param {WheelEvent} event */
  #onWheel(event) {
    event.preventDefault();
    if (this.#mode === 'relative' && !this.locked) return;
    this.#wheel.addEvent(event);
    this.#wheelThrottle.schedule();
  }

  #sendWheel() {
    const steps = this.#wheel.takeSteps();
    if (steps) this.#sender.turnWheel(steps.dx, steps.dy);
  }
}
