import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capture, keys, onStage, openLive, options, state, until } from './stage.mjs';

/** The signs that the picture is old: the grey picture, the text over it and the status line. */
const look = (page) => page.evaluate(() => ({
  filter: getComputedStyle(document.querySelector('catseye-screen canvas')).filter,
  overlay: document.querySelector('catseye-overlay').innerText,
  status: document.querySelector('catseye-status').getAttribute('state'),
}));

test('a server that stops looks stopped within 2 s, its picture ages, and nothing is typed blindly', options, () => onStage(async ({ server, page }) => {
  server.fps = 1; // a still picture sends few frames
  await openLive(server, page);
  await capture(page);
  await page.keyboard.down('KeyW');
  await until(() => keys(server) === '+KeyW', 'the key');
  await page.waitForTimeout(2000);
  assert.equal(await page.getAttribute('catseye-console', 'data-state'), 'live', 'a still picture is live');
  const before = server.received.length;
  server.frozen = true;
  const frozenAt = Date.now();
  await state(page, 'silent', 4000);
  assert.ok(Date.now() - frozenAt < 3000, 'far sooner than the 7 s after which the connection is given up');
  await until(async () => (await look(page)).filter.startsWith('grayscale(1)'), 'a grey picture');
  const { overlay, status } = await look(page);
  assert.equal(status, 'silent');
  assert.match(overlay, /1 s old|2 s old/);
  assert.match(overlay, /not sent/);
  await until(async () => /3 s old/.test((await look(page)).overlay), 'the age goes on');
  await page.keyboard.press('KeyX');
  await page.mouse.click(400, 400);
  server.frozen = false;
  await state(page, 'live');
  await page.keyboard.up('KeyW');
  await page.keyboard.press('KeyY');
  await until(() => keys(server).includes('-KeyY'), 'keys are sent again');
  assert.equal(keys(server), '+KeyW +KeyY -KeyY', 'and those of the meantime are not');
  assert.ok(server.received.some(({ type }) => type === 'releaseAll'), 'what was held is released');
  assert.ok(!server.received.slice(before).some(({ type, buttons }) => type === 'pointer' && buttons), 'no click of the meantime');
}));

test('a combination that cannot be sent says so', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  server.frozen = true;
  await state(page, 'silent');
  await page.click('catseye-menu[icon="keyboard"] > button');
  await page.click('text=Ctrl+Alt+Del');
  await page.waitForSelector('.toast:has-text("Nothing was sent")');
  server.frozen = false;
  await state(page, 'live');
  assert.equal(keys(server), '');
}));

test('a plain HTTP picture of a server that stops looks stopped too', options, () => onStage(async ({ server, page }) => {
  server.socketsBlocked = true;
  await page.goto(`${server.address}/`);
  await state(page, 'live');
  server.frozen = true;
  await state(page, 'silent', 4000);
  server.frozen = false;
  await state(page, 'live');
}));

test('a picture that alone no longer arrives looks old within 2.5 s, and nothing is typed blindly', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await capture(page);
  await page.waitForTimeout(300);
  server.videoHeld = true;
  const heldAt = Date.now();
  await state(page, 'silent', 6000);
  assert.ok(Date.now() - heldAt < 4000, 'soon');
  const { overlay, status } = await look(page);
  assert.equal(status, 'silent');
  assert.match(overlay, /no longer arrives/);
  assert.match(overlay, /[12345] s old, although the server sends new ones/);
  await page.keyboard.press('KeyX');
  server.videoHeld = false;
  await state(page, 'live');
  await page.keyboard.press('KeyY');
  await until(() => keys(server).includes('-KeyY'), 'keys are sent again');
  assert.equal(keys(server), '+KeyY -KeyY');
}));
