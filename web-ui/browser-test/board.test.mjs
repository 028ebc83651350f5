import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs, onStage, openLive, options, state, until } from './stage.mjs';
import { openBoard, useWeakBoard } from './views.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const sign = '[data-status="board"]';
/** The hidden page stops asking, and the visible one asks immediately: no test waits for the interval. */
const comeBack = (page) => page.evaluate(() => {
  const show = (state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  show('hidden');
  return new Promise((resolve) => { setTimeout(() => resolve(show('visible')), 10_500); });
});

test('a board that needs no attention has no sign', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await until(() => server.boardRequests > 0, 'the first request');
  assert.equal(await page.locator(sign).isVisible(), false);
  assert.equal(await page.locator('catseye-board').isVisible(), false);
}));

test('a user who sees no computer does not ask for the board', options, () => onStage(async ({ server, page }) => {
  server.targets.length = 0;
  await page.goto(`${server.address}/`);
  await state(page, 'no-device');
  assert.equal(server.boardRequests, 0);
}));

test('under-voltage is described with its time, and the list has the remedies', options, () => onStage(async ({ server, page }) => {
  useWeakBoard(server);
  await openLive(server, page);
  await page.waitForSelector(sign);
  assert.match(await page.textContent(sign), /^Under-voltage since \d\d:\d\d( [AP]M)?: the power supply is too weak\.$/);
  assert.match(await page.getAttribute(sign, 'aria-label'), /too weak\. Use the supply made for this board/);
  assert.match(await page.textContent('catseye-board [role="status"]'), /Under-voltage/, 'is read out');
  await openBoard(page);
  assert.deepEqual(await page.locator('catseye-board .check-item').evaluateAll((items) => items.map((item) => item.dataset.condition)), ['under-voltage', 'temperature', 'from-the-future']);
  const list = await page.textContent('catseye-board .check-items');
  assert.match(list, /Use the supply made for this board.*81 °C \(sensor cpu-thermal\).*Cool the board.*Described by the server\..*Fixed by the server\./s);
  await page.keyboard.press('Escape');
  await page.waitForSelector('catseye-board dialog:not([open])', { state: 'attached' });
  assert.equal(server.received.filter(({ type }) => type === 'key').length, 0, 'the keys of the dialog are its own');
}));

test('in German it is German', options, () => onStage(async ({ server, page }) => {
  useWeakBoard(server);
  await openLive(server, page, '?lang=de');
  await page.waitForSelector(sign);
  assert.match(await page.textContent(sign), /^Unterspannung seit \d\d:\d\d( Uhr)?: Das Netzteil ist zu schwach\.$/);
  await openBoard(page);
  assert.match(await page.textContent('catseye-board .check-items'), /Verwenden Sie das Netzteil, das für dieses Gerät gemacht ist.*81 °C \(Sensor cpu-thermal\)/s);
}));

test('on a phone the sign is small, can be touched, and nothing is wider than the screen', needs('fingers'), () => onStage(async ({ server, page }) => {
  useWeakBoard(server);
  await openLive(server, page);
  await page.waitForSelector(sign);
  const box = await page.locator(sign).boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 360 && box.y + box.height <= 740, JSON.stringify(box));
  assert.ok(box.width >= 40 && box.width < 60 && box.height >= 40, JSON.stringify(box));
  const picture = await page.locator('catseye-screen').boundingBox();
  assert.ok(box.y >= picture.y + picture.height, 'it is not over the picture');
  if (process.env.CATSEYE_SHOTS) await page.screenshot({ path: `${process.env.CATSEYE_SHOTS}/board-phone.png` });
  await page.tap(sign);
  await page.waitForSelector('catseye-board dialog[open] .check-remedy');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  const dialog = await page.locator('catseye-board dialog').boundingBox();
  assert.ok(dialog.x >= 0 && dialog.x + dialog.width <= 360, JSON.stringify(dialog));
  if (process.env.CATSEYE_SHOTS) await page.screenshot({ path: `${process.env.CATSEYE_SHOTS}/board-phone-list.png` });
}, PHONE));

test('a hidden page does not ask; it asks when it is seen again, and shows what has changed', options, () => onStage(async ({ server, page }) => {
  useWeakBoard(server);
  await openLive(server, page);
  await openBoard(page);
  server.boardConditions = [];
  const before = server.boardRequests;
  await comeBack(page);
  await page.waitForSelector('catseye-board .check-items:has-text("Nothing needs attention any more.")');
  assert.equal(await page.locator(sign).isVisible(), false);
  assert.ok(server.boardRequests > before);
  await page.keyboard.press('Escape');
}));
