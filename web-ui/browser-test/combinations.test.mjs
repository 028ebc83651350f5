import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keys, onStage, openLive, options, until } from './stage.mjs';

const openKeys = (page) => page.click('catseye-menu[icon="keyboard"] > button');

test('the keys that browsers and phones lack are in the menu', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  for (const [label, expected] of [['Meta+R', '+MetaLeft +KeyR -KeyR -MetaLeft'], ['Ctrl+Shift+Escape', '+ControlLeft +ShiftLeft +Escape -Escape -ShiftLeft -ControlLeft'],
    ['SysRq+S', '+AltLeft +PrintScreen +KeyS -KeyS -PrintScreen -AltLeft'], ['2 × Scroll Lock, 3', '+ScrollLock -ScrollLock +ScrollLock -ScrollLock +Digit3 -Digit3'],
    ['Insert', '+Insert -Insert'], ['Pause', '+Pause -Pause'], ['Menu', '+ContextMenu -ContextMenu'], ['Num 5', '+Numpad5 -Numpad5']]) {
    server.received.length = 0;
    if (await page.getAttribute('catseye-menu[icon="keyboard"]', 'state') === 'closed') await openKeys(page);
    await page.click(`.menu-item:text-is("${label}"), .menu-item:has(.menu-label:text-is("${label}"))`);
    await until(() => keys(server) === expected, () => `${label}: ${keys(server)}`);
  }
}));

test('a sticky modifier is shown, holds for the next key, and combines with the menu', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await openKeys(page);
  const shift = page.locator('[role=menuitemcheckbox]:has-text("Shift")');
  await shift.click();
  await page.waitForSelector('[role=menuitemcheckbox][aria-checked="true"]:has-text("Shift")');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Shift', 'the focus stays');
  await page.click('.menu-item:has(.menu-label:text-is("F10"))');
  await until(() => keys(server) === '+ShiftLeft +F10 -F10 -ShiftLeft', () => keys(server));
  await page.waitForSelector('catseye-menu[icon="keyboard"]');
}));

test('own combinations are added, used and removed, and belong to the user', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await openKeys(page);
  await page.click('text=Own combinations…');
  await page.check('dialog[open] [name="ControlLeft"]');
  await page.check('dialog[open] [name="ShiftLeft"]');
  await page.selectOption('#catseye-own-key', 'F5');
  assert.equal(await page.textContent('.own-preview'), 'Ctrl+Shift+F5');
  await page.click('dialog[open] button[type=submit]');
  await page.waitForSelector('dialog[open] li:has-text("Ctrl+Shift+F5")');
  await page.keyboard.press('Escape');
  await page.reload();
  await openLive(server, page);
  await openKeys(page);
  await page.click('.menu-item:has-text("Ctrl+Shift+F5")');
  await until(() => keys(server) === '+ControlLeft +ShiftLeft +F5 -F5 -ShiftLeft -ControlLeft', 'the combination');
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ['catseye.combinations.admin']);
  await openKeys(page);
  await page.click('text=Own combinations…');
  await page.click('dialog[open] li button');
  await page.waitForSelector('dialog[open] li', { state: 'detached' });
}));

test('pressing a lamp presses its key, unless the user may not type', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.click('.led[data-code="CapsLock"]');
  await until(() => keys(server) === '+CapsLock -CapsLock', 'Caps Lock');
  assert.equal(await page.getAttribute('.led[data-code="NumLock"]', 'aria-pressed'), 'true');
  server.say({ permissions: ['VIEW'] });
  await page.waitForSelector('.led[data-code="CapsLock"]:disabled');
}));

test('watch only sends nothing, frees the lease and stays after a reload', options, () => onStage(async ({ server, page }) => {
  server.lease = { holder: 'admin', mine: true, asking: '', shared: false, others: 0 };
  await openLive(server, page);
  await page.click('.tool[data-icon="eye"]');
  await page.waitForSelector('.notice:has-text("Watch only")');
  await until(() => server.received.some(({ type }) => type === 'release'), 'the release of the lease');
  server.say({ lease: { holder: '', mine: false, asking: '', shared: false, others: 0 } });
  for (const reload of [false, true]) {
    if (reload) await openLive(server, page);
    await page.waitForSelector('catseye-screen[readonly]');
    server.received.length = 0;
    await page.click('catseye-screen canvas');
    await page.mouse.move(400, 300);
    await page.mouse.wheel(0, 300);
    await page.keyboard.press('KeyA');
    await page.waitForTimeout(100);
    assert.deepEqual(server.received, []);
  }
  await page.click('.tool[data-icon="eye"]');
  await page.waitForSelector('catseye-screen:not([readonly])');
  await page.mouse.move(420, 320);
  await until(() => server.received.some(({ type }) => type === 'pointer'), 'the pointer again');
}));

test('the wheel follows its settings', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  for (const label of ['Fast', 'Reversed direction']) {
    await page.click('catseye-menu[icon="pointer"] > button');
    await page.click(`.menu-item:has-text("${label}")`);
  }
  await page.hover('catseye-screen canvas');
  await page.mouse.wheel(0, 100);
  await until(() => server.received.some(({ type, dy }) => type === 'wheel' && dy === 3), 'three steps away from the user');
}));
