import { t } from '../public/text.js';

/** @type {Record<string, import('../public/text.js').MessageKey>} KeyboardEvent.code -> the label of the key */
const NAMES = {
  ControlLeft: 'key.control', AltLeft: 'key.alt', ShiftLeft: 'key.shift', MetaLeft: 'key.meta', Delete: 'key.delete', Backspace: 'key.backspace', PrintScreen: 'key.printScreen',
  Escape: 'key.escape', PageUp: 'key.pageUp', PageDown: 'key.pageDown', Home: 'key.home', End: 'key.end', Tab: 'key.tab', Space: 'key.space', Enter: 'key.enter',
  Insert: 'key.insert', Pause: 'key.pause', ContextMenu: 'key.menu', ScrollLock: 'leds.scrollLock', CapsLock: 'leds.capsLock', NumLock: 'leds.numLock',
};

/** @type {Record<string, string>} the sign on the key, on a US keyboard */
const SIGNS = {
  ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Minus: '-', Equal: '=', BracketLeft: '[', BracketRight: ']', Backslash: '\\', Semicolon: ';', Quote: '\'', Backquote: '`',
  Comma: ',', Period: '.', Slash: '/', IntlBackslash: '<',
};

/** @type {Record<string, string>} */
const NUMPAD_SIGNS = { Decimal: '.', Divide: '/', Multiply: '*', Subtract: '-', Add: '+', Enter: '↵' };

/** @param {string} code KeyboardEvent.code */
export function keyName(code) {
  if (NAMES[code]) return t(NAMES[code]);
  const [, numpad] = code.match(/^Numpad(.+)$/) ?? [];
  return numpad ? t('key.numpad', { sign: NUMPAD_SIGNS[numpad] ?? numpad }) : SIGNS[code] ?? code.replace(/^(Key|Digit)/, '');
}

/** @type {Record<import('../input/combinations.js').Name, import('../public/text.js').MessageKey>} */
const COMBINATIONS = { sysRq: 'combination.sysRq', meta: 'combination.meta' };

/** @param {import('../input/combinations.js').Combination} combination @returns {string} such as Ctrl+Alt+Del */
export function combinationName({ codes, name, before }) {
  if (name) return t(COMBINATIONS[name]);
  if (before) return t('combination.after', { count: before.length, first: keyName(before[0]), last: codes.map(keyName).join('+') });
  if (codes.length === 3 && codes[1] === 'PrintScreen') return t('combination.sysRqKey', { key: keyName(codes[2]) });
  return codes.map(keyName).join('+');
}

/** @type {Record<import('../input/combinations.js').Group, import('../public/text.js').MessageKey>} */
const GROUPS = {
  system: 'combination.system', firmware: 'combination.firmware', numpad: 'combination.numpad', windows: 'combination.windows', consoles: 'combination.consoles',
  sysRq: 'combination.sysRqGroup', switch: 'combination.switch',
};

/** @param {import('../input/combinations.js').Group} group */
export function groupName(group) {
  return t(GROUPS[group]);
}
