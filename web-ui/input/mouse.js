import { AbsolutePointer } from './absolute-pointer.js';
import { FrameThrottle } from './frame-throttle.js';
import { RelativePointer } from './relative-pointer.js';
import { WheelSteps } from './wheel-steps.js';

/**
 * All pointer events of one element, in either mode.
 *
 * @typedef {object} MouseOptions
 * @property {HTMLElement} element
 * @property {Document} document
 * @property {() => import('./letterbox.js').Box | null} pictureBox
 * @property {import('./frame-throttle.js').Frames} [frames]
 *
 * @typedef {object} MouseHandlers
 * @property {(locked: boolean) => void} [onLock] the mouse is (no longer) locked to the picture
 * @property {(hint: string) => void} [onHint]
 */
export class Mouse {
  /** @type {'absolute' | 'relative'} */ #mode = 'absolute';
  #options;
  #handlers;
  #sender;
  #absolute;
  #relative;
  #wheel = new WheelSteps();
  #wheelThrottle;
  #abort = new AbortController();
  #promises = false;

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
    this.#wheelThrottle = new FrameThrottle(() => this.#sendWheel(), options.frames);
    const { element, document } = options;
    this.#on(element, 'pointerdown', (event) => this.#down(event));
    for (const type of ['pointermove', 'pointerup', 'pointercancel']) this.#on(element, type, (event) => this.#moved(event));
    this.#on(element, 'wheel', (event) => this.#wheeled(event), false);
    // Back and forward, the menu, drag and drop and text selection belong to the distant computer.
    for (const type of ['contextmenu', 'mousedown', 'mouseup', 'auxclick', 'dragstart']) this.#on(element, type, (event) => event.preventDefault());
    this.#on(document, 'pointerlockchange', () => this.#lockChanged());
    // Browsers that answer a request by a promise fire this too, also for the first try of #lock, after which another one succeeds.
    this.#on(document, 'pointerlockerror', () => this.#promises || this.#sayNotLocked());
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
    this.forget();
    this.#sender.releaseAll();
    this.#mode = mode;
    if (mode === 'absolute') this.unlock();
  }

  unlock() {
    if (this.locked) this.#options.document.exitPointerLock();
  }

  forget() {
    this.#absolute.forget();
    this.#relative.forget();
  }

  destroy() {
    this.unlock();
    this.#abort.abort();
    this.#wheelThrottle.cancel();
    this.forget();
  }

  /**
   * @param {EventTarget} target
   * @param {string} type
   * @param {(event: any) => void} listener
   * @param {boolean} [passive]
   */
  #on(target, type, listener, passive) {
    target.addEventListener(type, listener, { signal: this.#abort.signal, passive });
  }

  /** @param {PointerEvent} event */
  #down(event) {
    this.#options.element.focus({ preventScroll: true });
    if (this.#mode === 'absolute') {
      // A drag that leaves the picture still ends here.
      try {
        this.#options.element.setPointerCapture(event.pointerId);
      } catch {
        // A pointer that is already gone cannot be captured, and need not be.
      }
    } else if (!this.locked) {
      this.#lock(); // this click only takes the mouse
      return;
    }
    this.#moved(event);
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    if (this.#mode === 'absolute') this.#absolute.handle(event);
    else if (this.locked) this.#relative.handle(event);
  }

  /** Without acceleration of this computer where the browser can; the distant one has its own. */
  async #lock() {
    const { element } = this.#options;
    try {
      const answer = /** @type {any} */ (element).requestPointerLock({ unadjustedMovement: true });
      this.#promises = answer instanceof Promise;
      await answer;
    } catch {
      try {
        await element.requestPointerLock();
      } catch {
        this.#sayNotLocked();
      }
    }
  }

  #sayNotLocked() {
    this.#handlers.onHint?.('The browser did not lock the mouse. Click the picture again.');
  }

  #lockChanged() {
    this.forget();
    if (!this.locked && this.#mode === 'relative') this.#sender.releaseAll();
    this.#handlers.onLock?.(this.locked);
  }

  /** @param {WheelEvent} event */
  #wheeled(event) {
    event.preventDefault();
    if (this.#mode === 'relative' && !this.locked) return;
    this.#wheel.add(event);
    this.#wheelThrottle.schedule();
  }

  #sendWheel() {
    const steps = this.#wheel.take();
    if (steps) this.#sender.wheel(steps.dx, steps.dy);
  }
}
