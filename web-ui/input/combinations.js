/**
 * Key combinations that the user's browser or system intercepts, and the keys of firmware, which phones and tablets lack.
 *
 * @typedef {'sysRq' | 'meta'} Name of a combination that is not called by its keys
 * @typedef {'system' | 'firmware' | 'numpad' | 'windows' | 'consoles' | 'sysRq' | 'switch'} Group
 * @typedef {{codes: string[], name?: Name, locks?: boolean, before?: string[]}} Combination `locks`: it locks the session of the remote computer;
 *   `before`: keys that are tapped first, one by one
 */

const CTRL = 'ControlLeft';
const ALT = 'AltLeft';
const SHIFT = 'ShiftLeft';
const META = 'MetaLeft';

/** The keys that can be made sticky, in the order in which a combination names them. */
export const MODIFIER_CODES = [CTRL, ALT, SHIFT, META];

/** @param {number} count @returns {string[]} F1, F2, ... */
const functionKeys = (count) => Array.from({ length: count }, (_, index) => `F${index + 1}`);

/** @param {string} prefix @param {string} signs @returns {string[]} */
const codesOf = (prefix, signs) => [...signs].map((sign) => prefix + sign);

const DIGITS = '1234567890';
const LETTER_CODES = codesOf('Key', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const DIGIT_CODES = codesOf('Digit', DIGITS);
const ARROW_CODES = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
const FIRMWARE_KEYS = ['Escape', 'Delete', ...functionKeys(12), ...ARROW_CODES, 'PageUp', 'PageDown', 'Home', 'End',
  'Insert', 'Tab', 'Space', 'Backspace', 'Enter', 'Pause', 'ContextMenu'];
const NUMPAD_CODES = ['NumLock', ...codesOf('Numpad', DIGITS), 'NumpadDecimal', 'NumpadDivide', 'NumpadMultiply', 'NumpadSubtract', 'NumpadAdd', 'NumpadEnter'];

/** The keys that a combination of the user's own can end with. */
export const OWN_KEY_CODES = [...LETTER_CODES, ...DIGIT_CODES, ...functionKeys(24), ...FIRMWARE_KEYS.filter((code) => !/^F\d/.test(code)), 'PrintScreen', 'ScrollLock', 'CapsLock',
  ...NUMPAD_CODES, 'Minus', 'Equal', 'BracketLeft', 'BracketRight', 'Backslash', 'Semicolon', 'Quote', 'Backquote', 'Comma', 'Period', 'Slash', 'IntlBackslash'];

/** @type {{group: Group, keepOpen?: boolean, items: Combination[]}[]} `keepOpen`: users press these keys several times in a row */
export const COMBINATIONS = [
  {
    group: 'system',
    items: [
      { codes: [CTRL, ALT, 'Delete'] },
      { codes: [CTRL, ALT, 'Backspace'] },
      { codes: [CTRL, SHIFT, 'Escape'] },
      { codes: [META], name: 'meta' },
      { codes: [META, 'KeyR'] },
      { codes: [META, 'KeyL'], locks: true },
      { codes: ['PrintScreen'] },
      { codes: [ALT, 'PrintScreen'], name: 'sysRq' },
    ],
  },
  { group: 'firmware', keepOpen: true, items: FIRMWARE_KEYS.map((code) => ({ codes: [code] })) },
  { group: 'numpad', keepOpen: true, items: NUMPAD_CODES.map((code) => ({ codes: [code] })) },
  { group: 'windows', items: [[ALT, 'Tab'], [ALT, 'F4'], [CTRL, 'KeyW'], [CTRL, 'KeyT'], [CTRL, 'KeyN']].map((codes) => ({ codes })) },
  { group: 'consoles', items: functionKeys(7).map((key) => ({ codes: [CTRL, ALT, key] })) },
  { group: 'sysRq', keepOpen: true, items: LETTER_CODES.map((code) => ({ codes: [ALT, 'PrintScreen', code] })) },
  { group: 'switch', items: DIGIT_CODES.map((code) => ({ before: ['ScrollLock', 'ScrollLock'], codes: [code] })) },
];

/** How long the keys stay down, and the pause between two taps: firmware polls keyboards slowly. */
const HOLD_MILLIS = 60;

/**
 * Presses the keys in order and releases them in reverse order.
 *
 * @param {string[]} codes
 * @param {(code: string, down: boolean) => void} sendKey
 * @param {{setTimeout: (callback: () => void, millis: number) => unknown}} clock
 * @param {string[]} [before] keys that are tapped first, one by one
 */
export function sendCombination(codes, sendKey, clock, before = []) {
  const steps = [...before.map((code) => [code]), codes];
  const sendNext = () => {
    const step = steps.shift();
    if (!step) return;
    for (const code of step) sendKey(code, true);
    clock.setTimeout(() => {
      for (const code of [...step].reverse()) sendKey(code, false);
      clock.setTimeout(sendNext, HOLD_MILLIS);
    }, HOLD_MILLIS);
  };
  sendNext();
}
