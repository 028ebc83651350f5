import assert from 'node:assert/strict';
import { test } from 'node:test';
import { touchScreen } from './browser.mjs';
import { keys, needs, onStage, openLive, options, until } from './stage.mjs';

/** A phone that is held upright or across, and a tablet, as far as Chromium emulates them. */
const DEVICES = {
  'an Android phone, portrait': { viewport: { width: 360, height: 740 } },
  'an Android phone, landscape': { viewport: { width: 740, height: 360 } },
  'an iPad, portrait': { viewport: { width: 810, height: 1080 } },
  'an iPad, landscape': { viewport: { width: 1080, height: 810 } },
};
const TOUCH = { hasTouch: true, isMobile: true, locale: 'en-US' };
const PHONE = { ...TOUCH, ...DEVICES['an Android phone, portrait'] };

const pointers = (server) => server.received.filter(({ type }) => type === 'pointer');
const buttons = (server) => pointers(server).map((message) => message.buttons).join(' ');

/** Fingers on the picture. @param {import('playwright-core').Page} page */
async function hand(page) {
  const touch = await touchScreen(page);
  const { x, y, width, height } = await page.locator('catseye-screen').boundingBox();
  const send = (type, points) => touch(type, points.map(([px, py], id) => ({ x: x + px * width, y: y + py * height, id })));
  return { down: (...points) => send('touchStart', points), move: (...points) => send('touchMove', points), up: () => send('touchEnd', []) };
}

for (const [device, size] of Object.entries(DEVICES)) {
  test(`${device}: everything that is pressed is 44 pixels high and wide, and nothing is outside`, needs('fingers'), () => onStage(async ({ server, page }) => {
    await openLive(server, page);
    await page.tap('.tool[data-icon="phone-keyboard"]');
    await page.waitForSelector('catseye-phone-keyboard[state="open"]');
    const measure = (selector) => page.evaluate((css) => [...document.querySelectorAll(css)].filter((element) => element.checkVisibility()).map((element) => {
      const { left, right, width, height } = element.getBoundingClientRect();
      return { name: element.getAttribute('aria-label') ?? element.textContent, left, right, width, height };
    }), selector);
    await page.tap('catseye-menu[icon="keyboard"] > button');
    await page.waitForSelector('catseye-menu[state="open"]');
    const targets = await measure('catseye-toolbar button, .led, .menu-item');
    assert.ok(targets.length > 80, `${targets.length} targets`);
    await page.keyboard.press('Escape');
    await page.tap('.tool[data-icon="phone-keyboard"]');
    await page.waitForSelector('catseye-phone-keyboard[state="open"]');
    targets.push(...await measure('.phone-keys :is(button, select)'));
    for (const { name, left, right, width, height } of targets) {
      assert.ok(width >= 43.9 && height >= 43.9, `${name}: ${width} × ${height}`);
      assert.ok(left >= 0 && right <= size.viewport.width, `${name} is outside: ${left} to ${right}`);
    }
    const cut = await page.evaluate(() => {
      const status = document.querySelector('catseye-status');
      const { top, bottom } = status.getBoundingClientRect();
      return [...status.querySelectorAll('.status-main > *, .led')].filter((element) => element.checkVisibility())
        .filter((element) => element.getBoundingClientRect().top < top || element.getBoundingClientRect().bottom > bottom).map((element) => element.textContent);
    });
    assert.deepEqual(cut, [], 'the status line is as high as its content');
    const picture = await page.locator('catseye-screen').boundingBox();
    assert.ok(picture.height >= 100, `the picture has room: ${picture.height}`);
  }, { ...TOUCH, ...size }));

  test(`${device}: a long press and a tap with two fingers are the right button`, needs('fingers'), () => onStage(async ({ server, page }) => {
    await openLive(server, page);
    const fingers = await hand(page);
    await fingers.down([0.5, 0.5]);
    await until(() => buttons(server) === '0 2 0', () => `the right button, not ${buttons(server)}`);
    await fingers.up();
    server.received.length = 0;
    await fingers.down([0.4, 0.5], [0.6, 0.5]);
    await fingers.up();
    await until(() => buttons(server) === '0 2 0', () => `the right button, not ${buttons(server)}`);
  }, { ...TOUCH, ...size }));
}

