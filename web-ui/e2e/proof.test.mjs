import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { collectComplaints, state as pageState, until } from '../browser-test/page.mjs';
import { PASSWORD, Product, lacking, logIn } from './product.mjs';

/** Links of other sites have no effect by themselves, and security-sensitive changes require a confirmation of the user's identity. */

const skip = lacking({ [engine.name]: browserPath() });
const options = { skip, timeout: 120_000 };
const CONSOLE = '/system/console';
const HOUR_MILLIS = 3_600_000;

let product;
let browser;
let context;
let attacker;
const complaints = [];

before(async () => {
  if (skip) return;
  product = await Product.claimed().start();
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  attacker = createServer((request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<a id="link">Look at this</a>'));
  await new Promise((done) => attacker.listen(0, '127.0.0.1', done));
  const page = await context.newPage();
  await page.goto(`${product.address}/login`);
  await logIn(page, 'admin', PASSWORD);
  await pageState(page, 'live');
  await page.close();
});

after(async () => {
  await browser?.close();
  attacker?.close();
  await product?.remove();
});

/** Restarts the product with the last confirmation of every user an hour ago. */
async function ageProofs() {
  await product.stop();
  const file = join(product.home, 'access/sessions.json');
  const content = JSON.parse(readFileSync(file, 'utf8'));
  for (const session of content.sessions) if (session.proved) session.proved = new Date(Date.now() - HOUR_MILLIS).toISOString();
  writeFileSync(file, JSON.stringify(content));
  await product.start();
}

/** @param {(page: import('playwright-core').Page) => Promise<void>} act */
async function onPage(act) {
  const page = await context.newPage();
  collectComplaints(page, complaints);
  try {
    await act(page);
  } finally {
    await page.close();
  }
}

/** Clicks a link on a page of another site. @returns {Promise<string[]>} the console pages shown since then; grows */
async function followFromElsewhere(page, address) {
  const shown = [];
  page.on('response', (response) => response.url().includes(CONSOLE) && response.status() === 200 && shown.push(response.url()));
  await page.goto(`http://127.0.0.1:${attacker.address().port}/`);
  await page.evaluate((href) => { /** @type {HTMLAnchorElement} */ (document.querySelector('#link')).href = href; }, address);
  await page.click('#link');
  return shown;
}

/** Waits long enough for any automatic navigation to have started: the page's requests are answered, and it has had time to draw. */
async function settle(page) {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const BAIT = `${CONSOLE}/httpservice/x%27%3E%3Cimg%20src=x%20onerror=document.title='pwned'%3E`;

test('a link of another site to the console shows nothing of it without a click', options, () => onPage(async (page) => {
  const shown = await followFromElsewhere(page, `${product.address}${BAIT}`);
  await page.waitForURL(`${product.address}/**`);
  await page.waitForSelector('main a');
  await settle(page);
  assert.deepEqual(shown, []);
  assert.notEqual(await page.title(), 'pwned');
}));

test('nor does a link to the login page, which says who is logged in and where it leads', options, () => onPage(async (page) => {
  const shown = await followFromElsewhere(page, `${product.address}/login#next=${encodeURIComponent(BAIT)}`);
  await page.waitForSelector('catseye-login[state="known"]');
  await settle(page);
  assert.deepEqual(shown, []);
  assert.match(await page.textContent('h1'), /You are logged in as admin/);
  assert.match(await page.textContent('.destination'), /\/system\/console\/httpservice/);
  assert.equal(new URL(page.url()).pathname, '/login');
}));

test('the login page leads to no other origin', options, () => onPage(async (page) => {
  for (const next of ['//127.0.0.1:1/', '/%5C127.0.0.1:1/', 'http://127.0.0.1:1/', 'javascript:document.title=1', '/%09/127.0.0.1:1/']) {
    await page.goto('about:blank');
    await page.goto(`${product.address}/login#next=${next}`);
    await page.click('catseye-login[state="known"] a.primary');
    await page.waitForURL(`${product.address}/`);
  }
}));

test('opening the console asks for the password when the last proof is old, then goes on', options, async () => {
  await ageProofs();
  await onPage(async (page) => {
    await page.goto(`${product.address}${CONSOLE}/bundles`);
    await page.waitForSelector('catseye-confirm #confirm-password:focus');
    assert.equal(new URL(page.url()).pathname, '/confirm');
    assert.equal(await page.textContent('.destination .mono'), `${CONSOLE}/bundles`);
    await page.keyboard.type('not it');
    await page.keyboard.press('Enter');
    await page.waitForSelector('catseye-confirm[state="refused"]');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${product.address}${CONSOLE}/bundles`);
    assert.match(await page.title(), /Web Console/);
  });
});

test('a form of the console that is refused is sent again after the password, with all that was typed', options, () => onPage(async (page) => {
  await page.goto(`${product.address}${CONSOLE}/bundles`);
  await page.evaluate(() => {
    const form = document.createElement('form');
    Object.assign(form, { id: 'typed', method: 'post', action: '/system/console/configMgr/org.catseye.web.control' });
    for (const [name, value] of [['apply', 'true'], ['propertylist', 'graceSeconds'], ['graceSeconds', '23']]) {
      form.append(Object.assign(document.createElement('input'), { name, value }));
    }
    document.body.append(form);
  });
  await ageProofs();
  await page.evaluate(() => /** @type {HTMLFormElement} */ (document.querySelector('#typed')).submit());
  await page.waitForSelector('catseye-confirm[purpose="resend"] #confirm-password:focus');
  assert.match(await page.textContent('.card-lead'), /Nothing was changed yet/);
  const file = join(product.home, 'config/org.catseye.web.control.cfg');
  const changed = () => /^graceSeconds\s*=\s*23$/m.test(readFileSync(file, 'utf8'));
  assert.equal(changed(), false);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await until(changed, () => `the setting in the file: ${readFileSync(file, 'utf8')}`);
}));

test('a button of the console that is refused says what to do, in its own dialog', options, () => onPage(async (page) => {
  // The console asks whether the bundle shall really stop.
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(`${product.address}${CONSOLE}/bundles`);
  await page.waitForFunction(() => '$' in window);
  await ageProofs();
  await page.evaluate(() => { window['$'].post('/system/console/bundles/org.catseye.web.control', { action: 'stop' }); });
  const link = page.locator('.ui-dialog a[href="/confirm"]');
  await link.waitFor();
  const [tab] = await Promise.all([context.waitForEvent('page'), link.click()]);
  await tab.fill('#confirm-password', PASSWORD);
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('catseye-confirm[state="recent"]');
  await tab.close();
  const stopped = await page.evaluate(() => new Promise((done) => window['$'].post('/system/console/bundles/org.catseye.web.control', { action: 'stop' }, done, 'json')));
  assert.ok(stopped, 'now it works');
  await page.evaluate(() => new Promise((done) => window['$'].post('/system/console/bundles/org.catseye.web.control', { action: 'start' }, done, 'json')));
}));

test('the page asks in a dialog, and makes the change once the password is given', options, () => onPage(async (page) => {
  await page.goto(`${product.address}/`);
  await pageState(page, 'live');
  await ageProofs();
  await pageState(page, 'live', 60_000);
  await page.click('catseye-menu[label="User"] button');
  await page.click('text=/^Account/');
  await page.click('[data-section="users"]');
  await page.click('[data-new="user"] summary');
  await page.fill('#new-user', 'colleague');
  await page.fill('#new-user-password', 'three odd words');
  await page.click('[data-new="user"] button[type=submit]');
  await page.waitForSelector('catseye-proof-dialog dialog[open] #confirm-password:focus');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.section-message:text-matches("colleague was added")');
  await page.click('[data-section="audit"]');
  await page.waitForSelector('table.audit');
  const record = await page.textContent('table.audit');
  for (const action of ['proof', 'proof.failed', 'console.refused', 'user.added']) assert.ok(record.includes(action), `${action} is on record`);
  assert.ok(!record.includes(PASSWORD));
}));

test('the pages of ours had nothing to complain about', { skip: skip || engine.lacks['script errors'] }, () => {
  assert.deepEqual(complaints.filter((one) => !one.includes(CONSOLE)), []);
});
