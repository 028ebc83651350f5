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
  assert.deepEqual(log, ['+MetaLeft', '+KeyC', '-KeyC', '-MetaLeft']);
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

test('on macOS each press with Command is a tap, because no release is reported', () => {
  const { down, up, held, log } = setup('mac');
  down('MetaLeft');
  down('KeyV');
  held.delete('KeyV');
  down('KeyV');
  held.delete('KeyV');
  up('MetaLeft');
  assert.equal(log.join(' '), '+MetaLeft +KeyV -KeyV +KeyV -KeyV -MetaLeft');
});

test('on macOS a key held with Command repeats as this computer repeats it', () => {
  const { down, log } = setup('mac');
  down('MetaLeft');
  down('KeyZ');
  down('KeyZ', { repeat: true });
  assert.equal(log.join(' '), '+MetaLeft +KeyZ -KeyZ +KeyZ -KeyZ');
});

test('on macOS a repeating key that was pressed elsewhere is not sent with Command', () => {
  const { down, log } = setup('mac');
  down('KeyV', { repeat: true, metaKey: true });
  assert.deepEqual(log, []);
});

test('on macOS a key held before Command is released with it, and pressed again if it repeats', () => {
  const { down, up, log } = setup('mac');
  down('KeyW');
  down('MetaLeft');
  up('MetaLeft');
  assert.equal(log.join(' '), '+KeyW +MetaLeft -KeyW -MetaLeft');
  down('KeyW', { repeat: true });
  up('KeyW');
  assert.equal(log.slice(4).join(' '), '+KeyW -KeyW');
});

test('on macOS other modifiers stay held when Command is released', () => {
  const { down, up, held, log } = setup('mac');
  down('ShiftLeft');
  down('MetaLeft');
  down('KeyZ');
  held.delete('KeyZ');
  up('MetaLeft');
  down('KeyA');
  assert.equal(log.join(' '), '+ShiftLeft +MetaLeft +KeyZ -KeyZ -MetaLeft +KeyA');
});

test('on macOS Command that was pressed before the focus came still makes taps', () => {
  const { down, log } = setup('mac');
  down('KeyC', { metaKey: true });
  assert.deepEqual(log, ['+KeyC', '-KeyC']);
});

for (const [code, key] of [['Backquote', 'Zenkaku'], ['Backquote', 'Hankaku'], ['KanaMode', 'KanaMode'], ['KanaMode', 'Romaji'], ['CapsLock', 'Alphanumeric'], ['Lang1', 'HangulMode']]) {
  test(`on Windows ${code} (${key}) is a tap, because no release is reported`, () => {
    const { down, log } = setup('windows');
    down(code, { key });
    down(code, { key, repeat: true });
    down(code, { key });
    assert.equal(log.join(' '), `+${code} -${code} +${code} -${code}`);
  });
}

test('the same keys are held where their release is reported', () => {
  const { down, up, log } = setup('windows');
  down('Backquote', { key: '`' });
  down('CapsLock', { key: 'CapsLock' });
  assert.deepEqual(log, ['+Backquote', '+CapsLock']);
  up('CapsLock');
  up('Backquote');
  const linux = setup('other');
  linux.down('KanaMode', { key: 'KanaMode' });
  assert.deepEqual(linux.log, ['+KanaMode']);
});

test('a dead key without a release is released with the next key', () => {
  const { down, up, log } = setup();
  down('Quote', { key: 'Dead' });
  down('KeyE', { key: 'e' });
  up('KeyE');
  assert.equal(log.join(' '), '+Quote -Quote +KeyE -KeyE');
  up('Quote');
  assert.equal(log.length, 4, 'a late release is not sent again');
});

test('a dead key without a release and without a next key does not repeat at the remote computer', () => {
  const { clock, down, log } = setup();
  down('Quote', { key: 'Dead' });
  clock.advance(250);
  assert.deepEqual(log, ['+Quote', '-Quote']);
});

test('a dead key without a release that is pressed twice is sent twice', () => {
  const { down, log } = setup();
  down('Quote', { key: 'Dead' });
  down('Quote', { key: 'Dead' });
  assert.equal(log.join(' '), '+Quote -Quote +Quote');
});

test('a dead key that repeats is held', () => {
  const { clock, down, up, log } = setup();
  down('Quote', { key: 'Dead' });
  clock.advance(500);
  down('Quote', { key: 'Dead', repeat: true });
  for (let count = 0; count < 20; count++) {
    clock.advance(33);
    down('Quote', { key: 'Dead', repeat: true });
  }
  up('Quote');
  assert.equal(log.join(' '), '+Quote -Quote +Quote -Quote');
});

