import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage, options, until } from './stage.mjs';

/** The features on the page of the plug-ins, against the simulated server. */

async function openPage(server, page) {
  await page.goto(`${server.address}/plugins`);
  await page.waitForSelector('catseye-feature-list[loaded] [data-feature]');
}

const item = (id) => `[data-feature="${id}"]`;
const open = (page, id) => page.click(`${item(id)} > summary`);
const said = (page, words) => page.waitForSelector(`catseye-feature-list .section-message:text-matches("${words}")`);

test('each feature says what it is for, whether it is on, and why', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  assert.deepEqual(await page.$$eval('[data-feature]', (all) => all.map((each) => each.dataset.feature)), ['board-health', 'broken', 'ldap', 'vnc', 'virtual-target']);
  assert.match(await page.textContent(`${item('ldap')} summary`), /LDAP.*Off.*Users log in with their accounts/s);
  await open(page, 'board-health');
  assert.match(await page.textContent(item('board-health')), /On.*--feature or CATSEYE_FEATURES.*Remove board-health there/s);
  assert.equal(await page.locator(`${item('board-health')} button`).count(), 0);
  await open(page, 'virtual-target');
  assert.match(await page.textContent(item('virtual-target')), /because nothing else was chosen.*org\.catseye\.virtual-target/s);
}));

test('a feature is switched on after its plan was shown and confirmed, and off again, by keyboard', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  await page.focus(`${item('vnc')} > summary`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${item('vnc')} [data-action="apply"]`);
  assert.match(await page.textContent(`${item('vnc')} .feature-plan`), /Switch VNC servers on.*Nothing has changed yet.*Starts.*org\.catseye\.vnc/s);
  await page.waitForSelector('h3:focus');
  let end;
  server.features.trial = new Promise((resolve) => { end = resolve; });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await said(page, 'is being tried');
  end();
  await said(page, 'VNC servers is switched on, and stays on after a restart');
  assert.match(await page.textContent(`${item('vnc')} summary`), /On/);
  await page.click(`${item('vnc')} [data-action="switch"]`);
  await page.waitForSelector(`${item('vnc')} .feature-plan:has-text("Switch VNC servers off")`);
  assert.match(await page.textContent(`${item('vnc')} .feature-plan`), /Stops.*org\.catseye\.vnc.*computer default, 2 viewers/s);
  await page.click(`${item('vnc')} [data-action="apply"]`);
  await said(page, 'VNC servers is switched off');
  assert.deepEqual(server.features.calls, ['POST {"feature":"vnc","on":true}', 'POST plans/f0', 'POST {"feature":"vnc","on":false}', 'POST plans/f1']);
}));

test('a feature that does not work is reported with the reason, also later', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  await open(page, 'broken');
  await page.click(`${item('broken')} [data-action="switch"]`);
  await page.click(`${item('broken')} [data-action="apply"]`);
  await said(page, 'Broken did not work, so everything is as before. Its activator failed');
  assert.match(await page.textContent(item('broken')), /Off.*was undone on.*Its activator failed/s);
}));

test('what cannot be switched has no button, and a plan is discarded when another one is made', options, () => onStage(async ({ server, page }) => {
  server.features.problem = 'Catseye did not start twice in a row.';
  await openPage(server, page);
  await page.waitForSelector('catseye-feature-list:has-text("did not start twice in a row")');
  server.features.problems = ['The plug-in com.example uses it.'];
  await open(page, 'virtual-target');
  await page.click(`${item('virtual-target')} [data-action="switch"]`);
  await page.waitForSelector(`${item('virtual-target')} .plugin-problem:has-text("com.example uses it")`);
  assert.equal(await page.locator(`${item('virtual-target')} [data-action="apply"]`).count(), 0);
  await open(page, 'ldap');
  await page.click(`${item('ldap')} [data-action="switch"]`);
  await page.waitForSelector(`${item('ldap')} .feature-plan`);
  await until(() => server.features.plans.size === 1, 'one plan is left');
  assert.equal(await page.locator('.feature-plan').count(), 1);
  await page.click(`${item('ldap')} [data-action="cancel"]`);
  await until(() => server.features.plans.size === 0, 'it is discarded');
  await page.waitForSelector('[data-action="switch"]:focus');
}));

test('without a recent proof the user confirms who they are first', options, () => onStage(async ({ server, page }) => {
  server.proved = false;
  await openPage(server, page);
  await open(page, 'ldap');
  await page.click(`${item('ldap')} [data-action="switch"]`);
  await page.waitForSelector('catseye-proof-dialog dialog[open]');
  assert.deepEqual(server.features.calls, []);
}));
