import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codecName, createDecoder, chooseH264Decoder, shownCodecs } from '../video/decoders.js';
import { FramePump } from '../video/frame-pump.js';
import { FrameStats } from '../video/frame-stats.js';
import { JpegDecoder } from '../video/jpeg-decoder.js';
import { PagePause } from '../video/page-pause.js';
import { FakeClock } from './fakes/fake-clock.js';
import { FakeElement, fire } from './fakes/fake-events.js';

const settle = () => new Promise((resolve) => setImmediate(resolve));
const frame = (sequence, codec = 1) => ({ sequence, codec, key: true, capturedMillis: 0, width: 1, height: 1, payload: new Uint8Array(1) });
const drawing = (sequence) => ({ ...frame(sequence, 3), key: false, payload: new Uint8Array([sequence]) });

/** A decoder that finishes on demand, and counts the pictures that were not closed. */
function pump() {
  const log = [];
  const decoding = [];
  const open = new Set();
  const decoder = {
    name: 'fake',
    decode: ({ sequence }) => new Promise((resolve, reject) => {
      const picture = { sequence, close: () => open.delete(picture) };
      decoding.push({ sequence, done: () => { open.add(picture); resolve(picture); }, fail: () => reject(new Error('damaged')) });
    }),
  };
  const made = new FramePump({
    draw: ({ sequence }) => log.push(`draw ${sequence}`), acknowledge: (sequence) => log.push(`ack ${sequence}`),
    drawSteps: ([sequence]) => {
      if (sequence === 99) throw new Error('damaged');
      log.push(`steps ${sequence}`);
    },
    requestPicture: () => log.push('request'),
    onProblem: ({ code }) => log.push(code),
  }, (codec) => (codec === 1 ? decoder : null));
  return { pump: made, log, decoding, open };
}

test('a frame is drawn, then acknowledged, and its picture closed', async () => {
  const { pump: own, log, decoding, open } = pump();
  own.offerFrame(frame(1));
  assert.deepEqual(log, []);
  decoding[0].done();
  await settle();
  assert.deepEqual(log, ['draw 1', 'ack 1']);
  assert.equal(open.size, 0);
});

test('one is decoded at a time; of the waiting the newest stays and the others are acknowledged at once', async () => {
  const { pump: own, log, decoding } = pump();
  for (const sequence of [1, 2, 3, 4]) own.offerFrame(frame(sequence));
  assert.equal(decoding.length, 1);
  assert.deepEqual(log, ['ack 2', 'ack 3']);
  decoding[0].done();
  await settle();
  assert.equal(decoding[1].sequence, 4);
  decoding[1].done();
  await settle();
  assert.deepEqual(log, ['ack 2', 'ack 3', 'draw 1', 'ack 1', 'draw 4', 'ack 4']);
});

test('changes in parts are all drawn after their picture, until there is a new whole one', async () => {
  const { pump: own, log, decoding } = pump();
  const part = (sequence) => ({ ...frame(sequence), parts: [{ top: 0, rows: 8 }] });
  own.offerFrame(frame(1));
  own.offerFrame(frame(2));
  own.offerFrame(part(3));
  assert.deepEqual(log, []);
  for (const at of [0, 1, 2]) {
    decoding[at].done();
    await settle();
  }
  assert.deepEqual(log, ['draw 1', 'ack 1', 'draw 2', 'ack 2', 'draw 3', 'ack 3']);
  own.offerFrame(part(4));
  own.offerFrame(part(5));
  own.offerFrame(frame(6));
  assert.deepEqual(log.slice(6), ['ack 5']);
});

test('drawings are drawn at once, or after the picture that is being decoded, until there is a new one', async () => {
  const { pump: own, log, decoding } = pump();
  own.offerFrame(frame(1));
  own.offerFrame(drawing(2));
  own.offerFrame(drawing(3));
  assert.deepEqual(log, []);
  decoding[0].done();
  await settle();
  assert.deepEqual(log, ['draw 1', 'ack 1', 'steps 2', 'ack 2', 'steps 3', 'ack 3']);
  own.offerFrame(drawing(4));
  assert.deepEqual(log.slice(6), ['steps 4', 'ack 4'], 'without waiting');
  own.offerFrame(frame(5));
  own.offerFrame(drawing(6));
  own.offerFrame(frame(7));
  assert.deepEqual(log.slice(8), ['ack 6']);
  own.reset();
  decoding[1].done();
  await settle();
  assert.deepEqual(log.slice(9), []);
});

test('a damaged drawing is reported and acknowledged', () => {
  const { pump: own, log } = pump();
  own.offerFrame(drawing(99));
  assert.deepEqual(log, ['bad_picture', 'ack 99']);
});

test('changes of a damaged picture are left out until there is a whole one, which is requested', async () => {
  const { pump: own, log, decoding } = pump();
  const part = (sequence) => ({ ...frame(sequence), parts: [{ top: 0, rows: 8 }] });
  own.offerFrame(frame(1));
  own.offerFrame(drawing(2));
  decoding[0].fail();
  await settle();
  own.offerFrame(part(3));
  assert.deepEqual(log.splice(0), ['bad_picture', 'ack 1', 'ack 2', 'request', 'ack 3', 'request'], 'the problem stays');
  own.offerFrame(frame(4));
  own.offerFrame(drawing(5));
  decoding[1].done();
  await settle();
  assert.deepEqual(log.splice(0), ['draw 4', 'ack 4', 'steps 5', 'ack 5']);
  own.offerFrame(drawing(99));
  own.offerFrame(drawing(6));
  assert.deepEqual(log.splice(0), ['bad_picture', 'ack 99', 'ack 6', 'request']);
  own.reset();
  own.offerFrame(drawing(7));
  assert.deepEqual(log, ['steps 7', 'ack 7'], 'another connection');
});

