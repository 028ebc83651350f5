import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpError } from '../public/http.js';
import { TargetLink } from '../protocol/target-link.js';
import { FakeClock } from './fakes/fake-clock.js';
import { fakeWebSockets, videoMessage } from './fakes/fake-web-socket.js';

const settle = () => new Promise((resolve) => setImmediate(resolve));
const TARGET = { id: 'rack 1', label: 'Rack', video: { state: 'LIVE' }, hid: { state: 'READY' } };

function setup() {
  const clock = new FakeClock();
  const sockets = fakeWebSockets();
  const calls = { loggedOut: 0, frames: [], states: [], controlLost: 0, session: 0, silent: 0, plain: 0 };
  const api = {
    readSession: async () => {
      calls.session += 1;
      return { user: 'admin', permissions: [] };
    },
    listTargets: async () => [TARGET],
    openMjpeg: async (id, signal) => {
      const body = new ReadableStream({ start: (controller) => { api.plain = { id, signal, controller }; } });
      signal.addEventListener('abort', () => api.plain.controller.error(new Error('aborted')), { once: true });
      calls.plain += 1;
      return body;
    },
  };
  const link = new TargetLink({ id: 'rack 1', origin: 'https://kvm:8443', api, WebSocket: sockets.WebSocket, clock }, {
    onFrame: (frame) => calls.frames.push(frame.sequence), onState: (state) => calls.states.push(state), onLeds: () => {}, onError: () => {}, onChange: () => {},
    onSilent: () => { calls.silent += 1; },
    onControlLost: () => { calls.controlLost += 1; }, onLoggedOut: () => { calls.loggedOut += 1; }, onTargets: () => {},
  });
  link.open();
  const open = (kind) => sockets.made.filter(({ url }) => url.endsWith(kind)).at(-1);
  return { clock, sockets, calls, api, link, open };
}

/** Lets the video socket fail so many times. */
async function failVideo({ open, clock }, times) {
  for (let attempt = 0; attempt < times; attempt++) {
    open('/video').fail();
    await settle();
    clock.advance(5000);
  }
}

test('opens both sockets of the target, encoded, with the scheme of the page', () => {
  const { sockets } = setup();
  assert.deepEqual(sockets.made.map(({ url }) => url).sort(), ['wss://kvm:8443/api/v1/targets/rack%201/control', 'wss://kvm:8443/api/v1/targets/rack%201/video']);
});

test('a loss while logged out leads to the login, once, and ends all attempts', async () => {
  const { clock, sockets, calls, api, open } = setup();
  api.readSession = async () => null;
  open('/video').fail();
  open('/control').fail();
  await settle();
  clock.advance(60_000);
  await settle();
  assert.equal(calls.loggedOut, 1);
  assert.equal(sockets.made.length, 2);
  assert.equal(clock.timers, 0);
});

test('both sockets lost at once ask the server once', async () => {
  const { calls, open } = setup();
  open('/video').fail();
  open('/control').fail();
  await settle();
  assert.equal(calls.session, 1);
});

test('comes back after a restart of the server', async () => {
  const { clock, calls, api, open } = setup();
  open('/control').open();
  open('/video').open();
  api.readSession = async () => { throw new HttpError(0, 'unreachable', 'x'); };
  open('/control').fail();
  open('/video').fail();
  await settle();
  assert.equal(calls.controlLost, 1);
  clock.advance(6000);
  open('/video').open();
  open('/video').deliver(videoMessage({ sequence: 9 }));
  assert.deepEqual(calls.frames, [9]);
});

test('takes the plain stream when the video socket fails three times while HTTP works', async () => {
  const parts = setup();
  await failVideo(parts, 2);
  assert.equal(parts.link.fallback, false);
  await failVideo(parts, 1);
  assert.equal(parts.link.fallback, true);
});

test('returns to the socket with its first picture', async () => {
  const parts = setup();
  await failVideo(parts, 3);
  parts.open('/video').open();
  assert.equal(parts.link.fallback, true, 'open is not yet a picture');
  parts.open('/video').deliver(videoMessage());
  assert.equal(parts.link.fallback, false);
});

test('does not take the plain stream while HTTP does not work either', async () => {
  const parts = setup();
  parts.api.readSession = async () => { throw new HttpError(0, 'unreachable', 'x'); };
  await failVideo(parts, 6);
  assert.equal(parts.link.fallback, false);
  assert.equal(parts.link.reachable, false);
});

test('does not take the plain stream of a target that the server does not have', async () => {
  const parts = setup();
  parts.api.listTargets = async () => [];
  await failVideo(parts, 6);
  assert.equal(parts.link.fallback, false);
});

test('with WebSockets blocked, the state is asked for', async () => {
  const parts = setup();
  await failVideo(parts, 3);
  parts.clock.advance(3000);
  await settle();
  assert.equal(parts.calls.states.at(-1)?.label, 'Rack');
});

