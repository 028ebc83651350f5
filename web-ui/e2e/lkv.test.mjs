import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { WebSocket } from 'ws';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { drawnNumbers, encode, ffmpegPossible, readNumber, upwards } from '../browser-test/numbered-clip.mjs';
import { state, until } from '../browser-test/page.mjs';
import { Box } from './lkv.mjs';
import { PASSWORD, Product, lacking, logIn } from './product.mjs';

const GROUP = '239.255.42.42';
const GOP = 120;
const skip = lacking({ [engine.name]: browserPath(), 'ffmpeg with libx264': ffmpegPossible() });
const options = { skip, timeout: 120_000 };

let product;
let browser;
let context;
let page;
let box;

before(async () => {
  if (skip) return;
  const port = await freePort();
  product = new Product(['--feature', 'lkv373a']);
  mkdirSync(join(product.home, 'config'), { recursive: true });
  writeFileSync(join(product.home, 'config/org.catseye.capture.lkv373a~lo.cfg'), `kvm.target = default\nkind = lkv373a\ninterface = lo\nport = ${port}\n`);
  const file = join(product.home, 'clip.ts');
  await encode({ frames: 2 * GOP, gop: GOP, output: ['-f', 'mpegts', file] });
  await product.start();
  box = new Box(file, GROUP, port);
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  await product.claim(page);
});

after(async () => {
  box?.stop();
  await browser?.close();
  await product?.remove();
});

async function freePort() {
  const socket = createSocket('udp4');
  await new Promise((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise((resolve) => socket.close(resolve));
  return port;
}

/** The processes of that name that a process started. */
function children(pid, name) {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number))
    .filter((child) => existsSync(`/proc/${child}/comm`) && readFileSync(`/proc/${child}/comm`, 'utf8').trim() === name);
}

/** The result of the receiver's self-check. */
async function checks() {
  const all = await page.evaluate(async () => (await fetch('/api/v1/targets/default/checks')).json());
  return all.find(({ id }) => id.startsWith('org.catseye.capture.lkv373a')).items;
}

const ffmpeg = (...args) => new Promise((resolve, reject) => spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], { stdio: 'ignore' })
  .once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ffmpeg ended with ${code}`)))));

async function forwards(of, what) {
  const seen = await drawnNumbers(of, 30);
  assert.ok(seen.length >= 30 && upwards(seen) >= 27, `${what}: ${seen}`);
}

test('without a box the page says what is missing', options, async () => {
  await state(page, 'no-device');
  assert.match(await page.textContent('catseye-overlay'), /Nothing comes from an HDMI-over-IP box to 239\.255\.42\.42/);
});

test('the box is switched on: the picture moves, by WebCodecs', options, async () => {
  await box.start();
  await state(page, 'live');
  assert.ok(await page.evaluate(() => typeof VideoDecoder === 'function'));
  await forwards(page, 'WebCodecs');
});

test('over plain http to another name than localhost it moves too, by Media Source Extensions', options, async (t) => {
  const other = await context.newPage();
  await other.goto(`${product.address.replace('localhost', 'catseye.internal')}/login`);
  await logIn(other, 'admin', PASSWORD);
  await state(other, 'live');
  assert.ok(await other.evaluate(() => !isSecureContext && typeof VideoDecoder === 'undefined'));
  await forwards(other, 'MSE');
  t.diagnostic(`capture to drawn: ${await other.evaluate(() => document.querySelector('catseye-console').dataset.latencyMs)} ms`);
  await other.close();
});

test('who joins in the middle of a group of pictures sees it at once', options, async (t) => {
  for (let wait = 0; (await page.evaluate(readNumber)) % GOP < 45 && wait < 400; wait++) await page.waitForTimeout(20);
  const late = await context.newPage();
  await late.goto(`${product.address}/`);
  const begun = Date.now();
  await state(late, 'live');
  const [first] = await drawnNumbers(late, 1);
  t.diagnostic(`first picture after ${Date.now() - begun} ms: number ${first}`);
  // It plays the group faster than the source, and catches up with the other page before the next group begins.
  let apart = Infinity;
  while (apart > 8 && Date.now() - begun < 4_000) {
    const [here, there] = await Promise.all([late.evaluate(readNumber), page.evaluate(readNumber)]);
    apart = here < 0 || there < 0 ? Infinity : (there - here + 2 * GOP) % (2 * GOP);
  }
  t.diagnostic(`as new as the other page's after ${Date.now() - begun} ms`);
  assert.ok(apart <= 8, `${apart} frames apart`);
  await late.close();
});

