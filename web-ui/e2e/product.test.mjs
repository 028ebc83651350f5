import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { addressOf, collectComplaints, state as pageState } from '../browser-test/page.mjs';
import { PASSWORD, Product, lacking, logIn } from './product.mjs';
import { BlockingProxy } from './blocking-proxy.mjs';
import { SCENE, awaitTag, readTag } from './tag.mjs';

const skip = lacking({ [engine.name]: browserPath() });
const options = { skip, timeout: 120_000 };

let product;
let browser;
let page;
const complaints = [];

before(async () => {
  if (skip) return;
  product = await new Product().start();
  browser = await launch();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  collectComplaints(page, complaints);
});

after(async () => {
  await browser?.close();
  await product?.remove();
});

const state = (name, timeout) => pageState(page, name, timeout);
const tag = (wanted, what) => awaitTag(page, wanted, what);

async function atThePrompt() {
  await tag((seen) => seen.scene === SCENE.console, 'the text console');
  await page.locator('catseye-screen').click();
}

/** Sends a request with the session and origin of the page. */
const ask = (method, path, fields) => page.evaluate(async ([how, where, form]) => {
  const answer = await fetch(where, { method: how, body: form && new URLSearchParams(form), redirect: 'manual' });
  return { status: answer.status, type: answer.type, text: answer.type === 'basic' ? await answer.text() : '' };
}, [method, path, fields]);

test('a new device sends to the set-up page and is claimed with the printed token', options, async () => {
  await page.goto(`${product.address}/`);
  await page.waitForURL(/\/setup/);
  assert.ok(product.token, `a token is printed: ${product.output}`);
  await product.claim(page);
  await state('live');
  assert.doesNotMatch(await addressOf(page), /token/);
});

test('logs out and in again', options, async () => {
  await page.context().clearCookies();
  await page.goto(`${product.address}/`);
  await page.waitForURL(/\/login/);
  await logIn(page, 'admin', PASSWORD);
  await state('live');
});

