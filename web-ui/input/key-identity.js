/**
 * Identifies the PC key that an event refers to. Browsers use different names for some keys, and macOS exchanges the positions of two.
 *
 * @typedef {Pick<KeyboardEvent, 'code'> & {key?: string}} KeyLike
 */

/** Names in older versions of Firefox and Chromium. @type {Record<string, string>} */
const OLD_NAMES = {
  OSLeft: 'MetaLeft', OSRight: 'MetaRight', VolumeUp: 'AudioVolumeUp', VolumeDown: 'AudioVolumeDown', VolumeMute: 'AudioVolumeMute',
};

/** The characters of the key left of Z on a Mac's ISO keyboard, and § of the British one, whose position does not exist on PCs. */
const ISO_SIGNS = '<>§±';
/** The characters of the key below Escape on a Mac's ISO keyboard. On many layouts it is a dead key. */
const GRAVE_SIGNS = ['`', '~', '^', '°', '@', '#', 'º', 'ª', 'Dead'];

export class KeyIdentity {
  #mac;
  /** @type {Map<string, string>} code of the event -> code that was sent, so that press and release agree */ #pressed = new Map();
  /** On a Mac: whether the codes of the two keys are exchanged; null if unknown. @type {boolean | null} */ #exchanged = null;

  /** @param {'mac' | 'windows' | 'other'} [platform] */
  constructor(platform = 'other') {
    this.#mac = platform === 'mac';
  }

  /** @param {KeyLike} event @returns {string} empty if the browser did not report which key it was */
  identifyPress(event) {
    if (!isIdentified(event.code)) return '';
    const code = this.#pressed.get(event.code) ?? this.#placeOf(OLD_NAMES[event.code] ?? event.code, event.key ?? '');
    this.#pressed.set(event.code, code);
    return code;
  }

  /** @param {KeyLike} event @returns {string} the code that was sent for the press */
  identifyRelease(event) {
    if (!isIdentified(event.code)) return '';
    const code = this.#pressed.get(event.code) ?? this.#placeOf(OLD_NAMES[event.code] ?? event.code, event.key ?? '');
    this.#pressed.delete(event.code);
    return code;
  }

  /** @param {string} code that was released without an event */
  forgetKey(code) {
    for (const [reported, sent] of this.#pressed) if (sent === code) this.#pressed.delete(reported);
  }

  forgetAll() {
    this.#pressed.clear();
  }

  /** @param {string} code @param {string} key */
  #placeOf(code, key) {
    if (!this.#mac || (code !== 'Backquote' && code !== 'IntlBackslash')) return code;
    // On every layout, only one of the two keys types these, so they show whether the codes are exchanged.
    if (key === '<' || key === '>') this.#exchanged = code === 'Backquote';
    if (this.#exchanged ?? looksExchanged(code, key)) return code === 'Backquote' ? 'IntlBackslash' : 'Backquote';
    return code;
  }
}

/** @param {string} code @param {string} key */
function looksExchanged(code, key) {
  return code === 'Backquote' ? key !== '' && ISO_SIGNS.includes(key) : GRAVE_SIGNS.includes(key);
}

/** @param {string | undefined} code */
function isIdentified(code) {
  return code !== '' && code !== undefined && code !== 'Unidentified';
}
