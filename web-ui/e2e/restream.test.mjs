import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
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

const video = (userInfo = '') => `${product.address.replace('//', `//${userInfo}`)}/api/v1/targets/default/video.mjpeg`;

/** The frames that ffmpeg decodes from the stream, its exit code and its errors. */
async function decoded(input) {
  const { stdout, stderr } = await run('ffmpeg', ['-v', 'error', '-xerror', ...input, '-frames:v', '20', '-fps_mode', 'passthrough', '-f', 'framemd5', '-']);
  assert.equal(stderr, '');
  return stdout.split('\n').filter((line) => /^0,/.test(line)).length;
}

test('ffmpeg, and what is built on it, opens the stream with a token in a header', options, async () => {
  assert.equal(await decoded(['-headers', `Authorization: Bearer ${token}\r\n`, '-f', 'mpjpeg', '-i', video()]), 20);
});

test('a player that can only be given a name and a password takes the token as the password', options, async () => {
  assert.equal(await decoded(['-f', 'mpjpeg', '-i', video(`recorder:${token}@`)]), 20);
});

test('the kind of stream is recognised without being told', options, async () => {
  assert.equal(await decoded(['-i', video(`recorder:${token}@`)]), 20);
});

test('curl takes a picture with a name and a password', options, async () => {
  const { stdout } = await run('curl', ['-sf', '--user', `recorder:${token}`, video().replace('video.mjpeg', 'snapshot.jpeg')], { encoding: 'buffer' });
  assert.deepEqual([...stdout.subarray(0, 2)], [0xff, 0xd8]);
});

test('without the token nothing is shown', options, async () => {
  await assert.rejects(decoded(['-i', video()]), /401/);
  await assert.rejects(decoded(['-i', video('recorder:wrong@')]), /401/);
});
