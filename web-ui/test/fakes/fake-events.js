/** An EventTarget with the parts of an element or document that the input modules use. */
export class FakeElement extends EventTarget {
  visibilityState = 'visible';
  captured = [];
  focused = 0;
  pointerLockElement = null;
  lockRefused = false;

  focus() {
    this.focused += 1;
  }

  setPointerCapture(id) {
    if (id === 666) throw new DOMException('gone', 'NotFoundError');
    this.captured.push(id);
  }
}

/** Sends an event with these properties. @returns {Event} */
export function fire(target, type, properties = {}) {
  const event = new Event(type, { cancelable: true, bubbles: true });
  for (const [name, value] of Object.entries(properties)) if (name !== 'type') Object.defineProperty(event, name, { value, configurable: true });
  target.dispatchEvent(event);
  return event;
}

/** Animation frames on demand. */
export class FakeFrames {
  #callbacks = new Map();
  #next = 1;

  requestAnimationFrame = (callback) => {
    this.#callbacks.set(this.#next, callback);
    return this.#next++;
  };

  cancelAnimationFrame = (handle) => {
    this.#callbacks.delete(handle);
  };

  get waiting() {
    return this.#callbacks.size;
  }

  run() {
    const due = [...this.#callbacks.values()];
    this.#callbacks.clear();
    for (const callback of due) callback();
  }
}
