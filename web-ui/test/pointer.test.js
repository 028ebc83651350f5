import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AbsolutePointer } from '../input/absolute-pointer.js';
import { Mouse } from '../input/mouse.js';
import { RelativePointer } from '../input/relative-pointer.js';
import { FakeElement, FakeFrames, fire } from './fakes/fake-events.js';

const BOX = { left: 100, top: 50, width: 200, height: 100 };

function recorder() {
  const log = [];
  return {
    log,
    movePointerTo: (x, y, buttons, edge) => log.push(['pointer', x, y, buttons, edge]),
    movePointerBy: (dx, dy, buttons) => log.push(['move', dx, dy, buttons]),
    turnWheel: (dx, dy) => log.push(['wheel', dx, dy]),
    releaseAll: () => log.push(['releaseAll']),
  };
}

const at = (clientX, clientY, buttons = 0, more = {}) => ({ type: 'pointermove', isPrimary: true, pointerType: 'mouse', clientX, clientY, buttons, movementX: 0, movementY: 0, ...more });

function absolute() {
  const frames = new FakeFrames();
  const sender = recorder();
  let box = BOX;
  const pointer = new AbsolutePointer(sender, () => box, frames);
  return { frames, pointer, log: sender.log, hide: () => { box = null; } };
}

test('movement leaves once per frame, the newest place', () => {
  const { frames, pointer, log } = absolute();
  pointer.handlePointer(at(150, 75));
  pointer.handlePointer(at(200, 100));
  assert.equal(log.length, 0);
  frames.run();
  assert.deepEqual(log, [['pointer', 0.5, 0.5, 0, false]]);
  frames.run();
  assert.equal(log.length, 1);
});

test('every button edge leaves at once, at its own place, in order', () => {
  const { frames, pointer, log } = absolute();
  pointer.handlePointer(at(110, 60));
  pointer.handlePointer(at(200, 100, 1, { type: 'pointerdown' }));
  pointer.handlePointer(at(250, 100, 1));
  pointer.handlePointer(at(300, 150, 3)); // a second button arrives as movement
  pointer.handlePointer(at(300, 150, 0, { type: 'pointerup' }));
  frames.run();
  assert.deepEqual(log, [['pointer', 0.5, 0.5, 1, true], ['pointer', 1, 1, 3, true], ['pointer', 1, 1, 0, true]]);
});

test('all five buttons keep their bits, others are dropped', () => {
  const { pointer, log } = absolute();
  pointer.handlePointer(at(200, 100, 0x3f, { type: 'pointerdown' }));
  assert.equal(log[0][3], 31);
});

test('a finger arrives, then presses; the second finger is not a pointer', () => {
  const { pointer, log } = absolute();
  pointer.handlePointer(at(200, 100, 1, { type: 'pointerdown', pointerType: 'touch' }));
  pointer.handlePointer(at(300, 100, 1, { type: 'pointerdown', pointerType: 'touch', isPrimary: false }));
  assert.deepEqual(log, [['pointer', 0.5, 0.5, 0, true], ['pointer', 0.5, 0.5, 1, true]]);
});

test('a cancelled touch lets the button go', () => {
  const { pointer, log } = absolute();
  pointer.handlePointer(at(200, 100, 1, { type: 'pointerdown' }));
  pointer.handlePointer(at(200, 100, 1, { type: 'pointercancel' }));
  assert.equal(log.at(-1)[3], 0);
});

test('the bars beside the picture are its edge', () => {
  const { pointer, frames, log } = absolute();
  pointer.handlePointer(at(0, 1000));
  frames.run();
  assert.deepEqual(log[0].slice(1, 3), [0, 1]);
});

test('without a picture nothing is sent', () => {
  const { pointer, frames, log, hide } = absolute();
  hide();
  pointer.handlePointer(at(200, 100, 1, { type: 'pointerdown' }));
  frames.run();
  assert.deepEqual(log, []);
});

test('what is forgotten is not sent later', () => {
  const { pointer, frames, log } = absolute();
  pointer.handlePointer(at(200, 100));
  pointer.forgetHeld();
  frames.run();
  assert.deepEqual(log, []);
  assert.equal(frames.waiting, 0);
});

test('a drag that was released elsewhere does not press again, but the next press counts', () => {
  const { pointer, frames, log } = absolute();
  pointer.handlePointer(at(200, 100, 1, { type: 'pointerdown' }));
  pointer.forgetHeld();
  log.length = 0;
  pointer.handlePointer(at(250, 100, 1));
  frames.run();
  assert.deepEqual(log.map(([, , , buttons]) => buttons), [0]);
  pointer.handlePointer(at(250, 100, 0, { type: 'pointerup' }));
  pointer.handlePointer(at(250, 100, 1, { type: 'pointerdown' }));
  assert.equal(log.at(-1)[3], 1);
});

function relative() {
  const frames = new FakeFrames();
  const sender = recorder();
  return { frames, pointer: new RelativePointer(sender, frames), log: sender.log };
}

const moved = (movementX, movementY, buttons = 0) => ({ type: 'pointermove', movementX, movementY, buttons });

test('relative movement adds up and loses no fraction', () => {
  const { frames, pointer, log } = relative();
  for (let step = 0; step < 5; step++) {
    pointer.handlePointer(moved(0.5, -0.3));
    frames.run();
  }
  const sum = log.reduce(([x, y], [, dx, dy]) => [x + dx, y + dy], [0, 0]);
  assert.deepEqual(sum, [2, -1]);
  assert.ok(log.every(([, dx, dy]) => Number.isInteger(dx) && Number.isInteger(dy)));
});

