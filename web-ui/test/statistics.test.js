import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameStats } from '../video/frame-stats.js';
import { ReactionProbe } from '../video/reaction-probe.js';
import { Jiggler } from '../input/jiggler.js';
import { FakeClock } from './fakes/fake-clock.js';

test('the ages of the last ten seconds have a median and a 95th percentile', () => {
  const stats = new FrameStats();
  assert.equal(stats.ages(0), null);
  stats.addDrawn(0, 5000); // the first picture of a viewer may be old
  for (let i = 1; i <= 100; i++) stats.addDrawn(i * 10, i);
  assert.deepEqual(stats.ages(1000), { p50: 51, p95: 96 });
  stats.addDrawn(10_900, 7);
  assert.deepEqual(stats.ages(10_900), { p50: 95, p95: 100 });
  assert.equal(stats.ages(30_000), null);
});

test('gaps in the sequence numbers are skipped pictures, also where the numbers begin anew', () => {
  const stats = new FrameStats();
  const add = (/** @type {number} */ sequence, frame = {}, quality = 'sharp') => stats.addFrame({ sequence, codec: 1, width: 64, height: 48, ...frame }, quality);
  for (const sequence of [1000, 1001, 1004, 1005]) add(sequence);
  assert.equal(stats.skipped, 2);
  add(5); // another hub
  assert.equal(stats.skipped, 2);
  add(0xffff_ffff);
  add(1);
  assert.equal(stats.skipped, 3);
  add(50, {}, 'slow');
  add(100, { codec: 2 }, 'slow');
  add(150, { codec: 2, width: 32 }, 'slow');
  assert.equal(stats.skipped, 3, 'another quality, codec or size');
  for (const sequence of [151, 160]) add(sequence, { codec: 3 });
  add(180);
  assert.equal(stats.skipped, 3, 'drawings that are sent as one message, or replaced by a picture');
  add(182);
  assert.equal(stats.skipped, 4);
  stats.reset();
  assert.equal(stats.skipped, 0);
});

/** A grey picture with some pixels of another value. @param {number} [value] @param {number} [count] */
function picture(value = 100, count = 0) {
  const pixels = new Uint8ClampedArray(4 * 400).fill(100);
  pixels.fill(value, 0, 4 * count);
  return pixels;
}

function probe() {
  const clock = new FakeClock();
  const shown = { pixels: picture() };
  const measured = new ReactionProbe(clock);
  return { clock, shown, measured, start: (sent = true) => measured.measure(() => shown.pixels, () => sent) };
}

test('the reaction is the time until the first picture that differs', async () => {
  const { clock, shown, measured, start } = probe();
  const result = start();
  clock.advance(40);
  measured.onDrawn();
  shown.pixels = picture(110, 300); // noise of the encoding
  clock.advance(40);
  measured.onDrawn();
  shown.pixels = picture(200, 20);
  clock.advance(33);
  measured.onDrawn();
  assert.equal(await result, 113);
  measured.onDrawn();
});

test('a picture that does not change, and an input that is not sent, have no reaction time', async () => {
  const { clock, measured, start } = probe();
  const result = start();
  clock.advance(2999);
  measured.onDrawn();
  clock.advance(1);
  assert.equal(await result, null);
  assert.equal(await start(false), 'refused');
});

test('a picture of another size is another one', async () => {
  const { clock, shown, measured, start } = probe();
  const result = start();
  shown.pixels = new Uint8ClampedArray(8);
  clock.advance(9);
  measured.onDrawn();
  assert.equal(await result, 9);
});

test('the pointer moves aside and back once, unless the user holds something or is not in control', () => {
  const clock = new FakeClock();
  const jiggler = new Jiggler(clock);
  const sent = [];
  assert.equal(jiggler.moveOnce(10), false);
  jiggler.mode = 'relative';
  const sender = jiggler.observe({
    sendKey: () => true, movePointerTo: () => true, movePointerBy: (dx) => sent.push(dx), releaseAll: () => true, turnWheel: () => true,
  });
  assert.equal(jiggler.moveOnce(10), true);
  clock.advance(1000);
  assert.deepEqual(sent, [10, -10]);
  sender.sendKey('KeyA', true);
  assert.equal(jiggler.moveOnce(10), false);
});
