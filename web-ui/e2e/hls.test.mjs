import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { until } from '../browser-test/page.mjs';
import { Product, installed, lacking } from './product.mjs';

const run = promisify(execFile);
const FRAMES = 30;
const skip = lacking({ ffmpeg: installed('ffmpeg') });
/** The reason why a test is skipped; false if it runs. */
const needs = (needed) => skip || lacking(needed);

let product;
let token;

before(async () => {
  if (skip) return;
  product = await Product.claimed().start();
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  const made = await product.post('tokens', { name: 'player', rights: { default: ['VIEW'] }, expires }, { Cookie: await product.session(), Origin: product.address });
  token = (await made.json()).token;
});

after(() => product?.remove());

const address = (name, userInfo = '') => `${product.address.replace('//', `//${userInfo}`)}/api/v1/targets/default/${name}`;
const get = (name, headers = { Authorization: `Bearer ${token}` }) => fetch(address(name), { headers });
const withToken = (name) => address(name, `player:${token}@`);
const bearer = () => ['-headers', `Authorization: Bearer ${token}\r\n`];

/** What ffprobe reports of the first packets. */
async function probe(input) {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-of', 'json', '-show_streams', '-show_packets', '-read_intervals', `%+#${FRAMES}`, ...input]);
  return JSON.parse(stdout);
}

/** How often ffmpeg decoded a picture. */
async function decoded(input) {
  const { stdout, stderr } = await run('ffmpeg', ['-v', 'error', '-xerror', ...input, '-frames:v', String(FRAMES), '-fps_mode', 'passthrough', '-f', 'framemd5', '-']);
  assert.equal(stderr, '');
  return stdout.split('\n').filter((line) => /^0,/.test(line)).length;
}

for (const name of ['video.mp4', 'video.m3u8', 'video.m3u8?quality=slow']) {
  test(`ffmpeg decodes ${name}, and its times increase`, { skip, timeout: 90_000 }, async () => {
    assert.equal(await decoded([...bearer(), '-i', address(name)]), FRAMES);
    const { packets, streams } = await probe(['-i', withToken(name)]);
    assert.deepEqual(streams.map((one) => [one.codec_name, one.width, one.height]), [['h264', 1280, 720]]);
    assert.match(packets[0].flags, /K/);
    const times = packets.map((one) => Number(one.pts_time));
    assert.ok(times.every((time, index) => index === 0 || time > times[index - 1]), times.join(' '));
  });
}

