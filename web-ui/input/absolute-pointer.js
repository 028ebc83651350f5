import { FrameThrottle } from './frame-throttle.js';
import { toFraction } from './letterbox.js';
import { BUTTONS } from './pointer-sender.js';

/**
 * Moves the remote pointer to the position of the finger or mouse on the picture. Movement is sent at most once per animation frame; a
 * button change is sent immediately, with its own position.
 */
export class AbsolutePointer {
  #sender;
  #pictureBox;
  #throttle;
  #buttons = 0;
  #muted = false;
  /** @type {{x: number, y: number} | null} */ #pending = null;

  /**
   * @param {import('./pointer-sender.js').PointerSender} sender
   * @param {() => import('./letterbox.js').Box | null} pictureBox where the picture is now, in client coordinates
   * @param {import('./frame-throttle.js').Frames} [frames]
   */
  constructor(sender, pictureBox, frames) {
    this.#sender = sender;
    this.#pictureBox = pictureBox;
    this.#throttle = new FrameThrottle(() => this.#sendPosition(), frames);
  }

  /** Handles any pointer event. With several buttons, presses arrive as pointermove. @param {PointerEvent} event */
  handlePointer(event) {
    if (!event.isPrimary) return; // the second finger
    const box = this.#pictureBox();
    if (!box) return;
    const place = toFraction(event.clientX, event.clientY, box);
    const buttons = this.#pressedButtons(event);
    if (buttons === this.#buttons) {
      this.#pending = place;
      this.#throttle.schedule();
      return;
    }
    this.#cancelPending();
    // A finger or a pen has no position before it touches: the pointer moves there first, then presses.
    if (event.pointerType !== 'mouse' && event.pointerType !== '' && this.#buttons === 0) this.#sender.movePointerTo(place.x, place.y, 0, true);
    this.#buttons = buttons;
    this.#sender.movePointerTo(place.x, place.y, buttons, true);
  }

  /** Everything was released elsewhere. A button that is still held here is not pressed again. */
  forgetHeld() {
    this.#cancelPending();
    this.#muted ||= this.#buttons !== 0;
    this.#buttons = 0;
  }

  /** @param {PointerEvent} event @returns {number} the buttons to send */
  #pressedButtons(event) {
    if (event.type === 'pointercancel' || event.buttons === 0) this.#muted = false;
    return event.type === 'pointercancel' || this.#muted ? 0 : event.buttons & BUTTONS;
  }

  #sendPosition() {
    if (!this.#pending) return;
    const { x, y } = this.#pending;
    this.#pending = null;
    this.#sender.movePointerTo(x, y, this.#buttons, false);
  }

  #cancelPending() {
    this.#throttle.cancel();
    this.#pending = null;
  }
}
