/**
 * Moves a picture that is larger than the window: by a drag beside the picture, by the wheel with Alt. The scroll bars and the wheel
 * beside the picture work as in every window. None of it reaches the remote computer. {@link PictureZoom} moves it by two fingers.
 */
export class ViewPan {
  #stage;
  #ignoresFingers;
  /** @type {{x: number, y: number} | null} the mouse or a finger drags the view */ #drag = null;

  /**
   * @param {HTMLElement} stage what scrolls
   * @param {() => boolean} ignoresFingers another listener of the stage moves the picture by them
   */
  constructor(stage, ignoresFingers) {
    this.#stage = stage;
    this.#ignoresFingers = ignoresFingers;
    stage.addEventListener('pointerdown', (event) => this.#onDragStart(event));
    for (const type of ['pointermove', 'pointerup', 'pointercancel']) stage.addEventListener(type, (event) => this.#onDrag(/** @type {PointerEvent} */ (event)));
    // Before the picture's own listeners.
    stage.addEventListener('wheel', (event) => this.#onWheel(event), { capture: true, passive: false });
  }

  get #isLarger() {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = this.#stage;
    return scrollWidth > clientWidth || scrollHeight > clientHeight;
  }

  /** @param {PointerEvent} event */
  #onDragStart(event) {
    const { clientWidth, clientHeight } = this.#stage;
    const onScrollBar = event.offsetX >= clientWidth || event.offsetY >= clientHeight;
    if (event.pointerType === 'touch' && this.#ignoresFingers()) return;
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
}
