import { LAYOUTS, ROWS } from './layouts.js';

/**
 * From a text to the strokes that type it on a keyboard of a layout.
 *
 * @typedef {{code: string, shift: boolean, altGr: boolean}} Stroke
 */

/**
 * The dead keys, by their sign in the tables: what they give with Space, and the small letters they are used for. Only those
 * that Windows composes too; its dead keys know few letters.
 *
 * @type {Record<string, [string, string]>}
 */
const DEAD = {
  'ˆ': ['^', 'âêîôû'],
  'ˊ': ['´', 'áéíóúý'],
  'ˋ': ['`', 'àèìòù'],
  '¨': ['¨', 'äëïöü'],
  '˜': ['~', 'ãñõ'],
  '∼': ['~', ''], // Poland's on Windows makes Polish letters, which AltGr makes everywhere
  'ˇ': ['ˇ', 'čďěňřšťž'],
  '˚': ['°', 'ů'],
  '¸': ['¸', 'ç'],
};

/** Linux makes these two, alone, straight quotes. */
const AS_ON_WINDOWS = '´¨';

const SPACE = { code: 'Space', shift: false, altGr: false };

/** @type {Map<string, Map<string, Stroke[]>>} by layout: character -> strokes */
const known = new Map();

/** @param {string} id of a layout @returns {Map<string, Stroke[]>} all that can be typed with it */
export function typable(id) {
  let keys = known.get(id);
  if (!keys) {
    keys = keysOf(LAYOUTS[id]);
    known.set(id, keys);
  }
  return keys;
}

/** @param {import('./layouts.js').Layout} layout */
function keysOf(layout) {
  const signs = signsOf(layout);
  /** @type {Map<string, Stroke[]>} */ const keys = new Map([[' ', [SPACE]], ['\n', [{ ...SPACE, code: 'Enter' }]], ['\t', [{ ...SPACE, code: 'Tab' }]]]);
  for (const [sign, stroke] of signs) if (!DEAD[sign]) keys.set(sign, [stroke]);
  // What has a key of its own needs no dead one.
  for (const [sign, [alone, letters]] of Object.entries(DEAD)) {
    const dead = signs.get(sign);
    if (!dead) continue;
    addNew(keys, layout.alone?.[sign] ?? alone, [dead, SPACE]);
    for (const letter of letters + letters.toUpperCase()) {
      const base = keys.get(letter.normalize('NFD')[0]);
      if (base) addNew(keys, letter, [dead, ...base]);
    }
  }
  return keys;
}

/** @param {import('./layouts.js').Layout} layout @returns {Map<string, Stroke>} the first, and so simplest, place of each sign */
function signsOf({ plain, shift, altGr, shiftAltGr }) {
  /** @type {Map<string, Stroke>} */ const signs = new Map();
  [plain, shift, altGr, shiftAltGr].forEach((rows, level) => rows?.forEach((row, y) => [...row].forEach((sign, x) => {
    if (sign !== ' ') addNew(signs, sign, { code: ROWS[y][x], shift: level % 2 === 1, altGr: level > 1 });
  })));
  return signs;
}

/** @template V @param {Map<string, V>} map @param {string} key @param {V} value */
function addNew(map, key, value) {
  if (!map.has(key)) map.set(key, value);
}

/**
 * @param {string} text
 * @param {string} id of the layout
 * @returns {{strokes: Stroke[], unknown: string[], doubtful: string[]}} `unknown`: characters this layout has not;
 *   `doubtful`: those that come out right on Windows only
 */
export function toStrokes(text, id) {
  const keys = typable(id);
  /** @type {Stroke[]} */ const strokes = [];
  /** @type {Set<string>} */ const unknown = new Set();
  /** @type {Set<string>} */ const doubtful = new Set();
  for (const character of text.normalize('NFC').replace(/\r\n?/g, '\n')) {
    const found = keys.get(character);
    if (!found) unknown.add(character);
    else strokes.push(...found);
    if (found && found.length > 1 && AS_ON_WINDOWS.includes(character)) doubtful.add(character);
  }
  return { strokes, unknown: [...unknown], doubtful: [...doubtful] };
}
