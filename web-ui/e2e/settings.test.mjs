import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { collectComplaints, state, until } from '../browser-test/page.mjs';
import { PASSWORD, Product, lacking, logIn } from './product.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIRTUAL = 'org.catseye.virtual.target';
const TARGET = 'org.catseye.core.target~default';
const skip = lacking({ [engine.name]: browserPath() });
const options = { skip, timeout: 120_000 };

let product;
let browser;
let context;
let watching;
let settings;
const complaints = [];

before(async () => {
  if (skip) return;
  product = await Product.claimed().start();
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
  watching = await context.newPage();
  collectComplaints(watching, complaints, 'console');
  await watching.goto(`${product.address}/login`);
  await logIn(watching, 'admin', PASSWORD);
  await state(watching, 'live');
});

after(async () => {
  await browser?.close();
  await product?.remove();
});

const at = (pid, rest) => `[data-pid="${pid}"] ${rest}`;
const said = (pid, words) => settings.waitForSelector(`${at(pid, '.section-message')}:text-matches("${words}")`);
const file = (pid) => readFileSync(join(product.home, 'config', `${pid}.cfg`), 'utf8');

async function openForm(pid) {
  await settings.click(at(pid, 'summary'));
  await settings.waitForSelector(at(pid, '.setting'));
}

test('a computer is renamed from its menu, and an open page shows the name', options, async () => {
  await watching.click('catseye-menu[icon="user"] > button');
  [settings] = await Promise.all([context.waitForEvent('page'), watching.click('.menu-item:has-text("Rename or set up")')]);
  collectComplaints(settings, complaints, 'settings');
  await settings.waitForSelector(at(TARGET, '[data-key="label"] input'));
  await settings.fill(at(TARGET, '[data-key="label"] input'), 'Rack 7, left');
  await settings.keyboard.press('Enter');
  await said(TARGET, 'Saved and in effect: Label');
  await until(async () => await watching.title() === 'Rack 7, left – Catseye', 'the new name');
  assert.match(file(TARGET), /^# Label: .*\nlabel = Rack 7, left$/m);
});

test('a wrong value is refused, and neither the file nor the picture changes', options, async () => {
  const before = file(VIRTUAL);
  await openForm(VIRTUAL);
  await settings.fill(at(VIRTUAL, '[data-key="fps"] input'), '61');
  await settings.click(at(VIRTUAL, 'button[type=submit]'));
  await settings.waitForSelector(`${at(VIRTUAL, '[data-key="fps"] [state="error"]')}:text-is("Enter a whole number from 1 to 60.")`);
  await settings.fill(at(VIRTUAL, '[data-key="fps"] input'), '20');
  await settings.fill(at(VIRTUAL, '[data-key="kvm.target"] input'), 'b a y');
  await settings.click(at(VIRTUAL, 'button[type=submit]'));
  await settings.waitForSelector(`${at(VIRTUAL, '[data-key="kvm.target"] [state="error"]')}:text-matches("It has to be the id of a target")`);
  assert.equal(file(VIRTUAL), before);
  await settings.click(at(VIRTUAL, 'button:text-is("Discard")'));
  await state(watching, 'live');
});

test('a second computer is added, appears on the open page, and is removed', options, async () => {
  const added = `[data-new="${VIRTUAL}"] `;
  await settings.click(`${added}summary`);
  await settings.waitForSelector(`${added}.setting`);
  await settings.fill(`${added}[data-key="kvm.target"] input`, 'bay9');
  await settings.fill(`${added}[data-key="kvm.label"] input`, 'Second');
  await settings.click('text="Show all settings"');
  await settings.click(`${added}button[type=submit]`);
  await settings.waitForSelector(at(`${VIRTUAL}~1`, 'details[open] .setting'));
  await watching.waitForSelector('catseye-menu[icon="target"]:not([hidden])');
  await settings.click(at(`${VIRTUAL}~1`, 'button:text-is("Remove")'));
  await settings.click(at(`${VIRTUAL}~1`, 'button[state="asking"]'));
  await watching.waitForSelector('catseye-menu[icon="target"][hidden]', { state: 'attached' });
});

test('every form of the product opens, is accessible, and fits a phone', options, async () => {
  await settings.setViewportSize({ width: 360, height: 740 });
  await settings.evaluate(() => document.querySelectorAll('catseye-settings-form:not([hidden]) details').forEach((details) => { details.open = true; }));
  await until(() => settings.evaluate(() => [...document.querySelectorAll('catseye-settings-form:not([hidden]) details')].every((details) => details.querySelector('.setting'))), 'all forms');
  const { inner, outer, fields } = await settings.evaluate(() => ({
    inner: document.documentElement.scrollWidth, outer: document.documentElement.clientWidth, fields: document.querySelectorAll('.setting').length,
  }));
  assert.ok(inner <= outer, `${inner} in ${outer}`);
  assert.ok(fields > 50, `${fields} settings`);
  assert.equal(await settings.locator('[data-pid] :is(.setting[state="changed"], .setting[state="error"])').count(), 0, 'nothing is changed by opening');
  await settings.evaluate(AXE);
  const violations = await settings.evaluate(async () => (await window['axe'].run(document, { resultTypes: ['violations'] })).violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`)));
  assert.deepEqual(violations, []);
  if (process.env.CATSEYE_SHOTS) await settings.screenshot({ path: `${process.env.CATSEYE_SHOTS}/settings-phone.png`, fullPage: true });
  assert.deepEqual(complaints, []);
});
