import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { collectComplaints, state, until } from '../browser-test/page.mjs';
import { Product, distribution, installed, lacking } from './product.mjs';

/** The life of a driver of a third party on the page of the plug-ins, while another tab shows the computer. */

const EXAMPLE = fileURLToPath(new URL('../../examples/test-pattern', import.meta.url));
const SOURCE = 'src/main/java/com/example/pattern/TestPattern.java';
const run = promisify(execFile);
const skip = lacking({ Maven: installed('mvn'), [engine.name]: browserPath() });
const options = { skip, timeout: 300_000 };

let product;
let browser;
let folder;
/** Shows the computer. */ let console_;
let page;
const complaints = [];

/** Signs with the programs of the JDK, as docs/extend.md says. @param {string} jar */
async function sign(jar) {
  const store = ['-keystore', join(folder, 'maker.p12'), '-storepass', 'changeit'];
  if (!existsSync(join(folder, 'maker.p12'))) await run('keytool', ['-genkeypair', '-alias', 'maker', '-keyalg', 'EC', '-dname', 'CN=Pattern maker', ...store]);
  await run('jarsigner', [...store, jar, 'maker']);
  return jar;
}

/** @param {string} version @param {(source: string) => string} change */
async function build(version, change = (source) => source) {
  const project = join(folder, version);
  cpSync(EXAMPLE, project, { recursive: true });
  const pom = readFileSync(join(project, 'pom.xml'), 'utf8');
  writeFileSync(join(project, 'pom.xml'), pom.replace('<version>1.0.0</version>', `<version>${version}</version>`));
  writeFileSync(join(project, SOURCE), change(readFileSync(join(project, SOURCE), 'utf8')));
  await run('mvn', ['-q', '-B', 'package', `-Dcatseye=${distribution()}`], { cwd: project });
  return join(project, 'target', `com.example.pattern-${version}.jar`);
}

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), 'catseye-driver-'));
  product = await Product.claimed().start();
  browser = await launch();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await product.signIn(context);
  console_ = await context.newPage();
  collectComplaints(console_, complaints);
  await console_.goto(`${product.address}/`);
  await state(console_, 'live');
  await console_.evaluate(() => { window['opened'] = true; });
  // A window of its own: a tab behind another one gets no pictures.
  page = await (await browser.newContext({ viewport: { width: 360, height: 740 }, storageState: await context.storageState() })).newPage();
  await page.goto(`${product.address}/plugins`);
  await page.waitForSelector('catseye-plugin-page[loaded]');
});

after(async () => {
  await browser?.close();
  await product?.remove();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The open page shows a live picture of this width. */
async function awaitPicture(width) {
  let seen;
  await until(async () => {
    seen = await console_.evaluate(() => `${document.querySelector('catseye-console').dataset.state} ${document.querySelector('catseye-screen').canvas.width}`);
    return seen === `live ${width}`;
  }, () => `a picture of width ${width}: ${seen}`, 30_000);
}

async function send(jar) {
  await page.setInputFiles('catseye-plugin-page > main > .plugin-adding input[type=file]', jar);
  await page.waitForSelector('[data-action="apply"]', { timeout: 30_000 });
  const plan = await page.textContent('catseye-plugin-plan');
  await page.check('[data-consent]');
  await page.click('[data-action="apply"]');
  return plan;
}

async function said(words) {
  let text;
  await until(async () => {
    text = await page.textContent('.section-message');
    return new RegExp(words).test(text);
  }, () => `${words}: ${text}`, 60_000);
}
const button = (text) => page.click(`[data-plugin="com.example.pattern"] button:text-is("${text}")`);

test('a driver is installed, and its picture appears in the open page', options, async () => {
  await awaitPicture(1280);
  assert.match(await send(await build('1.0.0')), /Install com\.example\.pattern 1\.0\.0|Install Test pattern 1\.0\.0/);
  await said('1.0.0 works and stays installed');
  await awaitPicture(640);
  await page.click('[data-plugin="com.example.pattern"] > summary');
  assert.match(await page.textContent('[data-plugin="com.example.pattern"]'), /Running.*Picture · Test pattern · computer default/s);
});

test('an update that fails is rolled back with the reason, and the picture comes back', options, async () => {
  const bad = await build('1.1.0', (source) => source.replace('    @Override', '    public TestPattern() {\n        throw new IllegalStateException("no pattern today");\n    }\n\n    @Override'));
  assert.match(await send(bad), /from 1\.0\.0 to 1\.1\.0.*computer default, \d viewer/s);
  await said('1.1.0 did not work, so the previous state is restored.*no pattern today');
  await awaitPicture(640);
  assert.match(await page.textContent('[data-plugin="com.example.pattern"]'), /1\.0\.0.*1\.1\.0 was rolled back/s);
});

test('a signed update needs no consent after its maker is trusted, and is trusted on the page', options, async () => {
  await page.setInputFiles('catseye-plugin-page > main > .plugin-adding input[type=file]', await sign(await build('1.2.0')));
  await page.waitForSelector('[data-consent]', { timeout: 30_000 });
  assert.match(await page.textContent('catseye-plugin-plan'), /signed by CN=Pattern maker, who is not trusted/);
  assert.match(await page.textContent('[data-plugin="com.example.pattern"] > summary'), /not signed/);
  await page.click('text=Trust this maker…');
  await page.click('text=Really trust this maker?');
  await said('CN=Pattern maker is trusted');
  assert.equal(await page.locator('[data-consent]').count(), 0);
  await page.click('[data-action="apply"]');
  await said('1.2.0 works and stays installed');
  await awaitPicture(640);
  const plugin = await page.textContent('[data-plugin="com.example.pattern"]');
  assert.match(plugin, /signed by the trusted maker CN=Pattern maker/);
  assert.doesNotMatch(plugin, /not trusted|not signed/);
  await page.click('[data-maker] button');
  await page.click('[data-maker] button');
  await until(async () => /maker not trusted/.test(await page.textContent('[data-plugin="com.example.pattern"] > summary')), () => 'the mark of the plug-in', 10_000);
});

test('disabled, enabled and removed, without a reload of the open page', options, async () => {
  await button('Disable');
  await said('is disabled');
  await awaitPicture(1280);
  await button('Enable');
  await said('is enabled');
  await awaitPicture(640);
  await button('Remove…');
  await page.click('catseye-plugin-removal [data-action="remove"]');
  await said('is removed');
  await awaitPicture(1280);
  assert.equal(existsSync(join(product.home, 'deploy/com.example.pattern.jar')), false);
  assert.equal(await console_.evaluate(() => window['opened']), true, 'the page was not loaded again');
  assert.deepEqual(complaints, []);
});
