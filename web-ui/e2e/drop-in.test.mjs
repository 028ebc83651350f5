import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../browser-test/page.mjs';
import { Product, distribution, installed, lacking } from './product.mjs';

const EXAMPLE = fileURLToPath(new URL('../../examples/test-pattern', import.meta.url));
const run = promisify(execFile);
const skip = lacking({ Maven: installed('mvn') });

let product;
let cookie;
let folder;

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), 'catseye-driver-'));
  product = Product.claimed();
  await product.start();
  cookie = await product.session();
});

after(async () => {
  await product?.remove();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Waits until the picture has this width. A third-party driver works just like a built-in one. */
async function width(wanted) {
  let video;
  await until(async () => {
    [{ video }] = await (await fetch(`${product.address}/api/v1/targets`, { headers: { cookie } })).json();
    return video.state === 'LIVE' && video.width === wanted;
  }, () => `a picture of width ${wanted}: ${JSON.stringify(video)}`, 30_000);
}

test('a driver built outside of the sources is dropped in under a viewer, and taken out again', { skip, timeout: 240_000 }, async () => {
  cpSync(EXAMPLE, join(folder, 'driver'), { recursive: true });
  await run('mvn', ['-q', '-B', 'package', `-Dcatseye=${distribution()}`], { cwd: join(folder, 'driver') });
  const viewer = await fetch(`${product.address}/api/v1/targets/default/video.mjpeg`, { headers: { cookie } });
  assert.equal(viewer.status, 200);
  const reader = viewer.body.getReader();
  let bytes = 0;
  let ended = false;
  const reading = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
    ended = true;
  })().catch(() => { ended = true; });

  await width(1280);
  const jar = join(product.home, 'deploy/pattern.jar');
  copyFileSync(join(folder, 'driver/target/com.example.pattern-1.0.0.jar'), `${jar}.new`);
  renameSync(`${jar}.new`, jar);
  await width(640);
  const before = bytes;
  rmSync(jar);
  await width(1280);
  assert.ok(bytes > before, 'the viewer saw both');
  assert.equal(ended, false, 'and was not cut off');
  await reader.cancel();
  await reading;
});
