/**
 * Converts a text to the keystrokes that type it on a keyboard layout. The layouts are the server's (GET /api/v1/layouts).
 *
 * @typedef {{code: string, modifiers: string[]}} Stroke `modifiers`: codes of the keys that are held meanwhile
 *
 * @typedef {object} Layout
 * @property {string} id
 * @property {Record<string, string>} characters the strokes of each character, such as `ShiftLeft+KeyA`, separated by spaces
 * @property {string} onlyOnWindows characters that appear as others on Linux
 * @property {string} onlyOnLinux characters that Windows does not compose
 */

/** @param {string} text @returns {string[]} the characters that are typed, and counted */
export function toCharacters(text) {
  return [...text.normalize('NFC').replace(/\r\n?/g, '\n')];
}

/**
 * @param {string} text
 * @param {Layout} layout
 * @returns {{strokes: Stroke[], unknown: string[], onlyOnWindows: string[], onlyOnLinux: string[]}} `unknown`: characters that the layout
 *   lacks; the last two: characters that are correct only there
 */
export function toStrokes(text, { characters, onlyOnWindows, onlyOnLinux }) {
  /** @type {Stroke[]} */ const strokes = [];
  const all = toCharacters(text);
  const different = [...new Set(all)];
  for (const character of all) if (Object.hasOwn(characters, character)) strokes.push(...characters[character].split(' ').map(toStroke));
  return {
    strokes,
    unknown: different.filter((character) => !Object.hasOwn(characters, character)),
    onlyOnWindows: different.filter((character) => onlyOnWindows.includes(character)),
    onlyOnLinux: different.filter((character) => onlyOnLinux.includes(character)),
  };
}

/** @param {Layout} layout @returns {boolean} whether it types Latin letters, which commands and most passwords need */
export function hasLatinLetters({ characters }) {
  return Object.hasOwn(characters, 'a');
}

/** @param {string} stroke @returns {Stroke} */
function toStroke(stroke) {
  const codes = stroke.split('+');
  return { code: codes[codes.length - 1], modifiers: codes.slice(0, -1) };
}
