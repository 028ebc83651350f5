import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { collectComplaints, state, until } from '../browser-test/page.mjs';
import { ConsolePages } from './console-pages.mjs';
import { PASSWORD, Product, installed, lacking, logIn } from './product.mjs';
import { CONFIGURATIONS, PROXIES, ReverseProxy, hasProxy } from './reverse-proxy.mjs';
import { SCENE, awaitTag } from './tag.mjs';

const skip = lacking({ [engine.name]: browserPath(), openssl: installed('openssl') });
/** A name that the browser of the tests resolves, and that the product accepts. */
const HOST = 'catseye.internal';
const SETUPS = PROXIES.flatMap((name) => ['', '/kvm'].map((basePath) => ({ name, basePath, key: name + basePath })));
const options = (name) => ({ skip: skip || (!hasProxy(name) && `no ${name} on this machine`), timeout: 180_000 });

let product;
let browser;
/** @type {Record<string, ReverseProxy>} */
const proxies = {};
let typed = 0;

before(async () => {
  if (skip) return;
  product = Product.claimed();
  mkdirSync(join(product.home, 'config'), { recursive: true });
  writeFileSync(join(product.home, 'config/org.catseye.web.gate.cfg'), 'proxies = ["127.0.0.1"]\n');
  await product.start();
  browser = await launch();
  for (const { name, basePath, key } of SETUPS.filter((setup) => hasProxy(setup.name))) {
    proxies[key] = new ReverseProxy(name, basePath, product.port);
    await proxies[key].start();
  }
});

after(async () => {
  await browser?.close();
  for (const proxy of Object.values(proxies)) await proxy.stop();
  await product?.remove();
});

/** Sends a request whose path nothing has normalized. @returns {Promise<{status: number, headers: import('node:http').IncomingHttpHeaders, text: string}>} */
function ask(port, path, { headers = {}, method = 'GET', tls = false, localAddress = '127.0.0.1' } = {}) {
  return new Promise((resolve, reject) => {
    const send = tls ? requestOverTls : request;
    const sent = send({ host: '127.0.0.1', port, path, method, localAddress, rejectUnauthorized: false, agent: false, headers: { Host: `${HOST}:${port}`, ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text })).on('error', reject);
    });
    sent.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: '' });
    });
    sent.on('error', reject).end();
  });
}

/** The cookie of a new session, as a browser sends it below the base path. */
const cookieFor = async (basePath) => (await product.session()).replace('catseye-session', `catseye-session${basePath.replaceAll('/', '.')}`);

/** Sends a request with the session of the page, to an address relative to the page. */
const send = (page, method, path, body) => page.evaluate(async ([how, where, content]) => {
  const answer = await fetch(where, { method: how, body: content && JSON.stringify(content), headers: content ? { 'Content-Type': 'application/json' } : {} });
  return { status: answer.status, location: answer.headers.get('Location') };
}, [method, path, body]);

/** Runs in a page: the number of pictures that begin in the first part of the MJPEG stream. */
async function countPictures() {
  const stop = new AbortController();
  const { body } = await fetch('api/v1/targets/default/video.mjpeg', { signal: stop.signal });
  const reader = body.getReader();
  let found = 0;
  let previous = 0;
  while (found < 3) {
    const { value, done } = await reader.read();
    if (done) break;
    for (const byte of value) {
      if (previous === 0xff && byte === 0xd8) found++;
      previous = byte;
    }
  }
  stop.abort();
  return found;
}

/** Saves a form of the web console, is asked before a bundle stops, and returns the errors of the pages. */
async function useConsole(context, address, grace) {
  const web = await ConsolePages.open(context, address);
  const { page } = web;
  await page.goto(`${address}/system/console`);
  assert.equal(page.url(), `${address}/system/console/bundles`);
  assert.ok(await web.isAlive());
  const questions = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.message());
    void dialog.dismiss();
  });
  await page.locator('#plugin_table > tbody > tr', { hasText: 'org.catseye.core.hid' }).first().locator('li[title="Stop"]').click();
  await until(() => questions.length > 0, 'the question before a bundle stops');
  assert.match(questions[0], /org\.catseye\.core\.hid\?[^]*keyboard and mouse/);
  await web.go('configMgr/org.catseye.web.control');
  const field = page.locator('#editorForm [name=graceSeconds]');
  await field.waitFor();
  await field.fill(grace);
  await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.locator('.ui-dialog:visible button', { hasText: 'Save' }).click()]);
  await web.go('configMgr/org.catseye.web.control');
  await field.waitFor();
  assert.equal(await field.inputValue(), grace);
  return web;
}

