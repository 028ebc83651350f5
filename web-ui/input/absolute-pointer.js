import { FrameThrottle } from './frame-throttle.js';
import { toFraction } from './letterbox.js';
import { BUTTONS } from './pointer-sender.js';

/**
 * The pointer is where the finger or mouse is on the picture. Movement leaves at most once per animation frame; a
 * button that changes leaves at once, at its own place.
 */
export class AbsolutePointer {
  #sender;
  #pictureBox;
  #throttle;
  #buttons = 0;
  #muted = false;
  /** @type {{x: number, y: number} | null} */ #waiting = null;

  /**
   * @param {import('./pointer-sender.js').PointerSender} sender
   * @param {() => import('./letterbox.js').Box | null} pictureBox where the picture is now, in client coordinates
   * @param {import('./frame-throttle.js').Frames} [frames]
   */
  constructor(sender, pictureBox, frames) {
    this.#sender = sender;
    this.#pictureBox = pictureBox;
    this.#throttle = new FrameThrottle(() => this.#flush(), frames);
  }

  /** Any pointer event: with several buttons, presses arrive as pointermove. @param {PointerEvent} event */
  handle(event) {
    if (!event.isPrimary) return; // the second finger
    const box = this.#pictureBox();
    if (!box) return;
    const place = toFraction(event.clientX, event.clientY, box);
    const buttons = this.#wanted(event);
    if (buttons === this.#buttons) {
      this.#waiting = place;
      this.#throttle.schedule();
      return;
    }
    this.#drop();
    // A finger arrives from nowhere: let the pointer be there before it presses.
    if (event.pointerType === 'touch' && this.#buttons === 0) this.#sender.pointer(place.x, place.y, 0, true);
    this.#buttons = buttons;
    this.#sender.pointer(place.x, place.y, buttons, true);
  }

  /** Everything was released elsewhere. A button that is still down here does not press again by itself. */
  forget() {
    this.#drop();
    this.#muted ||= this.#buttons !== 0;
    this.#buttons = 0;
  }

  /** @param {PointerEvent} event @returns {number} the buttons to tell */
  #wanted(event) {
    if (event.type === 'pointercancel' || event.buttons === 0) this.#muted = false;
    return event.type === 'pointercancel' || this.#muted ? 0 : event.buttons & BUTTONS;
  }

  #flush() {
    if (!this.#waiting) return;
    const { x, y } = this.#waiting;
    this.#waiting = null;
    this.#sender.pointer(x, y, this.#buttons, false);
  }

  #drop() {
    this.#throttle.cancel();
    this.#waiting = null;
  }
}
