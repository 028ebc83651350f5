import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, onStage, openLive, options, until } from './stage.mjs';

const VIRTUAL = 'org.catseye.virtual.target';
const TARGET = 'org.catseye.core.target';
const LDAP = 'org.catseye.auth.ldap';
const GATE = 'org.catseye.web.gate';
const RELAY = 'org.catseye.power.relay';
const PHONE = { viewport: { width: 360, height: 700 } };

const at = (pid, rest = '') => `[data-pid="${pid}"] ${rest}`;

async function openForm(server, page, pid, hash = '') {
  await page.goto(`${server.address}/settings${hash}`);
  await page.click(at(pid, 'summary'));
  await page.waitForSelector(at(pid, '.setting'));
}

const saved = (server, text) => until(() => server.settings.calls.includes(text), text);
const message = (page, pid, words) => page.waitForSelector(`${at(pid, '.section-message')}:text-matches("${words}")`);
const save = (page, pid) => page.click(at(pid, 'button[type=submit]'));

test('the forms are in groups for people, with the names of the computers first', options, () => onStage(async ({ server, page }) => {
  await page.goto(`${server.address}/settings`);
  await page.waitForSelector('catseye-settings-kind h3');
  assert.deepEqual(await page.locator('.settings-group:not([hidden]) > h2').allTextContents(), ['Computers', 'Power', 'Web and access']);
  assert.deepEqual(await page.locator('[data-group="computers"] h3').allTextContents(), ['Target', 'Virtual target']);
  assert.equal(await page.locator('[data-group="power"] .settings-badge:not([hidden])').count(), 1, 'a wrong setting is marked before its form is opened');
  await page.fill('#settings-search', 'search account');
  const found = () => page.evaluate(() => [...document.querySelectorAll('catseye-settings-kind:not([hidden]) > h3')].map((title) => title.textContent).join());
  await until(async () => await found() === 'LDAP directory', 'a form that is found by the name of a setting');
  await page.fill('#settings-search', 'xyzzy');
  await page.waitForSelector('text="No setting matches the search."');
}));

test('a value is saved alone, and one that equals the default is removed', options, () => onStage(async ({ server, page }) => {
  await openForm(server, page, VIRTUAL);
  assert.equal(await page.inputValue(at(VIRTUAL, '[data-key="fps"] input')), '25');
  assert.match(await page.textContent(at(VIRTUAL, '[data-key="fps"]')), /1 to 60 · Default: 30/);
  assert.ok(await page.isDisabled(at(VIRTUAL, 'button[type=submit]')), 'nothing to save yet');
  await page.fill(at(VIRTUAL, '[data-key="kvm.label"] input'), 'Test computer');
  await page.waitForSelector(at(VIRTUAL, '[data-key="kvm.label"][state="changed"]'));
  await page.click(at(VIRTUAL, '[data-key="fps"] button'));
  await page.selectOption(at(VIRTUAL, 'select'), '1920x1080');
  await page.check(at(VIRTUAL, '[data-key="sound"] input'));
  await save(page, VIRTUAL);
  await message(page, VIRTUAL, 'Saved and in effect: Label, Screen size, Frames per second, Sound');
  await saved(server, `PUT ${VIRTUAL} {"values":{"kvm.label":"Test computer","size":"1920x1080","fps":null,"sound":"true"}}`);
  await page.waitForSelector(`${at(VIRTUAL, '.settings-title')}:text-is("Test computer")`);
}));

