import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hasLatinLetters, toStrokes } from '../input/strokes.js';
import { replaceableCharacters, toPlainText, visibleName } from '../input/plain-characters.js';
import { Typist } from '../input/typist.js';
import { guessLayout, layoutOptions } from '../ui/layout-choice.js';
import { checkText } from '../ui/text-check.js';
import { describeEnd } from '../ui/typing-text.js';
import { TypingJob } from '../ui/typing-job.js';
import { FakeClock } from './fakes/fake-clock.js';
import { layoutList, layoutOf } from './support/layouts.js';

const ASCII = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
/** Characters that the keyboard of a country does not have. */
const ABSENT = { 'it-windows': ['`', '~'] };

/** Strokes in short: `^` is Shift, `~` AltGr. */
const short = (strokes) => strokes.map(({ code, modifiers }) => (modifiers.includes('ShiftLeft') ? '^' : '') + (modifiers.includes('AltRight') ? '~' : '') + code).join(' ');
const typed = (text, layout) => short(toStrokes(text, layoutOf(layout)).strokes);

test('text becomes strokes of a US keyboard', () => {
  assert.deepEqual(toStrokes('aB\r\n', layoutOf('us')), {
    strokes: [{ code: 'KeyA', modifiers: [] }, { code: 'KeyB', modifiers: ['ShiftLeft'] }, { code: 'Enter', modifiers: [] }], unknown: [], onlyOnWindows: [], onlyOnLinux: [],
  });
  assert.equal(typed('z1!\t|', 'us'), 'KeyZ Digit1 ^Digit1 Tab ^Backslash');
});

test('German swaps y and z, has @ behind AltGr, and ^ on a dead key', () => {
  assert.equal(typed('z@ß^', 'de'), 'KeyY ~KeyQ Minus Backquote Space');
  assert.equal(typed('z@ß^', 'de-nodeadkeys'), 'KeyY ~KeyQ Minus Backquote');
});

for (const [what, layout, text, expected] of [
  ['composed letters are the dead key and the letter', 'fr', 'êÊë', 'BracketLeft KeyE BracketLeft ^KeyE ^BracketLeft KeyE'],
  ['a capital that has no key is composed', 'ch', 'Ü', 'BracketRight ^KeyU'],
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
  assert.deepEqual(toStrokes('grüße ü 🐈', layoutOf('us')).unknown, ['ü', 'ß', '🐈']);
  assert.deepEqual(toStrokes('grüße ü 🐈', layoutOf('de')).unknown, ['🐈']);
  assert.deepEqual(toStrokes('~', layoutOf('it-windows')).unknown, ['~']);
});

for (const [character, name] of [['ß', 'ß'], ['🐈', '🐈'], ['“', '“ (U+201C)'], ['–', '– (U+2013)'], ['\u00A0', 'U+00A0'], ['\u200B', 'U+200B'], ['\uFEFF', 'U+FEFF'], ['\u0007', 'U+0007'], ['\u0301', 'U+0301'],
  ['\u202E', 'U+202E'], ['\u{E0001}', 'U+E0001']]) {
  test(`${name} is the visible name of a character`, () => assert.equal(visibleName(character), name));
}

for (const { id } of layoutList()) {
  test(`${id}: characters of word processors become those of the keys, where it has these`, () => {
    const text = '\u2018a\u2019 \u201Cb\u201D \u2013 c\u00A0d\u200Be\uFEFF \u2026 \u00DF';
    const layout = layoutOf(id);
    const replaceable = replaceableCharacters(text, layout);
    const plain = toPlainText(text, replaceable);
    assert.deepEqual(replaceableCharacters(plain, layout), []);
    // A few layouts have some of them on keys without AltGr.
    if (replaceable.length === 9) assert.equal(plain, '\'a\' "b" - c de ... \u00DF');
    else assert.ok(replaceable.length >= 5, replaceable.join(' '));
  });
}

test('a quotation mark behind AltGr is replaced, one with a key of its own is not', () => {
  assert.equal(toPlainText('\u00AB\u201C', replaceableCharacters('\u00AB\u201C', layoutOf('pt'))), '\u00AB"');
  assert.match(checkText('\u201C', layoutOf('de')).description, /U\+201C.*looks like/);
});

test('accents that stand alone, and letters that only Linux composes, are named', () => {
  assert.deepEqual(toStrokes('´é', layoutOf('de')).onlyOnWindows, ['´']);
  assert.deepEqual(toStrokes('´', layoutOf('de-nodeadkeys')).onlyOnWindows, []);
  assert.deepEqual(toStrokes('"¨', layoutOf('ch')).onlyOnWindows, ['¨']);
  assert.deepEqual(toStrokes('éć', layoutOf('de')).onlyOnLinux, ['ć']);
});

test('what a layout cannot type is described, and where to type Latin letters instead', () => {
  const [russian, german] = ['ru', 'de'].map(layoutOf);
  assert.deepEqual([hasLatinLetters(russian), hasLatinLetters(german)], [false, true]);
  assert.match(checkText('ls', russian).description, /cannot type l s\. It has no Latin letters/);
  assert.equal(checkText('привет 1', russian).state, null);
  assert.doesNotMatch(checkText('\u{1F408}', russian).description, /Latin/);
  assert.match(checkText('´', german).description, /On Linux/);
  assert.match(checkText('ć', german).description, /On Windows/);
  assert.equal(checkText('a'.repeat(17_000), german).state, 'error');
});

