import { systemClock } from '../protocol/clock.js';
import { AbsolutePointer } from './absolute-pointer.js';
import { FrameThrottle } from './frame-throttle.js';
import { RelativePointer } from './relative-pointer.js';
import { TouchGestures } from './touch-gestures.js';

/**
 * Fingers as a pointer. In absolute mode the finger is on the place that it means: a tap clicks there, a moving finger drags. In relative mode the
 * picture is a trackpad, without locking the pointer: a moving finger moves the pointer, a tap clicks where the pointer is, a second touch right
 * after a tap drags. In both a long press and a tap with two fingers are the right button, two moving fingers are the wheel, and a pinch zooms.
 *
 * @typedef {import('./touch-gestures.js').Point} Point
 * @typedef {{zoomBy: (factor: number, center: Point, dx: number, dy: number) => void}} View the picture on this page
 */

const LEFT = 1;
const RIGHT = 2;
const CLICK_MILLIS = 60;
/** A tap in relative mode holds the button for this long: a second touch in this time drags. */
const TAP_HOLD_MILLIS = 250;
const DOUBLE_TAP_MILLIS = 400;
/** Fingers never hit the same place twice; the remote computer expects it for a double click. */
const DOUBLE_TAP_PIXELS = 30;
const PIXELS_PER_STEP = 30;
/** A fast finger moves the pointer further than a slow one. */
const MIN_GAIN = 1;
const MAX_GAIN = 3;
const PIXELS_PER_GAIN = 12;
const MAX_STEPS = 127;

export class TouchPointer {
  /** @type {'absolute' | 'relative'} */ #mode = 'absolute';
  /** @type {import('./wheel-steps.js').WheelSettings} */ wheel = { speed: 1, reversed: false };
  #gestures;
  #absolute;
  #relative;
  #sender;
  #clock;
  #buttons = 0;
  /** @type {unknown} */ #release = null;
  /** @type {Point} */ #place = { x: 0, y: 0 };
  #tappedAt = Number.NEGATIVE_INFINITY;
  /** @type {Point} */ #scrolled = { x: 0, y: 0 };
  #scrollThrottle;

  /**
   * @param {{pictureBox: () => import('./letterbox.js').Box | null, view?: View, frames?: import('./frame-throttle.js').Frames, clock?: import('../protocol/clock.js').Clock}} options
   * @param {import('./pointer-sender.js').PointerSender} sender
   */
  constructor({ pictureBox, view, frames, clock = systemClock }, sender) {
    this.#clock = clock;
    this.#sender = sender;
    this.#absolute = new AbsolutePointer(sender, pictureBox, frames);
    this.#relative = new RelativePointer(sender, frames);
    this.#scrollThrottle = new FrameThrottle(() => this.#sendScroll(), frames);
    this.#gestures = new TouchGestures({
      onTap: (at) => this.#onTap(at),
      onLongPress: (at) => this.#click(at, RIGHT),
      onTwoFingerTap: (at) => this.#click(at, RIGHT),
      onDragStart: (from) => this.#onDragStart(from),
      onDrag: (at, dx, dy) => this.#onDrag(at, dx, dy),
      onDragEnd: () => this.#setButtons(0),
      onScroll: (dx, dy) => this.#onScroll(dx, dy),
      onPinch: (factor, center, dx, dy) => view?.zoomBy(factor, center, dx, dy),
    }, clock);
  }

  /** @param {'absolute' | 'relative'} mode */
  setMode(mode) {
    this.forgetHeld();
    this.#mode = mode;
  }

  /** @param {PointerEvent} event of a finger */
  handlePointer(event) {
    this.#gestures.handlePointer(event);
  }

  /** Everything was released elsewhere. */
  forgetHeld() {
    this.#clock.clearTimeout(this.#release);
    this.#release = null;
    this.#buttons = 0;
    this.#scrolled = { x: 0, y: 0 };
    this.#scrollThrottle.cancel();
    this.#absolute.forgetHeld();
    this.#relative.forgetHeld();
    this.#gestures.cancelGesture();
  }

  /** @param {Point} at */
  #onTap(at) {
    const now = this.#clock.now();
    const again = now - this.#tappedAt < DOUBLE_TAP_MILLIS && Math.hypot(at.x - this.#place.x, at.y - this.#place.y) < DOUBLE_TAP_PIXELS;
    this.#tappedAt = now;
    this.#click(again ? this.#place : at, LEFT, this.#mode === 'relative' ? TAP_HOLD_MILLIS : CLICK_MILLIS);
  }

  /** @param {Point} at @param {number} buttons @param {number} [millis] until the release */
  #click(at, buttons, millis = CLICK_MILLIS) {
    this.#pressAt(at, buttons);
    this.#release = this.#clock.setTimeout(() => this.#setButtons(0), millis);
  }

  /** @param {Point} from */
  #onDragStart(from) {
    if (this.#mode === 'relative') {
      // Right after a tap its button is still down, and stays so.
      this.#clock.clearTimeout(this.#release);
      return;
    }
    this.#pressAt(from, LEFT);
  }

  /** @param {Point} at @param {number} dx @param {number} dy */
  #onDrag(at, dx, dy) {
    this.#place = at;
    const gain = Math.min(MAX_GAIN, Math.max(MIN_GAIN, Math.hypot(dx, dy) / PIXELS_PER_GAIN));
    this.#movePointer(dx * gain, dy * gain);
  }

  /** @param {Point} at @param {number} buttons */
  #pressAt(at, buttons) {
    this.#setButtons(0);
    this.#place = at;
    this.#movePointer(0, 0);
    this.#setButtons(buttons);
  }

  /** @param {number} buttons */
  #setButtons(buttons) {
    this.#clock.clearTimeout(this.#release);
    this.#release = null;
    if (buttons === this.#buttons) return;
    this.#buttons = buttons;
    this.#movePointer(0, 0);
  }

  /** @param {number} dx @param {number} dy */
  #movePointer(dx, dy) {
    const { x, y } = this.#place;
    const event = /** @type {any} */ ({ type: 'pointermove', isPrimary: true, pointerType: 'touch', clientX: x, clientY: y, movementX: dx, movementY: dy, buttons: this.#buttons });
    (this.#mode === 'relative' ? this.#relative : this.#absolute).handlePointer(event);
  }

  /** The content follows the fingers. @param {number} dx @param {number} dy */
  #onScroll(dx, dy) {
    const { speed, reversed } = this.wheel;
    const steps = (speed / PIXELS_PER_STEP) * (reversed ? -1 : 1);
    this.#scrolled.x -= dx * steps;
    this.#scrolled.y += dy * steps;
    this.#scrollThrottle.schedule();
  }

  #sendScroll() {
    const dx = Math.trunc(clampSteps(this.#scrolled.x)) || 0;
    const dy = Math.trunc(clampSteps(this.#scrolled.y)) || 0;
    this.#scrolled.x -= dx;
    this.#scrolled.y -= dy;
    if (dx || dy) this.#sender.turnWheel(dx, dy);
  }
}

/** @param {number} steps */
function clampSteps(steps) {
  return Math.min(MAX_STEPS, Math.max(-MAX_STEPS, steps));
}