test('a value that its input cannot show as it is counts as unchanged', options, () => onStage(async ({ server, page }) => {
  server.settings.change(VIRTUAL, { 'kvm.target': ' default ', 'kvm.label': 'One\r\ntwo', fps: '+5', sound: 'TRUE', size: ['1280x720', '1920x1080'] });
  server.settings.change(`${RELAY}~1`, { 'kvm.target': ['a', 'b'], device: '1-1', actions: ['wave', 'press'] });
  server.settings.change(GATE, { hostNames: [' a.example ', 'b.example'] });
  await page.goto(`${server.address}/settings`);
  for (const pid of [VIRTUAL, `${RELAY}~1`, GATE]) {
    await page.click(at(pid, 'summary'));
    await page.waitForSelector(at(pid, '.setting'));
    assert.equal(await page.locator(at(pid, '[state="changed"]')).count(), 0, pid);
    assert.ok(await page.isDisabled(at(pid, 'button[type=submit]')), pid);
  }
  assert.equal(await page.inputValue(at(VIRTUAL, '[data-key="kvm.label"] textarea')), 'One\ntwo');
  assert.equal(await page.inputValue(at(VIRTUAL, '[data-key="fps"] input')), '+5');
  assert.equal(await page.inputValue(at(`${RELAY}~1`, '[data-key="kvm.target"] input')), 'a, b');
  assert.equal(await page.locator(at(`${RELAY}~1`, '[value="wave"]:checked')).count(), 1, 'a value that is not allowed is shown');
  await page.fill(at(VIRTUAL, '[data-key="kvm.label"] textarea'), 'One\ntwo\nthree');
  await save(page, VIRTUAL);
  await saved(server, `PUT ${VIRTUAL} {"values":{"kvm.label":"One\\ntwo\\nthree"}}`);
  await page.fill(at(`${RELAY}~1`, '[data-key="device"] input'), '1-2');
  await save(page, `${RELAY}~1`);
  await message(page, `${RELAY}~1`, 'changed in the meantime');
}));

test('a wrong value is refused at its field, by the page or by the server', options, () => onStage(async ({ server, page }) => {
  await openForm(server, page, VIRTUAL);
  await page.fill(at(VIRTUAL, '[data-key="fps"] input'), '99');
  await save(page, VIRTUAL);
  await page.waitForSelector(`${at(VIRTUAL, '[data-key="fps"] [state="error"]')}:text-is("Enter a whole number from 1 to 60.")`);
  await page.waitForSelector(at(VIRTUAL, '[data-key="fps"] input:focus'));
  await message(page, VIRTUAL, 'Nothing was saved');
  assert.deepEqual(server.settings.calls, []);
  await page.fill(at(VIRTUAL, '[data-key="fps"] input'), '20');
  await page.fill(at(VIRTUAL, '[data-key="kvm.target"] input'), 'b a y');
  await save(page, VIRTUAL);
  await page.waitForSelector(`${at(VIRTUAL, '[data-key="kvm.target"] [state="error"]')}:text-is("It has to be the id of a target.")`);
  assert.equal(await page.inputValue(at(VIRTUAL, '[data-key="fps"] input')), '20', 'what was typed stays');
  await page.click(at(VIRTUAL, 'button:text-is("Discard")'));
  assert.equal(await page.inputValue(at(VIRTUAL, '[data-key="fps"] input')), '25');
}));

test('a change that somebody else made is not overwritten', options, () => onStage(async ({ server, page }) => {
  await openForm(server, page, VIRTUAL);
  server.settings.change(VIRTUAL, { fps: '12' });
  await page.fill(at(VIRTUAL, '[data-key="kvm.label"] input'), 'Mine');
  await save(page, VIRTUAL);
  await message(page, VIRTUAL, 'changed in the meantime');
  await page.click(at(VIRTUAL, 'button:text-is("Load again")'));
  await until(async () => await page.inputValue(at(VIRTUAL, '[data-key="fps"] input')) === '12', 'the new value');
}));

test('a secret is kept unless a new one is typed, and is removed only on request', options, () => onStage(async ({ server, page }) => {
  await openForm(server, page, LDAP);
  assert.match(await page.textContent(at(LDAP, '[data-key="bindPassword"]')), /A value is set/);
  await page.fill(at(LDAP, '[data-key="bindDn"] input'), 'cn=search');
  await save(page, LDAP);
  await page.click('catseye-question-dialog button[type=submit]');
  await saved(server, `PUT ${LDAP} {"values":{"bindDn":"cn=search"}}`);
  await message(page, LDAP, 'Saved');
  await page.click(at(LDAP, 'button:text-is("Remove the value")'));
  await save(page, LDAP);
  await page.click('catseye-question-dialog button[type=submit]');
  await saved(server, `PUT ${LDAP} {"values":{"bindPassword":null}}`);
  await page.waitForSelector(`${at(LDAP, '[data-key="bindPassword"] .field-hint')}:text-is("No value is set.")`);
}));

