import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SCANNED } from './fake-qr.mjs';
import { scan } from './scan.mjs';
import { onStage, openLive, options, until } from './stage.mjs';

async function openAccount(server, page) {
  await openLive(server, page);
  await page.click('catseye-menu[label="User"] button');
  await page.click('text=/^Account/');
  await page.waitForSelector('dialog.account[open] catseye-account-self h3');
}

const openSection = async (page, id) => {
  await page.click(`[data-section="${id}"]`);
  await page.waitForSelector(`catseye-account-${id} h3, catseye-account-${id} table`);
};
const said = (page, words) => page.waitForSelector(`.section-message:text-matches("${words}")`);

test('the own password is changed with the old one, and refusals are told', options, () => onStage(async ({ server, page }) => {
  await openAccount(server, page);
  await page.fill('#account-old', 'wrong');
  await page.fill('#account-next', 'four odd words');
  await page.click('text="Change password"');
  await said(page, 'old password is wrong');
  await page.fill('#account-old', 'right');
  await page.click('text="Change password"');
  await said(page, 'password was changed');
  assert.equal(server.access.calls.at(-1), 'PUT users/admin/password {"password":"four odd words","old":"right"}');
  assert.equal(await page.inputValue('#account-next'), '');
}));

test('a second factor is switched on with a code that a scanner reads off the page', options, () => onStage(async ({ server, page }) => {
  await openAccount(server, page);
  await page.fill('#account-factor', 'right');
  await page.click('text="Switch on…"');
  assert.equal(await scan(page), SCANNED);
  await page.fill('#account-code', '000000');
  await page.click('text="Confirm"');
  await said(page, 'not the code');
  await page.fill('#account-code', '123456');
  await page.click('text="Confirm"');
  await page.waitForSelector('pre.secret:text-matches("AAAA-BBBB")');
  await page.click('[aria-label="Close"]');
  await until(async () => await page.locator('.secret').count() === 0, 'what was secret to go with the dialog');
}));

test('sessions are ended; a token is made, shown once and revoked', options, () => onStage(async ({ server, page }) => {
  await openAccount(server, page);
  await openSection(page, 'sessions');
  await page.click('button:text-is("End")');
  await until(() => server.access.calls.includes('DELETE sessions/s2 null'), 'the end of the other session');
  await said(page, 'session was ended');
  await page.fill('#token-name', 'backup');
  await page.check('[data-target="*"][data-permission="CONTROL"]');
  await page.click('text="Create a token"');
  await page.waitForSelector('code.secret:text-is("a-new-token")');
  assert.deepEqual(server.access.tokens[0].rights, { '*': ['VIEW', 'CONTROL'] });
  await page.click('text="Revoke"');
  await until(() => server.access.tokens.length === 0, 'the revocation');
  await said(page, 'token was revoked');
  assert.equal(await page.locator('code.secret').count(), 0);
}));

test('an administrator adds a user, grants, makes a role, and reads the audit log', options, () => onStage(async ({ server, page }) => {
  await openAccount(server, page);
  await openSection(page, 'users');
  await page.click('[data-new="user"] summary');
  await page.fill('#new-user', 'ann');
  await page.fill('#new-user-password', 'three odd words');
  await page.click('[data-new="user"] button[type=submit]');
  await page.click('[data-user="ann"] summary');
  await page.check('[data-user="ann"] [value="watch"]');
  await page.check('[data-user="ann"] [data-target="default"][data-permission="POWER"]');
  await page.click('[data-user="ann"] >> text="Save rights"');
  await said(page, 'rights of ann were saved');
  const { roles, rights } = server.access.users[1];
  assert.deepEqual({ roles, rights }, { roles: ['watch'], rights: { '*': ['VIEW'], default: ['POWER'] } });
  await page.click('[data-new="role"] summary');
  await page.fill('#new-role', 'type');
  await page.click('[data-new="role"] button[type=submit]');
  await until(() => server.access.roles.type, 'the role');
  const remove = page.locator('[data-user="ann"] .section-actions button').last();
  await page.click('[data-user="ann"] summary');
  await remove.dblclick();
  await page.waitForSelector('text="Remove ann permanently?"');
  assert.ok(!server.access.calls.some((call) => call.startsWith('DELETE users')), 'asked, not done, also by a double click');
  // The question lasts for 5 seconds. A key needs no aim, so it is in time on a slow machine too; otherwise it asks again.
  await until(async () => {
    await page.keyboard.press('Enter');
    await page.waitForTimeout(200);
    return !server.access.users.some(({ name }) => name === 'ann');
  }, 'the removal');
  await said(page, 'ann was removed');
  await openSection(page, 'audit');
  assert.match(await page.textContent('.audit tbody'), /login.*192\.0\.2\.7.*session: s1/);
}));

