/**
 * Key combinations that the user's browser or system intercepts, and the keys of firmware, which phones and tablets lack.
 *
 * @typedef {'sysRq' | 'meta'} Name of a combination that is not called by its keys
 * @typedef {'system' | 'firmware' | 'windows' | 'consoles'} Group
 * @typedef {{codes: string[], name?: Name, locks?: boolean}} Combination `locks`: whether it locks the session of the remote computer
 */

const CTRL = 'ControlLeft';
const ALT = 'AltLeft';
const META = 'MetaLeft';

/** @param {number} count @returns {string[]} F1, F2, ... */
const functionKeys = (count) => Array.from({ length: count }, (_, index) => `F${index + 1}`);

const FIRMWARE_KEYS = ['Escape', 'Delete', ...functionKeys(12), 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End',
  'Tab', 'Space', 'Backspace', 'Enter'];

/** @type {{group: Group, keepOpen?: boolean, items: Combination[]}[]} `keepOpen`: users press these keys several times in a row */
export const COMBINATIONS = [
  {
    group: 'system',
    items: [
      { codes: [CTRL, ALT, 'Delete'] },
      { codes: [CTRL, ALT, 'Backspace'] },
      { codes: [META], name: 'meta' },
      { codes: [META, 'KeyL'], locks: true },
      { codes: ['PrintScreen'] },
      { codes: [ALT, 'PrintScreen'], name: 'sysRq' },
    ],
  },
  { group: 'firmware', keepOpen: true, items: FIRMWARE_KEYS.map((code) => ({ codes: [code] })) },
  { group: 'windows', items: [[ALT, 'Tab'], [ALT, 'F4'], [CTRL, 'KeyW'], [CTRL, 'KeyT'], [CTRL, 'KeyN']].map((codes) => ({ codes })) },
  { group: 'consoles', items: functionKeys(7).map((key) => ({ codes: [CTRL, ALT, key] })) },
];

/** How long the keys stay pressed, because firmware polls keyboards slowly. */
const HOLD_MILLIS = 60;

/**
 * Presses the keys in order and releases them in reverse order.
 *
 * @param {string[]} codes
 * @param {(code: string, down: boolean) => void} sendKey
 * @param {{setTimeout: (callback: () => void, millis: number) => unknown}} clock
 */
export function sendCombination(codes, sendKey, clock) {
  for (const code of codes) sendKey(code, true);
  clock.setTimeout(() => {
    for (const code of [...codes].reverse()) sendKey(code, false);
  }, HOLD_MILLIS);
}
