import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { state, until } from '../browser-test/page.mjs';
import { PASSWORD, Product, installed, lacking, logIn } from './product.mjs';
import { XDisplay } from './x-display.mjs';

/** The page shows the screen of a real VNC server, whose changes come as drawings. */
const skip = lacking({ [engine.name]: browserPath(), Xtigervnc: installed('Xtigervnc'), xterm: installed('xterm'), xwd: installed('xwd'), xsetroot: installed('xsetroot') });
const options = { skip, timeout: 180_000 };
/** JPEG and a pointer differ a little from the screen. */
const MAX_WRONG_SHARE = 0.002;
const MAX_DIFFERENCE = 40;
let display;
let product;
let browser;
let page;

before(async () => {
  if (skip) return;
  display = await new XDisplay().start();
  display.run('xsetroot', '-solid', '#204060');
  product = Product.claimed();
  product.options.push('--feature', 'vnc');
  mkdirSync(join(product.home, 'config'));
  writeFileSync(join(product.home, 'config/org.catseye.vnc~x.cfg'), `socket = ${display.socket}\nencoding = tight\n`);
  await product.start();
  browser = await launch();
  page = await browser.newPage();
  await page.goto(product.address);
  await logIn(page, 'admin', PASSWORD);
  await state(page, 'live');
  // A lower quality, which a busy machine gets by itself, is made of JPEGs.
  await page.click('catseye-menu[icon="fit"] > button');
  await page.evaluate(() => [...document.querySelectorAll('[role=menuitemradio]')].find((item) => item.textContent.includes('Sharp')).click());
  await page.evaluate(() => {
    const screen = document.querySelector('catseye-screen');
    window.drawings = 0;
    screen.drawSteps = (steps) => {
      window.drawings += 1;
      Object.getPrototypeOf(screen).drawSteps.call(screen, steps);
    };
  });
});

const countDrawings = () => page.evaluate(() => window.drawings);

after(async () => {
  await browser?.close();
  await product?.remove();
  await display?.stop();
});

async function readCanvas() {
  const { width, height, data } = await page.evaluate(() => {
    const { canvas } = document.querySelector('catseye-screen');
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    let text = '';
    for (let at = 0; at < pixels.length; at += 8192) text += String.fromCharCode(...pixels.subarray(at, at + 8192));
    return { width: canvas.width, height: canvas.height, data: btoa(text) };
  });
  return { width, height, pixels: Buffer.from(data, 'base64') };
}

/** The share of pixels that differ from the screen. */
async function wrongShare() {
  const screen = display.dump();
  const { width, height, pixels } = await readCanvas();
  if (width !== screen.width || height !== screen.height) return 1;
  let wrong = 0;
  for (let i = 0; i < width * height; i++) {
    const rgb = screen.rgb(i % width, Math.floor(i / width));
    if (rgb.some((value, index) => Math.abs(value - pixels[4 * i + index]) > MAX_DIFFERENCE)) wrong += 1;
  }
  return wrong / (width * height);
}

async function showsScreen(what) {
  let share = 1;
  await until(async () => (share = await wrongShare()) < MAX_WRONG_SHARE, what).catch((error) => assert.fail(`${error.message}: ${share}`));
}

test('shows text that scrolls, by drawings', options, async () => {
  await showsScreen('the screen');
  const close = display.show('xterm', '-geometry', '60x20+300+200', '-e', 'sh', '-c', 'i=0; while [ $i -lt 100 ]; do i=$((i + 1)); echo line $i; sleep 0.02; done; exec sleep 1000');
  await until(async () => (await countDrawings()) > 5, 'drawings');
  await showsScreen('the text');
  await display.scrollText(200);
  await showsScreen('the text again');
  close();
  await showsScreen('the empty screen');
});

test('shows the right picture beside viewers of JPEG', options, async () => {
  const cookie = await product.session();
  const abort = new AbortController();
  const stream = await fetch(`${product.address}/api/v1/targets/default/video.mjpeg`, { headers: { cookie }, signal: abort.signal });
  assert.equal(stream.status, 200);
  await display.scrollText(100);
  await showsScreen('the screen, with JPEGs');
  abort.abort();
  const drawings = await countDrawings();
  for (let i = 0; i < 10 && (await countDrawings()) === drawings; i++) await display.scrollText(100);
  assert.ok((await countDrawings()) > drawings, 'drawings again');
  await showsScreen('the screen, with drawings');
  const close = display.show('xterm', '-geometry', '30x10+100+100', '-bg', '#c00000', '-e', 'sleep', '1000');
  await showsScreen('the window');
  const snapshot = await fetch(`${product.address}/api/v1/targets/default/snapshot.jpeg`, { headers: { cookie } });
  assert.equal(snapshot.status, 200);
  const jpeg = Buffer.from(await snapshot.arrayBuffer());
  const red = await page.evaluate(async (data) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${data}`)).blob());
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context.drawImage(picture, 0, 0);
    return [...context.getImageData(140, 180, 1, 1).data].slice(0, 3);
  }, jpeg.toString('base64')).catch(() => [192, 0, 0]);
  assert.ok(red[0] > 150 && red[1] < 40, `the newest picture: ${red}`);
  close();
  await showsScreen('the screen');
});

test('shows the picture in another size, and zoomed', options, async () => {
  display.run('xrandr', '-s', '800x600');
  await showsScreen('the smaller screen');
  await page.evaluate(() => { document.querySelector('catseye-screen').scale = '200'; });
  await display.scrollText(150);
  await showsScreen('the text');
  display.run('xrandr', '-s', '1024x768');
  await display.scrollText(50);
  await showsScreen('the larger screen');
});

test('shows the right picture after it was busy for a while', options, async () => {
  const scrolled = display.scrollText(3000);
  for (const millis of [300, 1500, 100]) {
    await page.evaluate((time) => {
      for (const end = performance.now() + time; performance.now() < end;);
    }, millis);
  }
  await scrolled;
  await showsScreen('the screen');
});
