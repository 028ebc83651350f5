import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Mouse } from '../input/mouse.js';
import { FakeClock } from './fakes/fake-clock.js';
import { FakeElement, FakeFrames, fire } from './fakes/fake-events.js';

const BOX = { left: 0, top: 0, width: 200, height: 100 };

/** A picture under fingers. What reaches the remote computer is in `log`, in short: `10,20 b1` is the absolute pointer, `3;4 b1` the relative one. */
function setup(mode = 'absolute') {
  const frames = new FakeFrames();
  const clock = new FakeClock();
  const element = new FakeElement();
  const document = new FakeElement();
  const log = [];
  const zooms = [];
  let lockRequests = 0;
  element.requestPointerLock = async () => {
    lockRequests += 1;
  };
  const mouse = new Mouse({ element, document, pictureBox: () => BOX, frames, clock, view: { zoomBy: (...values) => zooms.push(values) } }, {
    movePointerTo: (x, y, buttons) => log.push(`${Math.round(x * 200)},${Math.round(y * 100)} b${buttons}`),
    movePointerBy: (dx, dy, buttons) => log.push(`${dx};${dy} b${buttons}`),
    turnWheel: (dx, dy) => log.push(`wheel ${dx};${dy}`),
    releaseAll: () => log.push('releaseAll'),
  });
  mouse.setMode(mode);
  log.length = 0;
  const finger = (type) => (x, y, pointerId = 1) => {
    fire(element, type, { pointerId, clientX: x, clientY: y, isPrimary: pointerId === 1, pointerType: 'touch', buttons: type === 'pointerup' ? 0 : 1 });
    frames.run();
  };
  const take = () => log.splice(0).join(' | ');
  return { clock, element, zooms, mouse, take, lockRequests: () => lockRequests, down: finger('pointerdown'), move: finger('pointermove'), up: finger('pointerup'), cancel: finger('pointercancel') };
}

/** @param {ReturnType<typeof setup>} touch */
function tap({ down, up, clock }, x, y, pointerId = 1) {
  down(x, y, pointerId);
  clock.advance(50);
  up(x, y, pointerId);
}

test('a tap moves there and clicks', () => {
  const touch = setup();
  tap(touch, 100, 50);
  touch.clock.advance(100);
  assert.equal(touch.take(), '100,50 b0 | 100,50 b1 | 100,50 b0');
});

test('two quick taps are a double click at one place, although fingers never hit it twice', () => {
  const touch = setup();
  tap(touch, 100, 50);
  touch.clock.advance(150);
  touch.take();
  tap(touch, 110, 45);
  touch.clock.advance(100);
  assert.equal(touch.take(), '100,50 b0 | 100,50 b1 | 100,50 b0');
  touch.clock.advance(2000);
  tap(touch, 110, 45);
  assert.match(touch.take(), /^110,45/, 'a later tap is at its own place');
});

test('a long press is the right button, once, and the finger then does nothing', () => {
  const touch = setup();
  touch.down(100, 50);
  touch.clock.advance(600);
  assert.equal(touch.take(), '100,50 b0 | 100,50 b2 | 100,50 b0');
  touch.move(150, 80);
  touch.up(150, 80);
  touch.clock.advance(1000);
  assert.equal(touch.take(), '');
});

test('a finger that rests a little unsteadily is still a long press', () => {
  const touch = setup();
  touch.down(100, 50);
  touch.move(104, 53);
  touch.clock.advance(600);
  assert.match(touch.take(), /b2/);
});

test('a moving finger drags from where it began', () => {
  const touch = setup();
  touch.down(20, 20);
  touch.move(60, 40);
  touch.clock.advance(2000);
  touch.move(80, 50);
  touch.up(80, 50);
  assert.equal(touch.take(), '20,20 b0 | 20,20 b1 | 60,40 b1 | 80,50 b1 | 80,50 b0');
});

test('two fingers that move together are the wheel, and the content follows them', () => {
  const touch = setup();
  touch.down(50, 20);
  touch.down(90, 20, 2);
  for (let y = 20; y < 200; y += 10) {
    touch.move(50, y + 10);
    touch.move(90, y + 10, 2);
  }
  touch.up(50, 200);
  touch.up(90, 200, 2);
  const log = touch.take();
  assert.doesNotMatch(log, /b[12]/, 'no button');
  const steps = [...log.matchAll(/wheel 0;(\d+)/g)].reduce((sum, [, dy]) => sum + Number(dy), 0);
  assert.ok(steps >= 5 && steps <= 6, `${steps} steps away from the user`);
});

