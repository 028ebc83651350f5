import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capture, keys, onStage, openLive, options, until } from './stage.mjs';

const actions = (server) => server.received.map(({ type }) => type).filter((type) => ['request', 'grant', 'deny', 'take', 'release'].includes(type));

test('a free lease is not in the way, and one that another user gets releases the keyboard', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  assert.equal(await page.isVisible('catseye-lease'), false);
  await capture(page);
  await page.keyboard.press('a');
  await until(() => keys(server) === '+KeyA -KeyA', 'the key');
  server.say({ lease: { holder: 'ann', mine: false, asking: '', shared: false } });
  await page.waitForSelector('catseye-lease[state="watching"]');
  assert.match(await page.textContent('.lease-text'), /ann controls this computer/);
  await page.keyboard.press('b');
  server.say({ lease: { holder: 'admin', mine: true, asking: '', shared: false } });
  await page.waitForSelector('catseye-lease[state="none"]', { state: 'attached' });
  await capture(page);
  await page.keyboard.press('c');
  await until(() => keys(server) === '+KeyA -KeyA +KeyC -KeyC', 'the keys of those who may');
}));

test('users ask, answer and take control by button', options, () => onStage(async ({ server, page }) => {
  server.lease = { holder: 'ann', mine: false, asking: '', shared: false };
  await openLive(server, page);
  await page.click('catseye-lease [data-action="request"]');
  server.say({ lease: { holder: 'ann', mine: false, asking: 'admin', shared: false } });
  await page.waitForSelector('catseye-lease[state="waiting"]');
  await page.click('catseye-lease [data-action="take"]');
  server.say({ lease: { holder: 'admin', mine: true, asking: 'ann', shared: false } });
  await page.waitForSelector('catseye-lease[state="asked"]');
  await page.click('catseye-lease [data-action="deny"]');
  await page.click('catseye-lease [data-action="grant"]');
  await until(() => actions(server).join() === 'request,take,deny,grant', 'all actions');
}));
