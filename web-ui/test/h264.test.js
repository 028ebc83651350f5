import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isKeyFrame, lengthPrefixed, parameterSets, sameParameters, splitUnits } from '../protocol/h264.js';
import { initSegment, mediaSegment } from '../video/fragments.js';
import { FramePump } from '../video/frame-pump.js';
import { H264Decoder } from '../video/h264-decoder.js';
import { MseDecoder } from '../video/mse-decoder.js';

const SPS = [0x67, 0x42, 0xc0, 0x28, 0xda];
const PPS = [0x68, 0xce, 0x38, 0x80];
const bytes = (...parts) => new Uint8Array(parts.flat());
const KEY = bytes([0, 0, 0, 1, 9, 0x10], [0, 0, 0, 1], SPS, [0, 0, 1], PPS, [0, 0, 1, 0x65, 0x88, 0, 0, 3, 1, 9, 0, 0]);
const DELTA = bytes([0, 0, 0, 1, 9, 0x30, 0, 0, 1, 0x41, 0x9a, 7]);
const settle = () => new Promise((resolve) => setImmediate(resolve));
const frame = (sequence, key, payload = key ? KEY : DELTA) => ({ sequence, codec: 2, key, capturedMillis: sequence * 33, width: 64, height: 48, payload });

test('an access unit is cut at its start codes, long or short, without what fills up', () => {
  assert.deepEqual(splitUnits(KEY).map((unit) => [...unit]), [[9, 0x10], SPS, PPS.slice(0, 4), [0x65, 0x88, 0, 0, 3, 1, 9]]);
  assert.deepEqual(splitUnits(bytes(1, 2, 3)), []);
  assert.deepEqual(splitUnits(bytes(0, 0, 1)), []);
  assert.ok(isKeyFrame(KEY));
  assert.ok(!isKeyFrame(DELTA));
});

test('the parameter sets of a key frame give the codec its name', () => {
  const sets = parameterSets(KEY);
  assert.equal(sets.codec, 'avc1.42C028');
  assert.ok(sameParameters(sets, parameterSets(KEY)));
  assert.ok(!sameParameters(sets, { ...sets, sps: bytes(SPS, 1) }));
  assert.ok(!sameParameters(sets, null));
  assert.equal(parameterSets(DELTA), null);
});

test('for MP4 units stand behind their lengths, parameter sets and delimiter left out', () => {
  assert.deepEqual([...lengthPrefixed(KEY)], [0, 0, 0, 7, 0x65, 0x88, 0, 0, 3, 1, 9]);
});

/** The boxes of an MP4 as `type` or `type(inner ...)`; throws where sizes do not fit. */
function boxes(data) {
  const inner = ['moov', 'trak', 'mdia', 'minf', 'dinf', 'stbl', 'mvex', 'moof', 'traf'];
  const names = [];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at < data.length;) {
    const size = view.getUint32(at);
    assert.ok(size >= 8 && at + size <= data.length, `size ${size} at ${at} of ${data.length}`);
    const type = String.fromCharCode(...data.subarray(at + 4, at + 8));
    names.push(inner.includes(type) ? `${type}(${boxes(data.subarray(at + 8, at + size))})` : type);
    at += size;
  }
  return names.join(' ');
}

test('the head and the fragments are whole MP4', () => {
  assert.equal(boxes(initSegment({ ...parameterSets(KEY), width: 64, height: 48 })),
    'ftyp moov(mvhd trak(tkhd mdia(mdhd hdlr minf(vmhd dinf(dref) stbl(stsd stts stsc stsz stco)))) mvex(trex))');
  const segment = mediaSegment({ number: 3, time: 2 ** 33, duration: 40, key: true, payload: KEY });
  assert.equal(boxes(segment), 'moof(mfhd traf(tfhd tfdt trun)) mdat');
  const view = new DataView(segment.buffer);
  const trun = String.fromCharCode(...segment).indexOf('trun');
  assert.equal(view.getUint32(trun + 12), segment.length - 11, 'the data offset points behind the head of mdat');
  const tfdt = String.fromCharCode(...segment).indexOf('tfdt');
  assert.equal(Number(view.getBigUint64(tfdt + 8)), 2 ** 33);
});

