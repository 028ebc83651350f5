import { FrameThrottle } from './frame-throttle.js';
import { BUTTONS } from './pointer-sender.js';

const MOST = 127; // a HID report moves at most so far at once

/** The mouse is locked to the picture and tells movement only. Nothing of the movement is lost, fractions included. */
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
    this.#throttle = new FrameThrottle(() => this.#flush(), frames);
  }

  /** @param {Pick<PointerEvent, 'type' | 'movementX' | 'movementY' | 'buttons'>} event */
  handle(event) {
    this.#x += event.movementX || 0;
    this.#y += event.movementY || 0;
    const buttons = event.type === 'pointercancel' ? 0 : event.buttons & BUTTONS;
    if (buttons === this.#buttons) {
      this.#throttle.schedule();
      return;
    }
    this.#throttle.cancel();
    this.#flush(); // first arrive, then press
    this.#buttons = buttons;
    this.#sender.move(0, 0, buttons, true);
  }

  forget() {
    this.#throttle.cancel();
    this.#buttons = this.#x = this.#y = 0;
  }

  #flush() {
    while (Math.trunc(this.#x) || Math.trunc(this.#y)) {
      const dx = limit(this.#x);
      const dy = limit(this.#y);
      this.#x -= dx;
      this.#y -= dy;
      this.#sender.move(dx, dy, this.#buttons, false);
    }
  }
}

/** @param {number} distance */
function limit(distance) {
  return Math.min(MOST, Math.max(-MOST, Math.trunc(distance))) || 0;
}
