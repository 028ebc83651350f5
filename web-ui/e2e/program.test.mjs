import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { WebSocket } from 'ws';
import { until } from '../browser-test/page.mjs';
import { PASSWORD, Product, installed, lacking } from './product.mjs';
import { SCENE, readTag } from './tag.mjs';

/** A program uses the product without a browser. ./dev arm runs this with an emulated processor, hence the patience. */
const skip = lacking({ ffmpeg: installed('ffmpeg') });
const options = { skip, timeout: 300_000 };
const MILLIS = 120_000;
const WIDTH = 1280;
const HEIGHT = 720;
const HEADER_BYTES = 32;
const FRAMES = 8;

let product;
let cookie;
const sockets = [];

before(async () => {
  if (skip) return;
  product = await new Product().start();
});

after(async () => {
  for (const socket of sockets) socket.terminate();
  await product?.remove();
});

const get = (path) => fetch(`${product.address}/api/v1/${path}`, { headers: { Cookie: cookie } });

/** The size in the header of a JPEG (the first SOF segment); undefined if the bytes are no JPEG. @param {Buffer} jpeg */
function sizeOf(jpeg) {
  if (jpeg.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    if (jpeg[at] !== 0xff) return undefined;
    if (jpeg[at + 1] >= 0xc0 && jpeg[at + 1] <= 0xc2) return { width: jpeg.readUInt16BE(at + 7), height: jpeg.readUInt16BE(at + 5) };
  }
  return undefined;
}

/** The tag in a picture. @param {Buffer} jpeg */
function tagOf(jpeg) {
  const { stdout, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-f', 'mjpeg', '-i', '-', '-vf', 'crop=768:16:0:0', '-pix_fmt', 'rgba', '-f', 'rawvideo', '-'], { input: jpeg });
  assert.equal(stderr.toString(), '');
  return readTag(stdout);
}

/** @returns {Promise<Buffer>} the newest picture; waits for the first one */
async function snapshot() {
  const answer = await until(async () => {
    const tried = await get('targets/default/snapshot.jpeg');
    return tried.status === 200 && tried;
  }, 'a picture', MILLIS);
  assert.equal(answer.headers.get('content-type'), 'image/jpeg');
  return Buffer.from(await answer.arrayBuffer());
}

/** Opens a socket of the target. @returns {Promise<WebSocket>} */
async function open(name, protocol) {
  const socket = new WebSocket(`${product.address.replace('http', 'ws')}/api/v1/targets/default/${name}`, protocol, { headers: { Cookie: cookie, Origin: product.address } });
  sockets.push(socket);
  await new Promise((resolve, reject) => { socket.on('open', resolve); socket.on('error', reject); });
  return socket;
}

test('the device is claimed over REST with the printed token, once', options, async () => {
  const claimed = await product.post('setup', { token: product.token, password: PASSWORD });
  assert.equal(claimed.status < 300, true, `${claimed.status} ${await claimed.text()}`);
  assert.equal((await product.post('setup', { token: product.token, password: PASSWORD })).status, 409);
  cookie = await product.session();
  assert.equal((await get('users')).status, 200);
});

test('the snapshot is a JPEG of the size that the target reports, with a readable tag', options, async () => {
  const jpeg = await snapshot();
  const [{ video }] = await (await get('targets')).json();
  assert.deepEqual([video.state, video.width, video.height], ['LIVE', WIDTH, HEIGHT]);
  assert.deepEqual(sizeOf(jpeg), { width: WIDTH, height: HEIGHT });
  assert.ok(tagOf(jpeg), 'a tag whose checksum is right');
});

test('the frames of the video socket count up', options, async () => {
  const socket = await open('video?codecs=jpeg', 'catseye.video.v1');
  const frames = [];
  socket.on('message', (message) => {
    frames.push(message);
    socket.send(JSON.stringify({ type: 'ack', sequence: message.readUInt32BE(4) }));
  });
  await until(() => frames.length >= FRAMES, () => `${FRAMES} frames; there are ${frames.length}`, MILLIS);
  socket.close();
  const sequences = frames.map((frame) => frame.readUInt32BE(4));
  assert.ok(sequences.every((each, i) => i === 0 || each > sequences[i - 1]), String(sequences));
  for (const frame of frames) {
    assert.deepEqual([frame[0], frame[1], frame.readUInt16BE(16), frame.readUInt16BE(18), frame.readUInt32BE(20)], [1, 1, WIDTH, HEIGHT, frame.length - HEADER_BYTES]);
    assert.deepEqual(sizeOf(frame.subarray(HEADER_BYTES)), { width: WIDTH, height: HEIGHT });
  }
});

test('keys that are sent over the control socket appear in the picture', options, async () => {
  await until(async () => tagOf(await snapshot())?.scene === SCENE.console, 'the text console', MILLIS);
  const socket = await open('control', 'catseye.control.v1');
  for (const code of ['KeyH', 'KeyE', 'KeyL', 'KeyL', 'KeyO']) {
    for (const down of [true, false]) socket.send(JSON.stringify({ type: 'key', code, down }));
  }
  let last;
  await until(async () => {
    last = tagOf(await snapshot());
    return last?.typed === 'hello' && last.keys === 0;
  }, () => `hello in the picture; last: ${JSON.stringify(last)}`, MILLIS);
  socket.send(JSON.stringify({ type: 'pointer', x: 0.25, y: 0.5, buttons: 1 }));
  await until(async () => {
    last = tagOf(await snapshot());
    return last && last.buttons === 1 && Math.abs(last.x - WIDTH / 4) < 3 && Math.abs(last.y - HEIGHT / 2) < 3;
  }, () => `the pointer with a button; last: ${JSON.stringify(last)}`, MILLIS);
  socket.close();
});

test('ffmpeg, which the product starts, encodes the picture', options, async () => {
  const { stdout, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-xerror', '-headers', `Cookie: ${cookie}\r\n`, '-i', `${product.address}/api/v1/targets/default/video.ts`,
    '-frames:v', String(FRAMES), '-fps_mode', 'passthrough', '-f', 'framemd5', '-']);
  assert.equal(stderr.toString(), '');
  assert.equal(stdout.toString().split('\n').filter((line) => /^0,/.test(line)).length, FRAMES);
});

test('it ends when it is asked to', options, async () => {
  await product.stop();
  assert.equal(product.process.exitCode ?? product.process.signalCode, 143);
});
