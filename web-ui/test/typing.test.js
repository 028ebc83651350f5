import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { LAYOUTS, ROWS } from '../input/layouts.js';
import { toStrokes, typableCharacters } from '../input/strokes.js';
import { havePlain, toPlainText, visibleName } from '../input/plain-characters.js';
import { Typist } from '../input/typist.js';
import { guessLayout, layoutOptions } from '../ui/layout-choice.js';
import { FakeClock } from './fakes/fake-clock.js';

const ASCII = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
/** Characters that the keyboard of a country does not have. */
const ABSENT = { 'it-windows': ['`', '~'] };

/** Strokes in short: `^` is Shift, `~` AltGr. */
const short = (strokes) => strokes.map(({ code, shift, altGr }) => (shift ? '^' : '') + (altGr ? '~' : '') + code).join(' ');
const typed = (text, layout) => short(toStrokes(text, layout).strokes);

test('text becomes strokes of a US keyboard', () => {
  assert.deepEqual(toStrokes('aB\r\n', 'us'), {
    strokes: [{ code: 'KeyA', shift: false, altGr: false }, { code: 'KeyB', shift: true, altGr: false }, { code: 'Enter', shift: false, altGr: false }], unknown: [], doubtful: [],
  });
  assert.equal(typed('z1!\t|', 'us'), 'KeyZ Digit1 ^Digit1 Tab ^Backslash');
});

test('German swaps y and z, has @ behind AltGr, and ^ on a dead key', () => {
  assert.equal(typed('z@ß^', 'de'), 'KeyY ~KeyQ Minus Backquote Space');
  assert.equal(typed('z@ß^', 'de-nodead'), 'KeyY ~KeyQ Minus Backquote');
});

for (const [what, layout, text, expected] of [
  ['composed letters are the dead key and the letter', 'fr', 'êÊë', 'BracketLeft KeyE BracketLeft ^KeyE ^BracketLeft KeyE'],
  ['a capital that has no key is composed', 'ch-de', 'Ü', 'BracketRight ^KeyU'],
  ['a letter with a key of its own is not composed', 'fr', 'é', 'Digit2'],
  ['a sign with a key of its own needs no dead one', 'fr', '^', '~Digit9'],
  ['Shift and AltGr together', 'it', '{}', '^~BracketLeft ^~BracketRight'],
  ['the 102nd key', 'gb', '\\|', 'IntlBackslash ^IntlBackslash'],
  ['Brazil\'s key beside the right Shift', 'br', '/?', 'IntlRo ^IntlRo'],
  ['Japan\'s', 'jp', '\\_|', 'IntlRo ^IntlRo ^IntlYen'],
  ['quotes of the international keyboard are dead', 'us-intl', '\'"', 'Quote Space ^Quote Space'],
  ['France\'s tilde is dead on Windows', 'fr-windows', '~/', '~Digit2 Space ^Period'],
  ['and is not on Linux', 'fr', '~/', '~Digit2 ^Period'],
  ['Poland\'s too', 'pl-windows', '~ą', '^Backquote Space ~KeyA'],
  ['letters that come in two pieces', 'de', 'u\u0308', 'BracketLeft'],
]) {
  test(`${what}: ${layout} ${text}`, () => assert.equal(typed(text, layout), expected));
}

test('characters that a layout lacks are reported as a whole', () => {
  assert.deepEqual(toStrokes('grüße ü 🐈', 'us').unknown, ['ü', 'ß', '🐈']);
  assert.deepEqual(toStrokes('grüße ü 🐈', 'de').unknown, ['🐈']);
  assert.deepEqual(toStrokes('~', 'it-windows').unknown, ['~']);
});

for (const [character, name] of [['ß', 'ß'], ['🐈', '🐈'], ['“', '“ (U+201C)'], ['–', '– (U+2013)'], ['\u00A0', 'U+00A0'], ['\u200B', 'U+200B'], ['\uFEFF', 'U+FEFF'], ['\u0007', 'U+0007'], ['\u0301', 'U+0301'],
  ['\u202E', 'U+202E'], ['\u{E0001}', 'U+E0001']]) {
  test(`${name} is the visible name of a character`, () => assert.equal(visibleName(character), name));
}

test('characters of word processors become those of the keys', () => {
  const text = '\u2018a\u2019 \u201Cb\u201D \u2013 c\u00A0d\u200Be\uFEFF \u2026 \u00DF';
  const { unknown } = toStrokes(text, 'us');
  assert.equal(havePlain(unknown), true);
  const plain = toPlainText(text, unknown);
  assert.equal(plain, '\'a\' "b" - c de ... \u00DF');
  assert.deepEqual(toStrokes(plain, 'us').unknown, ['\u00DF']);
  assert.equal(havePlain(['\u00DF']), false);
});

test('a character that the layout can type is not replaced', () => {
  const text = '\u00AB\u201C';
  assert.equal(toPlainText(text, toStrokes(text, 'pt').unknown), '\u00AB"');
});

