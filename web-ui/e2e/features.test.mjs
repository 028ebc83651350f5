import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { collectComplaints, state, until } from '../browser-test/page.mjs';
import { Product, lacking } from './product.mjs';

/** A feature is switched on and off on the page of the plug-ins, while another page shows the computer. */

const SETTINGS = '[data-pid="org.catseye.auth.ldap"]';
const skip = lacking({ [engine.name]: browserPath() });
const options = { skip, timeout: 180_000 };

let product;
let browser;
/** Shows the computer. */ let console_;
let page;
let settings;
const complaints = [];

before(async () => {
  if (skip) return;
  product = await Product.claimed().start();
  browser = await launch();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await product.signIn(context);
  console_ = await context.newPage();
  collectComplaints(console_, complaints);
  await console_.goto(`${product.address}/`);
  await state(console_, 'live');
  await console_.evaluate(() => { window['opened'] = true; });
  // Windows of their own: a tab behind another one gets no pictures.
  const storageState = await context.storageState();
  settings = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, storageState })).newPage();
  page = await (await browser.newContext({ viewport: { width: 360, height: 740 }, storageState })).newPage();
  await page.goto(`${product.address}/plugins`);
  await page.waitForSelector('catseye-feature-list[loaded]');
});

after(async () => {
  await browser?.close();
  await product?.remove();
});

const item = (id) => `[data-feature="${id}"]`;
const chosen = () => readFileSync(join(product.home, 'features/chosen'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));

async function said(words) {
  let text;
  await until(async () => {
    text = await page.textContent('catseye-feature-list .section-message');
    return new RegExp(words).test(text);
  }, () => `${words}: ${text}`, 60_000);
}

/** @returns {Promise<string>} the plan */
async function switchFeature(id) {
  if (!await page.evaluate((row) => document.querySelector(row).open, item(id))) await page.click(`${item(id)} > summary`);
  await page.click(`${item(id)} [data-action="switch"]`);
  await page.waitForSelector(`${item(id)} [data-action="apply"]`);
  const plan = await page.textContent(`${item(id)} .feature-plan`);
  await page.click(`${item(id)} [data-action="apply"]`);
  return plan;
}

async function countForms() {
  await settings.goto(`${product.address}/settings`);
  await settings.waitForSelector('[data-pid="org.catseye.virtual.target"], [data-pid="org.catseye.core.deploy"]', { state: 'attached' });
  return settings.locator(SETTINGS).count();
}

test('a feature is switched on, and its settings appear', options, async () => {
  assert.equal(await countForms(), 0);
  assert.match(await switchFeature('ldap'), /Switch LDAP on.*Nothing has changed yet.*org\.catseye\.auth\.ldap/s);
  await said('LDAP is switched on, and stays on after a restart');
  assert.match(await page.textContent(`${item('ldap')} summary`), /LDAP\s*On/);
  assert.equal(await countForms(), 1);
  assert.deepEqual(chosen(), ['virtual-target', 'ldap']);
  assert.equal(await console_.evaluate(() => document.querySelector('catseye-console').dataset.state), 'live');
  assert.equal(await console_.evaluate(() => window['opened']), true, 'the page was not loaded again');
});

test('it is on after a restart, and switched off it is gone', options, async () => {
  await product.stop();
  await product.start();
  await page.goto(`${product.address}/plugins`);
  await page.waitForSelector(`catseye-feature-list[loaded] ${item('ldap')}[state="running"]`);
  await page.click(`${item('ldap')} > summary`);
  assert.match(await page.textContent(item('ldap')), /An administrator has switched it on/);
  assert.equal(await countForms(), 1);
  await switchFeature('ldap');
  await said('LDAP is switched off');
  assert.equal(await countForms(), 0);
  assert.deepEqual(chosen(), ['virtual-target']);
});

test('the picture ends with the feature of its device, and comes back with it', options, async () => {
  await until(async () => await console_.evaluate(() => document.querySelector('catseye-console').dataset.state) === 'live', 'the page has connected again', 60_000);
  assert.match(await switchFeature('virtual-target'), /Stops.*org\.catseye\.virtual.*computer default, \d viewer/s);
  await said('Virtual target is switched off');
  await until(async () => await console_.evaluate(() => document.querySelector('catseye-console').dataset.state) !== 'live', 'no picture', 30_000);
  await switchFeature('virtual-target');
  await said('Virtual target is switched on');
  await until(async () => await console_.evaluate(() => document.querySelector('catseye-console').dataset.state) === 'live', 'the picture', 30_000);
  assert.deepEqual(complaints.filter((text) => !/ERR_CONNECTION_REFUSED|WebSocket|Failed to load resource/.test(text)), []);
});
