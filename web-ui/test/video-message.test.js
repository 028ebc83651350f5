import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VideoMessageError, acknowledgeMessage, parseVideoMessage } from '../protocol/video-message.js';
import { videoMessage } from './fakes/fake-web-socket.js';

test('reads every field of the header, big-endian', () => {
  const frame = parseVideoMessage(videoMessage({ codec: 2, flags: 1, sequence: 0xfffffffe, micros: 1_731_000_000_123_456n, width: 1920, height: 1080, payload: [9, 8] }));
  assert.deepEqual({ ...frame, payload: [...frame.payload] },
    { codec: 2, key: true, sequence: 0xfffffffe, capturedMillis: 1_731_000_000_123.456, width: 1920, height: 1080, payload: [9, 8] });
});

test('reads the very bytes of the contract', () => {
  const hex = '01010100 0000002a 0005f5e1 00000000 0500 02d0 00000001 0000000000000000 ff'.replace(/ /g, '');
  const frame = parseVideoMessage(new Uint8Array(hex.match(/../g).map((byte) => Number.parseInt(byte, 16))).buffer);
  assert.deepEqual([frame.sequence, frame.width, frame.height, frame.key, frame.payload[0]], [42, 1280, 720, true, 255]);
  assert.equal(frame.capturedMillis, Number(0x0005f5e100000000n) / 1000);
});

test('the key flag is bit 0 only', () => {
  assert.equal(parseVideoMessage(videoMessage({ flags: 0xfc })).key, false);
});

test('an empty payload is a frame', () => {
  assert.equal(parseVideoMessage(videoMessage({ payload: [] })).payload.length, 0);
});

for (const bytes of [0, 1, 31]) {
  test(`refuses ${bytes} bytes, with no sequence to acknowledge`, () => {
    assert.throws(() => parseVideoMessage(new ArrayBuffer(bytes)), (error) => error instanceof VideoMessageError && error.sequence === null);
  });
}

test('refuses another version, and names both', () => {
  assert.throws(() => parseVideoMessage(videoMessage({ version: 2 })), ({ problem }) => {
    assert.deepEqual(problem, { code: 'unsupported_version', server: 2, page: 1 });
    return true;
  });
});

for (const announced of [2, 4, 0xffffffff]) {
  test(`refuses a payload of 3 bytes announced as ${announced}, and still reports the sequence`, () => {
    assert.throws(() => parseVideoMessage(videoMessage({ announced, sequence: 5 })), (error) => error.sequence === 5);
  });
}

test('an acknowledgement follows the contract', () => {
  assert.equal(acknowledgeMessage(3), '{"type":"ack","sequence":3}');
});

test('reads the parts before the picture', () => {
  const frame = parseVideoMessage(videoMessage({ flags: 2, payload: [0, 2, 0, 16, 0, 8, 2, 0, 0, 24, 7, 9] }));
  assert.deepEqual([frame.key, frame.parts, [...frame.payload]], [false, [{ top: 16, rows: 8 }, { top: 512, rows: 24 }], [7, 9]]);
  for (const payload of [[], [0], [0, 1, 0, 0, 0], [255, 255, 1, 2, 3, 4]]) {
    assert.throws(() => parseVideoMessage(videoMessage({ flags: 2, payload, sequence: 5 })), (error) => error.sequence === 5);
  }
});
