import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { state, until } from '../browser-test/page.mjs';
import { PASSWORD, Product, installed, lacking, logIn } from './product.mjs';
import { SlowProxy } from './slow-proxy.mjs';

/** A computer whose desktop moves, seen over a line of 60 kB a second. */
const BYTES_PER_SECOND = 60_000;
const hasEncoder = installed('ffmpeg') && /libx264/.test(spawnSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8' }).stdout);
const skip = lacking({ [engine.name]: browserPath(), 'ffmpeg with libx264': hasEncoder });
const options = { skip, timeout: 180_000 };
let product;
let proxy;
let browser;
let page;
let moving;

before(async () => {
  if (skip) return;
  product = Product.claimed();
  await product.start();
  writeFileSync(join(product.home, 'config/org.catseye.virtual.target.cfg'), 'bootTo = desktop\npostMillis = 0\njpegQuality = 92\n');
  proxy = await new SlowProxy(product.port, 0).start();
  browser = await launch();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(`${proxy.address}/login`);
  await logIn(page, 'admin', PASSWORD);
  await state(page, 'live');
});

after(async () => {
  clearInterval(moving);
  await browser?.close();
  await proxy?.stop();
  await product?.remove();
});

const status = () => page.textContent('catseye-status');
const latency = () => page.evaluate(() => Number(document.querySelector('catseye-console').dataset.latencyMs));

/** The process ids of the encoders below a process. @param {number} pid @returns {number[]} */
function descendants(pid) {
  const list = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).stdout.split('\n').map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []);
  const children = (parent) => list.filter(([, , ppid]) => Number(ppid) === parent).flatMap((line) => [line, ...children(Number(line[1]))]);
  return children(pid).filter(([, , , args]) => /^\S*ffmpeg .*libx264/.test(args)).map(([, child]) => Number(child));
}

/** @param {string} quality as the View menu names it */
async function choose(quality) {
  await page.click('catseye-menu[icon="fit"] > button');
  await page.locator('[role=menuitemradio]').filter({ hasText: quality }).first().click();
}

/** Moves the pointer over the remote desktop, so that each picture differs. */
async function moveForEver() {
  const box = await page.locator('catseye-screen canvas').boundingBox();
  let step = 0;
  moving = setInterval(() => {
    step += 1;
    page.mouse.move(box.x + box.width * (0.5 + 0.4 * Math.sin(step / 9)), box.y + box.height * (0.5 + 0.4 * Math.cos(step / 7))).catch(() => {});
  }, 33);
}

/** @param {RegExp} text of the status line */
const shown = (text, what, millis = 40_000) => until(async () => text.test(await status()), what, millis);

/** Pictures of the device would be several seconds old. */
async function assertFresh(context) {
  const ages = [];
  for (let i = 0; i < 40; i++) {
    ages.push(await latency());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  ages.sort((a, b) => a - b);
  context.diagnostic(`age of the picture: p50 ${ages[20]} ms, p95 ${ages[37]} ms`);
  assert.ok(ages[20] < 1500, `${ages[20]} ms`);
}

/** @param {number} limit in bytes a minute: the clock and the cursor of the desktop still move */
async function assertStillPictureCostsLittle(context, limit) {
  clearInterval(moving);
  await choose('Slow line');
  await new Promise((resolve) => setTimeout(resolve, 9000));
  let bytes = 0;
  proxy.onBytes = (count) => { bytes += count; };
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  context.diagnostic(`${bytes * 6} bytes a minute, with both sockets`);
  assert.ok(bytes * 6 < limit, `${bytes * 6} bytes a minute`);
  assert.equal(await page.getAttribute('catseye-status', 'state'), 'live');
}

test('on a line that becomes slow, the picture becomes smaller by itself, and stays fresh', options, async (context) => {
  await moveForEver();
  await shown(/JPEG/, 'the picture of the device');
  const start = Date.now();
  proxy.bytesPerSecond = BYTES_PER_SECOND;
  await shown(/Slow line: [\d,]+ kbit\/s/, 'the slow line in words');
  context.diagnostic(`said after ${Date.now() - start} ms`);
  await shown(/H\.264/, 'H.264');
  context.diagnostic(`H.264 after ${Date.now() - start} ms`);
  // The last pictures of before are still under way.
  await until(async () => (await latency()) < 1000, 'a fresh picture', 40_000);
  context.diagnostic(`fresh after ${Date.now() - start} ms: ${await status()}`);
  await assertFresh(context);
});

test('a still picture is sent only until it is sharp', options, async (context) => {
  await assertStillPictureCostsLittle(context, 300_000);
});

test('the picture goes on when the encoder is killed', options, async () => {
  await moveForEver();
  await until(() => descendants(product.process.pid).length > 0, 'the encoder');
  const [first] = descendants(product.process.pid);
  process.kill(first, 'SIGKILL');
  await until(() => descendants(product.process.pid).some((pid) => pid !== first), 'another encoder');
  await shown(/H\.264/, 'H.264 again');
});

test('on a line that is fast again, the picture is sharp again', options, async (context) => {
  await choose('Automatic');
  const start = Date.now();
  proxy.bytesPerSecond = 0;
  await until(async () => /JPEG/.test(await status()) && !/Slow line/.test(await status()), 'the picture of the device', 90_000);
  context.diagnostic(`after ${Date.now() - start} ms`);
});

test('without ffmpeg, the slow line gets smaller JPEGs that stay fresh', options, async (context) => {
  writeFileSync(join(product.home, 'config/org.catseye.ffmpeg.h264.cfg'), 'program = /nowhere/ffmpeg\n');
  const start = Date.now();
  proxy.bytesPerSecond = BYTES_PER_SECOND;
  await shown(/Slow line: [\d,]+ kbit\/s/, 'the slow line in words');
  await until(async () => /Catseye \(JPEG\)/.test(await page.getAttribute('catseye-status .figure[title*="encoded by"]', 'title').catch(() => '')), 'the encoder of JPEGs', 40_000);
  context.diagnostic(`smaller JPEGs after ${Date.now() - start} ms`);
  assert.deepEqual(descendants(product.process.pid), []);
  await until(async () => (await latency()) < 1000, 'a fresh picture', 40_000);
  context.diagnostic(`fresh after ${Date.now() - start} ms: ${await status()}`);
  await assertFresh(context);
});

test('without ffmpeg, a still picture becomes sharp in full size, and is not sent again', options, async (context) => {
  await assertStillPictureCostsLittle(context, 1_000_000);
  await shown(/1280 × 720.*JPEG/, 'the full size');
});
