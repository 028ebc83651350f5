/**
 * Which keys type a text on a US keyboard. The distant computer turns places into characters by its own layout, so this
 * is right only while that is set to US English.
 */

/** @type {Map<string, {code: string, shift: boolean}>} */
const KEYS = new Map();

/** @param {string} code @param {string} plain @param {string} shifted */
function add(code, plain, shifted) {
  KEYS.set(plain, { code, shift: false });
  KEYS.set(shifted, { code, shift: true });
}

for (const letter of 'abcdefghijklmnopqrstuvwxyz') add(`Key${letter.toUpperCase()}`, letter, letter.toUpperCase());
[...')!@#$%^&*('].forEach((symbol, digit) => add(`Digit${digit}`, String(digit), symbol));
add('Minus', '-', '_');
add('Equal', '=', '+');
add('BracketLeft', '[', '{');
add('BracketRight', ']', '}');
add('Backslash', '\\', '|');
add('Semicolon', ';', ':');
add('Quote', "'", '"');
add('Backquote', '`', '~');
add('Comma', ',', '<');
add('Period', '.', '>');
add('Slash', '/', '?');
KEYS.set(' ', { code: 'Space', shift: false });
KEYS.set('\n', { code: 'Enter', shift: false });
KEYS.set('\t', { code: 'Tab', shift: false });

/**
 * @param {string} text
 * @returns {{strokes: {code: string, shift: boolean}[], unknown: string[]}} `unknown`: characters a US keyboard has not
 */
export function toStrokes(text) {
  /** @type {{code: string, shift: boolean}[]} */ const strokes = [];
  /** @type {Set<string>} */ const unknown = new Set();
  for (const character of text.replace(/\r\n?/g, '\n')) {
    const key = KEYS.get(character);
    if (key) strokes.push(key);
    else unknown.add(character);
  }
  return { strokes, unknown: [...unknown] };
}
