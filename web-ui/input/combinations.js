/**
 * Key combinations the own browser or system would keep for itself, and the keys of firmware, which phones and tablets lack.
 *
 * @typedef {{label: string, codes: string[], detail?: string}} Combination
 */

const CTRL = 'ControlLeft';
const ALT = 'AltLeft';
const META = 'MetaLeft';

/** @type {{title: string, stays?: boolean, items: Combination[]}[]} `stays`: keys that one presses several times in a row */
export const COMBINATIONS = [
  {
    title: 'System',
    items: [
      { label: 'Ctrl+Alt+Del', codes: [CTRL, ALT, 'Delete'] },
      { label: 'Ctrl+Alt+Backspace', codes: [CTRL, ALT, 'Backspace'] },
      { label: 'Win / Meta', codes: [META] },
      { label: 'Meta+L', codes: [META, 'KeyL'], detail: 'lock' },
      { label: 'PrintScreen', codes: ['PrintScreen'] },
      { label: 'Alt+SysRq', codes: [ALT, 'PrintScreen'] },
    ],
  },
  {
    title: 'Firmware and boot menus',
    stays: true,
    items: [
      { label: 'Escape', codes: ['Escape'] },
      { label: 'Delete', codes: ['Delete'] },
      ...Array.from({ length: 12 }, (_, index) => index + 1).map((n) => ({ label: `F${n}`, codes: [`F${n}`] })),
      { label: '↑', codes: ['ArrowUp'] },
      { label: '↓', codes: ['ArrowDown'] },
      { label: '←', codes: ['ArrowLeft'] },
      { label: '→', codes: ['ArrowRight'] },
      { label: 'Page ↑', codes: ['PageUp'] },
      { label: 'Page ↓', codes: ['PageDown'] },
      { label: 'Home', codes: ['Home'] },
      { label: 'End', codes: ['End'] },
      { label: 'Tab', codes: ['Tab'] },
      { label: 'Space', codes: ['Space'] },
      { label: 'Backspace', codes: ['Backspace'] },
      { label: 'Enter', codes: ['Enter'] },
    ],
  },
  {
    title: 'Windows and tabs',
    items: [
      { label: 'Alt+Tab', codes: [ALT, 'Tab'] },
      { label: 'Alt+F4', codes: [ALT, 'F4'] },
      { label: 'Ctrl+W', codes: [CTRL, 'KeyW'] },
      { label: 'Ctrl+T', codes: [CTRL, 'KeyT'] },
      { label: 'Ctrl+N', codes: [CTRL, 'KeyN'] },
    ],
  },
  {
    title: 'Linux consoles',
    items: [1, 2, 3, 4, 5, 6, 7].map((n) => ({ label: `Ctrl+Alt+F${n}`, codes: [CTRL, ALT, `F${n}`] })),
  },
];

/** So long the keys stay down: firmware polls keyboards slowly. */
const HOLD_MILLIS = 60;

/**
 * Presses in order, releases in reverse.
 *
 * @param {string[]} codes
 * @param {(code: string, down: boolean) => void} key
 * @param {{setTimeout: (callback: () => void, millis: number) => unknown}} clock
 */
export function sendCombination(codes, key, clock) {
  for (const code of codes) key(code, true);
  clock.setTimeout(() => {
    for (const code of [...codes].reverse()) key(code, false);
  }, HOLD_MILLIS);
}
