import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LinkWatch } from '../protocol/link-watch.js';
import { FakeClock } from './fakes/fake-clock.js';

function setup() {
  const clock = new FakeClock();
  const changes = [];
  const watch = new LinkWatch((silent) => changes.push([silent, clock.now()]), clock);
  return { clock, changes, watch };
}

test('silence is noticed within 2 s of the last sign, whenever that came', () => {
  for (let offset = 0; offset < 300; offset += 7) {
    const { clock, changes, watch } = setup();
    watch.setWatching(true);
    clock.advance(offset);
    watch.noteSign();
    const lastSign = clock.now();
    clock.advance(10_000);
    assert.equal(changes.length, 1);
    const [silent, at] = changes[0];
    assert.ok(silent && at - lastSign >= 1500 && at - lastSign <= 1700, `${at - lastSign} ms`);
    assert.equal(watch.lastSignAt, lastSign);
  }
});

test('round trips of 400 ms with jitter are no silence: an hour of answers to a ping every half a second', () => {
  const { clock, changes, watch } = setup();
  watch.setWatching(true);
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  let newest = 0;
  for (let at = 0; at < 3_600_000; at += 500) {
    newest = Math.max(newest, clock.now() + 50 + random() * 700); // in order, as TCP delivers them
    clock.setTimeout(() => watch.noteSign(), newest - clock.now());
    clock.advance(500);
  }
  assert.deepEqual(changes, []);
});

test('the first sign ends the silence', () => {
  const { clock, changes, watch } = setup();
  watch.setWatching(true);
  clock.advance(2000);
  watch.noteSign();
  assert.deepEqual(changes.map(([silent]) => silent), [true, false]);
  assert.equal(watch.silent, false);
});

test('time in which the page was suspended does not count, but the age of the picture does', () => {
  const { clock, changes, watch } = setup();
  watch.setWatching(true);
  watch.noteSign();
  const lastSign = clock.now();
  clock.sleep(60_000); // the timers fire late, and the messages arrive after them
  clock.advance(300);
  assert.deepEqual(changes, []);
  clock.advance(2000);
  assert.deepEqual(changes.map(([silent]) => silent), [true]);
  assert.equal(watch.lastSignAt, lastSign);
});

test('without a connection nothing is expected, and no timer stays', () => {
  const { clock, changes, watch } = setup();
  watch.setWatching(true);
  clock.advance(2000);
  watch.setWatching(false);
  clock.advance(60_000);
  assert.deepEqual(changes.map(([silent]) => silent), [true, false]);
  assert.equal(clock.timers, 0);
});
