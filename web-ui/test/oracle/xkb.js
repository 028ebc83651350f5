import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * The layouts of xkeyboard-config, compiled by libxkbcommon, and the X Window System's list of compositions with dead
 * keys. From the Debian packages libxkbcommon-tools, xkb-data and libx11-data.
 */

const COMPOSE = '/usr/share/X11/locale/en_US.UTF-8/Compose';

/** @returns {string | false} the programs that are missing on this machine; false if none */
export function missing() {
  if (!existsSync(COMPOSE)) return `no ${COMPOSE} (Debian: libx11-data)`;
  try {
    execFileSync('xkbcli', ['--version']);
    return false;
  } catch {
    return 'no xkbcli (Debian: libxkbcommon-tools)';
  }
}

/** Key positions by their names in xkeyboard-config, which counts rows from the bottom. */
const NAMES = {
  TLDE: 'Backquote', AE11: 'Minus', AE12: 'Equal', AE13: 'IntlYen', AD11: 'BracketLeft', AD12: 'BracketRight', AC10: 'Semicolon', AC11: 'Quote',
  BKSL: 'Backslash', LSGT: 'IntlBackslash', AB08: 'Comma', AB09: 'Period', AB10: 'Slash', AB11: 'IntlRo', SPCE: 'Space', RTRN: 'Enter', TAB: 'Tab',
};
[...'1234567890'].forEach((digit, index) => { NAMES[`AE${String(index + 1).padStart(2, '0')}`] = `Digit${digit}`; });
for (const [row, letters] of [['AD', 'QWERTYUIOP'], ['AC', 'ASDFGHJKL'], ['AB', 'ZXCVBNM']]) {
  [...letters].forEach((letter, index) => { NAMES[`${row}${String(index + 1).padStart(2, '0')}`] = `Key${letter}`; });
}

const ASCII = 'space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright asterisk plus comma minus period slash'.split(' ');
/** Names of keysyms for characters that are missing from the list of compositions. */
const MORE = {
  colon: ':', semicolon: ';', less: '<', equal: '=', greater: '>', question: '?', at: '@', bracketleft: '[', backslash: '\\', bracketright: ']',
  asciicircum: '^', underscore: '_', grave: '`', braceleft: '{', bar: '|', braceright: '}', asciitilde: '~', Return: '\n', Tab: '\t',
  periodcentered: '·', guillemotleft: '«', guillemotright: '»', notsign: '¬', ordfeminine: 'ª', masculine: 'º', paragraph: '¶', ETH: 'Ð', eth: 'ð',
  lstroke: 'ł', Lstroke: 'Ł',
};
const MARKS = { acute: 0x301, grave: 0x300, circumflex: 0x302, tilde: 0x303, diaeresis: 0x308, ring: 0x30A, caron: 0x30C, cedilla: 0x327, ogonek: 0x328, abovedot: 0x307 };

/** The names of keysyms, and the compositions of two of them. */
function readCompose() {
  const characters = new Map(Object.entries(MORE));
  ASCII.forEach((name, index) => characters.set(name, String.fromCharCode(32 + index)));
  const pairs = new Map();
  for (const [, keys, quoted, name] of readFileSync(COMPOSE, 'utf8').matchAll(/^((?:<\w+> *)+)\s*:\s*"((?:\\.|[^"\\])+)"(?:\s+(\w+))?/gm)) {
    const text = quoted.replace(/\\(.)/g, '$1');
    if (name && !characters.has(name)) characters.set(name, text);
    pairs.set([...keys.matchAll(/<(\w+)>/g)].map((match) => match[1]).join(' '), text);
  }
  return { characters, pairs };
}

export class Xkb {
  #compose = readCompose();

  /**
   * @param {string} layout
   * @param {string} [variant]
   * @returns {{type: (strokes: {code: string, shift: boolean, altGr: boolean}[]) => string}} the text that such a computer would show
   */
  compile(layout, variant = '', model = 'pc105') {
    const keymap = execFileSync('xkbcli', ['compile-keymap', '--model', model, '--layout', layout, '--variant', variant], { encoding: 'utf8' });
    /** @type {Map<string, string[]>} */ const keys = new Map();
    for (const [, name, body] of keymap.matchAll(/^\s*key <(\w+)>\s*\{([^}]*)\}/gm)) {
      const levels = body.match(/(?:symbols\[\w+\]\s*=\s*)?\[([^\][]*)\]\s*$/)?.[1];
      if (levels) keys.set(NAMES[name] ?? name, levels.split(',').map((level) => level.trim()));
    }
    return { type: (strokes) => this.#type(keys, strokes) };
  }

  #type(keys, strokes) {
    const names = strokes.map(({ code, shift, altGr }) => {
      if (altGr && keys.get('RALT')?.[0] !== 'ISO_Level3_Shift') return 'no AltGr';
      return keys.get(code)?.[(shift ? 1 : 0) + (altGr ? 2 : 0)] ?? `nothing on ${code}`;
    });
    if (names.length > 1) return this.#compose.pairs.get(names.join(' ')) ?? `nothing by ${names.join(' ')}`;
    return this.#character(names[0]);
  }

  /** @param {string} name of a keysym */
  #character(name) {
    if (name.length === 1) return name;
    const point = name.match(/^U([0-9A-F]+)$/i)?.[1];
    if (point) return String.fromCodePoint(parseInt(point, 16));
    const [, letter, mark] = name.match(/^([A-Za-z])([a-z]+)$/) ?? [];
    return MARKS[mark] ? (letter + String.fromCodePoint(MARKS[mark])).normalize('NFC') : this.#compose.characters.get(name) ?? name;
  }
}
