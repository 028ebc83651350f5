import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StrokeQueue } from '../input/stroke-queue.js';
import { toStrokes } from '../input/strokes.js';
import { layoutOf } from './support/layouts.js';
import { TextEntry } from '../input/text-entry.js';
import { FakeClock } from './fakes/fake-clock.js';
import { fire } from './fakes/fake-events.js';

class FakeField extends EventTarget {
  value = '';
  setSelectionRange() {}
}

/** A field and the text at the remote computer: what was written, with Backspace applied; keys in angle brackets. */
function setup() {
  const field = new FakeField();
  let remote = '';
  new TextEntry(field, {
    onText: (text) => { remote += text; },
    onKey: (code, modifiers) => { remote = code === 'Backspace' ? [...remote].slice(0, -1).join('') : `${remote}<${[...modifiers, code].join('+')}>`; },
  });
  fire(field, 'focus');
  const key = (more) => fire(field, 'keydown', { key: 'Unidentified', code: '', keyCode: 229, isComposing: false, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...more });
  const input = (inputType, data = null) => {
    key({});
    const event = fire(field, 'beforeinput', { inputType, data });
    fire(field, 'input', { isComposing: inputType === 'insertCompositionText' });
    return event;
  };
  return { field, key, input, end: (data) => fire(field, 'compositionend', { data }), remote: () => remote };
}

test('letters of an on-screen keyboard are typed although it reports no keys', () => {
  const { field, input, remote } = setup();
  assert.ok(input('insertText', 'a').defaultPrevented);
  input('insertText', '!');
  input('insertLineBreak');
  input('insertText', 'b');
  input('deleteContentBackward');
  assert.equal(remote(), 'a!<Enter>');
  assert.ok(field.value.length > 0, 'there is always something to delete, or phones report no deletion');
});

test('a word that is replaced while it is written is typed as it grows', () => {
  const { input, end, remote } = setup();
  for (const word of ['h', 'he', 'hel', 'heö', 'hello']) input('insertCompositionText', word);
  end('hello');
  input('insertText', ' ');
  for (const word of ['w', 'wo']) input('insertCompositionText', word);
  end('world'); // a suggestion was chosen
  assert.equal(remote(), 'hello world');
});

test('a composition that is deleted and inserted again, as in Safari, leaves one word', () => {
  const { input, end, remote } = setup();
  input('insertCompositionText', 'caf');
  input('deleteCompositionText');
  input('insertFromComposition', 'café');
  end('café');
  assert.equal(remote(), 'café');
});

test('keys that write nothing are pressed, also where no code is reported', () => {
  const { key, remote } = setup();
  assert.ok(key({ key: 'ArrowUp', code: '', keyCode: 38 }).defaultPrevented);
  assert.ok(key({ key: 'Enter', code: 'Enter', keyCode: 13 }).defaultPrevented);
  key({ key: 'Tab', code: 'Tab', keyCode: 9, shiftKey: true });
  key({ key: 'c', code: 'KeyC', keyCode: 67, ctrlKey: true });
  assert.equal(remote(), '<ArrowUp><Enter><ShiftLeft+Tab><ControlLeft+KeyC>');
});

test('a letter is left to the text, so that it is not typed twice', () => {
  const { key, remote } = setup();
  assert.equal(key({ key: 'a', code: 'KeyA', keyCode: 65 }).defaultPrevented, false);
  assert.equal(key({ key: '@', code: 'KeyQ', keyCode: 81, ctrlKey: true, altKey: true, getModifierState: (name) => name === 'AltGraph' }).defaultPrevented, false);
  assert.equal(remote(), '');
});

test('strokes that come while others are typed follow them, and none follows a broken connection', () => {
  const clock = new FakeClock();
  const sent = [];
  let connected = true;
  const queue = new StrokeQueue((code, down) => {
    if (connected) sent.push((down ? '+' : '-') + code);
    return connected;
  }, clock);
  queue.addStrokes(toStrokes('ab', layoutOf('us')).strokes);
  queue.addStrokes([{ code: 'KeyC', shift: false, altGr: false, modifiers: ['ControlLeft'] }]);
  clock.advance(1000);
  assert.equal(sent.join(' '), '+KeyA -KeyA +KeyB -KeyB +ControlLeft +KeyC -KeyC -ControlLeft');
  connected = false;
  queue.addStrokes(toStrokes('abc', layoutOf('us')).strokes);
  connected = true;
  clock.advance(1000);
  assert.equal(sent.length, 8);
  queue.addStrokes(toStrokes('d', layoutOf('us')).strokes);
  clock.advance(1000);
  assert.equal(sent.slice(8).join(' '), '+KeyD -KeyD');
});
