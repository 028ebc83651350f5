import { isModifier } from './held-keys.js';

/**
 * Modifiers that are pressed once and stay down for the next key, for users without a keyboard. All keys of the page pass through here: the
 * release of the next key that is no modifier also releases them.
 */
export class StickyModifiers {
  /** @type {Set<string>} */ #active = new Set();
  #send;
  #onChange;

  /**
   * @param {(code: string, down: boolean) => boolean} send
   * @param {() => void} [onChange]
   */
  constructor(send, onChange = () => {}) {
    this.#send = send;
    this.#onChange = onChange;
  }

  /** @returns {string[]} the codes that are down */
  get active() {
    return [...this.#active];
  }

  /** @param {string} code */
  toggleModifier(code) {
    if (!this.#active.delete(code)) this.#active.add(code);
    this.#send(code, this.#active.has(code));
    this.#onChange();
  }

  /** @param {string} code @param {boolean} down @returns {boolean} whether it was sent */
  sendKey(code, down) {
    const sent = this.#send(code, down);
    if (this.#active.has(code)) this.#forget([code]); // the same modifier of a real keyboard takes over
    else if (!down && !isModifier(code)) this.#release();
    return sent;
  }

  /** All keys were released, here and at the remote computer. */
  forgetAll() {
    this.#forget(this.active);
  }

  #release() {
    const codes = this.active.reverse();
    for (const code of codes) this.#send(code, false);
    this.#forget(codes);
  }

  /** @param {string[]} codes */
  #forget(codes) {
    if (codes.length === 0) return;
    for (const code of codes) this.#active.delete(code);
    this.#onChange();
  }
}
