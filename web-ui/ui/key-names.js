import { t } from '../public/text.js';

/** @type {Record<string, import('../public/text.js').MessageKey>} KeyboardEvent.code -> the label of the key */
const NAMES = {
  ControlLeft: 'key.control', AltLeft: 'key.alt', MetaLeft: 'key.meta', Delete: 'key.delete', Backspace: 'key.backspace', PrintScreen: 'key.printScreen',
  Escape: 'key.escape', PageUp: 'key.pageUp', PageDown: 'key.pageDown', Home: 'key.home', End: 'key.end', Tab: 'key.tab', Space: 'key.space', Enter: 'key.enter',
};

/** @type {Record<string, string>} */
const ARROWS = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** @param {string} code KeyboardEvent.code */
function keyName(code) {
  return NAMES[code] ? t(NAMES[code]) : ARROWS[code] ?? code.replace(/^Key/, '');
}

/** @type {Record<import('../input/combinations.js').Name, import('../public/text.js').MessageKey>} */
const COMBINATIONS = { sysRq: 'combination.sysRq', meta: 'combination.meta' };

/** @param {import('../input/combinations.js').Combination} combination @returns {string} such as Ctrl+Alt+Del */
export function combinationName({ codes, name }) {
  return name ? t(COMBINATIONS[name]) : codes.map(keyName).join('+');
}

/** @type {Record<import('../input/combinations.js').Group, import('../public/text.js').MessageKey>} */
const GROUPS = { system: 'combination.system', firmware: 'combination.firmware', windows: 'combination.windows', consoles: 'combination.consoles' };

/** @param {import('../input/combinations.js').Group} group */
export function groupName(group) {
  return t(GROUPS[group]);
}