test('every frame is acknowledged exactly once, whatever becomes of it', async () => {
  const { pump: own, log, decoding } = pump();
  for (let sequence = 1; sequence <= 40; sequence++) {
    own.offerFrame(frame(sequence, sequence % 9 === 0 ? 2 : 1));
    if (sequence % 3 === 0) decoding.at(-1)?.[sequence % 2 ? 'done' : 'fail']();
    await settle();
  }
  for (let rest = 0; rest < 5; rest++) {
    decoding.at(-1).done();
    await settle();
  }
  const acked = log.filter((entry) => entry.startsWith('ack')).map((entry) => Number(entry.slice(4))).sort((a, b) => a - b);
  assert.deepEqual(acked, Array.from({ length: 40 }, (_, index) => index + 1));
});

test('damaged pictures are acknowledged, reported once, and reported again after a good one', async () => {
  const { pump: own, log, decoding } = pump();
  for (const [sequence, how] of [[1, 'fail'], [2, 'fail'], [3, 'done'], [4, 'fail']]) {
    own.offerFrame(frame(sequence));
    decoding.at(-1)[how]();
    await settle();
  }
  assert.deepEqual(log, ['bad_picture', 'ack 1', 'ack 2', 'draw 3', 'ack 3', 'bad_picture', 'ack 4']);
});

test('an unknown codec is reported, and does not stall the stream', async () => {
  const { pump: own, log, decoding } = pump();
  own.offerFrame(frame(1, 2));
  await settle();
  own.offerFrame(frame(2, 1));
  decoding[0].done();
  await settle();
  assert.deepEqual(log, ['unknown_codec', 'ack 1', 'draw 2', 'ack 2']);
});

test('what was being decoded when the connection went is neither drawn nor acknowledged, but closed', async () => {
  const { pump: own, log, decoding, open } = pump();
  own.offerFrame(frame(1));
  own.offerFrame(frame(2));
  own.reset();
  decoding[0].done();
  await settle();
  assert.deepEqual(log, []);
  assert.equal(open.size, 0);
  own.offerFrame(frame(3));
  decoding[1].done();
  await settle();
  assert.deepEqual(log, ['draw 3', 'ack 3']);
});

test('the JPEG decoder gets the payload as a JPEG', async () => {
  let blob;
  await new JpegDecoder(async (given) => { blob = given; }).decode({ ...frame(1), payload: new Uint8Array([5, 6]) });
  assert.equal(blob.type, 'image/jpeg');
  assert.deepEqual([...new Uint8Array(await blob.arrayBuffer())], [5, 6]);
});

test('codecs have names, also those that cannot be shown', () => {
  assert.ok(createDecoder(1, () => {}));
  assert.equal(createDecoder(2, () => {}), null, 'no browser here');
  assert.deepEqual([codecName(1), codecName(2), codecName(77)], ['JPEG', 'H.264', null]);
});

test('H.264 is asked for where the browser really has it, and JPEG elsewhere', async () => {
  const codecs = (supported) => ({ VideoDecoder: class { static async isConfigSupported() { return { supported }; } }, EncodedVideoChunk: class {} });
  const MediaSource = (supported) => ({ MediaSource: { isTypeSupported: () => supported } });
  assert.equal((await chooseH264Decoder(codecs(true)))?.name, 'H264Decoder');
  assert.equal((await chooseH264Decoder({ ...codecs(false), ...MediaSource(true) }))?.name, 'MseDecoder', 'WebCodecs without the codec');
  assert.equal((await chooseH264Decoder(MediaSource(true)))?.name, 'MseDecoder', 'plain http');
  assert.equal(await chooseH264Decoder({ ...codecs(false), ...MediaSource(false) }), null);
  assert.equal(await chooseH264Decoder({}), null);
  const thrown = { VideoDecoder: class { static isConfigSupported() { throw new TypeError('what?'); } }, EncodedVideoChunk: class {} };
  assert.equal(await chooseH264Decoder(thrown), null);
  assert.equal(shownCodecs, 'jpeg', 'nothing in node');
});

test('figures: pictures per second over two seconds, the median of the latencies', () => {
  const stats = new FrameStats();
  assert.equal(stats.framesPerSecond(0), 0);
  assert.equal(stats.latencyMillis, null);
  stats.addDrawn(0, 26_000);
  assert.equal(stats.latencyMillis, null, 'the first picture may have waited for a viewer');
  for (let index = 0; index <= 60; index++) stats.addDrawn(index * 50, index === 60 ? 900 : 20);
  assert.equal(Math.round(stats.framesPerSecond(3000)), 20);
  assert.equal(stats.latencyMillis, 20);
  assert.equal(stats.framesPerSecond(10_000), 0, 'a frozen picture has no rate');
});

test('a page pauses after a while in the background, and resumes at once', () => {
  const clock = new FakeClock();
  const document = new FakeElement();
  const log = [];
  new PagePause({ document, afterMillis: 1000, clock }, (paused) => log.push(paused));
  const look = (state) => {
    document.visibilityState = state;
    fire(document, 'visibilitychange');
  };
  look('hidden');
  clock.advance(999);
  look('visible');
  clock.advance(5000);
  assert.deepEqual(log, [], 'a short absence is none');
  look('hidden');
  clock.advance(1000);
  look('visible');
  assert.deepEqual(log, [true, false]);
});