test('a change that can keep users out asks first, by keyboard too', options, () => onStage(async ({ server, page }) => {
  await openForm(server, page, GATE);
  await page.fill(at(GATE, 'textarea'), 'kvm.example.org\n\n kvm2.example.org ');
  await save(page, GATE);
  await page.waitForSelector('catseye-question-dialog dialog[open]');
  await page.keyboard.press('Escape');
  assert.deepEqual(server.settings.calls, []);
  await page.focus(at(GATE, 'button[type=submit]'));
  await page.keyboard.press('Enter');
  await page.waitForSelector('catseye-question-dialog dialog[open]');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await saved(server, `PUT ${GATE} {"values":{"hostNames":["kvm.example.org","kvm2.example.org"]}}`);
}));

test('a reset that can keep users out asks the same, and undoes no change of others', options, () => onStage(async ({ server, page }) => {
  server.settings.change(GATE, { hostNames: ['a.example'] });
  await openForm(server, page, GATE);
  await page.click(at(GATE, 'button:text-is("Reset to the defaults")'));
  await page.waitForSelector('catseye-question-dialog dialog[open] :text-matches("keep you and all other users out")');
  await page.keyboard.press('Escape');
  assert.deepEqual(server.settings.calls, []);
  server.settings.change(GATE, { hostNames: ['b.example'] });
  await page.click(at(GATE, 'button:text-is("Reset to the defaults")'));
  await page.click('catseye-question-dialog button[type=submit]');
  await message(page, GATE, 'changed in the meantime');
  await page.click(at(GATE, 'button:text-is("Load again")'));
  await until(async () => await page.inputValue(at(GATE, 'textarea')) === 'b.example', 'the new value');
  await page.click(at(GATE, 'button:text-is("Reset to the defaults")'));
  await page.click('catseye-question-dialog button[type=submit]');
  await until(async () => await page.inputValue(at(GATE, 'textarea')) === '', 'the default');
}));

test('a configuration is added and removed', options, () => onStage(async ({ server, page }) => {
  await page.goto(`${server.address}/settings`);
  await page.click(`[data-new="${RELAY}"] summary`);
  await page.waitForSelector(`[data-new="${RELAY}"] .setting`);
  await page.click(`[data-new="${RELAY}"] button[type=submit]`);
  await page.waitForSelector(`[data-new="${RELAY}"] [data-key="device"] [state="error"]:text-is("Enter a value.")`);
  await page.fill(`[data-new="${RELAY}"] [data-key="device"] input`, '1-1.2');
  await page.check(`[data-new="${RELAY}"] [value="hold"]`);
  await page.click(`[data-new="${RELAY}"] button[type=submit]`);
  await saved(server, `POST ${RELAY} {"name":"2","values":{"device":"1-1.2","actions":["press","hold"]}}`);
  await page.waitForSelector(at(`${RELAY}~2`, 'details[open] .setting'));
  await page.waitForSelector(`[data-new="${RELAY}"] details:not([open])`, { state: 'attached' });
  await page.click(at(`${RELAY}~2`, 'button:text-is("Remove")'));
  await page.click(at(`${RELAY}~2`, 'button[state="asking"]'));
  await saved(server, `DELETE ${RELAY}~2 null`);
  await until(async () => await page.locator(at(`${RELAY}~2`)).count() === 0, 'the end of its form');
}));

test('settings that do not exist are named and can be removed; a locked form says why', options, () => onStage(async ({ server, page }) => {
  await openForm(server, page, VIRTUAL);
  assert.match(await page.textContent(at(VIRTUAL, '[data-unknown="fsp"]')), /setting fsp, which does not exist. Did you mean fps\?/);
  await page.click(at(VIRTUAL, '[data-unknown="fsp"] button'));
  await saved(server, `PUT ${VIRTUAL} {"values":{"fsp":null}}`);
  await until(async () => await page.locator('[data-unknown]').count() === 0, 'its removal');
  await page.click(at('org.apache.felix.http', 'summary'));
  await page.waitForSelector(`${at('org.apache.felix.http', '.field-hint')}:text-matches("left to the start")`);
  assert.ok(await page.isDisabled(at('org.apache.felix.http', 'input')));
  assert.equal(await page.locator(at('org.apache.felix.http', 'button[type=submit]:visible')).count(), 0);
}));

