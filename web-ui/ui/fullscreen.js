/** Full screen. Browsers that allow it then pass on the keys that they otherwise keep (Escape, Alt+Tab, Meta). */
export class Fullscreen {
  #element;

  /**
   * @param {HTMLElement} element
   * @param {() => void} onChange
   */
  constructor(element, onChange) {
    this.#element = element;
    document.addEventListener('fullscreenchange', () => {
      this.#lockKeyboard(this.isActive);
      element.toggleAttribute('fullscreen', this.isActive);
      onChange();
    });
  }

  get isActive() {
    return document.fullscreenElement === this.#element;
  }

  async toggle() {
    try {
      if (this.isActive) await document.exitFullscreen();
      else await this.#element.requestFullscreen({ navigationUI: 'hide' });
    } catch {
      // The browser or the user refused: nothing has changed, and the button still shows the present state.
    }
  }

  /** @param {boolean} lock */
  async #lockKeyboard(lock) {
    const { keyboard } = /** @type {any} */ (navigator);
    try {
      if (lock) await keyboard?.lock?.();
      else keyboard?.unlock?.();
    } catch {
      // Not allowed over plain HTTP from another host: the browser keeps these keys.
    }
  }
}