/** Holds a key down, as a computer repeats it. */
function repeatKey({ clock, down }, code, count = 10) {
  for (let times = 0; times < count; times++) {
    clock.advance(33);
    down(code, { repeat: true });
  }
}

test('a key that repeated and stopped without another key is released', () => {
  const parts = setup();
  parts.down('KeyA');
  repeatKey(parts, 'KeyA');
  parts.clock.advance(2000);
  assert.deepEqual(parts.log, ['+KeyA', '-KeyA']);
});

test('it is pressed again if it repeats after all: the page was only slow', () => {
  const parts = setup();
  parts.down('KeyA');
  repeatKey(parts, 'KeyA');
  parts.clock.advance(2000);
  repeatKey(parts, 'KeyA');
  parts.up('KeyA');
  assert.equal(parts.log.join(' '), '+KeyA -KeyA +KeyA -KeyA');
});

test('of two held keys only the last repeats, and both stay held', () => {
  const parts = setup();
  parts.down('KeyW');
  repeatKey(parts, 'KeyW');
  parts.down('KeyD');
  repeatKey(parts, 'KeyD');
  parts.clock.advance(500);
  parts.up('KeyD');
  parts.clock.advance(60_000);
  assert.deepEqual(parts.log, ['+KeyW', '+KeyD', '-KeyD'], 'W does not begin to repeat again');
});

test('a key that never repeats stays held: some systems have no repetition', () => {
  const { clock, down, log } = setup();
  down('ShiftLeft');
  down('KeyW');
  clock.advance(600_000);
  assert.deepEqual(log, ['+ShiftLeft', '+KeyW']);
});

test('a slow repetition is not taken for a release', () => {
  const parts = setup();
  parts.down('KeyA');
  for (let times = 0; times < 5; times++) {
    parts.clock.advance(1800);
    parts.down('KeyA', { repeat: true });
  }
  assert.deepEqual(parts.log, ['+KeyA']);
});

for (const [code, key, sent] of [['IntlBackslash', '`', 'Backquote'], ['IntlBackslash', '~', 'Backquote'], ['IntlBackslash', 'Dead', 'Backquote'], ['IntlBackslash', '^', 'Backquote'],
  ['Backquote', '§', 'IntlBackslash'], ['Backquote', '<', 'IntlBackslash'], ['Backquote', '>', 'IntlBackslash'], ['Backquote', '±', 'IntlBackslash'],
  ['IntlBackslash', '<', 'IntlBackslash'], ['Backquote', '`', 'Backquote'], ['Backquote', 'Dead', 'Backquote']]) {
  test(`on a Mac's ISO keyboard ${code} with ${key} is ${sent}, when pressed and when released`, () => {
    const { down, up, log } = setup('mac');
    down(code, { key });
    up(code, { key: 'x' });
    assert.deepEqual(log, [`+${sent}`, `-${sent}`]);
  });
}

test('on a Mac the key that types < shows where the other one is', () => {
  const exchanged = setup('mac');
  for (const [code, key] of [['Backquote', '<'], ['IntlBackslash', '§']]) {
    exchanged.down(code, { key });
    exchanged.up(code, { key });
  }
  assert.equal(exchanged.log.join(' '), '+IntlBackslash -IntlBackslash +Backquote -Backquote');
  const plain = setup('mac');
  for (const [code, key] of [['IntlBackslash', '<'], ['Backquote', '§']]) {
    plain.down(code, { key });
    plain.up(code, { key });
  }
  assert.equal(plain.log.join(' '), '+IntlBackslash -IntlBackslash +Backquote -Backquote');
});

test('the two keys are exchanged on a Mac only', () => {
  const { down, log } = setup('windows');
  down('Backquote', { key: '<' });
  assert.deepEqual(log, ['+Backquote']);
});

for (const [old, code] of [['OSLeft', 'MetaLeft'], ['OSRight', 'MetaRight'], ['VolumeUp', 'AudioVolumeUp'], ['VolumeDown', 'AudioVolumeDown'], ['VolumeMute', 'AudioVolumeMute']]) {
  test(`the old name ${old} is sent as ${code}`, () => {
    const { down, up, log } = setup();
    down(old, old.startsWith('OS') ? { metaKey: true } : {});
    up(old);
    assert.deepEqual(log, [`+${code}`, `-${code}`]);
  });
}

test('an old Meta whose release was lost is released with the next key', () => {
  const { down, log } = setup();
  down('OSLeft', { metaKey: true });
  down('KeyA');
  assert.equal(log.join(' '), '+MetaLeft -MetaLeft +KeyA');
});
