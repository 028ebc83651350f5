import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMBINATIONS, sendCombination } from '../input/combinations.js';
import { toFraction } from '../input/letterbox.js';
import { WheelSteps } from '../input/wheel-steps.js';
import { combinationName } from '../ui/key-names.js';
import { FakeClock } from './fakes/fake-clock.js';

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

test('the common combinations are present, once each', () => {
  const labels = COMBINATIONS.flatMap(({ items }) => items.map(combinationName));
  assert.equal(new Set(labels).size, labels.length);
  for (const label of ['Ctrl+Alt+Del', 'Alt+Tab', 'Alt+F4', 'Ctrl+Alt+F1', 'Ctrl+Alt+F7', 'Win / Meta', 'PrintScreen', 'Escape', 'Del', 'F2', 'F3', 'F7', 'F11', 'F12', '↓', 'Page ↑', 'Home', 'Space', 'Enter']) assert.ok(labels.includes(label), label);
});
