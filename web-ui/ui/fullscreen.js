/** Full screen. Browsers that allow it then pass on the keys that they otherwise keep (Escape, Alt+Tab, Meta). */
export class Fullscreen {
  #element;
  #onHint;

  /**
   * @param {HTMLElement} element
   * @param {() => void} onChange
   * @param {(hint: import('../input/keyboard.js').Hint) => void} onHint what the browser does not do
   */
  constructor(element, onChange, onHint) {
    this.#element = element;
    this.#onHint = onHint;
    document.addEventListener('fullscreenchange', async () => {
      element.toggleAttribute('fullscreen', this.isActive);
      onChange();
      if (!this.isActive) navigatorKeyboard()?.unlock?.();
      else if (!(await this.#lockKeyboard())) onHint('keys-kept');
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
      // The browser or the user refused, or it has no full screen for a part of a page, as on iPhones.
      this.#onHint('no-fullscreen');
    }
  }

  /** @returns {Promise<boolean>} whether the browser passes on all keys. Chromium does, but not over plain HTTP from another host. */
  async #lockKeyboard() {
    const keyboard = navigatorKeyboard();
    if (!keyboard?.lock) return false;
    return keyboard.lock().then(() => true, () => false);
  }
}

/** @returns {{lock?(): Promise<void>, unlock?(): void} | undefined} only in Chromium */
function navigatorKeyboard() {
  return /** @type {any} */ (navigator).keyboard;
}
