/** Full screen, with the keys the browser would keep (Escape, Alt+Tab, Meta) where it gives them away. */
export class Fullscreen {
  #element;

  /**
   * @param {HTMLElement} element
   * @param {() => void} onChange
   */
  constructor(element, onChange) {
    this.#element = element;
    document.addEventListener('fullscreenchange', () => {
      this.#lockKeys(this.on);
      element.toggleAttribute('fullscreen', this.on);
      onChange();
    });
  }

  get on() {
    return document.fullscreenElement === this.#element;
  }

  async toggle() {
    try {
      if (this.on) await document.exitFullscreen();
      else await this.#element.requestFullscreen({ navigationUI: 'hide' });
    } catch {
      // The browser or its user said no; nothing has changed, and the button says so.
    }
  }

  /** @param {boolean} lock */
  async #lockKeys(lock) {
    const { keyboard } = /** @type {any} */ (navigator);
    try {
      if (lock) await keyboard?.lock?.();
      else keyboard?.unlock?.();
    } catch {
      // Not over plain HTTP from afar: then these keys stay with the browser.
    }
  }
}
