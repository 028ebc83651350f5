/**
 * Characters that word processors and web pages use in place of those on the keys. They look alike or are invisible.
 */

/** @type {[string, string][]} the plain character and its replacements */
const VARIANTS = [
  ['"', '“”„‟«»″'], ['\'', '‘’‚‛‹›′'], ['-', '‐‑‒–—―−'], ['...', '…'], ['*', '•∗'], ['/', '⁄∕'], [' ', '\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000'],
  ['\n', '\u0085\u2028\u2029\v\f'], ['', '\u00AD\u034F\u061C\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\uFE0E\uFE0F\uFEFF'],
];

/** @type {Map<string, string>} */
const PLAIN = new Map(VARIANTS.flatMap(([plain, variants]) => [...variants].map((variant) => /** @type {[string, string]} */ ([variant, plain]))));

/**
 * Characters that are invisible or not reliably visible: spaces, line ends, controls, formats, unassigned characters and combining
 * marks.
 */
const INVISIBLE = /^[\p{Z}\p{C}\p{M}]$/u;

/** @param {string} character @returns {string} such as `ß`, `“ (U+201C)`, or `U+00A0` if the character is invisible */
export function visibleName(character) {
  const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (INVISIBLE.test(character)) return number;
  return PLAIN.has(character) ? `${character} (${number})` : character;
}

/**
 * The characters of a text that have a plain equivalent and that the layout lacks, or has only behind AltGr or a dead key: there, systems
 * differ, and they are rarely meant.
 *
 * @param {string} text
 * @param {import('./strokes.js').Layout} layout
 * @returns {string[]}
 */
export function replaceableCharacters(text, { characters }) {
  const isSimple = (/** @type {string} */ character) => Object.hasOwn(characters, character) && /^(ShiftLeft\+)?\w+$/.test(characters[character]);
  return [...new Set(text)].filter((character) => PLAIN.has(character) && !isSimple(character));
}

/**
 * @param {string} text
 * @param {string[]} characters only these are replaced
 */
export function toPlainText(text, characters) {
  return [...text].map((character) => (characters.includes(character) ? PLAIN.get(character) ?? character : character)).join('');
}