const server = readFileSync(new URL('../../bundles/web/control/src/main/resources/org/catseye/web/control/key-codes.txt', import.meta.url), 'ascii');
const codes = new Set(server.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(' ')[0]));

for (const { id } of layoutList()) {
  test(`${id}: the server has all keys, and no two characters have the same`, () => {
    const strokes = Object.values(layoutOf(id).characters);
    for (const each of strokes) for (const code of each.split(/[ +]/)) assert.ok(codes.has(code), code);
    assert.equal(new Set(strokes).size, strokes.length);
  });
}

for (const id of ['us', 'us-intl', 'us-dvorak', 'us-colemak', 'gb', 'de', 'ch', 'fr', 'be', 'it', 'es', 'pt', 'br', 'se', 'no', 'dk', 'pl', 'cz', 'hu', 'tr', 'hr', 'ro', 'jp', 'it-windows', 'cz-windows']) {
  test(`${id}: every printable character of ASCII can be typed`, () => {
    assert.deepEqual(ASCII.filter((character) => !Object.hasOwn(layoutOf(id).characters, character)), ABSENT[id] ?? []);
  });
}

test('layouts are offered by distinct names, in order', () => {
  const names = layoutOptions(layoutList()).map(({ name }) => name);
  assert.equal(names.length, layoutList().length);
  assert.deepEqual(names, [...new Set(names)].sort((one, other) => one.localeCompare(other, 'en')));
});

for (const [language, layout] of [['de', 'de'], ['de-AT', 'de'], ['de-CH', 'ch'], ['de-Latn-CH', 'ch'], ['en', 'us'], ['en-GB', 'gb'], ['en-AU', 'us'], ['es', 'es'], ['es-ES', 'es'], ['es-MX', 'latam'],
  ['es-419', 'latam'], ['pt', 'pt'], ['pt-BR', 'br'], ['fr-CH', 'ch-fr'], ['nl-BE', 'be'], ['be', null], ['cs-CZ', 'cz'], ['ja-JP', 'jp'], ['nb-NO', 'no'], ['fi', 'fi'], ['hu', 'hu'], ['tr-TR', 'tr'], ['hr', 'hr'], ['uk', null], ['el', null], ['constructor', null], ['zh-CN', null], ['ru', null], ['', null]]) {
  test(`the language ${language || '(unknown)'} suggests ${layout ?? 'no layout, so that the user is asked'}`, () => {
    assert.equal(guessLayout(language), layout);
    assert.ok(layout === null || layoutOf(layout));
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
  typist.typeStrokes(toStrokes(text, layoutOf(layout)).strokes, () => {}, (complete) => ends.push(complete));
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

/** A server that types, and a job that follows it. */
function job(answers) {
  const calls = [];
  const clock = new FakeClock();
  const progress = [];
  const answer = (name) => async (...values) => {
    calls.push([name, ...values.slice(1)]);
    return answers[name]();
  };
  const made = new TypingJob({ startTyping: answer('start'), readTyping: answer('read'), cancelTyping: answer('cancel') }, 'default', (each) => progress.push(each), clock);
  return { job: made, calls, clock, progress, settle: () => new Promise((resolve) => { setImmediate(resolve); }) };
}
const report = (typed, state = 'TYPING') => ({ type: 'typing', id: 'a', typed, total: 4, state, code: '', message: '' });

test('progress comes from the control socket, also if it is earlier than the answer', async () => {
  let answer;
  const { job: made, progress } = job({ start: () => new Promise((resolve) => { answer = resolve; }) });
  const started = made.start({ text: 'abcd', layout: 'us', rate: 40 });
  made.showReport(report(2));
  answer(report(0));
  await started;
  made.showReport({ ...report(3), id: 'other' });
  made.showReport(report(1));
  made.showReport(report(4, 'DONE'));
  assert.deepEqual(progress.map(({ typed, state }) => `${typed} ${state}`), ['0 TYPING', '2 TYPING', '4 DONE']);
});

test('without reports the server is asked, until the end', async () => {
  const answers = [() => report(1), () => { throw new Error('unreachable'); }, () => report(4, 'DONE')];
  const { job: made, clock, progress, settle } = job({ start: () => report(0), read: () => answers.shift()() });
  await made.start({ text: 'abcd', layout: 'us', rate: 40 });
  for (let i = 0; i < 5; i++) {
    clock.advance(1600);
    await settle();
  }
  assert.deepEqual(progress.map(({ typed, state }) => `${typed} ${state}`), ['0 TYPING', '1 TYPING', '4 DONE']);
  assert.equal(clock.timers, 0);
});

test('a text that is cancelled before it begins is cancelled when it begins', async () => {
  let answer;
  const { job: made, calls, progress } = job({ start: () => new Promise((resolve) => { answer = resolve; }), cancel: () => {}, read: () => report(0, 'CANCELLED') });
  const started = made.start({ text: 'abcd', layout: 'us', rate: 40 });
  await made.cancel();
  answer(report(0));
  await started;
  assert.deepEqual(calls.map(([name]) => name), ['start', 'cancel', 'read']);
  assert.equal(progress.at(-1).state, 'CANCELLED');
});

test('after the end the number of characters is told', () => {
  assert.equal(describeEnd({ ...report(3, 'CANCELLED') }), 'Cancelled. 3 of 4 characters have arrived.');
  assert.match(describeEnd({ ...report(1, 'STOPPED'), code: 'not_in_control' }), /another user took control\. 1 of 4 characters has arrived\./);
});
