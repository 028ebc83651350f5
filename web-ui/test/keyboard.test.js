import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keyboard } from '../input/keyboard.js';
import { FakeClock } from './fakes/fake-clock.js';
import { FakeElement, fire } from './fakes/fake-events.js';

const FLAGS = { Shift: 'shiftKey', Control: 'ctrlKey', Alt: 'altKey', Meta: 'metaKey' };

function setup(platform = 'other') {
  const clock = new FakeClock();
  const element = new FakeElement();
  const document = new FakeElement();
  const window = new FakeElement();
  const log = [];
  const keyboard = new Keyboard({ element, document, window, platform, clock }, {
    sendKey: (code, down) => log.push((down ? '+' : '-') + code), releaseAll: () => log.push('releaseAll'),
    onCapture: (captured) => log.push(captured ? 'captured' : 'free'), onRelease: () => log.push('released'), onHint: (hint) => log.push(hint),
  });
  const held = new Set();
  /** A browser's event: its flags show the modifiers that are down, this one included. */
  const key = (type, code, more = {}) => {
    if (type === 'keydown') held.add(code);
    else held.delete(code);
    const flags = Object.fromEntries(Object.entries(FLAGS).map(([name, flag]) => [flag, [...held].some((code) => code.startsWith(name))]));
    return fire(element, type, { code, repeat: false, ...flags, getModifierState: () => false, ...more });
  };
  fire(element, 'focus');
  log.length = 0;
  return { clock, element, document, window, log, keyboard, down: (code, more) => key('keydown', code, more), up: (code, more) => key('keyup', code, more), held };
}

test('sends codes down and up, and keeps every key from the browser', () => {
  const { down, up, log } = setup();
  const events = [down('KeyA'), up('KeyA'), down('Tab'), up('Tab'), down('F5'), up('F5')];
  assert.deepEqual(log, ['+KeyA', '-KeyA', '+Tab', '-Tab', '+F5', '-F5']);
  assert.ok(events.every((event) => event.defaultPrevented));
});

test('a repeated key is sent once', () => {
  const { down, up, log } = setup();
  down('KeyA');
  down('KeyA', { repeat: true });
  down('KeyA');
  up('KeyA');
  assert.deepEqual(log, ['+KeyA', '-KeyA']);
});

test('a key that was down before is neither repeated nor released', () => {
  const { down, up, log } = setup();
  down('KeyA', { repeat: true });
  up('KeyA');
  assert.deepEqual(log, []);
});

for (const [what, act] of [
  ['the element loses the focus', ({ element }) => fire(element, 'blur')],
  ['the window loses the focus', ({ window }) => fire(window, 'blur')],
  ['the page goes', ({ window }) => fire(window, 'pagehide')],
  ['the page is hidden', ({ document }) => { document.visibilityState = 'hidden'; fire(document, 'visibilitychange'); }],
  ['the keyboard is taken away', ({ keyboard }) => keyboard.destroy()],
]) {
  test(`all keys are released when ${what}`, () => {
    const parts = setup();
    parts.down('ControlLeft');
    parts.down('KeyC');
    act(parts);
    assert.ok(parts.log.includes('releaseAll'));
    parts.log.length = 0;
    parts.up('KeyC');
    assert.deepEqual(parts.log, [], 'a release that was told is not told again');
  });
}

test('a page that becomes visible lets nothing go', () => {
  const { document, log, down } = setup();
  down('KeyA');
  fire(document, 'visibilitychange');
  assert.deepEqual(log, ['+KeyA']);
});

test('after a lost connection nothing counts as held', () => {
  const { down, up, keyboard, log } = setup();
  down('KeyA');
  keyboard.forgetHeld();
  up('KeyA');
  down('KeyA');
  assert.deepEqual(log, ['+KeyA', '+KeyA']);
});

test('a key without a place is kept from the browser and explained', () => {
  const { down, log } = setup();
  assert.ok(down('').defaultPrevented);
  down('Unidentified');
  assert.deepEqual(log, ['unidentified-key', 'unidentified-key']);
});

