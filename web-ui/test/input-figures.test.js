import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { COMBINATIONS, MODIFIER_CODES, OWN_KEY_CODES, sendCombination } from '../input/combinations.js';
import { toFraction } from '../input/letterbox.js';
import { WheelSteps } from '../input/wheel-steps.js';
import { combinationName, keyName } from '../ui/key-names.js';
import { FakeClock } from './fakes/fake-clock.js';

const serverCodes = new Set(readFileSync(new URL('../../bundles/web/control/src/main/resources/org/catseye/web/control/key-codes.txt', import.meta.url), 'ascii').split('\n').map((line) => line.split(' ')[0]));

test('a place is a fraction of the picture, and a drag beyond it stays at its edge', () => {
  const box = { left: 190, top: 0, width: 640, height: 360 };
  assert.deepEqual(toFraction(510, 180, box), { x: 0.5, y: 0.5 });
  assert.deepEqual(toFraction(0, 999, box), { x: 0, y: 1 });
});

const wheel = (deltaY, timeStamp, deltaMode = 0, deltaX = 0) => ({ deltaX, deltaY, deltaMode, timeStamp });

for (const [what, event, expected] of [
  ['100 pixels down', wheel(100, 0), { dx: 0, dy: -1 }],
  ['120 pixels up', wheel(-120, 0), { dx: 0, dy: 1 }],
  ['80 pixels of a scaled display', wheel(80, 0), { dx: 0, dy: -1 }],
  ['53 pixels', wheel(53, 0), { dx: 0, dy: -1 }],
  ['three lines', wheel(3, 0, 1), { dx: 0, dy: -1 }],
  ['a page', wheel(-1, 0, 2), { dx: 0, dy: 1 }],
  ['to the right', wheel(0, 0, 0, 100), { dx: 1, dy: 0 }],
  ['a touch of a trackpad', wheel(4, 0), null],
  ['nonsense', wheel(Number.NaN, 0), null],
]) {
  test(`a wheel turned ${what}`, () => {
    const steps = new WheelSteps();
    steps.addEvent(event);
    assert.deepEqual(steps.takeSteps(), expected);
  });
}

test('small turns of a trackpad add up and no more comes out than went in', () => {
  const steps = new WheelSteps();
  let sum = 0;
  for (let at = 0; at < 50; at++) {
    steps.addEvent(wheel(10, at * 16));
    sum += steps.takeSteps()?.dy ?? 0;
  }
  assert.equal(sum, -5);
});

test('turning back starts at zero', () => {
  const steps = new WheelSteps();
  steps.addEvent(wheel(40, 0));
  steps.addEvent(wheel(45, 10));
  steps.addEvent(wheel(-100, 20));
  assert.deepEqual(steps.takeSteps(), { dx: 0, dy: 1 });
});

/** Turns a wheel and takes the steps after each event. @returns {number} all steps, down is negative */
function turn(count, delta, millis, deltaMode = 0, settings = undefined) {
  const steps = new WheelSteps();
  if (settings) steps.settings = settings;
  let sum = 0;
  for (let at = 0; at < count; at++) {
    steps.addEvent(wheel(delta, 5000 + at * millis, deltaMode));
    sum += steps.takeSteps()?.dy ?? 0;
  }
  return sum;
}

for (const [what, count, delta, millis, mode] of [
  ['13 pixels, 300 ms apart', 10, 13, 300, 0], ['13 pixels, 150 ms apart', 10, 13, 150, 0], ['0.65 lines, 250 ms apart', 5, 0.65, 250, 1], ['1 line, 250 ms apart', 5, 1, 250, 1],
  ['4.0002 pixels, as of a Mac, 300 ms apart', 10, 4.000244140625, 300, 0], ['0.1 pages, 250 ms apart', 6, 0.1, 250, 2],
]) {
  test(`a slow wheel of ${what} gives a step per two events at least, and per event at most`, () => {
    const steps = -turn(count, delta, millis, mode);
    assert.ok(steps >= Math.floor(count / 2) && steps <= count, `${steps} steps`);
    assert.equal(turn(count, -delta, millis, mode), steps, 'in the other direction too');
  });
}

