import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Product, installed, lacking } from './product.mjs';

const run = promisify(execFile);
const skip = lacking({ ffmpeg: installed('ffmpeg'), curl: installed('curl') });
const options = { skip, timeout: 60_000 };

let product;
let token;

before(async () => {
  if (skip) return;
  product = Product.claimed();
  await product.start();
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  const made = await product.post('tokens', { name: 'recorder', rights: { default: ['VIEW'] }, expires }, { Cookie: await product.session(), Origin: product.address });
  assert.equal(made.status, 201, await made.clone().text());
  token = (await made.json()).token;
});

after(() => product?.remove());

/** Few, because a console that stands still has two a second: its cursor blinks. */
const FRAMES = 8;

const video = (userInfo = '', stream = 'video.mjpeg') => `${product.address.replace('//', `//${userInfo}`)}/api/v1/targets/default/${stream}`;

/** The frames that ffmpeg decodes from the stream, its exit code and its errors. */
async function decoded(input) {
  const { stdout, stderr } = await run('ffmpeg', ['-v', 'error', '-xerror', ...input, '-frames:v', String(FRAMES), '-fps_mode', 'passthrough', '-f', 'framemd5', '-']);
  assert.equal(stderr, '');
  return stdout.split('\n').filter((line) => /^0,/.test(line)).length;
}

test('ffmpeg, and what is built on it, opens the stream with a token in a header', options, async () => {
  assert.equal(await decoded(['-headers', `Authorization: Bearer ${token}\r\n`, '-f', 'mpjpeg', '-i', video()]), FRAMES);
});

test('a player that can only be given a name and a password takes the token as the password', options, async () => {
  assert.equal(await decoded(['-f', 'mpjpeg', '-i', video(`recorder:${token}@`)]), FRAMES);
});

test('the kind of stream is recognised without being told', options, async () => {
  assert.equal(await decoded(['-i', video(`recorder:${token}@`)]), FRAMES);
});

test('curl takes a picture with a name and a password', options, async () => {
  const { stdout } = await run('curl', ['-sf', '--user', `recorder:${token}`, video().replace('video.mjpeg', 'snapshot.jpeg')], { encoding: 'buffer' });
  assert.deepEqual([...stdout.subarray(0, 2)], [0xff, 0xd8]);
});

test('without the token nothing is shown', options, async () => {
  await assert.rejects(decoded(['-i', video()]), /401/);
  await assert.rejects(decoded(['-i', video('recorder:wrong@')]), /401/);
  await assert.rejects(decoded(['-i', video('', 'video.ts')]), /401/);
});

test('H.264 is recognised without being told, as a transport stream and as access units', options, async () => {
  assert.equal(await decoded(['-i', video(`recorder:${token}@`, 'video.ts')]), FRAMES);
  assert.equal(await decoded(['-f', 'h264', '-i', video(`recorder:${token}@`, 'video.h264')]), FRAMES);
});

/** What ffprobe says about the first packets of a transport stream. */
async function probe(query = '') {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-of', 'json', '-show_streams', '-show_packets', '-read_intervals', `%+#${2 * FRAMES}`, video(`recorder:${token}@`, `video.ts${query}`)]);
  return JSON.parse(stdout);
}

test('the transport stream has the real times, in each quality', options, async () => {
  const { packets, streams } = await probe();
  assert.deepEqual(streams.map((one) => [one.codec_name, one.width, one.height]), [['h264', 1280, 720]]);
  const times = packets.map((one) => Number(one.pts_time));
  assert.deepEqual(times, [...times].sort((one, other) => one - other));
  assert.ok(times.at(-1) - times[0] > 0.5 && times.at(-1) - times[0] < 20, `packets between ${times[0]} s and ${times.at(-1)} s`);
  assert.match(packets[0].flags, /K/);
  assert.equal((await probe('?quality=slow')).packets.length, 2 * FRAMES);
});

test('a recording is made without encoding anew', options, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'catseye-recording-'));
  try {
    const file = join(folder, 'recording.mkv');
    await run('ffmpeg', ['-v', 'error', '-i', video(`recorder:${token}@`, 'video.ts'), '-c', 'copy', '-frames:v', String(FRAMES), file]);
    const { stdout } = await run('ffprobe', ['-v', 'error', '-of', 'json', '-count_frames', '-show_streams', file]);
    const [stream] = JSON.parse(stdout).streams;
    assert.deepEqual([stream.codec_name, stream.nb_read_frames], ['h264', String(FRAMES)]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a wrong quality is named', options, async () => {
  const answer = await fetch(video('', 'video.ts?quality=best'), { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 400);
  assert.match((await answer.json()).error.message, /sharp, balanced, slow/);
});