test('the wheel of two fingers follows the settings', () => {
  const touch = setup();
  touch.mouse.setWheel({ speed: 2, reversed: true });
  touch.down(50, 20);
  touch.down(90, 20, 2);
  touch.move(50, 80);
  touch.move(90, 80, 2);
  assert.match(touch.take(), /wheel 0;-4|wheel 0;-2 \| wheel 0;-2/);
});

test('a tap with two fingers is the right button, at the first finger', () => {
  const touch = setup();
  touch.down(100, 50);
  touch.down(140, 60, 2);
  touch.clock.advance(80);
  touch.up(100, 50);
  touch.up(140, 60, 2);
  touch.clock.advance(100);
  assert.equal(touch.take(), '100,50 b0 | 100,50 b2 | 100,50 b0');
});

test('a pinch zooms the picture on this page and sends nothing', () => {
  const touch = setup();
  touch.down(80, 50);
  touch.down(120, 50, 2);
  touch.move(60, 50);
  touch.move(140, 50, 2);
  touch.up(60, 50);
  touch.up(140, 50, 2);
  assert.equal(touch.take(), '');
  const factor = touch.zooms.reduce((product, [each]) => product * each, 1);
  assert.ok(Math.abs(factor - 2) < 0.01, `zoomed by ${factor}`);
});

test('the second finger ends a drag without a click', () => {
  const touch = setup();
  touch.down(20, 20);
  touch.move(60, 40);
  touch.take();
  touch.down(100, 40, 2);
  assert.equal(touch.take(), '60,40 b0');
});

test('a cancelled finger releases the button', () => {
  const touch = setup();
  touch.down(20, 20);
  touch.move(60, 40);
  touch.cancel(60, 40);
  assert.match(touch.take(), /60,40 b0$/);
});

test('a drag that was released elsewhere does not press again, and the next tap clicks', () => {
  const touch = setup();
  touch.down(20, 20);
  touch.move(60, 40);
  touch.mouse.forgetHeld();
  touch.take();
  touch.move(80, 40);
  touch.up(80, 40);
  assert.equal(touch.take(), '');
  tap(touch, 100, 50);
  touch.clock.advance(100);
  assert.equal(touch.take(), '100,50 b0 | 100,50 b1 | 100,50 b0');
});

test('in relative mode the picture is a trackpad, without locking the pointer', () => {
  const touch = setup('relative');
  touch.down(20, 20);
  touch.move(40, 20);
  touch.move(44, 20);
  touch.up(44, 20);
  const log = touch.take();
  assert.equal(touch.lockRequests(), 0);
  assert.doesNotMatch(log, /b[12]|,/, 'no button, no absolute place');
  assert.match(log, /4;0 b0$/, 'a slow finger moves the pointer as far as itself');
  const [first] = log.split(';');
  assert.ok(Number(first) > 20, 'a fast finger moves it further');
});

test('in relative mode a tap clicks where the pointer is', () => {
  const touch = setup('relative');
  tap(touch, 100, 50);
  touch.clock.advance(300);
  assert.equal(touch.take(), '0;0 b1 | 0;0 b0');
  touch.down(100, 50);
  touch.clock.advance(600);
  assert.equal(touch.take(), '0;0 b2 | 0;0 b0', 'a long press is the right button');
});

test('in relative mode a touch right after a tap drags', () => {
  const touch = setup('relative');
  tap(touch, 100, 50);
  touch.clock.advance(100);
  touch.down(100, 50);
  touch.move(120, 50);
  touch.clock.advance(2000);
  touch.up(120, 50);
  const log = touch.take().split(' | ');
  assert.equal(log[0], '0;0 b1');
  assert.match(log[1], /^\d+;0 b1$/);
  assert.equal(log.at(-1), '0;0 b0');
  assert.equal(log.filter((entry) => entry.endsWith('b0')).length, 1, 'the button stays down until the finger is lifted');
});

test('in relative mode two quick taps are a double click', () => {
  const touch = setup('relative');
  tap(touch, 100, 50);
  touch.clock.advance(100);
  tap(touch, 100, 50);
  touch.clock.advance(300);
  assert.equal(touch.take(), '0;0 b1 | 0;0 b0 | 0;0 b1 | 0;0 b0');
});

test('a third finger ends every gesture', () => {
  const touch = setup();
  for (const id of [1, 2, 3]) touch.down(20 * id, 50, id);
  for (const id of [1, 2, 3]) touch.up(20 * id, 50, id);
  touch.clock.advance(1000);
  assert.equal(touch.take(), '');
});
