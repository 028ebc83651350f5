import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage, openLive, options, state, until } from './stage.mjs';

test('without a session the console leads to the login, and the login back to the same target', options, () => onStage(async ({ server, page }) => {
  server.loggedIn = false;
  server.targets.push({ id: 'router', label: 'Router' });
  await page.goto(`${server.address}/#target=router`);
  await page.waitForURL(/\/login/);
  await page.fill('#password', 'wrong');
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-login[state="refused"]');
  assert.match(await page.textContent('[role=alert]'), /not right/);
  await page.fill('#password', server.password);
  await page.keyboard.press('Enter');
  await state(page, 'live');
  assert.equal(new URL(page.url()).hash, '#target=router');
}));

test('a login that came too often waits as long as the server says', options, () => onStage(async ({ server, page }) => {
  Object.assign(server, { loggedIn: false, retryAfter: 2 });
  await page.goto(`${server.address}/login`);
  await page.fill('#password', 'x');
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-login[state="waiting"] button[type=submit]:disabled');
  await page.waitForSelector('catseye-login[state="idle"] button[type=submit]:enabled');
}));

test('who has a second factor is asked for the code after the password', options, () => onStage(async ({ server, page }) => {
  Object.assign(server, { loggedIn: false, otp: '123456' });
  await page.goto(`${server.address}/login`);
  assert.equal(await page.isVisible('#code'), false);
  await page.fill('#password', server.password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-login[state="code"] #code:focus');
  await page.keyboard.type('654321');
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-login[state="refused"] #code:focus');
  assert.match(await page.textContent('[role=alert]'), /code is wrong/);
  await page.keyboard.type('123456');
  await page.keyboard.press('Enter');
  await state(page, 'live');
}));

test('the login leads nowhere else', options, () => onStage(async ({ server, page }) => {
  server.loggedIn = false;
  await page.goto(`${server.address}/login#next=//evil.example/`);
  await page.fill('#password', server.password);
  await page.keyboard.press('Enter');
  await state(page, 'live');
  assert.equal(page.url(), `${server.address}/`);
}));

test('the setup takes the token from the fragment, hides it, and claims the device', options, () => onStage(async ({ server, page }) => {
  Object.assign(server, { claimed: false, loggedIn: false });
  await page.goto(`${server.address}/setup#token=${server.token}`);
  assert.equal(await page.inputValue('#token'), server.token);
  assert.equal(page.url(), `${server.address}/setup`);
  await page.fill('#password', 'short');
  await page.fill('#again', 'different');
  await page.keyboard.press('Enter');
  assert.match(await page.textContent('[role=alert]'), /not the same/);
  await page.fill('#again', 'short');
  await page.keyboard.press('Enter');
  await until(async () => /at least 8/.test(await page.textContent('[role=alert]')), 'the server refuses');
  await page.fill('#password', 'correct horse battery');
  await page.fill('#again', 'correct horse battery');
  await page.keyboard.press('Enter');
  await state(page, 'live');
}));

test('a device that has an owner says so', options, () => onStage(async ({ server, page }) => {
  await page.goto(`${server.address}/setup#token=x`);
  await page.fill('#password', 'correct horse battery');
  await page.fill('#again', 'correct horse battery');
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-setup[state="claimed"] a[href="/login"]');
}));

test('logging out leads to the login, and a session that ended elsewhere too', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.click('catseye-menu[icon="user"] > button');
  await page.click('text=Log out');
  await page.waitForURL(/\/login$/);
  assert.equal(server.loggedIn, false);
  server.loggedIn = true;
  await openLive(server, page, '#target=default');
  server.loggedIn = false;
  server.closeVideo();
  await page.waitForURL(/\/login#ended=1&next=/);
  assert.match(await page.textContent('[role=alert]'), /You were logged out/);
}));