test('accents that stand alone are doubtful where they are dead keys', () => {
  assert.deepEqual(toStrokes('´é', 'de').doubtful, ['´']);
  assert.deepEqual(toStrokes('´', 'de-nodead').doubtful, []);
  assert.deepEqual(toStrokes('"¨', 'ch-de').doubtful, ['¨']);
});

const server = readFileSync(new URL('../../bundles/web/control/src/main/resources/org/catseye/web/control/key-codes.txt', import.meta.url), 'ascii');
const codes = new Set(server.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(' ')[0]));

for (const [id, { plain, shift, altGr, shiftAltGr }] of Object.entries(LAYOUTS)) {
  test(`${id}: rows fit the keys, and the server has all of these`, () => {
    for (const rows of [plain, shift, altGr, shiftAltGr]) rows?.forEach((row, y) => assert.ok([...row].length <= ROWS[y].length, row));
    for (const [character, strokes] of typableCharacters(id)) for (const { code } of strokes) assert.ok(codes.has(code), `${character}: ${code}`);
  });

  test(`${id}: every printable character of ASCII can be typed, and no two alike`, () => {
    assert.deepEqual(ASCII.filter((character) => !typableCharacters(id).has(character)), ABSENT[id] ?? []);
    const ways = [...typableCharacters(id).values()].map(short);
    assert.equal(new Set(ways).size, ways.length);
  });
}

test('layouts are offered by distinct names, in order', () => {
  const names = layoutOptions().map(({ name }) => name);
  assert.equal(names.length, Object.keys(LAYOUTS).length);
  assert.deepEqual(names, [...new Set(names)].sort((one, other) => one.localeCompare(other, 'en')));
});

for (const [language, layout] of [['de', 'de'], ['de-AT', 'de'], ['de-CH', 'ch-de'], ['de-Latn-CH', 'ch-de'], ['en', 'us'], ['en-GB', 'gb'], ['en-AU', 'us'], ['es', 'es'], ['es-ES', 'es'], ['es-MX', 'latam'],
  ['es-419', 'latam'], ['pt', 'pt'], ['pt-BR', 'br'], ['fr-CH', 'ch-fr'], ['nl-BE', 'be'], ['be', null], ['cs-CZ', 'cz'], ['ja-JP', 'jp'], ['nb-NO', 'no'], ['fi', 'se'], ['zh-CN', null], ['ru', null], ['', null]]) {
  test(`the language ${language || '(unknown)'} suggests ${layout ?? 'no layout, so that the user is asked'}`, () => {
    assert.equal(guessLayout(language), layout);
    assert.ok(layout === null || Object.hasOwn(LAYOUTS, layout));
  });
}

/** Runs a typist: returns what it sent and how it ended. @param {(sent: string) => boolean} leaves */
function type(text, layout, leaves = () => true) {
  const clock = new FakeClock();
  const sent = [];
  const ends = [];
  const typist = new Typist((code, down) => {
    sent.push((down ? '+' : '-') + code);
    return leaves(sent.at(-1), sent.length);
  }, clock);
  typist.typeStrokes(toStrokes(text, layout).strokes, () => {}, (complete) => ends.push(complete));
  return { clock, sent, ends, typist };
}

/** Checks that no key stays pressed: each press is followed by its release. */
function assertReleased(sent) {
  const down = new Set();
  for (const [sign, ...code] of sent) down[sign === '+' ? 'add' : 'delete'](code.join(''));
  assert.deepEqual([...down], []);
}

test('the typist types at a pace, with modifiers around their own stroke only', () => {
  const { clock, sent, ends } = type('A@b', 'de');
  assert.deepEqual(sent, ['+ShiftLeft', '+KeyA', '-KeyA', '-ShiftLeft']);
  clock.advance(1000);
  assert.deepEqual(sent.slice(4), ['+AltRight', '+KeyQ', '-KeyQ', '-AltRight', '+KeyB', '-KeyB']);
  assert.deepEqual(ends, [true]);
  assert.equal(type('{', 'it').sent.join(' '), '+ShiftLeft +AltRight +BracketLeft -BracketLeft -AltRight -ShiftLeft');
});

test('the typist stops when nothing leaves any more', () => {
  const { clock, ends } = type('abcdef', 'us', (_, count) => count <= 3);
  clock.advance(10_000);
  assert.deepEqual(ends, [false]);
  assert.equal(clock.timers, 0);
});

for (let failing = 1; failing <= 6; failing++) {
  test(`whatever was pressed is lifted when message ${failing} of a stroke does not leave`, () => {
    const tried = [];
    const { clock, ends } = type('{', 'it', (sent, count) => {
      if (count !== failing || sent.startsWith('-')) tried.push(sent);
      return count !== failing;
    });
    clock.advance(1000);
    assert.deepEqual(ends, [false]);
    assertReleased(tried);
  });
}

test('a typist stopped between two strokes leaves nothing down', () => {
  const { clock, sent, ends, typist } = type('{@{@', 'it');
  clock.advance(30);
  typist.stop();
  clock.advance(1000);
  assert.ok(sent.length > 0);
  assertReleased(sent);
  assert.deepEqual(ends, []);
});
