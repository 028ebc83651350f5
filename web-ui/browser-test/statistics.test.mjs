import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage, openLive, options, until } from './stage.mjs';

const figure = (page, name) => page.textContent(`catseye-statistics [data-figure="statistics.${name}"]`);
const count = (page) => page.evaluate(() => document.querySelectorAll('catseye-statistics').length);

test('the View menu opens the statistics, which follow the picture and the reports of the server', options, () => onStage(async ({ server, page }) => {
  server.quality = { line: 2345, deviceFps: 29.9, lost: 3 };
  await openLive(server, page);
  assert.equal(await count(page), 0);
  await page.click('catseye-menu[icon="fit"] > button');
  await page.click('[role="menuitem"]:has-text("Statistics")');
  await until(async () => (await figure(page, 'line')) === '2,345 kbit/s', 'the line');
  assert.equal(await figure(page, 'deviceFps'), '30 fps');
  assert.equal(await figure(page, 'lost'), '3');
  assert.match(await figure(page, 'picture'), /^JPEG, \d+ × \d+$/);
  assert.equal(await figure(page, 'encoder'), 'None. The picture is as the device sends it.');
  await page.click('catseye-panel [aria-label="Close panel"]');
  await until(async () => (await count(page)) === 0, 'the closed panel');
}));

test('the reaction is measured only when the user asks, by moving the pointer aside and back', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.click('catseye-menu[icon="fit"] > button');
  await page.click('[role="menuitem"]:has-text("Statistics")');
  const moves = () => server.received.filter(({ type }) => type === 'pointer' || type === 'move').length;
  const before = moves();
  await page.click('catseye-statistics button');
  await until(() => moves() === before + 2, 'the pointer to move aside and back');
  await until(async () => /after \d+ ms|did not change/.test(await page.textContent('.statistics-reaction')), 'the result', 8000);
}));

test('the statistics are readable at 360 pixels', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.click('catseye-menu[icon="fit"] > button');
  await page.click('[role="menuitem"]:has-text("Statistics")');
  const { left, right, hidden } = await page.evaluate(() => {
    const body = /** @type {HTMLElement} */ (document.querySelector('catseye-panel .panel-body'));
    const { left, right } = body.getBoundingClientRect();
    return { left, right, hidden: body.scrollWidth - body.clientWidth };
  });
  assert.ok(left >= 0 && right <= 360, `${left} to ${right}`);
  assert.equal(hidden, 0, 'nothing is cut off');
}, { viewport: { width: 360, height: 740 } }));
