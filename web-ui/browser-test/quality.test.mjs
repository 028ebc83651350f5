import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage, openLive, options, state, until } from './stage.mjs';

const open = (page) => page.click('catseye-menu[icon="fit"] > button');
const item = (page, name) => page.locator('[role=menuitemradio]').filter({ hasText: name }).first();

test('the quality is chosen in the View menu, with the figures of now, and is kept for this user and this target', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await until(() => server.levels.at(-1) === 'auto', 'the automatic quality');
  await open(page);
  assert.match(await page.textContent('catseye-menu[icon="fit"] .menu'), /Picture quality: JPEG, 1280 × 720, 25 fps, 1,234 kbit\/s/);
  await item(page, 'Slow line').click();
  await until(() => server.levels.at(-1) === 'slow', 'the choice at the server');
  await until(async () => /Slow line/.test(await page.textContent('catseye-status')), 'the choice in the status line');
  await page.reload();
  await state(page, 'live');
  await until(() => server.levels.length >= 3, 'the choice of the new page');
  assert.equal(server.levels.at(-1), 'slow');
  await open(page);
  assert.equal(await item(page, 'Slow line').getAttribute('aria-checked'), 'true');
  await item(page, 'Automatic').click();
  await until(() => server.levels.at(-1) === 'auto', 'automatic again');
}));

test('a quality that is not available is said, with the remedy', options, () => onStage(async ({ server, page }) => {
  server.quality = { delivered: 'sharp', reason: 'A smaller picture needs the program ffmpeg.' };
  await openLive(server, page);
  await until(async () => /Chosen quality not available/.test(await page.textContent('catseye-status')), 'the status line');
  assert.equal(await page.getAttribute('catseye-status .figure[title*="needs the program ffmpeg"]', 'hidden'), null);
}));
