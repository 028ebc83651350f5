/**
 * The keys that are down, as far as this page told the server. Every release goes out exactly once.
 */

/** @type {{flag: 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey', states: string[], codes: string[]}[]} */
const MODIFIERS = [
  { flag: 'shiftKey', states: ['Shift'], codes: ['ShiftLeft', 'ShiftRight'] },
  { flag: 'ctrlKey', states: ['Control', 'AltGraph'], codes: ['ControlLeft', 'ControlRight'] },
  { flag: 'altKey', states: ['Alt', 'AltGraph'], codes: ['AltLeft', 'AltRight'] },
  { flag: 'metaKey', states: ['Meta', 'OS', 'Super'], codes: ['MetaLeft', 'MetaRight'] },
];

export class HeldKeys {
  /** @type {Set<string>} */ #codes = new Set();
  #send;

  /** @param {(code: string, down: boolean) => void} send */
  constructor(send) {
    this.#send = send;
  }

  get size() {
    return this.#codes.size;
  }

  /** @param {string} code */
  has(code) {
    return this.#codes.has(code);
  }

  /** @param {string} code */
  down(code) {
    if (this.#codes.has(code)) return;
    this.#codes.add(code);
    this.#send(code, true);
  }

  /** @param {string} code */
  up(code) {
    if (this.#codes.delete(code)) this.#send(code, false);
  }

  /** Releases one by one, newest first. */
  releaseEach() {
    for (const code of [...this.#codes].reverse()) this.up(code);
  }

  /** Forgets without a word: the server was told otherwise, or is gone. */
  clear() {
    this.#codes.clear();
  }

  /**
   * Operating systems swallow releases (after Win+L, Alt+Tab, the second Shift on Windows). Every key event also tells
   * which modifiers are down: one that we hold and that is not, is let go. While AltGraph is down, browsers hide Control
   * and Alt, so nothing can be told about these.
   *
   * @param {Pick<KeyboardEvent, 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'> & {getModifierState?: (key: string) => boolean}} event
   */
  reconcile(event) {
    for (const { flag, states, codes } of MODIFIERS) {
      if (event[flag] || states.some((state) => event.getModifierState?.(state))) continue;
      for (const code of codes) if (code !== event.code) this.up(code);
    }
  }

  /** Exactly Ctrl, Alt and Shift, one of each, and nothing else. */
  isWayOut() {
    return this.#codes.size === 3 && MODIFIERS.slice(0, 3).every(({ codes }) => codes.some((code) => this.#codes.has(code)));
  }
}
