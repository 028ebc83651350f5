import { readFileSync } from 'node:fs';

/** The layouts as the server serves them, for tests without a server: what the bundle web/control makes of its file. */

const LINES = readFileSync(new URL('../../../bundles/web/control/src/main/resources/org/catseye/web/control/layouts.txt', import.meta.url), 'utf8').split('\n');
const CODES = LINES.find((line) => line.startsWith('keys ')).slice('keys '.length).split(' ');
const NATIONAL = ['IntlBackslash', 'IntlRo', 'IntlYen'];
const PAIRS = { dead: new Map(), 'dead-linux': new Map() };
for (const line of LINES) {
  const [, kind, key, pairs] = line.match(/^(dead(?:-linux)?) (\w+) (.*)$/) ?? [];
  if (kind) PAIRS[kind].set(key, [...pairs]);
}

const parse = (line) => {
  const [id, system, third, languages, en, de] = line.slice('layout '.length).split('\t');
  return { id, windows: system === 'windows', third, languages: languages.split(' '), name: { en, de } };
};

export const layoutList = () => LINES.filter((line) => line.startsWith('layout ')).map(parse).map(({ third, ...name }) => name);

/** @param {string} id @returns the layout; null if there is none */
export function layoutOf(id) {
  const start = LINES.findIndex((line) => line.startsWith(`layout ${id}\t`));
  if (start < 0) return null;
  const { third, ...name } = parse(LINES[start]);
  const levels = {};
  for (let index = start + 1; LINES[index] && !LINES[index].startsWith('layout '); index++) {
    const [level, ...cells] = LINES[index].split(' ');
    levels[level] = cells.map((cell) => (/^U\+\w+$/.test(cell) ? String.fromCodePoint(parseInt(cell.slice(2), 16)) : cell));
  }
  const keys = new Map([['\n', 'Enter'], ['\t', 'Tab']]);
  for (const [plain, shift, altGr] of [['plain', 'shift', ''], ['altGr', 'shiftAltGr', `${third}+`]]) {
    for (const national of [null, ...NATIONAL]) {
      for (const [level, modifiers] of [[plain, altGr], [shift, `ShiftLeft+${altGr}`]]) {
        (levels[level] ?? []).forEach((cell, index) => {
          const fits = national === null ? !NATIONAL.includes(CODES[index]) : CODES[index] === national;
          if (cell && fits && !keys.has(cell)) keys.set(cell, modifiers + CODES[index]);
        });
      }
    }
  }
  return { ...name, ...compose(keys, name.windows) };
}

function compose(keys, windows) {
  const dead = [...keys].filter(([cell]) => cell.startsWith('dead_'));
  const characters = new Map([...keys].filter(([cell]) => !cell.startsWith('dead_')));
  const bases = new Map(characters);
  const added = { windows: '', linux: '' };
  const add = (character, strokes, kind) => {
    if (characters.has(character)) return;
    characters.set(character, strokes);
    if (kind) added[kind] += character;
  };
  for (const [key, stroke] of dead) {
    const [quote, accent] = { dead_acute: '\'´', dead_diaeresis: '"¨' }[key] ?? '';
    if (accent && bases.has(quote)) add(accent, `${stroke} Space`, 'windows');
  }
  for (const kind of windows ? ['dead'] : ['dead', 'dead-linux']) {
    for (const [key, stroke] of dead) {
      const pairs = PAIRS[kind].get(key) ?? [];
      for (let index = 0; index < pairs.length; index += 2) if (bases.has(pairs[index])) add(pairs[index + 1], `${stroke} ${bases.get(pairs[index])}`, kind === 'dead' ? '' : 'linux');
    }
  }
  return { characters: Object.fromEntries(characters), onlyOnWindows: windows ? '' : added.windows, onlyOnLinux: added.linux };
}
