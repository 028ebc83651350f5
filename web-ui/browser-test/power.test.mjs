import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage, openLive, options, until } from './stage.mjs';

const POWER = { state: 'ON', source: 'Front panel', reason: '', diskActive: false, running: '', actions: ['press', 'hold', 'reset'] };

async function openPower(server, page, power = POWER) {
  server.power = power;
  await openLive(server, page);
  await page.click('catseye-menu[icon="power"] > button');
}
const choose = (page, text) => page.click(`catseye-menu[icon="power"] .menu-item:has(.menu-label:text-is("${text}"))`);

test('the menu shows the state and what the device can do; a press needs no question', options, () => onStage(async ({ server, page }) => {
  await openPower(server, page);
  assert.equal(await page.textContent('catseye-menu[icon="power"] .menu-title'), 'The computer is on');
  assert.deepEqual(await page.locator('catseye-menu[icon="power"] .menu-label').allTextContents(), ['Press the power button', 'Hold the power button', 'Press the reset button']);
  await choose(page, 'Press the power button');
  await page.waitForSelector('.toast[state="success"]:has-text("Done: Press the power button.")');
  assert.deepEqual(server.powerActions, ['press']);
}));

test('an action that interrupts the computer asks first, and Escape means no', options, () => onStage(async ({ server, page }) => {
  await openPower(server, page);
  await choose(page, 'Press the reset button');
  assert.equal(await page.textContent('catseye-power h2'), 'Press the reset button on Rack 3, server 7?');
  await page.keyboard.press('Escape');
  await page.waitForSelector('catseye-power dialog', { state: 'hidden' });
  await page.click('catseye-menu[icon="power"] > button');
  await choose(page, 'Hold the power button');
  await page.click('catseye-power button:text-is("Cancel")');
  assert.deepEqual(server.powerActions, []);
  await page.click('catseye-menu[icon="power"] > button');
  await choose(page, 'Press the reset button');
  await page.click('catseye-power button[type=submit]');
  await until(() => server.powerActions.length > 0);
  assert.deepEqual(server.powerActions, ['reset']);
  assert.deepEqual(server.received.filter((message) => message.type === 'key'), [], 'Escape was not typed on the remote computer');
}));

test('a refused action says why', options, () => onStage(async ({ server, page }) => {
  server.powerRefusal = { status: 502, code: 'power_failed', message: 'The relay does not answer.' };
  await openPower(server, page);
  await choose(page, 'Press the power button');
  await page.waitForSelector('.toast[state="error"]:has-text("The relay does not answer.")');
}));

test('the lights follow the computer, and disappear when nothing sees them', options, () => onStage(async ({ server, page }) => {
  server.power = POWER;
  await openLive(server, page);
  await page.waitForSelector('[data-lamp="power"][state="on"]');
  await page.waitForSelector('[data-lamp="disk"][state="off"]');
  server.say({ power: { diskActive: true } });
  await page.waitForSelector('[data-lamp="disk"][state="on"]');
  server.say({ power: { state: 'OFF', diskActive: null } });
  await page.waitForSelector('[data-lamp="power"][state="off"]');
  await page.waitForSelector('[data-lamp="disk"]', { state: 'hidden' });
  server.say({ power: { state: 'UNKNOWN', reason: 'The relay does not answer.' } });
  await page.waitForSelector('catseye-power-lamps', { state: 'hidden' });
  await page.click('catseye-menu[icon="power"] > button');
  assert.equal(await page.textContent('catseye-menu[icon="power"] .menu-title'), 'The relay does not answer.');
}));

test('while an action runs there is no other', options, () => onStage(async ({ server, page }) => {
  await openPower(server, page, { ...POWER, running: 'hold' });
  assert.equal(await page.textContent('catseye-menu[icon="power"] .menu-title'), 'In progress: Hold the power button');
  assert.equal(await page.locator('catseye-menu[icon="power"] .menu-item:not([disabled])').count(), 0);
}));

test('users without the right, and computers without a power control, have no menu', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.waitForSelector('catseye-menu[icon="power"]', { state: 'hidden' });
  server.say({ power: { ...POWER, actions: [] } });
  await page.waitForSelector('[data-lamp="power"][state="on"]');
  assert.equal(await page.isVisible('catseye-menu[icon="power"]'), false);
}));

test('the keys of the keyboard, where it has them', options, () => onStage(async ({ server, page }) => {
  server.hid = { ...server.hid, features: [...server.hid.features, 'SYSTEM'] };
  await openPower(server, page);
  await choose(page, 'Sleep');
  await until(() => server.received.filter((message) => message.type === 'key').length === 2);
  assert.deepEqual(server.received.filter((message) => message.type === 'key').map(({ code, down }) => [code, down]), [['Sleep', true], ['Sleep', false]]);
}));
