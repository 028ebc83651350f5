import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keys, onStage, openLive, options, until } from './stage.mjs';

const open = async (page) => {
  await page.click('catseye-menu[icon="keyboard"] > button');
  await page.click('.menu-item:has([data-icon="text"])');
  await page.waitForSelector('#catseye-type-text:focus');
};
const closed = (page) => page.waitForSelector('catseye-type-text dialog:not([open])', { state: 'attached' });
const layout = (page) => page.inputValue('#catseye-type-layout');
const hint = (page) => page.textContent('catseye-type-text [role=status]:not([hidden])');

test('text is typed as on a US keyboard if no other layout is known', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await open(page);
  assert.equal(await layout(page), 'us');
  await page.fill('textarea', 'Hi!\n');
  await page.click('dialog button[type=submit]');
  await until(() => keys(server) === '+ShiftLeft +KeyH -KeyH -ShiftLeft +KeyI -KeyI +ShiftLeft +Digit1 -Digit1 -ShiftLeft +Enter -Enter', 'the text');
  await closed(page);
}));

test('a German text is typed for a German computer, all by keyboard', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.focus('catseye-menu[icon="keyboard"] > button');
  for (const key of ['Enter', 'End', 'Enter']) await page.keyboard.press(key);
  await page.waitForSelector('#catseye-type-text:focus');
  await page.keyboard.insertText('z@ß^');
  assert.match(await hint(page), /cannot type ß\./);
  assert.equal(await page.isDisabled('dialog button[type=submit]'), true);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('German (G');
  await page.waitForFunction(() => document.querySelector('#catseye-type-layout').value === 'de');
  assert.match(await hint(page), /Line breaks/);
  for (const key of ['Tab', 'Tab', 'Tab', 'Enter']) await page.keyboard.press(key);
  await until(() => keys(server) === '+KeyY -KeyY +AltRight +KeyQ -KeyQ -AltRight +Minus -Minus +Backquote -Backquote +Space -Space', 'the text');
  await closed(page);
  await page.waitForSelector('catseye-screen[captured]');
}));

test('the layout is remembered for each target', options, () => onStage(async ({ server, page }) => {
  server.targets.push({ id: 'router', label: 'Router' });
  await openLive(server, page);
  await open(page);
  await page.selectOption('#catseye-type-layout', 'fr');
  await page.keyboard.press('Escape');
  await closed(page);
  await page.reload();
  await openLive(server, page);
  await open(page);
  assert.equal(await layout(page), 'fr');
  await page.keyboard.press('Escape');
  await openLive(server, page, '#target=router');
  await open(page);
  assert.equal(await layout(page), 'us');
}));

test('the language of the browser is the first guess, and an unknown layout in the preferences is ignored', options, () => onStage(async ({ server, page }) => {
  await page.addInitScript(() => localStorage.setItem('catseye.layout.default', 'constructor'));
  await openLive(server, page);
  await open(page);
  assert.equal(await layout(page), 'ch-de');
}, { locale: 'de-CH' }));

test('Caps Lock of the remote computer leads to a warning while it is on', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await open(page);
  assert.equal(await page.isVisible('text=Caps Lock is on'), false);
  server.say({ leds: { capsLock: true } });
  await page.waitForSelector('text=Caps Lock is on');
  server.say({ leds: { known: false } });
  await page.waitForSelector('text=Caps Lock is on', { state: 'hidden' });
}));

test('text for one computer stops when another is chosen, and Escape stops it too', options, () => onStage(async ({ server, page }) => {
  server.targets.push({ id: 'router', label: 'Router' });
  await openLive(server, page);
  for (const stop of [() => page.keyboard.press('Escape'), () => page.evaluate(() => { location.hash = 'target=router'; })]) {
    server.received.length = 0;
    await open(page);
    await page.fill('textarea', 'A'.repeat(500));
    await page.click('dialog button[type=submit]');
    await until(() => keys(server).includes('+KeyA'), 'the first');
    await stop();
    await closed(page);
    await page.waitForTimeout(150);
    const sent = server.received.filter(({ type }) => type === 'key');
    assert.ok(sent.length < 500 * 4, 'it was stopped');
    for (const code of ['KeyA', 'ShiftLeft']) assert.equal(sent.filter((key) => key.code === code && key.down).length, sent.filter((key) => key.code === code && !key.down).length);
    await page.waitForTimeout(150);
    assert.equal(server.received.filter(({ type }) => type === 'key').length, sent.length, 'and stays so');
  }
  await openLive(server, page, '#target=router');
  await open(page);
  assert.equal(await page.inputValue('textarea'), '', 'what was meant for the other is gone');
}));

test('characters of word processors are named, and typed as plain ones by a button', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await open(page);
  await page.fill('textarea', '\u201Ca\u201D\u00A0\u200B');
  assert.match(await hint(page), /\u201C \(U\+201C\) \u201D \(U\+201D\) U\+00A0 U\+200B/);
  assert.equal(await page.isDisabled('dialog button[type=submit]'), true);
  await page.click('text=Type plain characters instead');
  assert.equal(await page.inputValue('textarea'), '"a" ');
  assert.equal(await page.isVisible('text=Type plain characters instead'), false);
  await page.click('dialog button[type=submit]');
  await until(() => keys(server).endsWith('+Space -Space'), 'the text');
  await closed(page);
}));

test('an unknown language asks for the layout', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.click('catseye-menu[icon="keyboard"] > button');
  await page.click('.menu-item:has([data-icon="text"])');
  await page.waitForSelector('#catseye-type-layout:focus');
  assert.equal(await layout(page), '');
  assert.match(await hint(page), /No layout matches/);
  await page.fill('textarea', 'a');
  assert.equal(await page.isDisabled('dialog button[type=submit]'), true);
  await page.selectOption('#catseye-type-layout', 'de');
  await page.click('dialog button[type=submit]');
  await until(() => keys(server) === '+KeyA -KeyA', 'the text');
}, { locale: 'uk-UA' }));