test('Ctrl+Alt+Shift alone gives the keyboard back', () => {
  const { down, up, log } = setup();
  down('ControlLeft');
  down('ShiftRight');
  down('AltLeft');
  up('ShiftRight');
  assert.deepEqual(log.slice(3), ['releaseAll', 'released']);
});

test('Ctrl+Alt+Shift with another key is an ordinary combination', () => {
  const { down, up, log } = setup();
  for (const code of ['ControlLeft', 'AltLeft', 'ShiftLeft', 'KeyK']) down(code);
  for (const code of ['KeyK', 'ShiftLeft', 'AltLeft', 'ControlLeft']) up(code);
  assert.ok(!log.includes('released'));
  assert.equal(log.length, 8);
});

test('AltGr on Windows is AltRight alone', () => {
  const { clock, down, up, log } = setup('windows');
  const altGraph = { ctrlKey: false, altKey: false, getModifierState: (name) => name === 'AltGraph' };
  down('ControlLeft');
  down('AltRight', altGraph);
  down('KeyQ', altGraph);
  up('KeyQ', altGraph);
  up('ControlLeft');
  up('AltRight');
  clock.advance(1000);
  assert.deepEqual(log, ['+AltRight', '+KeyQ', '-KeyQ', '-AltRight']);
});

test('a lone Control on Windows is sent, by the next key at the latest', () => {
  const { clock, down, up, log } = setup('windows');
  down('ControlLeft');
  assert.deepEqual(log, []);
  down('KeyC');
  assert.deepEqual(log, ['+ControlLeft', '+KeyC']);
  up('KeyC');
  up('ControlLeft');
  down('ControlLeft');
  clock.advance(50);
  assert.equal(log.at(-1), '+ControlLeft');
  up('ControlLeft');
  down('ControlLeft');
  up('ControlLeft');
  assert.deepEqual(log.slice(-2), ['+ControlLeft', '-ControlLeft'], 'a quick tap is not lost');
});

test('Control held back is forgotten with the focus, not sent later', () => {
  const { clock, element, down, log } = setup('windows');
  down('ControlLeft');
  fire(element, 'blur');
  clock.advance(1000);
  assert.ok(!log.includes('+ControlLeft'));
});

test('on macOS the release of Meta releases what it hid', () => {
  const { down, up, held, log } = setup('mac');
  down('MetaLeft');
  down('KeyC');
  held.delete('KeyC'); // macOS does not report it
  up('MetaLeft');
  assert.deepEqual(log, ['+MetaLeft', '+KeyC', '-MetaLeft', '-KeyC']);
});

test('Caps Lock on macOS is a tap each time its lamp changes', () => {
  const { down, up, log } = setup('mac');
  down('CapsLock');
  up('CapsLock');
  assert.deepEqual(log, ['+CapsLock', '-CapsLock', '+CapsLock', '-CapsLock']);
});

test('PrintScreen is sent although Windows reports only its release', () => {
  const { up, log } = setup('windows');
  up('PrintScreen');
  assert.deepEqual(log, ['+PrintScreen', '-PrintScreen']);
});

test('a modifier whose release was lost is released with the next key', () => {
  const { down, held, log } = setup();
  down('MetaLeft');
  held.delete('MetaLeft'); // Win+L: the system kept the release
  down('KeyA');
  assert.deepEqual(log, ['+MetaLeft', '-MetaLeft', '+KeyA']);
});

test('while AltGraph is down nothing is concluded from hidden Control and Alt', () => {
  const { down, log } = setup();
  const altGraph = { ctrlKey: false, altKey: false, getModifierState: (name) => name === 'AltGraph' };
  down('ControlRight');
  down('AltRight', altGraph);
  down('KeyE', altGraph);
  assert.deepEqual(log, ['+ControlRight', '+AltRight', '+KeyE']);
});