test('a setting that does not exist is removed without what is typed elsewhere', options, () => onStage(async ({ server, page }) => {
  await openForm(server, page, VIRTUAL);
  await page.fill(at(VIRTUAL, '[data-key="kvm.label"] input'), 'Mine');
  await page.click(at(VIRTUAL, '[data-unknown="fsp"] button'));
  await until(async () => await page.locator('[data-unknown]').count() === 0, 'its removal');
  assert.deepEqual(server.settings.calls, [`PUT ${VIRTUAL} {"values":{"fsp":null}}`]);
  assert.equal(await page.inputValue(at(VIRTUAL, '[data-key="kvm.label"] input')), 'Mine');
  await save(page, VIRTUAL);
  await saved(server, `PUT ${VIRTUAL} {"values":{"kvm.label":"Mine"}}`);
  await message(page, VIRTUAL, 'Saved and in effect: Label');
}));

test('the menus of the console lead to the settings of the computer', options, () => onStage(async ({ server, page }) => {
  server.targets.push({ id: 'router', label: 'Router in the cellar' });
  await openLive(server, page);
  await page.click('catseye-menu[icon="user"] > button');
  assert.equal(await page.getAttribute('.menu-item:has([data-icon="settings"])', 'href'), '/settings');
  await page.keyboard.press('Escape');
  await page.click('catseye-menu[icon="target"] > button');
  const link = await page.getAttribute('catseye-menu[icon="target"] .menu-item:has-text("Rename or set up")', 'href');
  await page.goto(server.address + link);
  await page.waitForSelector(at(`${TARGET}~default`, '[data-key="label"] input'));
  assert.match(await page.textContent('.settings-only'), /Only the settings of Rack 3, server 7/);
  assert.equal(await page.locator(at(LDAP)).count(), 0);
  await page.goto(`${server.address}/settings#target=router`);
  await page.waitForSelector(`[data-new="${TARGET}"] .setting`);
  assert.equal(await page.inputValue(`[data-new="${TARGET}"] [data-key="id"] input`), 'router', 'a computer without a name gets one');
  await page.click(`[data-new="${RELAY}"] summary`);
  await page.waitForSelector(`[data-new="${RELAY}"] .setting`);
  assert.equal(await page.inputValue(`[data-new="${RELAY}"] [data-key="kvm.target"] input`), 'router', 'a device that is added here belongs to it');
  await page.fill(`[data-new="${RELAY}"] [data-key="device"] input`, '1-1.2');
  await page.click('text="Show all settings"');
  await page.waitForSelector(at(LDAP));
  assert.equal(await page.inputValue(`[data-new="${RELAY}"] [data-key="device"] input`), '1-1.2', 'what was typed stays');
}));

test('users who are no administrators do not see the way there', options, () => onStage(async ({ server, page }) => {
  server.permissions = ['VIEW', 'CONTROL'];
  await openLive(server, page);
  await page.click('catseye-menu[icon="user"] > button');
  assert.equal(await page.locator('.menu-item[href^="/settings"]').count(), 0);
}));

test('a change asks for the password when the last proof is old', options, () => onStage(async ({ server, page }) => {
  await openForm(server, page, VIRTUAL);
  server.proved = false;
  await page.fill(at(VIRTUAL, '[data-key="kvm.label"] input'), 'Mine');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#confirm-password:focus');
  await page.keyboard.type(server.password);
  await page.keyboard.press('Enter');
  await message(page, VIRTUAL, 'Saved');
}));

test('without a session the login page opens', options, () => onStage(async ({ server, page }) => {
  await page.goto(`${server.address}/settings#target=default`);
  await page.waitForSelector('catseye-settings-kind');
  server.loggedIn = false;
  await page.evaluate(() => document.querySelector('catseye-settings')?.dispatchEvent(new CustomEvent('catseye-settings-removed')));
  await page.waitForSelector('catseye-login');
  assert.match(await addressOf(page), /next=%2Fsettings%23target%3Ddefault/);
}));

test('the page fits 360 pixels without scrolling sideways, in both languages', options, () => onStage(async ({ server, page }) => {
  for (const language of ['en', 'de']) {
    await page.goto(`${server.address}/settings?lang=${language}`);
    for (const pid of [VIRTUAL, LDAP, GATE, `${RELAY}~1`]) {
      await page.click(at(pid, 'summary'));
      await page.waitForSelector(at(pid, '.setting'));
    }
    const { inner, outer } = await page.evaluate(() => ({ inner: document.documentElement.scrollWidth, outer: document.documentElement.clientWidth }));
    assert.ok(inner <= outer, `${language}: ${inner} in ${outer}`);
  }
}, PHONE));
