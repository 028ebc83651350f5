import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServerClock } from '../protocol/server-clock.js';

test('has no offset before the first reply', () => {
  assert.equal(new ServerClock().ageMillis(1, 2), null);
});

test('the quickest reply counts, not the last', () => {
  const clock = new ServerClock();
  clock.addReply(0, 4, 1_002_000); // offset 1000 - exact
  clock.addReply(10, 310, 1_300_000); // delayed by 290 ms on the way back
  assert.equal(clock.offsetMillis, 1000);
  assert.equal(clock.rttMillis, 4);
  assert.equal(clock.ageMillis(1500, 560), 60);
});

test('old replies are forgotten, because clocks drift', () => {
  const clock = new ServerClock({ keep: 2 });
  clock.addReply(0, 1, 5_000_500);
  clock.addReply(0, 10, 1_005_000);
  clock.addReply(0, 20, 1_010_000);
  assert.equal(clock.offsetMillis, 1000);
});

test('a picture is never from the future', () => {
  const clock = new ServerClock();
  clock.addReply(0, 10, 5_000);
  assert.equal(clock.ageMillis(100, 90), 0);
});

test('nonsense is left out', () => {
  const clock = new ServerClock();
  clock.addReply(10, 5, 1_000);
  clock.addReply(0, 1, 0);
  clock.addReply(0, 1, Number.NaN);
  assert.equal(clock.offsetMillis, null);
});
