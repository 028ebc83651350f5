import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capture, keys, needs, needWindows, onStage, openLive, options, until } from './stage.mjs';

needWindows();

const pointers = (server) => server.received.filter(({ type }) => type === 'pointer');

test('keys go to the remote computer, all of them, and come back by Ctrl+Alt+Shift', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await capture(page);
  for (const key of ['KeyA', 'Tab', 'F5', 'Escape', 'Backspace']) await page.keyboard.press(key);
  await page.keyboard.down('Shift');
  await page.keyboard.press('KeyB');
  await page.keyboard.up('Shift');
  const expected = '+KeyA -KeyA +Tab -Tab +F5 -F5 +Escape -Escape +Backspace -Backspace +ShiftLeft +KeyB -KeyB -ShiftLeft';
  await until(() => keys(server) === expected, 'the keys');
  assert.match(await page.textContent('catseye-status'), /Keyboard captured.*Ctrl\+Alt\+Shift/);
  for (const key of ['Control', 'Alt', 'Shift']) await page.keyboard.down(key);
  for (const key of ['Shift', 'Alt', 'Control']) await page.keyboard.up(key);
  await page.waitForSelector('catseye-screen:not([captured])');
  await until(() => server.received.at(-1).type === 'releaseAll', 'the release');
  assert.equal(await page.evaluate(() => document.activeElement.closest('catseye-toolbar') !== null), true);
  const before = server.received.length;
  await page.keyboard.press('KeyZ');
  await page.waitForTimeout(100);
  assert.equal(server.received.length, before);
}));

test('the picture is reached by Tab, and everything is released when it is left', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.focus('catseye-menu[icon="user"] > button');
  await page.keyboard.press('Tab');
  await page.waitForSelector('catseye-screen[captured]');
  await page.keyboard.down('KeyW');
  await page.click('catseye-menu[icon="fit"] > button');
  await until(() => server.received.some(({ type }) => type === 'releaseAll'), 'the release');
  await page.keyboard.up('KeyW');
  await page.waitForTimeout(100);
  assert.equal(keys(server), '+KeyW');
}));

test('the pointer follows within the picture, and beside it stays at its edge', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  const box = await page.locator('catseye-screen canvas').boundingBox();
  const scale = Math.min(box.width / 1280, box.height / 720);
  const at = (x, y) => [box.x + box.width / 2 + (x - 0.5) * 1280 * scale, box.y + box.height / 2 + (y - 0.5) * 720 * scale];
  await page.mouse.move(...at(0.25, 0.75));
  await until(() => pointers(server).length > 0, 'a pointer');
  const close = (actual, expected) => assert.ok(Math.abs(actual - expected) < 0.002, `${actual} is not ${expected}`);
  close(pointers(server).at(-1).x, 0.25);
  close(pointers(server).at(-1).y, 0.75);
  await page.mouse.down();
  await page.mouse.move(box.x + 1, box.y + box.height - 1);
  await page.mouse.up();
  await until(() => pointers(server).at(-1).buttons === 0 && pointers(server).some(({ buttons }) => buttons === 1), 'press and release');
  assert.ok(pointers(server).at(-1).x <= 0.01);
  await page.mouse.click(...at(0.5, 0.5), { button: 'right' });
  await until(() => pointers(server).some(({ buttons }) => buttons === 2), 'the right button');
  await page.mouse.wheel(0, 300);
  await until(() => server.received.some(({ type, dy }) => type === 'wheel' && dy < 0), 'down is negative');
}));

test('movement is one message per frame at most', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  const box = await page.locator('catseye-screen canvas').boundingBox();
  await page.evaluate(({ x, y }) => {
    const stage = document.querySelector('.picture');
    for (let step = 0; step < 500; step++) stage.dispatchEvent(new PointerEvent('pointermove', { clientX: x + step / 2, clientY: y + 50, isPrimary: true, buttons: 0 }));
  }, box);
  await until(() => pointers(server).length > 0, 'a pointer');
  await page.waitForTimeout(100);
  assert.ok(pointers(server).length <= 2, `${pointers(server).length} messages`);
}));

test('a finger is the left button', needs('fingers'), () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.tap('catseye-screen canvas');
  await until(() => pointers(server).length >= 3, 'a tap');
  assert.deepEqual(pointers(server).slice(0, 3).map(({ buttons }) => buttons), [0, 1, 0]);
}, { hasTouch: true, viewport: { width: 360, height: 740 } }));

test('relative mode locks the mouse and sends movement', { ...needs('mouse lock'), timeout: 150_000 }, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.click('catseye-menu[icon="pointer"] > button');
  await page.click('.menu-item:has-text("Relative")');
  await page.click('catseye-screen canvas');
  // Not by waitForSelector, which waits for frames: on a busy machine, a locked page may have none for half a minute.
  await until(() => page.evaluate(() => document.querySelector('catseye-screen').hasAttribute('locked')), 'the lock', 60_000);
  let x = 400;
  await until(async () => {
    await page.mouse.move(x = x === 400 ? 430 : 400, 390);
    return server.received.some(({ type }) => type === 'move');
  }, 'movement', 60_000);
  assert.ok(server.received.filter(({ type }) => type === 'move').every(({ buttons, dx, dy }) => buttons === 0 && Number.isInteger(dx) && Number.isInteger(dy)), 'the first click is not sent');
  assert.equal(await page.locator('.toast').count(), 0, 'no complaint about a mouse that is locked');
}));

