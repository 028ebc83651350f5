import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MjpegStream } from '../protocol/mjpeg-stream.js';
import { PartReader } from '../protocol/part-reader.js';
import { FakeClock } from './fakes/fake-clock.js';

const settle = () => new Promise((resolve) => setImmediate(resolve));
const bytes = (text) => new TextEncoder().encode(text);
const text = (data) => new TextDecoder().decode(data);
const part = (body, seconds = '1700000000.250000') => `Content-Type: image/jpeg\r\nContent-Length: ${body.length}\r\nX-Timestamp: ${seconds}\r\n\r\n${body}\r\n--frame\r\n`;

test('a part is complete with its last byte, however the bytes arrive', () => {
  const stream = bytes(`--frame\r\n${part('first\r\n\r\n--frame')}${part('')}${part('third')}`);
  for (const size of [1, 2, 3, 7, 64, 1000]) {
    const reader = new PartReader();
    const parts = [];
    for (let at = 0; at < stream.length; at += size) parts.push(...reader.addBytes(stream.subarray(at, at + size)));
    assert.deepEqual(parts.map(({ body }) => text(body)), ['first\r\n\r\n--frame', '', 'third'], `${size} bytes at once`);
    assert.equal(parts[0].headers.get('x-timestamp'), '1700000000.250000');
  }
  const reader = new PartReader();
  const end = part('last');
  assert.equal(reader.addBytes(bytes(end.slice(0, end.indexOf('last') + 3))).length, 0);
  assert.equal(reader.addBytes(bytes('t')).length, 1, 'no boundary is needed');
});

test('a stream of something else is refused before it fills the memory', () => {
  const without = () => new PartReader().addBytes(bytes('--frame\r\nContent-Type: image/jpeg\r\n\r\n'));
  assert.throws(without, /length ''/);
  for (const length of ['-1', '1e9', '99999999', '0x10', '12345678901']) {
    assert.throws(() => new PartReader().addBytes(bytes(`--frame\r\nContent-Length: ${length}\r\n\r\n`)), /length/, length);
  }
  const endless = new PartReader();
  assert.throws(() => { for (let chunk = 0; chunk < 100; chunk++) endless.addBytes(new Uint8Array(1000)); }, /No part begins/);
});

/** A stream whose server the test is. */
function stream() {
  const clock = new FakeClock();
  const requests = [];
  const log = [];
  const api = {
    openMjpeg: (id, signal) => new Promise((resolve, reject) => {
      const request = { id, signal, refuse: () => reject(new Error('refused')) };
      const body = new ReadableStream({ start: (controller) => { request.controller = controller; } });
      request.answer = () => resolve(body);
      request.send = (data) => request.controller.enqueue(bytes(data));
      signal.addEventListener('abort', () => { try { request.controller.error(new Error('aborted')); } catch { /* it has ended */ } });
      requests.push(request);
    }),
  };
  const made = new MjpegStream({ id: 'rack 1', api, clock }, {
    onFrame: ({ sequence, capturedMillis, payload }) => log.push(`${sequence} ${text(payload)} ${capturedMillis}`),
    onChange: () => log.push(made.shown ? 'shown' : 'not shown'),
  });
  return { stream: made, clock, requests, log };
}

test('a stream that ends, fails or is damaged is opened again after 2 s, and its connection is closed', async () => {
  const { stream: own, clock, requests, log } = stream();
  own.open();
  own.open();
  assert.equal(requests.length, 1);
  const faults = [(request) => request.refuse(), (request) => request.controller.close(), (request) => request.controller.error(new Error('lost')), (request) => request.send('--frame\r\nno length\r\n\r\n')];
  for (const [index, fault] of faults.entries()) {
    const request = requests[index];
    if (index > 0) {
      request.answer();
      request.send(`--frame\r\n${part(`p${index}`)}`);
      await settle();
      assert.equal(own.shown, true);
    }
    fault(request);
    await settle();
    assert.equal(own.shown, false);
    assert.equal(request.signal.aborted, true);
    clock.advance(1999);
    assert.equal(requests.length, index + 1);
    clock.advance(1);
    assert.equal(requests.length, index + 2);
  }
  assert.deepEqual(log, [1, 2, 3].flatMap((index) => ['shown', `${index} p${index} 1700000000250`, 'not shown']));
});

test('a closed stream ends its connection, delivers nothing and is not opened again', async () => {
  const { stream: own, clock, requests, log } = stream();
  own.open();
  requests[0].answer();
  requests[0].send(`--frame\r\n${part('a')}`);
  await settle();
  own.close();
  assert.equal(requests[0].signal.aborted, true);
  await settle();
  clock.advance(60_000);
  assert.deepEqual([requests.length, clock.timers], [1, 0]);
  own.open();
  own.close();
  requests[1].answer();
  await settle();
  clock.advance(60_000);
  assert.equal(requests.length, 2);
  assert.deepEqual(log, ['shown', '1 a 1700000000250', 'not shown']);
});

test('a connection that is replaced leaves the new one alone', async () => {
  const { stream: own, clock, requests } = stream();
  own.open();
  requests[0].answer();
  await settle();
  own.reopen();
  requests[1].answer();
  requests[1].send(`--frame\r\n${part('b')}`);
  await settle();
  clock.advance(10_000);
  assert.deepEqual([requests.length, own.shown], [2, true]);
});