test('a tap clicks where the finger is, and a moving finger drags', needs('fingers'), () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  const fingers = await hand(page);
  await fingers.down([0.5, 0.5]);
  await fingers.up();
  await until(() => buttons(server) === '0 1 0', () => `a click, not ${buttons(server)}`);
  assert.ok(Math.abs(pointers(server)[1].x - 0.5) < 0.01);
  server.received.length = 0;
  await fingers.down([0.2, 0.5]);
  for (const x of [0.3, 0.4, 0.5]) await fingers.move([x, 0.5]);
  await fingers.up();
  await until(() => buttons(server).endsWith('1 0'), 'a drag');
  const first = pointers(server).find((message) => message.buttons === 1);
  assert.ok(Math.abs(first.x - 0.2) < 0.01 && pointers(server).at(-1).x > 0.45, JSON.stringify(pointers(server)));
}, PHONE));

test('two fingers scroll, and a pinch zooms the picture without sending anything', needs('fingers'), () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  const fingers = await hand(page);
  await fingers.down([0.4, 0.5], [0.6, 0.5]);
  for (let y = 0.5; y > 0.2; y -= 0.02) await fingers.move([0.4, y], [0.6, y]);
  await fingers.up();
  await until(() => server.received.some(({ type, dy }) => type === 'wheel' && dy < 0), 'the wheel: the content follows the fingers up');
  assert.equal(pointers(server).length, 0);
  // The last turn of the wheel leaves with the next frame.
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50))); }));
  server.received.length = 0;
  await fingers.down([0.45, 0.5], [0.55, 0.5]);
  for (let step = 0.01; step < 0.2; step += 0.01) await fingers.move([0.45 - step, 0.5], [0.55 + step, 0.5]);
  await fingers.up();
  await page.waitForSelector('catseye-screen[zoomed]');
  const zoomed = await page.locator('catseye-screen canvas').boundingBox();
  const screen = await page.locator('catseye-screen').boundingBox();
  assert.ok(zoomed.width > screen.width * 1.5, `${zoomed.width} of ${screen.width}`);
  assert.deepEqual(server.received, []);
  await fingers.down([0.5, 0.5]);
  await fingers.up();
  await until(() => pointers(server).length >= 3, 'a click');
  const expected = (screen.x + screen.width / 2 - zoomed.x) / zoomed.width;
  assert.ok(Math.abs(pointers(server)[1].x - expected) < 0.02, `the click is where the finger is in the zoomed picture: ${pointers(server)[1].x}, ${expected}`);
  await fingers.down([0.2, 0.5], [0.8, 0.5]);
  for (let step = 0.02; step < 0.25; step += 0.02) await fingers.move([0.2 + step, 0.5], [0.8 - step, 0.5]);
  await fingers.up();
  await page.waitForSelector('catseye-screen:not([zoomed])');
}, PHONE));

test('a user who only watches zooms and moves the picture, and sends nothing', needs('fingers'), () => onStage(async ({ server, page }) => {
  server.permissions = ['VIEW'];
  await openLive(server, page);
  await page.waitForSelector('catseye-screen[readonly]');
  const fingers = await hand(page);
  await fingers.down([0.45, 0.5], [0.55, 0.5]);
  for (let step = 0.02; step < 0.2; step += 0.02) await fingers.move([0.45 - step, 0.5], [0.55 + step, 0.5]);
  await fingers.up();
  await page.waitForSelector('catseye-screen[zoomed]');
  const before = await page.locator('catseye-screen canvas').boundingBox();
  await fingers.down([0.5, 0.5]);
  for (const x of [0.55, 0.6, 0.65]) await fingers.move([x, 0.5]);
  await fingers.up();
  const after = await page.locator('catseye-screen canvas').boundingBox();
  assert.ok(after.x > before.x + 20, `${before.x} to ${after.x}`);
  assert.deepEqual(server.received, []);
}, PHONE));