test('a device with one kind of pointer decides the mode', options, () => onStage(async ({ server, page }) => {
  server.hid.features = ['KEYBOARD', 'RELATIVE_POINTER'];
  await openLive(server, page);
  await page.waitForSelector('catseye-screen[mode="relative"]');
}));

test('a combination goes down and up in reverse, and the keyboard is in the picture afterwards', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.click('catseye-menu[icon="keyboard"] > button');
  await page.click('text=Ctrl+Alt+Del');
  await until(() => keys(server) === '+ControlLeft +AltLeft +Delete -Delete -AltLeft -ControlLeft', 'the combination');
  await page.waitForSelector('catseye-screen[captured]');
}));

test('menus work by keyboard', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await page.focus('catseye-menu[icon="keyboard"] > button');
  await page.keyboard.press('Enter');
  assert.match(await focused(), /Ctrl\+Alt\+Del/);
  await page.keyboard.press('End');
  assert.match(await focused(), /Type text/);
  await page.keyboard.press('ArrowDown');
  assert.match(await focused(), /Ctrl\+Alt\+Del/);
  await page.keyboard.press('f');
  assert.equal(await focused(), 'F1', 'the next that starts so');
  await page.keyboard.press('Escape');
  assert.equal(await page.getAttribute('catseye-menu[icon="keyboard"]', 'state'), 'closed');
  assert.match(await focused(), /Keys/);
}));

test('a user who may only watch sends nothing and sees a notice; a right granted later applies', options, () => onStage(async ({ server, page }) => {
  server.permissions = ['VIEW'];
  await openLive(server, page);
  await page.waitForSelector('.notice:has-text("View only")');
  assert.equal(await page.locator('catseye-menu[icon="keyboard"]').isVisible(), false);
  await page.click('catseye-screen canvas');
  await page.mouse.move(300, 300);
  await page.keyboard.press('KeyA');
  await page.waitForTimeout(150);
  assert.deepEqual(server.received, []);
  server.say({ permissions: ['VIEW', 'CONTROL'] });
  await page.waitForSelector('catseye-menu[icon="keyboard"]:visible');
  await capture(page);
  await page.keyboard.press('KeyA');
  await until(() => keys(server) === '+KeyA -KeyA', 'keys');
  server.say({ permissions: ['VIEW'] });
  await page.waitForSelector('catseye-screen[readonly]:not([captured])');
}));

test('full screen holds the picture alone, with the tools behind the upper edge', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.click('button[aria-label="Full screen"]');
  await page.waitForSelector('catseye-console[fullscreen]');
  await page.waitForSelector('catseye-screen[captured]');
  assert.equal(await page.locator('catseye-status').isVisible(), false);
  await page.evaluate(() => document.exitFullscreen());
  await page.waitForSelector('catseye-console:not([fullscreen])');
  await page.waitForSelector('catseye-status', { state: 'visible' });
}));

/** Gives the page a browser that lacks an interface, or has it. */
const replaceKeyboard = (page, keyboard) => page.evaluate(`void Object.defineProperty(navigator, 'keyboard', { configurable: true, value: ${keyboard} })`);

test('full screen in a browser that keeps some keys says so, and only to a user who types', options, () => onStage(async ({ server, page }) => {
  const toggle = async (on) => {
    await page.evaluate(() => (document.fullscreenElement ? document.exitFullscreen() : document.querySelector('button[aria-label="Full screen"]').focus()));
    if (on) await page.keyboard.press('Enter');
    await page.waitForSelector(on ? 'catseye-console[fullscreen]' : 'catseye-console:not([fullscreen])');
  };
  const said = () => page.locator('.toast').count();
  await openLive(server, page);
  await replaceKeyboard(page, '{ lock: async () => { window.lockedKeys = true; }, unlock() { window.lockedKeys = false; } }');
  await toggle(true);
  await until(() => page.evaluate(() => window.lockedKeys === true), 'the lock');
  await toggle(false);
  await until(() => page.evaluate(() => window.lockedKeys === false), 'the end of the lock');
  assert.equal(await said(), 0);
  for (const keyboard of ['undefined', "{ lock: async () => { throw new DOMException('plain HTTP', 'NotAllowedError'); }, unlock() {} }"]) {
    await replaceKeyboard(page, keyboard);
    await toggle(true);
    await page.waitForSelector('.toast:has-text("keeps some keys for itself, such as Escape and Alt+Tab")');
    await page.click('.toast button');
    await toggle(false);
  }
  server.say({ permissions: ['VIEW'] });
  await page.waitForSelector('catseye-screen[readonly]');
  await toggle(true);
  await page.waitForTimeout(200);
  assert.equal(await said(), 0);
}));

test('a browser without full screen or mouse lock says so where they are wanted', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.evaluate(() => { Element.prototype.requestFullscreen = Element.prototype.requestPointerLock = undefined; });
  await page.click('button[aria-label="Full screen"]');
  await page.waitForSelector('.toast:has-text("did not switch to full screen")');
  await page.click('catseye-menu[icon="pointer"] > button');
  await page.click('.menu-item:has-text("Relative")');
  await page.click('catseye-screen canvas');
  await page.waitForSelector('.toast:has-text("Choose the absolute mouse mode")');
}));