/** A WebCodecs that decodes on demand. */
function fakeWeb() {
  const made = [];
  class VideoDecoder {
    state = 'unconfigured';
    chunks = [];
    constructor(callbacks) {
      Object.assign(this, callbacks);
      made.push(this);
    }
    configure(config) {
      this.config = config;
      this.state = 'configured';
    }
    decode(chunk) {
      this.chunks.push(chunk);
    }
    close() {
      this.state = 'closed';
    }
    put(index) {
      const { timestamp } = this.chunks[index];
      const picture = { timestamp, displayWidth: 64, displayHeight: 48, closed: false, close() { this.closed = true; } };
      this.output(picture);
      return picture;
    }
  }
  class EncodedVideoChunk {
    constructor(init) {
      Object.assign(this, init);
    }
  }
  return { VideoDecoder, EncodedVideoChunk, made };
}

test('WebCodecs is used where it is there', () => {
  assert.ok(H264Decoder.isAvailable(fakeWeb()));
  assert.ok(!H264Decoder.isAvailable({}));
  assert.ok(!MseDecoder.isAvailable({}));
  assert.ok(MseDecoder.isAvailable({ MediaSource: { isTypeSupported: () => true } }));
});

test('nothing is decoded before a key frame, and everything in order after it', async () => {
  const web = fakeWeb();
  const pictures = [];
  const decoder = new H264Decoder((picture, of) => pictures.push([picture.width, of.sequence]), web);
  assert.equal(await decoder.decode(frame(1, false)), null);
  assert.equal(web.made.length, 0);
  const done = [decoder.decode(frame(2, true)), decoder.decode(frame(3, false))];
  const [inner] = web.made;
  assert.deepEqual(inner.config, { codec: 'avc1.42C028', optimizeForLatency: true });
  assert.deepEqual(inner.chunks.map(({ type }) => type), ['key', 'delta']);
  inner.put(0);
  inner.put(1);
  await Promise.all(done);
  assert.deepEqual(pictures, [[64, 2], [64, 3]]);
  decoder.close();
  assert.equal(inner.state, 'closed');
});

test('a decoder that fails rejects its frames, and starts again with the next key frame', async () => {
  const web = fakeWeb();
  const decoder = new H264Decoder(() => {}, web);
  const first = decoder.decode(frame(1, true));
  web.made[0].error(new Error('broken'));
  await assert.rejects(first);
  assert.equal(await decoder.decode(frame(2, false)), null);
  const again = decoder.decode(frame(3, true));
  web.made[1].put(0);
  await again;
  assert.ok(web.made[0].put(0).closed, 'a picture of the old one is not shown');
  await assert.rejects(decoder.decode(frame(4, true, DELTA)), /parameter sets/);
});

test('other parameters are another configuration, the same ones are not', async () => {
  const web = fakeWeb();
  const decoder = new H264Decoder((picture) => picture.close(), web);
  let configured = 0;
  const wait = decoder.decode(frame(1, true));
  const [inner] = web.made;
  inner.put(0);
  await wait;
  inner.configure = () => { configured += 1; };
  decoder.decode(frame(2, true));
  assert.equal(configured, 0);
  decoder.decode(frame(3, true, bytes([...KEY.subarray(0, 10)], 0x67, 0x64, 0, 0x28, 1, [0, 0, 1], PPS, [0, 0, 1, 0x65, 0x88])));
  assert.equal(configured, 1);
  decoder.close();
});

test('a frame that the decoder holds for others is acknowledged after a moment', async () => {
  const decoder = new H264Decoder(() => {}, fakeWeb());
  assert.equal(await decoder.decode(frame(1, true)), null);
});

test('the pump gives a stream every frame at once, and draws what comes out', async () => {
  const web = fakeWeb();
  const log = [];
  const pump = new FramePump({
    draw: (picture) => log.push(`draw ${picture.timestamp / 1000}`), acknowledge: (sequence) => log.push(`ack ${sequence}`),
    onDrawn: ({ sequence }) => log.push(`drawn ${sequence}`), onProblem: ({ code }) => log.push(code),
  }, (codec, onPicture) => (codec === 2 ? new H264Decoder(onPicture, web) : null));
  pump.offerFrame(frame(1, true));
  pump.offerFrame(frame(2, false));
  assert.equal(web.made[0].chunks.length, 2);
  const pictures = [web.made[0].put(0), web.made[0].put(1)];
  await settle();
  assert.deepEqual(log, ['draw 1', 'drawn 1', 'draw 2', 'drawn 2', 'ack 1', 'ack 2']);
  assert.ok(pictures.every(({ closed }) => closed));
  pump.offerFrame(frame(3, false));
  pump.reset();
  await settle();
  assert.equal(log.length, 6, 'neither drawn nor acknowledged');
  assert.equal(web.made[0].state, 'closed');
});