test('five percent loss is over within one group after it ends', options, async (t) => {
  box.loss = 0.05;
  await page.waitForSelector('.notice:has-text("Datagrams were lost in the network: the picture stands still")', { timeout: 20_000 });
  await page.waitForTimeout(4_000);
  box.loss = 0;
  const ended = Date.now();
  const before = box.keys;
  const still = await page.evaluate(readNumber);
  await until(async () => ![-1, still].includes(await page.evaluate(readNumber)), 'the picture to move', 30_000);
  t.diagnostic(`moved again ${Date.now() - ended} ms after the last loss`);
  // Counts the groups that were sent, because a busy machine sends them late. The extra second is for the check itself.
  assert.ok(box.keys - before <= 2, `${box.keys - before} groups later`);
  await forwards(page, 'after the loss');
});

test('a snapshot and a plain stream are made of it on demand', options, async () => {
  const answer = await page.evaluate(async () => {
    const response = await fetch('/api/v1/targets/default/snapshot.jpeg');
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, size: response.headers.get('X-Catseye-Size'), begin: [...bytes.subarray(0, 2)], text: bytes.length < 500 ? String.fromCharCode(...bytes) : '' };
  });
  assert.deepEqual(answer, { status: 200, size: '640x360', begin: [0xff, 0xd8], text: '' });
  const parts = await page.evaluate(async () => {
    const { body } = await fetch('/api/v1/targets/default/video.mjpeg');
    const reader = body.getReader();
    let count = 0;
    for (const end = Date.now() + 8_000; count < 20 && Date.now() < end;) {
      const { value } = await reader.read();
      count += new TextDecoder('latin1').decode(value).split('Content-Type: image/jpeg').length - 1;
    }
    await reader.cancel();
    return count;
  });
  assert.ok(parts >= 20, `${parts} JPEGs`);
});

test('a decoder that dies is replaced under who watches', options, async (t) => {
  const watching = page.evaluate(async () => {
    const { body } = await fetch('/api/v1/targets/default/video.mjpeg');
    const reader = body.getReader();
    const arrivals = [];
    for (const end = Date.now() + 12_000; Date.now() < end && (!window.decoderDied || arrivals.filter((at) => at > window.decoderDied).length < 20);) {
      const { value } = await reader.read();
      if (new TextDecoder('latin1').decode(value).includes('Content-Type: image/jpeg')) arrivals.push(Date.now());
    }
    await reader.cancel();
    return arrivals;
  });
  const decoder = await until(() => children(product.process.pid, 'ffmpeg').at(0), 'a decoder');
  await page.waitForTimeout(1_000);
  process.kill(decoder, 'SIGKILL');
  const died = await page.evaluate(() => (window.decoderDied = Date.now()));
  const after = (await watching).filter((at) => at > died);
  const another = children(product.process.pid, 'ffmpeg').at(0);
  t.diagnostic(`longest pause ${Math.max(...after.map((at, index) => at - (after[index - 1] ?? died)))} ms`);
  assert.ok(after.length >= 20, `${after.length} JPEGs after its death`);
  assert.ok(another && another !== decoder, `another one: ${another}`);
});

