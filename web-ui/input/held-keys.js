/**
 * The keys that are held according to the messages sent to the server. Every release is sent exactly once.
 */

/** @type {{flag: 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey', states: string[], codes: string[]}[]} */
const MODIFIERS = [
  { flag: 'shiftKey', states: ['Shift'], codes: ['ShiftLeft', 'ShiftRight'] },
  { flag: 'ctrlKey', states: ['Control', 'AltGraph'], codes: ['ControlLeft', 'ControlRight'] },
  { flag: 'altKey', states: ['Alt', 'AltGraph'], codes: ['AltLeft', 'AltRight'] },
  { flag: 'metaKey', states: ['Meta', 'OS', 'Super'], codes: ['MetaLeft', 'MetaRight'] },
];

/** @param {string} code */
export function isModifier(code) {
  return MODIFIERS.some(({ codes }) => codes.includes(code));
}

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
  isHeld(code) {
    return this.#codes.has(code);
  }

  /** @param {string} code */
  pressKey(code) {
    if (this.#codes.has(code)) return;
    this.#codes.add(code);
    this.#send(code, true);
  }

  /** @param {string} code */
  releaseKey(code) {
    if (this.#codes.delete(code)) this.#send(code, false);
  }

  /** @returns {string[]} the held keys except modifiers, newest first */
  listPlainKeys() {
    return [...this.#codes].reverse().filter((code) => !isModifier(code));
  }

  /** Forgets all keys silently: the server has released them, or the connection is lost. */
  forgetAll() {
    this.#codes.clear();
  }

  /**
   * Releases modifiers that are no longer pressed. Operating systems suppress some releases (after Win+L, Alt+Tab, the second Shift on
   * Windows), but every key event also reports the pressed modifiers. While AltGraph is pressed, browsers hide Control and Alt, so
   * these are skipped.
   *
   * @param {Pick<KeyboardEvent, 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'> & {getModifierState?: (key: string) => boolean}} event
   * @param {string} code of the event's own key
   */
  releaseMissedModifiers(event, code) {
    for (const { flag, states, codes } of MODIFIERS) {
      if (event[flag] || states.some((state) => event.getModifierState?.(state))) continue;
      for (const modifier of codes) if (modifier !== code) this.releaseKey(modifier);
    }
  }

  /** Whether exactly Ctrl, Alt and Shift are held, one of each, and no other key. */
  isReleaseChord() {
    return this.#codes.size === 3 && MODIFIERS.slice(0, 3).every(({ codes }) => codes.some((code) => this.#codes.has(code)));
  }
}
