import { LAYOUTS, ROWS } from './layouts.js';

/**
 * Converts a text to the keystrokes that type it on a keyboard layout.
 *
 * @typedef {{code: string, shift: boolean, altGr: boolean, modifiers?: string[]}} Stroke `modifiers`: codes of further ones
 */

/**
 * The dead keys by their sign in the tables: the character that they type with Space, and the lower-case letters that they combine
 * with. Only letters that also work on Windows, whose dead keys support few.
 *
 * @type {Record<string, [string, string]>}
 */
const DEAD = {
  'ˆ': ['^', 'âêîôû'],
  'ˊ': ['´', 'áéíóúý'],
  'ˋ': ['`', 'àèìòù'],
  '¨': ['¨', 'äëïöü'],
  '˜': ['~', 'ãñõ'],
  '∼': ['~', ''], // on Windows it types Polish letters, which AltGr types everywhere
  'ˇ': ['ˇ', 'čďěňřšťž'],
  '˚': ['°', 'ů'],
  '¸': ['¸', 'ç'],
};

/** Linux converts these two to straight quotes when they are followed by Space. */
const ONLY_ON_WINDOWS = '´¨';

const SPACE = { code: 'Space', shift: false, altGr: false };

/** @type {Map<string, Map<string, Stroke[]>>} by layout: character -> strokes */
const known = new Map();

/** @param {string} id of a layout @returns {Map<string, Stroke[]>} the strokes of every character that the layout can type */
export function typableCharacters(id) {
  let keys = known.get(id);
  if (!keys) {
    keys = strokesByCharacter(LAYOUTS[id]);
    known.set(id, keys);
  }
  return keys;
}

/** @param {import('./layouts.js').Layout} layout */
function strokesByCharacter(layout) {
  const signs = positionsOfSigns(layout);
  /** @type {Map<string, Stroke[]>} */ const keys = new Map([[' ', [SPACE]], ['\n', [{ ...SPACE, code: 'Enter' }]], ['\t', [{ ...SPACE, code: 'Tab' }]]]);
  for (const [sign, stroke] of signs) if (!DEAD[sign]) keys.set(sign, [stroke]);
  // A character that has its own key needs no dead key.
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

/** @param {import('./layouts.js').Layout} layout @returns {Map<string, Stroke>} the first, and therefore simplest, key of each sign */
function positionsOfSigns({ plain, shift, altGr, shiftAltGr }) {
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
 * @returns {{strokes: Stroke[], unknown: string[], doubtful: string[]}} `unknown`: characters that the layout lacks;
 *   `doubtful`: characters that are correct only on Windows
 */
export function toStrokes(text, id) {
  const keys = typableCharacters(id);
  /** @type {Stroke[]} */ const strokes = [];
  /** @type {Set<string>} */ const unknown = new Set();
  /** @type {Set<string>} */ const doubtful = new Set();
  for (const character of text.normalize('NFC').replace(/\r\n?/g, '\n')) {
    const found = keys.get(character);
    if (!found) unknown.add(character);
    else strokes.push(...found);
    if (found && found.length > 1 && ONLY_ON_WINDOWS.includes(character)) doubtful.add(character);
  }
  return { strokes, unknown: [...unknown], doubtful: [...doubtful] };
}