test('each segment begins with a key frame and lasts as long as the playlist says', { skip, timeout: 60_000 }, async () => {
  await until(async () => ((await (await get('video.m3u8')).text()).match(/^#EXTINF/gm) ?? []).length >= 3, 'three segments', 20_000);
  const text = await (await get('video.m3u8')).text();
  const header = new Uint8Array(await (await get(/#EXT-X-MAP:URI="([^"]+)"/.exec(text)[1])).arrayBuffer());
  let end;
  for (const [, duration, name] of text.matchAll(/#EXTINF:([\d.]+),\n(.+)/g)) {
    const segment = new Uint8Array(await (await get(name)).arrayBuffer());
    const { stdout } = await runWith(Buffer.concat([header, segment]), ['-v', 'error', '-of', 'json', '-show_packets', '-']);
    const { packets } = JSON.parse(stdout);
    assert.match(packets[0].flags, /K/);
    const begin = Number(packets[0].pts_time);
    assert.ok(end === undefined || Math.abs(begin - end) < 0.001, `${begin} s after ${end} s`);
    end = begin + Number(duration);
  }
});

/** Runs ffprobe on bytes. */
function runWith(bytes, options) {
  const running = run('ffprobe', options);
  running.child.stdin.end(bytes);
  return running;
}

test('a blocking reload is answered when its part is there', { skip, timeout: 60_000 }, async () => {
  const text = await (await get('video.m3u8')).text();
  const newest = Number([...text.matchAll(/\/(\d+)\.m4s/g)].at(-1)[1]);
  const next = await get(`video.m3u8?_HLS_msn=${newest + 1}&_HLS_part=0`);
  assert.equal(next.status, 200);
  assert.match(await next.text(), new RegExp(`/${newest + 1}\\.0\\.m4s`));
  assert.equal((await get(`video.m3u8?_HLS_msn=${newest + 50}`)).status, 400);
  const hint = /PRELOAD-HINT:TYPE=PART,URI="([^"]+)"/;
  let hinted;
  await until(async () => { hinted = hint.exec(await (await get('video.m3u8')).text()); return hinted; }, 'a hint', 10_000);
  const part = await get(hinted[1]);
  assert.equal(part.status, 200);
  assert.ok((await part.arrayBuffer()).byteLength > 100);
});

test('without a right nothing is sent, and a session that ended gets 401 at the next request', { skip, timeout: 60_000 }, async () => {
  const segment = /^video\.m3u8\/.+\.m4s$/m.exec(await (await get('video.m3u8')).text())[0];
  for (const name of ['video.mp4', 'video.m3u8', segment]) {
    assert.equal((await get(name, {})).status, 401);
    assert.equal((await get(name, { Authorization: 'Bearer wrong' })).status, 401);
    assert.equal((await get(`${name}?token=${token}`, {})).status, 401);
  }
  const cookie = await product.session();
  assert.equal((await get('video.m3u8', { cookie })).status, 200);
  await fetch(`${product.address}/api/v1/session`, { method: 'DELETE', headers: { cookie, origin: product.address } });
  assert.equal((await get('video.m3u8', { cookie })).status, 401);
  assert.equal((await get(segment, { cookie })).status, 401);
});

async function countViewers() {
  const targets = await (await fetch(`${product.address}/api/v1/targets`, { headers: { Authorization: `Bearer ${token}` } })).json();
  return targets[0].video.viewers;
}

test('a thousand polls are one viewer, who leaves some seconds after the last', { skip, timeout: 150_000 }, async () => {
  await until(async () => await countViewers() === 0, 'no viewer of the tests before', 60_000);
  for (let i = 0; i < 50; i++) {
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => {
      const answer = await get('video.m3u8');
      await answer.arrayBuffer();
      return answer.status;
    }));
    assert.deepEqual(new Set(statuses), new Set([200]));
  }
  assert.equal(await countViewers(), 1);
  await until(async () => await countViewers() === 0, 'no viewer', 40_000);
});

test('a client that stops reading a segment delays nobody', { skip, timeout: 60_000 }, async () => {
  await get('video.m3u8');
  const stuck = [];
  for (let i = 0; i < 30; i++) {
    // The body is not read.
    stuck.push(await get(/^video\.m3u8\/.+\.m4s$/m.exec(await (await get('video.m3u8')).text())[0]));
  }
  const before = Date.now();
  assert.equal((await get('video.m3u8')).status, 200);
  assert.ok(Date.now() - before < 10_000);
  await Promise.all(stuck.map((answer) => answer.body.cancel()));
});

test('hls.js plays the playlist a few seconds behind', { skip: needs({ [engine.name]: browserPath() }), timeout: 120_000 }, async (context) => {
  const browser = await launch();
  try {
    // The page's policy allows no script of a test.
    const browserContext = await browser.newContext({ bypassCSP: true });
    const page = await browserContext.newPage();
    await page.goto(`${product.address}/login`);
    await page.addScriptTag({ content: await readFile(fileURLToPath(new URL('../node_modules/hls.js/dist/hls.js', import.meta.url)), 'utf8') });
    await page.evaluate(async ({ url, secret }) => {
      const video = document.createElement('video');
      video.muted = true;
      document.body.append(video);
      const hls = new window.Hls({ enableWorker: false, xhrSetup: (xhr) => xhr.setRequestHeader('Authorization', `Bearer ${secret}`) });
      window.errors = [];
      hls.on(window.Hls.Events.ERROR, (_, data) => window.errors.push(`${data.details}${data.fatal ? ', fatal' : ''}`));
      hls.loadSource(url);
      hls.attachMedia(video);
      window.player = { hls, video };
      await video.play();
    }, { url: address('video.m3u8'), secret: token });
    const state = () => page.evaluate(() => {
      const { hls, video } = window.player;
      return { time: video.currentTime, behind: Date.now() - hls.playingDate?.getTime(), frames: video.getVideoPlaybackQuality().totalVideoFrames, width: video.videoWidth, errors: window.errors, lowLatency: hls.lowLatencyMode, latency: hls.latency };
    });
    await until(async () => (await state()).time > 0, 'a picture', 40_000);
    const first = await state();
    await until(async () => (await state()).time > first.time + 15, 'fifteen seconds', 60_000);
    const last = await state();
    context.diagnostic(JSON.stringify(last));
    assert.equal(last.width, 1280);
    assert.ok(last.frames > first.frames);
    assert.deepEqual(last.errors.filter((error) => /fatal/.test(error)), []);
    assert.ok(last.behind < 12_000, `${last.behind} ms`);
  } finally {
    await browser.close();
  }
});

test('mpv plays the stream and the playlist with a token', { skip: needs({ mpv: installed('mpv') }), timeout: 120_000 }, async () => {
  for (const name of ['video.m3u8', 'video.mp4', 'video.ts']) {
    const { stdout } = await run('mpv', ['--no-config', '--vo=null', '--ao=null', '--frames=20', `--http-header-fields=Authorization: Bearer ${token}`, '--term-status-msg=', address(name)]);
    assert.match(stdout, /End of file|Exiting/);
  }
});
