import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { collectComplaints, state as pageState, until } from '../browser-test/page.mjs';
import { PASSWORD, Product, distribution, installed, lacking, logIn } from './product.mjs';

const EXAMPLE = fileURLToPath(new URL('../../examples/hello', import.meta.url));
const HELLO = '/api/v1/targets/default/hello';
const PANEL = '/ui/plugins/com.example.hello/panel.js';
const run = promisify(execFile);
const skip = lacking({ Maven: installed('mvn'), [engine.name]: browserPath() });

let product;
let browser;
let folder;
let owner;

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), 'catseye-hello-'));
  cpSync(EXAMPLE, join(folder, 'hello'), { recursive: true });
  await run('mvn', ['-q', '-B', 'package', `-Dcatseye=${distribution()}`], { cwd: join(folder, 'hello') });
  product = await Product.claimed().start();
  owner = await product.session();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await product?.remove();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const get = (path, cookie) => fetch(product.address + path, { headers: cookie ? { cookie } : {}, redirect: 'manual' });

const jar = () => join(product.home, 'deploy/hello.jar');

async function drop() {
  copyFileSync(join(folder, 'hello/target/com.example.hello-1.0.0.jar'), `${jar()}.new`);
  renameSync(`${jar()}.new`, jar());
  await until(async () => (await get(HELLO, owner)).status === 200, 'the new resource', 30_000);
}

/** @returns {Promise<string>} the cookie of a new user with this permission on the default target */
async function userWith(name, right) {
  const headers = { cookie: owner, origin: product.address };
  const made = await product.post('users', { name, password: PASSWORD, roles: [], rights: { default: [right] } }, headers);
  assert.equal(made.status, 201, await made.text());
  const login = await product.post('session', { user: name, password: PASSWORD });
  return login.headers.get('set-cookie').split(';')[0];
}

test('a bundle from outside adds a resource below each target, with a right and a description', { skip, timeout: 240_000 }, async () => {
  assert.equal((await get(HELLO, owner)).status, 404);
  await drop();
  assert.deepEqual(await (await get(HELLO, owner)).json(), { greeting: 'Hello from default' });
  assert.equal((await get(HELLO)).status, 401);
  assert.equal((await get(HELLO, await userWith('viewer', 'VIEW'))).status, 200);
  assert.equal((await get(HELLO, await userWith('typist', 'CONTROL'))).status, 403);
  assert.equal((await get('/api/v1/targets/nowhere/hello', owner)).status, 404);
  assert.equal((await get(`${HELLO}/more`, owner)).status, 404);
  const refused = await fetch(product.address + HELLO, { method: 'POST', headers: { cookie: owner, origin: product.address } });
  assert.equal(refused.status, 405);
  assert.equal(refused.headers.get('allow'), 'GET, HEAD, OPTIONS');
  const { paths } = await (await get('/api/v1/openapi.json', owner)).json();
  assert.equal(paths['/api/v1/targets/{id}/hello'].get.summary, 'Greets');
  assert.ok(paths['/api/v1/targets/{id}/video'], 'beside those of the product');
});

test('its panel is on the page, and its files need a login', { skip, timeout: 120_000 }, async () => {
  assert.notEqual((await get(PANEL)).status, 200);
  assert.match((await get(PANEL, owner)).headers.get('content-type'), /^text\/javascript/);
  const complaints = [];
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  collectComplaints(page, complaints);
  await page.goto(`${product.address}/`);
  await logIn(page, 'admin', PASSWORD);
  await pageState(page, 'live');
  await page.click('catseye-menu[icon="panels"] > button');
  await page.click('.menu-item:has-text("Hello")');
  await page.waitForSelector('catseye-panel[state="open"] catseye-panel-hello:has-text("Hello from default")');
  assert.deepEqual(complaints, []);
});

test('when the bundle is removed, its resource, description and files are gone', { skip, timeout: 60_000 }, async () => {
  rmSync(jar());
  await until(async () => (await get(HELLO, owner)).status === 404, 'the end of the resource', 30_000);
  assert.equal((await get(PANEL, owner)).status, 404);
  const { paths } = await (await get('/api/v1/openapi.json', owner)).json();
  assert.equal(paths['/api/v1/targets/{id}/hello'], undefined);
});