test('a pause closes the video only; going on opens it again', () => {
  const { link, open, sockets } = setup();
  open('/control').open();
  open('/video').open();
  link.setPaused(true);
  assert.equal(open('/video').closeCalls, 1);
  assert.equal(open('/control').closeCalls, 0);
  link.setPaused(false);
  assert.equal(sockets.made.filter(({ url }) => url.endsWith('/video')).length, 2);
});

test('an answer that comes after close changes nothing', async () => {
  const { calls, api, link, open, clock } = setup();
  let answer;
  api.readSession = () => new Promise((resolve) => { answer = resolve; });
  open('/video').fail();
  link.close();
  answer(null);
  await settle();
  assert.equal(calls.loggedOut, 0);
  assert.equal(clock.timers, 0);
});

/** Both sockets are open, and each ping is answered after some time until the server is frozen. */
function connected(roundTripMillis) {
  const parts = setup();
  const { clock, open } = parts;
  open('/control').open();
  open('/video').open();
  open('/video').deliver(videoMessage());
  const server = { frozen: false };
  let answered = 0;
  parts.pass = (millis) => {
    for (const end = clock.now() + millis; clock.now() < end; clock.advance(50)) {
      const socket = open('/control');
      const pings = socket.sentOf('ping');
      for (; answered < pings.length; answered++) {
        const { id } = pings[answered];
        clock.setTimeout(() => server.frozen || socket.say({ type: 'pong', id, time: 1 }), roundTripMillis());
      }
    }
  };
  return { ...parts, server };
}

test('a server that stops is noticed within 2 s, with a still picture too, and what is held is released', () => {
  const { link, calls, server, open, pass } = connected(() => 400);
  pass(5000);
  assert.equal(link.silent, false);
  server.frozen = true;
  pass(2000);
  assert.equal(link.silent, true);
  assert.equal(calls.silent, 1);
  assert.deepEqual(open('/control').sentOf('releaseAll').length, 1);
  server.frozen = false;
  pass(1000);
  assert.equal(link.silent, false);
});

test('slow and unsteady round trips are not taken for silence', () => {
  let seed = 7;
  const { link, calls, pass } = connected(() => 150 + (seed = (seed * 48271) % 2147483647) % 500);
  for (let minute = 0; minute < 10; minute++) pass(60_000);
  assert.equal(calls.silent, 0);
  assert.equal(link.silent, false);
});

test('a connection that stays silent is given up with both sockets, so that none looks alive', () => {
  const { link, open, server, pass, clock } = connected(() => 20);
  pass(2000);
  server.frozen = true;
  const video = open('/video');
  pass(9000);
  assert.equal(video.closeCalls, 1);
  assert.notEqual(link.video.state, 'open');
  assert.notEqual(link.control.state, 'open');
  assert.ok(clock.now() - link.lastSignAt > 8000, 'the age of the picture goes on');
});

test('pictures are a sign of life while the control socket is down', () => {
  const { link, open, clock } = connected(() => 20);
  open('/control').fail();
  for (let frame = 0; frame < 20; frame++) {
    clock.advance(500);
    open('/video').deliver(videoMessage({ sequence: 8 + frame }));
  }
  assert.equal(link.silent, false);
});

test('over plain HTTP the answers are the signs of life', async () => {
  const parts = setup();
  await failVideo(parts, 3);
  for (let step = 0; step < 40; step++) {
    parts.clock.advance(100);
    await settle();
  }
  assert.equal(parts.link.silent, false);
  parts.api.listTargets = () => new Promise(() => {});
  parts.clock.advance(2500);
  assert.equal(parts.link.silent, true);
});

/** The video socket has failed, and the plain stream brings 20 frames a second until they are held; the server reports this rate. */
async function plainlyFlowing({ control }) {
  const parts = setup();
  const { api, clock } = parts;
  if (control) parts.open('/control').open();
  api.listTargets = async () => [{ ...TARGET, video: { state: 'LIVE', fps: 20 } }];
  await failVideo(parts, 3);
  const say = () => parts.open('/control').say({ type: 'state', target: 'rack 1', label: 'Rack', video: { state: 'LIVE', fps: 20 }, hid: { state: 'READY' } });
  if (control) say();
  const flow = { held: false };
  let answered = 0;
  const play = async (millis) => {
    for (let at = 0; at < millis; at += 50) {
      const { signal, controller } = api.plain;
      if (!flow.held && !signal.aborted) controller.enqueue(new TextEncoder().encode('--frame\r\nContent-Length: 1\r\nX-Timestamp: 1\r\n\r\nx\r\n'));
      for (const { id } of control ? parts.open('/control').sentOf('ping').slice(answered) : []) {
        answered += 1;
        parts.open('/control').say({ type: 'pong', id, time: 1 });
      }
      clock.advance(50);
      await settle();
    }
  };
  await play(3000);
  return { ...parts, flow, play };
}

