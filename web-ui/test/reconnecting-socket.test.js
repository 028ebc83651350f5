import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReconnectingSocket } from '../protocol/reconnecting-socket.js';
import { FakeClock } from './fakes/fake-clock.js';
import { fakeWebSockets } from './fakes/fake-web-socket.js';

function setup() {
  const clock = new FakeClock();
  const sockets = fakeWebSockets();
  const events = [];
  const socket = new ReconnectingSocket({ url: 'ws://x/', protocol: 'p', WebSocket: sockets.WebSocket, clock }, {
    onOpen: () => events.push('open'),
    onMessage: (data) => events.push(data),
    onDown: ({ opened, failures }) => events.push(`down ${opened} ${failures}`),
  });
  socket.open();
  return { clock, sockets, events, socket };
}

test('asks for the subprotocol and for array buffers', () => {
  const { sockets } = setup();
  assert.equal(sockets.last.protocol, 'p');
  assert.equal(sockets.last.binaryType, 'arraybuffer');
});

test('comes back after a loss, between a quarter of a second and five seconds', () => {
  const { clock, sockets, socket } = setup();
  const waits = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    sockets.last.fail();
    assert.equal(socket.state, 'waiting');
    waits.push(socket.retryAt - clock.now());
    const before = sockets.made.length;
    clock.advance(waits[attempt] - 1);
    assert.equal(sockets.made.length, before, 'not too early');
    clock.advance(1);
    assert.equal(sockets.made.length, before + 1, 'one attempt, not more');
  }
  assert.ok(Math.min(...waits) >= 250);
  assert.ok(Math.max(...waits) <= 5000);
  assert.ok(waits[8] > waits[1]);
});

test('a door that opens and slams does not reset the wait', () => {
  const { clock, sockets, socket } = setup();
  for (let attempt = 0; attempt < 8; attempt++) {
    sockets.last.open();
    sockets.last.deliver('hello');
    sockets.last.fail();
    clock.advance(socket.retryAt - clock.now());
  }
  sockets.last.fail();
  assert.ok(socket.retryAt - clock.now() > 2000);
});

test('a connection that held starts over with a short wait', () => {
  const { clock, sockets, socket } = setup();
  for (let attempt = 0; attempt < 6; attempt++) {
    sockets.last.fail();
    clock.advance(socket.retryAt - clock.now());
  }
  sockets.last.open();
  clock.advance(3000);
  sockets.last.fail();
  assert.equal(socket.retryAt - clock.now(), 250);
});

test('a socket that never opens is given up', () => {
  const { clock, sockets, events } = setup();
  clock.advance(8000);
  assert.deepEqual(events, ['down false 1']);
  assert.equal(sockets.made[0].closeCalls, 1);
});

test('messages of a socket that was given up are ignored', () => {
  const { clock, sockets, events } = setup();
  clock.advance(9000);
  const [first, second] = sockets.made;
  second.open();
  events.length = 0;
  first.open();
  first.deliver('late');
  first.fail();
  assert.deepEqual(events, []);
  second.deliver('timely');
  assert.deepEqual(events, ['timely']);
});

test('close twice and error twice are one loss', () => {
  const { sockets, events, clock } = setup();
  const [first] = sockets.made;
  first.fail();
  first.fail();
  assert.deepEqual(events, ['down false 1']);
  clock.advance(300);
  assert.equal(sockets.made.length, 2);
});

test('a constructor that throws is a loss like any other', () => {
  const clock = new FakeClock();
  const sockets = fakeWebSockets();
  sockets.mood.constructorThrows = true;
  const socket = new ReconnectingSocket({ url: 'x', protocol: 'p', WebSocket: sockets.WebSocket, clock }, {});
  socket.open();
  assert.equal(socket.state, 'waiting');
  sockets.mood.constructorThrows = false;
  clock.advance(5000);
  sockets.last.open();
  assert.equal(socket.state, 'open');
});

test('after close nothing happens any more, and no timer is left', () => {
  const { clock, sockets, socket, events } = setup();
  sockets.last.open();
  socket.close();
  sockets.last.fail();
  clock.advance(60_000);
  assert.deepEqual(events, ['open']);
  assert.equal(sockets.made.length, 1);
  assert.equal(clock.timers, 0);
});

test('closing from within onDown is respected', () => {
  const clock = new FakeClock();
  const sockets = fakeWebSockets();
  const socket = new ReconnectingSocket({ url: 'x', protocol: 'p', WebSocket: sockets.WebSocket, clock }, { onDown: () => socket.close() });
  socket.open();
  sockets.last.fail();
  clock.advance(60_000);
  assert.equal(sockets.made.length, 1);
});

test('does not send into a socket that is not open', () => {
  const { sockets, socket } = setup();
  assert.equal(socket.sendText('{}'), false);
  sockets.last.open();
  assert.equal(socket.sendText('{"type":"x"}'), true);
  sockets.last.close(); // closing, but the event has not arrived yet
  assert.equal(socket.sendText('{}'), false);
});

test('retryNow does not wait, and does not double', () => {
  const { clock, sockets, socket } = setup();
  sockets.last.fail();
  socket.retryNow();
  socket.retryNow();
  clock.advance(1000);
  assert.equal(sockets.made.length, 2);
});