test('in a browser without H.264 the page shows JPEGs of it', options, async () => {
  const other = await context.newPage();
  await other.addInitScript(() => {
    delete window.VideoDecoder;
    delete window.MediaSource;
    delete window.ManagedMediaSource;
  });
  await other.goto(`${product.address}/`);
  await state(other, 'live');
  const seen = await drawnNumbers(other, 20);
  assert.ok(seen.length >= 20 && upwards(seen) >= 17, `JPEGs: ${seen}`);
  assert.match(await other.textContent('catseye-status'), /JPEG/);
  await other.close();
});

test('who is stuck harms nobody, and goes on at a key frame', options, async () => {
  const cookie = (await context.cookies(product.address)).map(({ name, value }) => `${name}=${value}`).join('; ');
  const stuck = new WebSocket(`${product.address.replace('http', 'ws')}/api/v1/targets/default/video`, 'catseye.video.v1', {
    headers: { Cookie: cookie, Origin: product.address }, perMessageDeflate: false,
  });
  const got = [];
  stuck.on('message', (data, binary) => binary && got.push({ key: (data[2] & 1) === 1, sequence: data.readUInt32BE(4) }));
  const second = await context.newPage();
  await second.goto(`${product.address}/`);
  await state(second, 'live');
  await until(() => got.length === 2, 'two frames');
  await Promise.all([forwards(page, 'the first'), forwards(second, 'the second')]);
  await page.waitForTimeout(1_500);
  assert.equal(got.length, 2, 'no more than two unacknowledged');
  const acknowledge = () => stuck.send(JSON.stringify({ type: 'ack', sequence: got.at(-1).sequence }));
  acknowledge();
  await until(() => got.length > 2, 'the next key frame', 8_000);
  assert.ok(got[2].key && got[2].sequence > got[1].sequence + 30, JSON.stringify(got));
  acknowledge();
  await until(() => got.length > 3, 'the frame after it');
  assert.equal(got[3].sequence, got[2].sequence + 1);
  stuck.terminate();
  await second.close();
});

test('a second box on the same group is told of and changes nothing', options, async () => {
  const second = await new Box(box.file, GROUP, box.port, '127.0.0.2').start();
  try {
    await forwards(page, 'with two boxes');
    const item = await until(async () => (await checks()).find(({ name }) => name === 'Other senders'), 'the item');
    assert.match(item.description, /127\.0\.0\.2 sends to the same address/);
    assert.equal(item.ok, false);
  } finally {
    second.stop();
  }
  await until(async () => !(await checks()).some(({ name }) => name === 'Other senders'), 'its end');
  const items = await checks();
  assert.match(items.find(({ name }) => name === 'Datagrams').description, /From 127\.0\.0\.1 in RTP/);
  assert.deepEqual(items.filter(({ ok, name }) => !ok && name !== 'Web page of the box' && name !== 'UDP port'), []);
});

test('another resolution after a restart is followed', options, async () => {
  const file = join(product.home, 'small.ts');
  await ffmpeg('-i', box.file, '-vf', 'scale=320:180', '-c:v', 'libx264', '-profile:v', 'baseline', '-tune', 'zerolatency', '-g', '30', '-f', 'mpegts', file);
  const large = box.file;
  // The first picture is always a key frame, and none of its datagrams may be mistaken for an old one.
  for (const [clip, width] of [[file, 320], [large, 640], [file, 320], [large, 640], [file, 320], [large, 640]]) {
    await box.restart(clip);
    await until(() => page.evaluate((wanted) => document.querySelector('catseye-screen').canvas.width === wanted, width), `${width} pixels`, 3_000);
  }
  await state(page, 'live');
  await forwards(page, 'the large picture again');
});

test('switched off it is missed in words, and back it is by itself', options, async () => {
  box.power = false;
  await state(page, 'no-device');
  assert.match(await page.textContent('catseye-overlay'), /127\.0\.0\.1 stopped sending/);
  box.power = true;
  await state(page, 'live');
  await forwards(page, 'after the pause');
});