test('hello, typed on the page, appears in the picture', options, async () => {
  await atThePrompt();
  await page.keyboard.type('hello', { delay: 20 });
  await tag((seen) => seen.typed.endsWith('hello'), 'hello in the picture');
  if (process.env.CATSEYE_SCREENSHOT) {
    await page.keyboard.press('Control+KeyC');
    await page.keyboard.type('help', { delay: 10 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('echo hello from the browser', { delay: 10 });
    await page.waitForTimeout(600);
    await page.screenshot({ path: process.env.CATSEYE_SCREENSHOT });
    await page.keyboard.press('Control+KeyC');
  }
});

test('a held key goes up when the page loses the focus', options, async () => {
  await atThePrompt();
  await page.keyboard.down('ShiftLeft');
  await tag((seen) => seen.keys === 1, 'the key down');
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await tag((seen) => seen.keys === 0, 'the key up');
  await page.keyboard.up('ShiftLeft');
});

test('caps lock lights up on the page', options, async () => {
  await atThePrompt();
  await page.keyboard.press('CapsLock');
  await tag((seen) => (seen.leds & 2) !== 0, 'the light in the picture');
  await page.keyboard.press('CapsLock');
  await tag((seen) => (seen.leds & 2) === 0, 'the light out again');
});

test('the pointer points where the page points, with buttons', options, async () => {
  const box = await page.evaluate(() => {
    const { x, y, width, height } = document.querySelector('catseye-screen').canvas.getBoundingClientRect();
    return { x, y, width, height };
  });
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
  await page.mouse.down();
  const seen = await tag((at) => at.buttons === 1, 'the button down');
  assert.ok(Math.abs(seen.x - 320) < 8 && Math.abs(seen.y - 360) < 8, JSON.stringify(seen));
  await page.mouse.up();
  await tag((at) => at.buttons === 0, 'the button up');
});

test('real size shows the picture 1:1, and the bars beside it press nothing', options, async () => {
  const choose = async (label) => {
    await page.click('catseye-menu[icon="fit"] > button');
    await page.click(`catseye-menu[icon="fit"] .menu-item:has-text("${label}")`);
  };
  const box = () => page.locator('catseye-screen .picture').boundingBox();
  await choose('100 %');
  await page.waitForSelector('catseye-screen[exact]');
  const { x, y, width, height } = await box();
  assert.deepEqual([width, height], [1280, 720]);
  await page.mouse.move(x + 320, y + 360);
  const before = await tag((at) => Math.abs(at.x - 320) < 3 && Math.abs(at.y - 360) < 3, 'the pointer in the picture');
  const stage = await page.locator('.stage').boundingBox();
  assert.ok(y - stage.y > 20, 'there is a bar above the picture');
  await page.mouse.move(x + 500, stage.y + 5);
  await page.mouse.down();
  await page.mouse.move(x + 520, stage.y + 8);
  await page.mouse.up();
  await page.mouse.move(x + 330, y + 360);
  const after = await tag((at) => Math.abs(at.x - 330) < 3, 'the pointer in the picture again');
  assert.deepEqual([after.buttons, after.y], [0, before.y]);
  await choose('Fit');
  const fitted = await box();
  assert.ok(fitted.width <= stage.width && fitted.height <= stage.height && Math.max(fitted.width / stage.width, fitted.height / stage.height) > 0.88,
    `${fitted.width} x ${fitted.height} in ${stage.width} x ${stage.height}`);
});

test('a text is typed from the dialog', options, async () => {
  await atThePrompt();
  await page.keyboard.press('Control+KeyC');
  await page.click('catseye-menu[icon="keyboard"] > button');
  await page.click('.menu-item:has([data-icon="text"])');
  await page.waitForSelector('#catseye-type-text');
  await page.selectOption('#catseye-type-layout', 'us');
  await page.fill('#catseye-type-text', 'dialog');
  await page.click('dialog[open] button[type=submit]');
  await tag((seen) => seen.typed.endsWith('dialog'), 'the text in the picture');
  await page.waitForSelector('catseye-type-text dialog[open]', { state: 'hidden' });
});

test('the self-check lists its findings', options, async () => {
  await page.click('catseye-menu[icon="panels"] > button');
  await page.click('text="Self-check"');
  await page.waitForSelector('catseye-self-check .check-item');
  await page.keyboard.press('Escape');
  await page.waitForSelector('catseye-panel[state="closed"]', { state: 'attached' });
});

test('the computer is switched off and on again with its button, and its lights follow', options, async () => {
  await page.waitForSelector('[data-lamp="power"][state="on"]');
  const choose = async (action) => {
    await page.click('catseye-menu[icon="power"] > button');
    await page.click(`catseye-menu[icon="power"] .menu-item:has(.menu-label:text-is("${action}"))`);
  };
  await choose('Hold the power button');
  await page.click('catseye-power button[type=submit]');
  await state('no-signal');
  await page.waitForSelector('[data-lamp="power"][state="off"]');
  await choose('Press the power button');
  await state('live');
  await page.waitForSelector('[data-lamp="power"][state="on"]');
  await atThePrompt();
  const entries = JSON.parse((await ask('GET', '/api/v1/audit?limit=20')).text).filter(({ action }) => action === 'power.action');
  assert.deepEqual(entries.map(({ details }) => [details.tried, details.result]), [['press', 'done'], ['hold', 'done']]);
});

test('without WebSockets, the picture comes over HTTP and the page says what is missing', options, async () => {
  const other = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const blocking = await new BlockingProxy(product.port, ({ kind }) => kind === 'http').start();
  try {
    await other.goto(`${blocking.address}/login`);
    await logIn(other, 'admin', PASSWORD);
    await pageState(other, 'live');
    await other.waitForSelector('catseye-status:has-text("MJPEG over HTTP")');
    await other.waitForSelector('.notice:has-text("The network blocks WebSockets")');
  } finally {
    await other.close();
    await blocking.stop();
  }
});

test('bundles are swapped from the web console under the open page', options, async () => {
  for (const name of ['org.catseye.virtual', 'org.catseye.core.hid', 'org.catseye.core.video', 'org.catseye.web.control', 'org.catseye.web.ui']) {
    const before = await page.evaluate(readTag);
    for (const action of ['stop', 'start']) {
      const answer = await ask('POST', `/system/console/bundles/${name}`, { action });
      assert.equal(answer.status, 200, `${action} ${name}: ${answer.status} ${answer.text}`);
    }
    await state('live');
    await tag((seen) => seen.scene === SCENE.console, `the console after ${name}`);
    await page.locator('catseye-screen').click();
    await page.keyboard.press('Control+KeyC');
    await page.keyboard.type('ok', { delay: 20 });
    await tag((seen) => seen.typed.endsWith('ok') && seen.keys === 0, `typing after ${name}; before: ${JSON.stringify(before)}`);
  }
});

test('the page survives a restart of the server by itself', options, async () => {
  await product.stop();
  await state('lost');
  await product.start();
  await state('live', 60_000);
  await atThePrompt();
  await page.keyboard.type('back', { delay: 20 });
  await tag((seen) => seen.typed.endsWith('back'), 'typing after the restart');
});

test('the page had nothing to complain about', { skip: skip || engine.lacks['script errors'] }, () => {
  assert.deepEqual(complaints, []);
});
