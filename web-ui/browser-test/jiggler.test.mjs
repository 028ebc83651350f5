import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage, openLive, options, until } from './stage.mjs';

const SWITCH = 'catseye-menu[icon="pointer"] [role="menuitemcheckbox"]:has-text("Move the pointer")';
const SIGN = '[data-status="jiggle"]';
async function switchOn(page) {
  await page.click('catseye-menu[icon="pointer"] > button');
  await page.click(SWITCH);
  await page.keyboard.press('Escape');
  await page.waitForSelector(`${SIGN}:has-text("Kept awake")`);
}

test('it is off by default, shows a sign while it is on, and the sign ends it', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  assert.equal(await page.isVisible(SIGN), false);
  await switchOn(page);
  await page.click(SIGN);
  await page.waitForSelector(SIGN, { state: 'hidden' });
}));

test('a reload keeps it on, a logout and the loss of control end it', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await switchOn(page);
  await openLive(server, page);
  await page.reload();
  await page.waitForSelector(SIGN);
  server.say({ lease: { holder: 'eve', mine: false, asking: '', shared: false } });
  await page.waitForSelector(SIGN, { state: 'hidden' });
  server.say({ lease: { holder: '', mine: false, asking: '', shared: false } });
  await page.waitForSelector('catseye-menu[icon="pointer"]');
  assert.equal(await page.isVisible(SIGN), false, 'it does not come back by itself');
  await switchOn(page);
  await page.click('catseye-menu[icon="user"] > button');
  await page.click('.menu-item:has([data-icon="logout"])');
  await page.waitForSelector('#password');
  server.loggedIn = true;
  await openLive(server, page);
  assert.equal(await page.isVisible(SIGN), false);
}));

test('the pointer moves and comes back', { ...options, timeout: 90_000 }, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.click('catseye-menu[icon="pointer"] > button');
  await page.click('catseye-menu[icon="pointer"] .menu-item:has-text("30 s")');
  await page.keyboard.press('Escape');
  await switchOn(page);
  server.received.length = 0;
  await until(() => server.received.filter(({ type }) => type === 'pointer').length >= 2, 'two movements', 60_000);
  const [away, back] = server.received.filter(({ type }) => type === 'pointer');
  assert.notEqual(away.x, back.x);
  assert.deepEqual([away.y, away.buttons], [back.y, back.buttons]);
}));