test('a great movement is cut into what a report can hold', () => {
  const { frames, pointer, log } = relative();
  pointer.handlePointer(moved(300, -130));
  frames.run();
  assert.deepEqual(log, [['move', 127, -127, 0], ['move', 127, -3, 0], ['move', 46, 0, 0]]);
});

test('first arrive, then press', () => {
  const { frames, pointer, log } = relative();
  pointer.handlePointer(moved(10, 0));
  pointer.handlePointer(moved(5, 0, 1));
  frames.run();
  assert.deepEqual(log, [['move', 15, 0, 0], ['move', 0, 0, 1]]);
});

function mouse() {
  const frames = new FakeFrames();
  const sender = recorder();
  const element = new FakeElement();
  const document = new FakeElement();
  const log = sender.log;
  element.requestPointerLock = async () => {
    document.pointerLockElement = element;
    fire(document, 'pointerlockchange');
  };
  document.exitPointerLock = () => {
    document.pointerLockElement = null;
    fire(document, 'pointerlockchange');
  };
  const locks = [];
  const hints = [];
  const handlers = { onLock: (locked) => locks.push(locked), onHint: (hint) => hints.push(hint) };
  return { frames, element, document, log, locks, hints, mouse: new Mouse({ element, document, pictureBox: () => BOX, frames }, sender, handlers) };
}

test('a press captures the focus and the pointer, so that the end of a drag is always reported', () => {
  const { element, log } = mouse();
  fire(element, 'pointerdown', { ...at(200, 100, 1), pointerId: 3 });
  fire(element, 'pointerup', { ...at(900, 900, 0), pointerId: 3 });
  assert.equal(element.focused, 1);
  assert.deepEqual(element.captured, [3]);
  assert.deepEqual(log.map((entry) => entry.slice(1, 4)), [[0.5, 0.5, 1], [1, 1, 0]]);
});

test('a pointer that was lifted already still presses', () => {
  const { element, log } = mouse();
  fire(element, 'pointerdown', { ...at(200, 100, 1), pointerId: 666 });
  assert.equal(log.length, 1);
});

for (const type of ['contextmenu', 'dragstart', 'mousedown', 'auxclick']) {
  test(`${type} is kept from the browser`, () => assert.ok(fire(mouse().element, type).defaultPrevented));
}

test('in relative mode the first click locks the mouse and is not sent', async () => {
  const { element, frames, log, locks, mouse: own } = mouse();
  own.setMode('relative');
  log.length = 0;
  fire(element, 'pointermove', at(120, 60, 0, { movementX: 9 }));
  fire(element, 'pointerdown', { ...at(120, 60, 1), pointerId: 1 });
  await null;
  frames.run();
  assert.deepEqual(log, []);
  assert.deepEqual(locks, [true]);
  fire(element, 'pointermove', { ...at(0, 0), movementX: 4, movementY: 2 });
  frames.run();
  assert.deepEqual(log, [['move', 4, 2, 0]]);
});

test('losing the lock lets everything go', async () => {
  const { element, document, log, locks, mouse: own } = mouse();
  own.setMode('relative');
  fire(element, 'pointerdown', { ...at(120, 60, 1), pointerId: 1 });
  await null;
  log.length = 0;
  document.exitPointerLock();
  assert.deepEqual(log, [['releaseAll']]);
  assert.deepEqual(locks, [true, false]);
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a browser without unadjusted movement locks all the same, without a complaint', async () => {
  const { element, document, hints, mouse: own } = mouse();
  const lock = element.requestPointerLock;
  element.requestPointerLock = async (options) => {
    if (!options) return lock();
    setImmediate(() => fire(document, 'pointerlockerror')); // as Chromium does, besides the promise
    throw new DOMException('no', 'NotSupportedError');
  };
  own.setMode('relative');
  fire(element, 'pointerdown', { ...at(120, 60, 1), pointerId: 1 });
  await settled();
  await settled();
  assert.equal(document.pointerLockElement, element);
  assert.deepEqual(hints, []);
});

test('a browser that refuses the lock leads to one hint', async () => {
  const { element, document, hints, mouse: own } = mouse();
  element.requestPointerLock = async () => {
    setImmediate(() => fire(document, 'pointerlockerror'));
    throw new DOMException('no', 'NotAllowedError');
  };
  own.setMode('relative');
  fire(element, 'pointerdown', { ...at(120, 60, 1), pointerId: 1 });
  await settled();
  await settled();
  assert.deepEqual(hints, ['mouse-not-locked']);
});

test('a browser that reports only by events is supported', async () => {
  const { element, document, hints, mouse: own } = mouse();
  element.requestPointerLock = () => {
    setImmediate(() => fire(document, 'pointerlockerror'));
  };
  own.setMode('relative');
  fire(element, 'pointerdown', { ...at(120, 60, 1), pointerId: 1 });
  await settled();
  await settled();
  assert.deepEqual(hints, ['mouse-not-locked']);
});

test('the wheel leaves once per frame, away from the user positive', () => {
  const { element, frames, log } = mouse();
  fire(element, 'wheel', { deltaX: 0, deltaY: 100, deltaMode: 0 });
  fire(element, 'wheel', { deltaX: 0, deltaY: 100, deltaMode: 0 });
  frames.run();
  assert.deepEqual(log, [['wheel', 0, -2]]);
});

test('there are no reactions after destroy', () => {
  const { element, frames, log, mouse: own } = mouse();
  fire(element, 'pointermove', at(120, 60));
  own.destroy();
  fire(element, 'pointerdown', { ...at(200, 100, 1), pointerId: 1 });
  frames.run();
  assert.deepEqual(log, []);
});
