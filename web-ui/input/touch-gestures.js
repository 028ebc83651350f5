import { systemClock } from '../protocol/clock.js';

/**
 * Recognizes what fingers do on an element.
 *
 * @typedef {{x: number, y: number}} Point in client coordinates
 *
 * @typedef {object} GestureHandlers
 * @property {(at: Point) => void} onTap
 * @property {(at: Point) => void} onLongPress one finger rested
 * @property {(at: Point) => void} onTwoFingerTap
 * @property {(from: Point) => void} onDragStart one finger began to move
 * @property {(at: Point, dx: number, dy: number) => void} onDrag
 * @property {() => void} onDragEnd also when it is interrupted
 * @property {(dx: number, dy: number) => void} onScroll two fingers moved together
 * @property {(factor: number, center: Point, dx: number, dy: number) => void} onPinch two fingers changed their distance by this factor
 *
 * @typedef {{points: Point[], center: Point, distance: number}} Pair of fingers
 *
 * @typedef {'idle' | 'touched' | 'dragging' | 'two' | 'scrolling' | 'pinching' | 'done'} State `done`: until all fingers are lifted
 */

const LONG_PRESS_MILLIS = 500;
const TAP_MILLIS = 500;
/** A finger that rests moves by this many pixels. */
const SLOP = 10;
const PINCH_SLOP = 24;
/** Fingers are reported one after the other: until both have moved, only this many times the movement decides. */
const ONE_FINGER_FACTOR = 2;

export class TouchGestures {
  /** @type {State} */ #state = 'idle';
  /** @type {Map<number, Point>} */ #fingers = new Map();
  /** @type {Point} */ #start = { x: 0, y: 0 };
  #startedAt = 0;
  /** Of two fingers, at their last event. @type {Pair} */ #pair = { points: [], center: { x: 0, y: 0 }, distance: 1 };
  /** @type {Pair} */ #firstPair = this.#pair;
  /** @type {unknown} */ #timer = null;
  #handlers;
  #clock;

  /**
   * @param {GestureHandlers} handlers
   * @param {import('../protocol/clock.js').Clock} [clock]
   */
  constructor(handlers, clock = systemClock) {
    this.#handlers = handlers;
    this.#clock = clock;
  }

  /** @param {Pick<PointerEvent, 'type' | 'pointerId' | 'clientX' | 'clientY'>} event of a finger */
  handlePointer({ type, pointerId, clientX, clientY }) {
    const at = { x: clientX, y: clientY };
    if (type === 'pointerdown') this.#onDown(pointerId, at);
    else if (!this.#fingers.has(pointerId)) return;
    else if (type === 'pointermove') this.#onMove(pointerId, at);
    else this.#onLift(pointerId, type === 'pointercancel');
  }

  /** Forgets all fingers; what they do next counts only after they are lifted. */
  cancelGesture() {
    this.#stopTimer();
    if (this.#state === 'dragging') this.#handlers.onDragEnd();
    this.#state = this.#fingers.size > 0 ? 'done' : 'idle';
  }

  /** @param {number} id @param {Point} at */
  #onDown(id, at) {
    this.#fingers.set(id, at);
    if (this.#fingers.size === 1) {
      this.#state = 'touched';
      this.#start = at;
      this.#startedAt = this.#clock.now();
      this.#timer = this.#clock.setTimeout(() => this.#onLongPress(), LONG_PRESS_MILLIS);
    } else if (this.#fingers.size === 2 && this.#state !== 'done') {
      this.cancelGesture();
      this.#state = 'two';
      this.#pair = this.#firstPair = this.#measurePair();
    } else {
      this.cancelGesture();
    }
  }

  #onLongPress() {
    this.#state = 'done';
    this.#handlers.onLongPress(this.#start);
  }

  /** @param {number} id @param {Point} at */
  #onMove(id, at) {
    const before = /** @type {Point} */ (this.#fingers.get(id));
    this.#fingers.set(id, at);
    if (this.#state === 'touched' && distance(at, this.#start) > SLOP) {
      this.#stopTimer();
      this.#state = 'dragging';
      this.#handlers.onDragStart(this.#start);
      this.#handlers.onDrag(at, at.x - this.#start.x, at.y - this.#start.y);
    } else if (this.#state === 'dragging') {
      this.#handlers.onDrag(at, at.x - before.x, at.y - before.y);
    } else if (this.#fingers.size === 2) {
      this.#movePair();
    }
  }

  #movePair() {
    const before = this.#pair;
    const pair = this.#measurePair();
    if (this.#state === 'two') {
      // Which of the two it is, is decided once: a scroll with a little pinch would be unusable.
      const factor = pair.points.every((point, index) => distance(point, this.#firstPair.points[index]) > SLOP / 2) ? 1 : ONE_FINGER_FACTOR;
      if (Math.abs(pair.distance - this.#firstPair.distance) > PINCH_SLOP * factor) this.#state = 'pinching';
      else if (factor === 1 && distance(pair.center, this.#firstPair.center) > SLOP) this.#state = 'scrolling';
      else return;
    }
    this.#pair = pair;
    const dx = pair.center.x - before.center.x;
    const dy = pair.center.y - before.center.y;
    if (this.#state === 'scrolling') this.#handlers.onScroll(dx, dy);
    else if (this.#state === 'pinching') this.#handlers.onPinch(pair.distance / before.distance, pair.center, dx, dy);
  }

  /** @param {number} id @param {boolean} cancelled */
  #onLift(id, cancelled) {
    this.#fingers.delete(id);
    const state = this.#state;
    const quick = this.#clock.now() - this.#startedAt <= TAP_MILLIS;
    this.cancelGesture();
    if (cancelled) return;
    if (state === 'touched') this.#handlers.onTap(this.#start);
    else if (state === 'two' && quick) this.#handlers.onTwoFingerTap(this.#start);
  }

  #stopTimer() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #measurePair() {
    const points = [...this.#fingers.values()];
    const [one, other] = points;
    return { points, center: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }, distance: Math.max(1, distance(one, other)) };
  }
}

/** @param {Point} one @param {Point} other */
function distance(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
