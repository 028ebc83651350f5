import { FrameThrottle } from './frame-throttle.js';
import { BUTTONS } from './pointer-sender.js';

const MAX_STEP = 127; // the range of a HID report

/** Handles a mouse that is locked to the picture and reports only movement. No movement is lost, including fractions. */
export class RelativePointer {
  #sender;
  #throttle;
  #buttons = 0;
  #x = 0;
  #y = 0;

  /**
   * @param {import('./pointer-sender.js').PointerSender} sender
   * @param {import('./frame-throttle.js').Frames} [frames]
   */
  constructor(sender, frames) {
    this.#sender = sender;
    this.#throttle = new FrameThrottle(() => this.#sendMovement(), frames);
  }

  /** @param {Pick<PointerEvent, 'type' | 'movementX' | 'movementY' | 'buttons'>} event */
  handlePointer(event) {
    this.#x += event.movementX || 0;
    this.#y += event.movementY || 0;
    const buttons = event.type === 'pointercancel' ? 0 : event.buttons & BUTTONS;
    if (buttons === this.#buttons) {
      this.#throttle.schedule();
      return;
    }
    this.#throttle.cancel();
    this.#sendMovement(); // move first, then press
    this.#buttons = buttons;
    this.#sender.movePointerBy(0, 0, buttons, true);
  }

  forgetHeld() {
    this.#throttle.cancel();
    this.#buttons = this.#x = this.#y = 0;
  }

  #sendMovement() {
    while (Math.trunc(this.#x) || Math.trunc(this.#y)) {
      const dx = clampStep(this.#x);
      const dy = clampStep(this.#y);
      this.#x -= dx;
      this.#y -= dy;
      this.#sender.movePointerBy(dx, dy, this.#buttons, false);
    }
  }
}

/** @param {number} distance */
function clampStep(distance) {
  return Math.min(MAX_STEP, Math.max(-MAX_STEP, Math.trunc(distance))) || 0;
}
