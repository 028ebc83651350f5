import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Jiggler } from '../input/jiggler.js';
import { FakeClock } from './fakes/fake-clock.js';

function setUp(settings = { seconds: 60, pixels: 10 }) {
  const clock = new FakeClock();
  const jiggler = new Jiggler(clock);
  const sent = [];
  const sender = {
    sendKey: (code, down) => sent.push((down ? '+' : '-') + code) > 0, releaseAll: () => sent.push('release') > 0, turnWheel: () => {},
    movePointerTo: (x, y, buttons) => sent.push(`to ${x.toFixed(4)} ${y} ${buttons}`), movePointerBy: (dx, dy, buttons) => sent.push(`by ${dx} ${dy} ${buttons}`),
  };
  const user = jiggler.observe(sender);
  jiggler.settings = settings;
  return { clock, jiggler, sent, user, sender };
}

test('it is off until it is switched on, and then moves away and back at each interval', () => {
  const { clock, sent, jiggler, user } = setUp(null);
  clock.advance(600_000);
  assert.deepEqual(sent, []);
  user.movePointerTo(0.25, 0.5, 0, false);
  sent.length = 0;
  jiggler.settings = { seconds: 60, pixels: 96 };
  clock.advance(60_000);
  assert.deepEqual(sent, ['to 0.3000 0.5 0'], 'away from the nearer edge');
  clock.advance(1000);
  assert.deepEqual(sent, ['to 0.3000 0.5 0', 'to 0.2500 0.5 0']);
  clock.advance(60_000);
  assert.equal(sent.length, 4);
  jiggler.settings = null;
  clock.advance(600_000);
  assert.equal(sent.length, 4);
});

test('a relative mouse moves by steps that cancel out', () => {
  const { clock, sent, jiggler } = setUp();
  jiggler.mode = 'relative';
  clock.advance(61_000);
  assert.deepEqual(sent, ['by 10 0 0', 'by -10 0 0']);
});

test('it does nothing while the user works or holds something', () => {
  const { clock, sent, user } = setUp();
  clock.advance(50_000);
  user.sendKey('KeyA', true);
  user.sendKey('KeyA', false);
  clock.advance(30_000);
  assert.deepEqual(sent, ['+KeyA', '-KeyA'], 'typed less than a minute ago');
  user.movePointerTo(0.5, 0.5, 1, true);
  clock.advance(600_000);
  assert.equal(sent.length, 3, 'a drag');
  user.movePointerTo(0.5, 0.5, 0, true);
  user.sendKey('ShiftLeft', true);
  clock.advance(600_000);
  assert.equal(sent.length, 5, 'a held key');
  user.releaseAll();
  clock.advance(61_000);
  assert.equal(sent.length, 8);
});

test('it does not move back when the user has begun to point', () => {
  const { clock, sent, user } = setUp();
  clock.advance(60_000);
  user.movePointerTo(0.9, 0.9, 0, false);
  clock.advance(1000);
  assert.equal(sent.length, 2);
  assert.equal(sent[1], 'to 0.9000 0.9 0');
});

test('without control it stops, also between away and back', () => {
  const { clock, sent, jiggler } = setUp();
  clock.advance(60_000);
  jiggler.observe(null);
  clock.advance(600_000);
  assert.equal(sent.length, 1);
  assert.equal(clock.timers, 0);
});
