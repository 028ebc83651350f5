import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ControlChannel } from '../protocol/control-channel.js';
import { VideoChannel } from '../protocol/video-channel.js';
import { FakeClock } from './fakes/fake-clock.js';
import { fakeWebSockets, videoMessage } from './fakes/fake-web-socket.js';

function control() {
  const clock = new FakeClock();
  const sockets = fakeWebSockets();
  const heard = [];
  const channel = new ControlChannel({ url: 'ws://x/control', WebSocket: sockets.WebSocket, clock }, {
    onState: (state) => heard.push(state.type), onLeds: (leds) => heard.push(leds.type),
    onError: (error) => heard.push(error.code), onProblem: (problem) => heard.push(problem.code), onDown: () => heard.push('down'),
  });
  channel.open();
  return { clock, sockets, heard, channel };
}

test('uses catseye.control.v1 and sends a ping at once', () => {
  const { sockets } = control();
  assert.equal(sockets.last.protocol, 'catseye.control.v1');
  sockets.last.open();
  assert.deepEqual(sockets.last.sent, [{ type: 'ping', id: 1 }]);
});

test('compares the clocks by its pings, and only by those it sent', () => {
  const { clock, sockets, channel } = control();
  sockets.last.open();
  const sent = clock.now();
  clock.advance(10);
  sockets.last.say({ type: 'pong', id: 99, time: 1 });
  assert.equal(channel.serverClock.offsetMillis, null);
  sockets.last.say({ type: 'pong', id: 1, time: (sent + 5 + 2000) * 1000 });
  assert.equal(channel.serverClock.offsetMillis, 2000);
  assert.equal(channel.serverClock.rttMillis, 10);
});

test('a link without messages is given up, although TCP keeps it open', () => {
  const { clock, sockets, heard } = control();
  sockets.last.open();
  clock.advance(15_000);
  assert.ok(heard.includes('down'));
  assert.ok(sockets.made.length >= 2);
});

test('a link that answers is kept', () => {
  const { clock, sockets, heard } = control();
  sockets.last.open();
  for (let second = 0; second < 60; second++) {
    clock.advance(1000);
    sockets.last.say({ type: 'pong', id: sockets.last.sentOf('ping').length, time: 1 });
  }
  assert.deepEqual(heard, []);
  assert.equal(sockets.made.length, 1);
});

test('passes on state, lamps and errors, and reports messages that it does not understand', () => {
  const { sockets, heard } = control();
  sockets.last.open();
  sockets.last.say({ type: 'state' });
  sockets.last.say({ type: 'leds', known: true });
  sockets.last.say({ type: 'error', code: 'forbidden', message: 'no' });
  sockets.last.deliver('not json');
  sockets.last.deliver(new ArrayBuffer(2));
  assert.deepEqual(heard, ['state', 'leds', 'forbidden', 'bad_message', 'bad_message']);
});

test('drops movement on a full line, but never a button', () => {
  const { sockets, channel } = control();
  sockets.last.open();
  sockets.last.bufferedAmount = 1_000_000;
  assert.equal(channel.movePointerTo(0.5, 0.5, 0, false), false);
  assert.equal(channel.movePointerTo(0.5, 0.5, 1, true), true);
  assert.equal(channel.sendKey('KeyA', true), true);
  assert.deepEqual(sockets.last.sentOf('pointer').map(({ buttons }) => buttons), [1]);
});

test('sends nothing while not connected', () => {
  const { channel } = control();
  assert.equal(channel.sendKey('KeyA', true), false);
  assert.equal(channel.releaseAll(), false);
});

test('leaves no timer when closed', () => {
  const { clock, sockets, channel } = control();
  sockets.last.open();
  channel.close();
  assert.equal(clock.timers, 0);
});

function video() {
  const clock = new FakeClock();
  const sockets = fakeWebSockets();
  const frames = [];
  const errors = [];
  const channel = new VideoChannel({ urlOf: () => 'ws://x/video', WebSocket: sockets.WebSocket, clock }, {
    onFrame: ({ sequence }) => frames.push(sequence), onError: ({ code }) => errors.push(code), onProblem: ({ code }) => errors.push(code),
  });
  channel.open();
  return { clock, sockets, frames, errors, channel };
}

test('uses catseye.video.v1 and passes on frames', () => {
  const { sockets, frames, channel } = video();
  sockets.last.open();
  sockets.last.deliver(videoMessage({ sequence: 4 }));
  channel.acknowledge(4);
  assert.equal(sockets.last.protocol, 'catseye.video.v1');
  assert.deepEqual(frames, [4]);
  assert.deepEqual(sockets.last.sent, [{ type: 'ack', sequence: 4 }]);
});

test('a damaged frame is acknowledged, so that the stream does not stall, and reported', () => {
  const { sockets, frames, errors } = video();
  sockets.last.open();
  sockets.last.deliver(videoMessage({ sequence: 8, announced: 100 }));
  sockets.last.deliver(new ArrayBuffer(5));
  assert.deepEqual(frames, []);
  assert.deepEqual(errors, ['bad_picture', 'bad_picture']);
  assert.deepEqual(sockets.last.sent, [{ type: 'ack', sequence: 8 }]);
});

test('counts attempts without a picture, also of sockets that open and close', () => {
  const { clock, sockets, channel } = video();
  for (let attempt = 0; attempt < 3; attempt++) {
    sockets.last.open();
    sockets.last.fail();
    clock.advance(5000);
  }
  assert.equal(channel.attemptsWithoutPicture, 3);
  sockets.last.open();
  sockets.last.deliver(videoMessage());
  assert.equal(channel.attemptsWithoutPicture, 0);
});

test('passes on an error message, and ignores other text', () => {
  const { sockets, errors } = video();
  sockets.last.open();
  sockets.last.say({ type: 'error', code: 'too_many_viewers', message: 'x' });
  sockets.last.deliver('hm');
  assert.deepEqual(errors, ['too_many_viewers']);
});
