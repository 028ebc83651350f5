import { TouchGestures } from '../input/touch-gestures.js';

/** Fingers of a user who only watches: they zoom and move the picture on this page, and send nothing. */
export class ViewGestures {
  #abort = new AbortController();

  /** @param {HTMLElement} element @param {import('../input/touch-pointer.js').View} view */
  constructor(element, view) {
    const ignore = () => {};
    const gestures = new TouchGestures({
      onTap: ignore, onLongPress: ignore, onTwoFingerTap: ignore, onDragStart: ignore, onDragEnd: ignore,
      onDrag: (at, dx, dy) => view.zoomBy(1, at, dx, dy),
      onScroll: (dx, dy) => view.zoomBy(1, { x: 0, y: 0 }, dx, dy),
      onPinch: (factor, center, dx, dy) => view.zoomBy(factor, center, dx, dy),
    });
    for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel']) {
      element.addEventListener(type, (event) => {
        const pointer = /** @type {PointerEvent} */ (event);
        if (pointer.pointerType === 'touch') gestures.handlePointer(pointer);
      }, { signal: this.#abort.signal });
    }
  }

  destroy() {
    this.#abort.abort();
  }
}
