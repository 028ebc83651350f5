/**
 * Moves a picture that is larger than the window: by a drag beside the picture, by the wheel with Alt, by two fingers. The scroll bars and
 * the wheel beside the picture work as in every window. None of it reaches the remote computer.
 */
export class ViewPan {
  #stage;
  #picture;
  /** @type {Map<number, {x: number, y: number}>} fingers on the picture */ #fingers = new Map();
  #twoFingers = false;
  /** @type {{x: number, y: number} | null} the mouse drags the view */ #drag = null;

  /**
   * @param {HTMLElement} stage what scrolls
   * @param {HTMLElement} picture inside
   */
  constructor(stage, picture) {
    this.#stage = stage;
    this.#picture = picture;
    stage.addEventListener('pointerdown', (event) => this.#onDragStart(event));
    for (const type of ['pointermove', 'pointerup', 'pointercancel']) stage.addEventListener(type, (event) => this.#onDrag(/** @type {PointerEvent} */ (event)));
    // Before the picture's own listeners.
    stage.addEventListener('wheel', (event) => this.#onWheel(event), { capture: true, passive: false });
    for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel']) {
      stage.addEventListener(type, (event) => this.#onFinger(/** @type {PointerEvent} */ (event)), { capture: true });
    }
  }

  get #isLarger() {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = this.#stage;
    return scrollWidth > clientWidth || scrollHeight > clientHeight;
  }

  /** @param {PointerEvent} event */
  #onDragStart(event) {
    const { clientWidth, clientHeight } = this.#stage;
    const onScrollBar = event.offsetX >= clientWidth || event.offsetY >= clientHeight;
    if (event.target !== this.#stage || onScrollBar || event.button !== 0 || !this.#isLarger) return;
    this.#drag = { x: event.clientX, y: event.clientY };
    this.#stage.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  #onDrag(event) {
    if (!this.#drag) return;
    this.#stage.scrollBy(this.#drag.x - event.clientX, this.#drag.y - event.clientY);
    this.#drag = event.type === 'pointermove' ? { x: event.clientX, y: event.clientY } : null;
  }

  /** @param {WheelEvent} event */
  #onWheel(event) {
    if (!event.altKey || !this.#isLarger) return;
    event.preventDefault();
    event.stopPropagation();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 32;
    const [x, y] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    this.#stage.scrollBy(x * unit, y * unit);
  }

  /** @param {PointerEvent} event */
  #onFinger(event) {
    if (event.pointerType !== 'touch' || !event.isTrusted) return;
    const before = this.#fingers.get(event.pointerId);
    const ends = event.type === 'pointerup' || event.type === 'pointercancel';
    if (event.type === 'pointerdown') this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    else if (ends) this.#fingers.delete(event.pointerId);
    else if (before) this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (event.type === 'pointerdown' && this.#fingers.size === 2 && this.#isLarger) this.#startTwoFingers();
    if (!this.#twoFingers) return;
    event.stopPropagation();
    // Each finger contributes its half of the movement.
    if (before && event.type === 'pointermove') this.#stage.scrollBy((before.x - event.clientX) / 2, (before.y - event.clientY) / 2);
    if (this.#fingers.size === 0) this.#twoFingers = false;
  }

  /** The first finger was no press: it is taken back. */
  #startTwoFingers() {
    this.#twoFingers = true;
    const [[pointerId, { x, y }]] = this.#fingers;
    this.#picture.dispatchEvent(new PointerEvent('pointercancel', { pointerId, clientX: x, clientY: y, isPrimary: true, pointerType: 'touch' }));
  }
}