test('notches of the same size are a step each, and two at once are two', () => {
  assert.equal(turn(3, 66.67, 50), -3);
  assert.equal(turn(3, 66.67, 20), -3);
  const steps = new WheelSteps();
  for (const [delta, at] of [[66.67, 0], [133.34, 16], [66.67, 32]]) steps.addEvent(wheel(delta, at));
  assert.deepEqual(steps.takeSteps(), { dx: 0, dy: -4 });
});

test('a fast scroll with a trackpad is as far as the finger, although its first event counts as a step', () => {
  const steps = new WheelSteps();
  let sum = 0;
  [60, 75, 80, 70, 50, 35, 20, 10].forEach((delta, index) => {
    steps.addEvent(wheel(delta, index * 16));
    sum += steps.takeSteps()?.dy ?? 0;
  });
  assert.equal(sum, -4);
});

test('a scroll along one axis makes no steps along the other', () => {
  const steps = new WheelSteps();
  for (let at = 0; at < 10; at++) steps.addEvent(wheel(100, at * 300, 0, 4));
  assert.deepEqual(steps.takeSteps(), { dx: 0, dy: -10 });
});

test('speed and direction of the wheel follow the settings', () => {
  assert.equal(turn(4, 100, 300, 0, { speed: 2, reversed: false }), -8);
  assert.equal(turn(4, 100, 300, 0, { speed: 0.5, reversed: false }), -2);
  assert.equal(turn(4, 100, 300, 0, { speed: 1, reversed: true }), 4);
});

test('a wild turn is cut to a signed byte, the rest follows', () => {
  const steps = new WheelSteps();
  steps.addEvent(wheel(-20_000, 0));
  assert.equal(steps.takeSteps().dy, 127);
  assert.equal(steps.takeSteps().dy, 73);
  assert.equal(steps.takeSteps(), null);
});

test('a combination is pressed in order and released in reverse', () => {
  const clock = new FakeClock();
  const log = [];
  sendCombination(['ControlLeft', 'AltLeft', 'Delete'], (code, down) => log.push((down ? '+' : '-') + code), clock);
  assert.equal(log.length, 3);
  clock.advance(100);
  assert.deepEqual(log, ['+ControlLeft', '+AltLeft', '+Delete', '-Delete', '-AltLeft', '-ControlLeft']);
});

test('a KVM switch gets Scroll Lock twice, each released, and then a digit', () => {
  const clock = new FakeClock();
  const log = [];
  const { codes, before } = COMBINATIONS.find(({ group }) => group === 'switch').items[0];
  sendCombination(codes, (code, down) => log.push((down ? '+' : '-') + code), clock, before);
  clock.advance(1000);
  assert.equal(log.join(' '), '+ScrollLock -ScrollLock +ScrollLock -ScrollLock +Digit1 -Digit1');
});

test('every key of the combinations is one that the server has', () => {
  for (const code of [...OWN_KEY_CODES, ...MODIFIER_CODES, ...COMBINATIONS.flatMap(({ items }) => items.flatMap(({ codes, before = [] }) => [...codes, ...before]))]) assert.ok(serverCodes.has(code), code);
  assert.equal(new Set(OWN_KEY_CODES).size, OWN_KEY_CODES.length);
  assert.equal(new Set(OWN_KEY_CODES.map(keyName)).size, OWN_KEY_CODES.length, 'by distinct names');
});

test('the common combinations are present, once each', () => {
  const labels = COMBINATIONS.flatMap(({ items }) => items.map(combinationName));
  assert.equal(new Set(labels).size, labels.length);
  for (const label of ['Ctrl+Alt+Del', 'Alt+Tab', 'Alt+F4', 'Ctrl+Alt+F1', 'Ctrl+Alt+F7', 'Win / Meta', 'PrintScreen', 'Escape', 'Del', 'F2', 'F3', 'F7', 'F11', 'F12', '↓', 'Page ↑', 'Home', 'Space', 'Enter',
    'Meta+R', 'Ctrl+Shift+Escape', 'Insert', 'Pause', 'Menu', 'SysRq+B', 'SysRq+Z', 'Num 7', 'Num +', 'Num ↵', 'Num Lock', '2 × Scroll Lock, 1', '2 × Scroll Lock, 0']) assert.ok(labels.includes(label), label);
});