test('frames of the plain stream are not acknowledged to a socket, which may be open again', async () => {
  const { link, calls, open, play } = await plainlyFlowing({ control: true });
  assert.equal(link.pictureSource, 'http');
  assert.ok(calls.frames.length > 40);
  open('/video').open();
  link.acknowledge(calls.frames.at(-1));
  assert.deepEqual(open('/video').sent, []);
  open('/video').deliver(videoMessage({ sequence: 7 }));
  assert.equal(link.pictureSource, 'socket');
  link.acknowledge(7);
  assert.equal(open('/video').sent.length, 1);
  const before = calls.frames.length;
  await play(200);
  assert.equal(calls.frames.length, before, 'the plain stream has ended');
});

for (const control of [true, false]) {
  test(`a plain stream that is dead alone is noticed within 2.6 s, and replaced, ${control ? 'with' : 'without'} the control socket`, async () => {
    const { link, calls, flow, play } = await plainlyFlowing({ control });
    const before = calls.silent;
    await play(20_000);
    assert.deepEqual([link.pictureSilent, calls.silent, calls.plain], [false, before, 1]);
    flow.held = true;
    await play(1700);
    assert.equal(link.pictureSilent, false);
    await play(900);
    assert.equal(link.pictureSilent, true);
    assert.equal(link.silent, false, 'the server answers');
    flow.held = false;
    await play(100);
    assert.equal(link.pictureSilent, false);
    flow.held = true;
    await play(8000);
    assert.equal(calls.plain, 2);
  });
}

test('a pause ends the plain stream, and so does the end of the link', async () => {
  for (const end of [(link) => link.setPaused(true), (link) => link.close()]) {
    const { link, api, calls, play } = await plainlyFlowing({ control: false });
    end(link);
    await play(10_000);
    assert.deepEqual([api.plain.signal.aborted, link.pictureSource, calls.plain], [true, '', 1]);
  }
});

/** Frames arrive 20 times a second until they are held up; the server reports this rate. */
function flowing(stateChange = {}) {
  const parts = connected(() => 20);
  const { clock, open } = parts;
  const flow = { held: false };
  const say = (fps) => open('/control').say({ type: 'state', target: 'rack 1', label: 'Rack', video: { state: 'LIVE', fps, ...stateChange }, hid: { state: 'READY' } });
  let sequence = 100;
  const play = (millis) => {
    for (let at = 0; at < millis; at += 50) {
      if (!flow.held && open('/video').readyState === 1) open('/video').deliver(videoMessage({ sequence: sequence++ }));
      parts.pass(50);
    }
  };
  say(20);
  play(3000);
  return { ...parts, flow, say, play, clock };
}

test('a video connection that is dead alone is noticed within 2.1 s, and what is held is released', () => {
  const { link, flow, play, calls, clock } = flowing();
  assert.equal(link.pictureSilent, false);
  flow.held = true;
  const last = clock.now() - 50;
  play(1800);
  assert.equal(link.pictureSilent, false);
  play(300);
  assert.equal(link.pictureSilent, true);
  assert.equal(link.silent, false, 'the server answers');
  assert.equal(calls.silent, 1);
  assert.ok(Math.abs(link.lastSignAt - last) <= 50, 'the age is that of the picture');
  flow.held = false;
  play(100);
  assert.equal(link.pictureSilent, false);
});

test('a picture that stands still at the server is no dead connection, but a missed one stays missing', () => {
  const { link, flow, play, say } = flowing();
  flow.held = true;
  play(1300);
  say(1);
  play(20_000);
  assert.equal(link.pictureSilent, false);
  say(20);
  play(2100);
  assert.equal(link.pictureSilent, true);
  say(0);
  play(1000);
  assert.equal(link.pictureSilent, true);
});

test('a dead video connection is replaced', () => {
  const { link, flow, play, open } = flowing();
  const video = open('/video');
  flow.held = true;
  play(7500);
  assert.equal(video.closeCalls, 1);
  play(5000);
  assert.notEqual(open('/video'), video);
  open('/video').open();
  flow.held = false;
  play(2500);
  assert.equal(link.pictureSilent, false);
  assert.equal(link.fallback, false);
});

test('a picture that the server reports as frozen is not expected', () => {
  const { link, flow, play } = flowing({ stale: true });
  flow.held = true;
  play(20_000);
  assert.equal(link.pictureSilent, false);
});

test('a whole picture is requested by a new connection, but not again at once', () => {
  const { clock, sockets, link, open } = setup();
  open('/control').open();
  open('/video').open();
  link.requestPicture();
  assert.equal(sockets.made.filter(({ url }) => url.endsWith('/video')).length, 2);
  open('/video').open();
  link.requestPicture();
  assert.equal(sockets.made.filter(({ url }) => url.endsWith('/video')).length, 2);
  clock.advance(5000);
  link.requestPicture();
  assert.equal(sockets.made.filter(({ url }) => url.endsWith('/video')).length, 3);
  link.close();
});