test('relative mode is a trackpad for fingers, without locking the pointer', needs('fingers'), () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.tap('catseye-menu[icon="pointer"] > button');
  await page.tap('.menu-item:has-text("Relative")');
  const fingers = await hand(page);
  await fingers.down([0.5, 0.5]);
  for (const x of [0.55, 0.6, 0.65]) await fingers.move([x, 0.5]);
  await fingers.up();
  const moves = () => server.received.filter(({ type }) => type === 'move');
  await until(() => moves().some(({ dx }) => dx > 0), 'a movement');
  assert.ok(moves().every((message) => message.buttons === 0));
  await fingers.down([0.5, 0.5]);
  await fingers.up();
  await until(() => moves().some((message) => message.buttons === 1) && moves().at(-1).buttons === 0, 'a click');
  assert.equal(await page.evaluate(() => document.pointerLockElement), null);
  assert.equal(pointers(server).length, 0);
}, PHONE));

test('the on-screen keyboard types with the chosen layout, and sticky modifiers hold for one key', needs('fingers'), () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.tap('.tool[data-icon="phone-keyboard"]');
  await page.waitForSelector('.phone-field:focus', { state: 'attached' });
  await page.selectOption('.phone-layout', 'de');
  await page.waitForSelector('.phone-field:focus', { state: 'attached' });
  // As phones do it: a change of the text, and no key.
  await page.keyboard.insertText('z@');
  await until(() => keys(server) === '+KeyY -KeyY +AltRight +KeyQ -KeyQ -AltRight', () => `the text, not ${keys(server)}`);
  server.received.length = 0;
  await page.tap('.phone-key[data-code="ControlLeft"]');
  await page.waitForSelector('.phone-key[data-code="ControlLeft"][aria-pressed="true"]');
  await page.waitForSelector('.phone-field:focus', { state: 'attached' });
  await page.keyboard.insertText('c');
  await until(() => keys(server) === '+ControlLeft +KeyC -KeyC -ControlLeft', () => `Ctrl+C, not ${keys(server)}`);
  await page.waitForSelector('.phone-key[data-code="ControlLeft"][aria-pressed="false"]');
  server.received.length = 0;
  await page.tap('.phone-key[data-code="ArrowUp"]');
  await until(() => keys(server) === '+ArrowUp -ArrowUp', 'an arrow');
  // A tap on the picture clicks, and does not take the keyboard away.
  await page.tap('catseye-screen canvas');
  await until(() => pointers(server).length >= 3, 'a click');
  assert.equal(await page.getAttribute('catseye-phone-keyboard', 'state'), 'open');
  await page.keyboard.insertText('a');
  await until(() => keys(server).endsWith('+KeyA -KeyA'), 'the next letter');
  const stage = await page.locator('.stage').boundingBox();
  await page.touchscreen.tap(stage.x + stage.width / 2, stage.y + 5);
  await page.keyboard.insertText('b');
  await until(() => keys(server).endsWith('+KeyB -KeyB'), 'a tap beside the picture does not take it away either');
  assert.equal(await page.getAttribute('catseye-phone-keyboard', 'state'), 'open');
  await page.tap('.tool[data-icon="phone-keyboard"]');
  await page.waitForSelector('catseye-phone-keyboard[state="closed"]', { state: 'attached' });
}, PHONE));

test('a browser without fingers offers no on-screen keyboard', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  assert.equal(await page.isVisible('.tool[data-icon="phone-keyboard"]'), false);
}));
