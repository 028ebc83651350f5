import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, onStage, openLive, options, state, until } from './stage.mjs';

test('without a session the console leads to the login, and the login back to the same target', options, () => onStage(async ({ server, page }) => {
  server.loggedIn = false;
  server.targets.push({ id: 'router', label: 'Router' });
  await page.goto(`${server.address}/#target=router`);
  await page.waitForURL(/\/login/);
  await page.fill('#password', 'wrong');
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-login[state="refused"]');
  assert.match(await page.textContent('[role=alert]'), /password is wrong/);
  await page.fill('#password', server.password);
  await page.keyboard.press('Enter');
  await state(page, 'live');
  assert.equal(new URL(await addressOf(page)).hash, '#target=router');
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

const EVIL = ['//evil.example/', '/%5Cevil.example/', 'https://evil.example/', 'javascript:document.title=1', '/%09/evil.example/', '/.//evil.example/', '%5C%5Cevil.example/'];

test('the login leads to no other origin', options, () => onStage(async ({ server, page }) => {
  for (const next of EVIL) {
    server.loggedIn = false;
    await page.goto('about:blank');
    await page.goto(`${server.address}/login#next=${next}`);
    await page.fill('#password', server.password);
    await page.keyboard.press('Enter');
    await state(page, 'live');
    assert.equal(await addressOf(page), `${server.address}/`, next);
  }
}));

test('who is logged in already goes on by a click only, and sees where to', options, () => onStage(async ({ server, page }) => {
  const { visited } = server;
  await page.goto(`${server.address}/login#next=%2Fsystem%2Fconsole`);
  await page.waitForSelector('catseye-login[state="known"]');
  assert.match(await page.textContent('h1'), /You are logged in as admin/);
  assert.equal(await page.textContent('.destination .mono'), '/system/console');
  // A key that is held from the previous page has no effect either.
  for (const key of ['Enter', 'Space', 'Enter']) await page.keyboard.press(key);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.deepEqual(visited, ['/login']);
  await page.click('text="Open the web console"');
  await page.waitForURL(`${server.address}/system/console`);
  for (const next of ['', '#target=default', ...EVIL.map((one) => `#next=${one}`)]) {
    await page.goto('about:blank');
    await page.goto(`${server.address}/login${next}`);
    const link = page.locator('catseye-login[state="known"] a', { hasText: 'Go to the computers' });
    assert.equal(await link.evaluate((element) => /** @type {HTMLAnchorElement} */ (element).href), `${server.address}/${next === '#target=default' ? next : ''}`, next);
    assert.equal(await page.locator('.destination').count(), 0);
  }
}));

test('who is logged in can log in as another user', options, () => onStage(async ({ server, page }) => {
  await page.goto(`${server.address}/login`);
  await page.click('text="Log in as another user"');
  await page.waitForSelector('#user:focus');
  await page.fill('#password', server.password);
  await page.keyboard.press('Enter');
  await state(page, 'live');
}));

test('the page that confirms asks for the password, names where it goes, and goes there', options, () => onStage(async ({ server, page }) => {
  server.proved = false;
  await page.goto(`${server.address}/confirm#next=%2Fsystem%2Fconsole`);
  await page.waitForSelector('#confirm-password:focus');
  assert.equal(await page.textContent('.destination .mono'), '/system/console');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-confirm[state="refused"] #confirm-password:focus');
  assert.match(await page.textContent('[role=alert]'), /password is wrong/);
  await page.keyboard.type(server.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.address}/system/console`);
}, { viewport: { width: 360, height: 640 } }));

test('the page that confirms does nothing by itself, and leads to no other origin', options, () => onStage(async ({ server, page }) => {
  const { visited } = server;
  await page.goto(`${server.address}/confirm#next=%2Fsystem%2Fconsole`);
  await page.waitForSelector('catseye-confirm[state="recent"]');
  await page.keyboard.press('Enter');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.deepEqual(visited, ['/confirm']);
  for (const next of EVIL) {
    server.proved = false;
    await page.goto('about:blank');
    await page.goto(`${server.address}/confirm#next=${next}`);
    await page.fill('#confirm-password', server.password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('catseye-confirm[state="recent"]');
    assert.equal(await page.locator('a.primary').evaluate((element) => /** @type {HTMLAnchorElement} */ (element).href), `${server.address}/`, next);
  }
}));

test('a code is enough where there is a second factor, and a session that ended says so', options, () => onStage(async ({ server, page }) => {
  Object.assign(server, { proved: false, otp: '123456' });
  await page.goto(`${server.address}/confirm`);
  await page.click('text="Use a code instead"');
  await page.waitForSelector('#confirm-code:focus');
  await page.keyboard.type('123456');
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-confirm[state="recent"]');
  Object.assign(server, { proved: false, otp: '' });
  await page.goto('about:blank');
  await page.goto(`${server.address}/confirm`);
  await page.waitForSelector('#confirm-password:focus');
  assert.equal(await page.isVisible('text="Use a code instead"'), false);
  server.loggedIn = false;
  await page.keyboard.type('anything');
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-confirm[state="ended"] a[href="/login"]');
}));

test('the setup takes the token from the fragment, hides it, and claims the device', options, () => onStage(async ({ server, page }) => {
  Object.assign(server, { claimed: false, loggedIn: false });
  await page.goto(`${server.address}/setup#token=${server.token}`);
  assert.equal(await page.inputValue('#token'), server.token);
  assert.equal(await addressOf(page), `${server.address}/setup`);
  await page.fill('#password', 'short');
  await page.fill('#again', 'different');
  await page.keyboard.press('Enter');
  assert.match(await page.textContent('[role=alert]'), /do not match/);
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