test('a key that is held asks for a confirmation and does not give it', options, () => onStage(async ({ server, page }) => {
  server.access.users.push({ name: 'ann', created: '2026-01-31T12:00:00Z', roles: [], rights: {}, secondFactor: false });
  await openAccount(server, page);
  await openSection(page, 'users');
  await page.click('[data-user="ann"] summary');
  await page.locator('[data-user="ann"] .section-actions button').last().evaluate((button) => button.focus());
  for (let times = 0; times < 3; times++) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await page.waitForSelector('text="Remove ann permanently?"');
  assert.ok(!server.access.calls.some((call) => call.startsWith('DELETE users')));
  await page.keyboard.press('Enter');
  await said(page, 'ann was removed');
}));

test('a change asks for the password when the last proof is old, and is made once it is given', options, () => onStage(async ({ server, page }) => {
  await openAccount(server, page);
  await openSection(page, 'users');
  server.proved = false;
  await page.click('[data-new="user"] summary');
  await page.fill('#new-user', 'ann');
  await page.fill('#new-user-password', 'three odd words');
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-proof-dialog dialog[open] #confirm-password:focus');
  assert.match(await page.textContent('catseye-proof-dialog .card-lead'), /continue with this change/);
  const { inner, outer, right } = await page.evaluate(() => {
    const dialog = document.querySelector('catseye-proof-dialog dialog');
    return { inner: dialog.scrollWidth, outer: dialog.clientWidth, right: dialog.getBoundingClientRect().right };
  });
  assert.ok(inner <= outer && right <= 360, `${inner} in ${outer}, up to ${right}`);
  await page.keyboard.press('Escape');
  await said(page, 'Nothing was changed');
  assert.equal(await page.inputValue('#new-user'), 'ann', 'what was typed is still there');
  assert.equal(await page.locator('dialog.account[open]').count(), 1);
  await page.focus('#new-user-password');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#confirm-password:focus');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-confirm[state="refused"]');
  assert.ok(!server.access.calls.some((call) => call.startsWith('POST users')));
  await page.keyboard.type(server.password);
  await page.keyboard.press('Enter');
  await said(page, 'ann was added');
  assert.equal(server.access.calls.filter((call) => call.startsWith('POST users')).length, 1);
  assert.equal(await page.locator('#confirm-password').count(), 0, 'what was typed is gone with the dialog');
}, { viewport: { width: 360, height: 700 } }));

test('who is no administrator sees the own account only', options, () => onStage(async ({ server, page }) => {
  server.permissions = ['VIEW', 'CONTROL'];
  await openAccount(server, page);
  assert.deepEqual(await page.locator('.account-tab').allTextContents(), ['Account', 'Logins and tokens']);
}));

test('the account fits 360 pixels without scrolling sideways', options, () => onStage(async ({ server, page }) => {
  await openAccount(server, page);
  for (const id of ['users', 'sessions', 'audit']) {
    await openSection(page, id);
    const { inner, outer } = await page.evaluate(() => ({ inner: document.querySelector('dialog.account').scrollWidth, outer: document.querySelector('dialog.account').clientWidth }));
    assert.ok(inner <= outer, `${id}: ${inner} in ${outer}`);
  }
}, { viewport: { width: 360, height: 700 } }));