for (const { name, basePath, key } of SETUPS) {
  for (const scheme of ['http', 'https']) {
    test(`${name}, ${scheme}, ${basePath}/: login, picture, keyboard, settings, web console, logout`, options(name), async () => {
      const address = proxies[key].address(scheme, HOST);
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ignoreHTTPSErrors: true });
      const complaints = [];
      const outside = [];
      const sockets = [];
      context.on('request', (sent) => {
        if (!sent.url().startsWith(`${address}/`) && !/^(blob|data):/.test(sent.url())) outside.push(sent.url());
      });
      try {
        const page = await context.newPage();
        collectComplaints(page, complaints);
        page.on('websocket', (socket) => sockets.push(socket.url()));
        await page.goto(`${address}/`);
        assert.equal(page.url(), `${address}/login`);
        await logIn(page, 'admin', PASSWORD);
        await state(page, 'live');
        assert.equal(page.url(), `${address}/`);
        const cookies = (await context.cookies()).filter(({ name: cookieName }) => cookieName.startsWith('catseye'));
        const suffix = basePath.replaceAll('/', '.');
        assert.deepEqual(cookies.map((cookie) => [cookie.name, cookie.path, cookie.secure]).sort(),
          [`catseye-device${suffix}`, `catseye-session${suffix}`].map((cookieName) => [cookieName, basePath || '/', scheme === 'https']));

        await awaitTag(page, (seen) => seen.scene === SCENE.console, 'the text console');
        await page.locator('catseye-screen').click();
        const letters = `p${String.fromCharCode(97 + typed++)}`;
        await page.keyboard.type(letters, { delay: 20 });
        await awaitTag(page, (seen) => seen.typed.endsWith(letters), `${letters} in the picture`);
        const socketAddress = `${address.replace(/^http/, 'ws')}/api/v1/targets/default/`;
        assert.ok(sockets.some((url) => url.startsWith(`${socketAddress}video`)) && sockets.some((url) => url.startsWith(`${socketAddress}control`)), String(sockets));
        assert.equal(await page.evaluate(countPictures), 3);

        assert.deepEqual(await send(page, 'POST', 'api/v1/users', { name: 'guest', password: 'three odd words', roles: [], rights: {} }), { status: 201, location: `${basePath}/api/v1/users/guest` });
        assert.equal((await send(page, 'PUT', 'api/v1/users/guest', { roles: [], rights: { default: ['VIEW'] } })).status, 204);
        assert.equal((await send(page, 'DELETE', 'api/v1/users/guest')).status, 204);

        const web = await useConsole(context, address, String(10 + typed));
        await page.bringToFront();
        await page.click('catseye-menu[label="User"] button');
        await page.click('.menu-item:has-text("Log out")');
        await page.waitForURL(`${address}/login`);

        await web.page.goto(`${address}/system/console/bundles`);
        assert.equal(web.page.url(), `${address}/login#next=%2Fsystem%2Fconsole%2Fbundles`);
        await logIn(web.page, 'admin', PASSWORD);
        await web.page.waitForURL(`${address}/system/console/bundles`);
        await web.page.goto(`${address}/system/console/logout`);
        assert.equal(web.page.url(), `${address}/login`);
        await web.page.goto(`${address}/nothing/here`);
        assert.deepEqual([complaints, web.complaints, outside], [[], [], []]);
      } finally {
        await context.close();
      }
    });
  }

  test(`${name}, ${basePath}/: refused paths stay refused, however they are written`, options(name), async () => {
    const { ports } = proxies[key];
    const secrets = ['api/v1/targets', 'api/v1/targets/default/video', 'api/v1/users', 'api/v1/openapi.json', 'ui/ui/console.js', 'metrics', 'system/console', 'system/console/bundles.json', ''];
    const ways = ['/', '/./', '/x/../', '/../', '//', '/%2e%2e/', '/%2e/', '/login/../', '/login/..%2f', '/login/..;/', '/ui/public/../../', '/ui/public/..%2f..%2f', '/ui/public/%2e%2e/%2e%2e/', '/;x/', '/kvm/', '/kvm/kvm/', '/kvm/../'];
    const paths = secrets.flatMap((secret) => [...ways.map((way) => basePath + way + secret), `/${secret}`, `/kvm%2f${secret}`, `/kvm;x/${secret}`, `/KVM/${secret}`, `//kvm/${secret}`, `/k%76m/../${secret}`, `/%2fkvm/${secret}`]);
    let tried = 0;
    for (const path of paths) {
      for (const [tls, port] of [[false, ports.http], [true, ports.https]]) {
        // Half of them are enough for each scheme.
        if (tried++ % 2 === 0) continue;
        const { status, headers, text } = await ask(port, path, { tls });
        assert.ok(status >= 300 && status < 500, `${path}: ${status} ${text}`);
        assert.ok(!headers.location || !headers.location.includes('..'), `${path}: ${headers.location}`);
      }
    }
    assert.equal((await ask(ports.http, `${basePath}/login`)).status, 200);
    assert.equal((await ask(ports.http, `${basePath}/api/v1/health`)).status, 200);
    if (basePath) {
      assert.equal((await ask(ports.http, '/login')).status, 404);
      const bare = await ask(ports.http, '/kvm');
      assert.equal(bare.status, 308);
      assert.equal(bare.headers.location, '/kvm/');
    }
  });

  test(`${name}, ${basePath}/: clients can't choose the base path, and foreign pages get nothing`, options(name), async () => {
    const { ports } = proxies[key];
    const forged = await ask(ports.http, `${basePath}/`, { headers: { Accept: 'text/html', 'X-Forwarded-Prefix': '/evil' } });
    assert.deepEqual([forged.status, forged.headers.location], [302, `${basePath}/login`]);
    const cookie = await cookieFor(basePath);
    const upgrade = (origin) => ask(ports.http, `${basePath}/api/v1/targets/default/control`, { headers: {
      Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Protocol': 'catseye.control.v1', Cookie: cookie, Origin: origin } });
    assert.equal((await upgrade('http://evil.example')).status, 403);
    assert.equal((await upgrade(`http://${HOST}`)).status, 403, 'another port');
    assert.equal((await upgrade(`http://${HOST}:${ports.http}`)).status, 101);
  });
}

for (const { name, basePath, key } of SETUPS.filter((setup) => setup.basePath)) {
  test(`${name}, ${basePath}/: every page of the web console has its links there`, options(name), async () => {
    const cookie = await cookieFor(basePath);
    const read = (label) => ask(proxies[key].ports.http, `${basePath}/system/console/${label}`, { headers: { Cookie: cookie, Accept: 'text/html' } });
    const labels = new Set([...(await read('bundles')).text.matchAll(/href="[^"]*\/system\/console\/([\w-]+)"/g)].map((match) => match[1]));
    assert.ok(labels.size > 15, [...labels].join());
    labels.delete('logout');
    for (const label of labels) {
      const { status, text } = await read(label);
      assert.equal(status, 200, label);
      const addresses = [...text.matchAll(/(?:href|src|action)\s*=\s*["'](\/[^"']*)|(?:appRoot|pluginRoot)\s*=\s*["'](\/[^"']*)/g)].map((match) => match[1] ?? match[2]);
      assert.ok(addresses.length > 10, label);
      assert.deepEqual(addresses.filter((address) => !address.startsWith(`${basePath}/`)), [], label);
    }
  });
}

test('all files of the documentation are tested', () => {
  assert.deepEqual(CONFIGURATIONS, readdirSync(new URL('../../docs/proxy/', import.meta.url)).sort());
});

test('only a configured proxy reports a base path', { skip, timeout: 60_000 }, async () => {
  const headers = { Accept: 'text/html', 'X-Forwarded-Prefix': '/kvm' };
  const location = async (localAddress) => (await ask(product.port, '/', { headers, localAddress })).headers.location;
  assert.equal(await location('127.0.0.1'), '/kvm/login');
  assert.equal(await location('127.0.0.2'), '/login');
  const refused = await ask(product.port, '/', { headers: { 'X-Forwarded-Prefix': '//evil.example' } });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /"bad_prefix"/);
  assert.equal((await ask(product.port, '/kvm/login', { headers })).status, 400, 'the proxy did not remove it');
});

test('devices at the root and below a path of one host do not disturb each other', options('nginx'), async () => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  try {
    const page = await context.newPage();
    const addresses = ['nginx', 'nginx/kvm'].map((key) => proxies[key].address('http', HOST));
    for (const address of addresses) {
      await page.goto(`${address}/login`);
      await logIn(page, 'admin', PASSWORD);
      await state(page, 'live');
    }
    for (const address of addresses) {
      await page.goto(`${address}/`);
      await state(page, 'live');
    }
  } finally {
    await context.close();
  }
});
