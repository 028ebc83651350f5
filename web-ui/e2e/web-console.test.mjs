import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { until } from '../browser-test/page.mjs';
import { bundleFile } from './bundle-file.mjs';
import { ConsolePages } from './console-pages.mjs';
import { Product, lacking } from './product.mjs';

const skip = lacking({ [engine.name]: browserPath() });
const options = { skip, timeout: 180_000 };

let product;
let browser;
let cookie;
/** @type {import('playwright-core').BrowserContext} */
let context;
/** @type {ConsolePages} */
let web;
/** @type {import('playwright-core').Page} */
let page;

before(async () => {
  if (skip) return;
  product = await Product.claimed().start();
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  cookie = await product.signIn(context);
  web = await ConsolePages.open(context, product.address);
  page = web.page;
});

after(async () => {
  await browser?.close();
  await product?.remove();
});

const shot = async (name) => process.env.CATSEYE_SHOTS && page.screenshot({ path: `${process.env.CATSEYE_SHOTS}/console-${name}.png` });
const button = (label) => page.locator('.ui-dialog:visible button', { hasText: label });
const row = (text) => page.locator('#plugin_table > tbody > tr', { hasText: text }).first();
const column = (number, table = '#plugin_table') => page.$$eval(`${table} > tbody > tr > td:nth-child(${number})`, (cells) => cells.map((cell) => cell.textContent.trim()));

/** Accepts the questions of the page meanwhile. @returns {Promise<string[]>} the questions */
async function accepting(steps) {
  const asked = [];
  const answer = (dialog) => {
    asked.push(dialog.message());
    return dialog.accept();
  };
  page.on('dialog', answer);
  await steps().finally(() => page.off('dialog', answer));
  return asked;
}

async function upload(headers) {
  await web.go('bundles');
  await page.locator('.installButton').first().click();
  const input = page.locator('#uploadDialog input[type=file]');
  assert.equal(await input.evaluate((element) => element.multiple), true, 'several bundles at once');
  await input.setInputFiles({ name: 'part.jar', mimeType: 'application/java-archive', buffer: bundleFile(headers) });
  const asked = await accepting(() => Promise.all([page.waitForNavigation(), button('Install or Update').click()]));
  assert.equal(asked.length, 1);
  assert.match(asked[0], /A bundle can do everything that Catseye can/);
  await page.waitForLoadState('networkidle');
}

/** The errors of the page since the last call. */
function complaints() {
  return web.complaints.splice(0);
}

test('every page of the console has a policy without holes, and its scripts run under it', options, async () => {
  const labels = await web.labels();
  assert.ok(labels.length > 20, String(labels));
  for (const label of ['bundles', 'components', 'configMgr', 'events', 'logs', 'services', 'licenses', 'vmstat', 'depfinder']) assert.ok(labels.includes(label), `${label} in ${labels}`);
  for (const label of ['httpservice', 'memoryusage']) assert.ok(!labels.includes(label), `${label}: not in the base`);
  for (const label of labels) {
    const response = await web.go(label);
    assert.equal(response.status(), 200, label);
    const { 'content-security-policy': policy, 'cache-control': caching } = response.headers();
    assert.equal(caching, 'no-store', label);
    const scripts = /script-src ([^;]*);/.exec(policy)[1];
    assert.match(scripts, /^'self'( 'sha256-[\w+/=]{44}')+$/, label);
    assert.ok(await web.isAlive());
  }
  assert.deepEqual(complaints(), []);
});

test('bundles: details, upload, start, stop, sort, uninstall', options, async () => {
  await upload({ 'Bundle-SymbolicName': 'org.example.uploaded', 'Bundle-Version': '1.2.3', 'Bundle-Name': 'An uploaded bundle' });
  const uploaded = row('org.example.uploaded');
  await uploaded.locator('.bIcon').click();
  await page.waitForSelector('text=Manifest Headers');
  await uploaded.locator('li[title="Start"]').click();
  await until(async () => /Active/.test(await uploaded.textContent()), 'the bundle to start');
  await accepting(async () => {
    await uploaded.locator('li[title="Stop"]').click();
    await until(async () => /Resolved/.test(await uploaded.textContent()), 'the bundle to stop');
  });
  await shot('bundles');
  await page.click('#plugin_table th.col_Name');
  const names = (await column(2)).map((name) => name.toLowerCase()).filter(Boolean);
  assert.deepEqual(names, [...names].sort((a, b) => a.localeCompare(b)), 'sorted by name');
  await page.click('#plugin_table th.col_Id');
  await page.click('#plugin_table th.col_Id');
  const ids = (await column(1)).map(Number).filter(Boolean);
  assert.deepEqual(ids, [...ids].sort((a, b) => b - a), 'sorted by number, downwards');
  await web.go('bundles');
  const [question] = await accepting(async () => {
    await row('org.example.uploaded').locator('li[title="Uninstall"]').click();
    await until(async () => !(await column(2)).join().includes('org.example.uploaded'), 'the bundle to go');
  });
  assert.match(question, /^Uninstall org\.example\.uploaded\?[^]*It does not come back by itself/);
  assert.deepEqual(complaints(), []);
});

const stateOf = async (name) => (await (await fetch(`${product.address}/system/console/bundles.json`, { headers: { cookie } })).json()).data.find((bundle) => bundle.symbolicName === name).state;

test('before something ends, the page asks and names the consequence; declined, nothing happens', options, async () => {
  const asked = [];
  const decline = (dialog) => {
    asked.push(dialog.message());
    return dialog.dismiss();
  };
  const changes = [];
  const note = (request) => request.method() === 'POST' && changes.push(request.postData());
  page.on('dialog', decline);
  page.on('request', note);
  try {
    await web.go('bundles');
    for (const [title, question] of [['Stop', 'Stop'], ['Refresh Package Imports', 'Refresh'], ['Uninstall', 'Uninstall']]) {
      const before = asked.length;
      await row('org.catseye.core.hid').locator(`li[title="${title}"]`).click();
      await until(async () => asked.length > before, `the question before ${title}`);
      assert.match(asked.at(-1), new RegExp(`^${question} org\\.catseye\\.core\\.hid\\?[^]*This ends the keyboard and mouse of every remote computer\\.`));
    }
    await page.locator('.refreshPackages').first().click();
    await until(async () => asked.length === 4, 'the question before all packages are refreshed');
    assert.match(asked[3], /all packages[^]*All parts of Catseye that use it/);
    await web.go('components');
    await row('org.catseye.web.console.guard.ConsoleGuard').locator('li[title="Disable"]').click();
    await until(async () => asked.length === 5, 'the question before a component is disabled');
    assert.match(asked[4], /^Disable org\.catseye\.web\.console\.guard\.[^]*This ends the web console/);
    await web.go('configMgr');
    await page.locator('#configTable tr', { hasText: 'org.catseye.core.access' }).first().locator('li[title*="Delete"]').click();
    await until(async () => asked.length === 6, 'the question before a configuration is deleted');
    assert.match(asked[5], /Passwords in them are lost/);
    assert.deepEqual(changes.filter((body) => /action=(?!ajaxConfigManager)|delete=/.test(body ?? '')), []);
    assert.equal(await stateOf('org.catseye.core.hid'), 'Active');
  } finally {
    page.off('dialog', decline);
    page.off('request', note);
  }
  await web.go('bundles');
  const confirmed = await accepting(async () => {
    await row('org.catseye.core.hid').locator('li[title="Stop"]').click();
    await until(async () => await stateOf('org.catseye.core.hid') === 'Resolved', 'the bundle to stop');
    await row('org.catseye.core.hid').locator('li[title="Start"]').click();
    await until(async () => await stateOf('org.catseye.core.hid') === 'Active', 'the bundle to start');
  });
  assert.equal(confirmed.length, 1, 'a start needs no question');
  assert.deepEqual(complaints(), []);
});

test('configuration: open, reset, save', options, async () => {
  await web.go('configMgr');
  await page.locator('#configTable tr', { hasText: 'org.catseye.web.control' }).first().locator('li[title*="Edit"]').click();
  const grace = page.locator('#editorForm [name=graceSeconds]');
  await grace.waitFor();
  const old = await grace.inputValue();
  await grace.fill('19');
  await button('Reset').click();
  assert.equal(await grace.inputValue(), old);
  await grace.fill('19');
  await shot('configuration');
  await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), button('Save').click()]);
  await web.go('configMgr/org.catseye.web.control');
  await grace.waitFor();
  assert.equal(await grace.inputValue(), '19');
  assert.deepEqual(complaints(), []);
});

test('components, services, logs, events, licences, dependency finder', options, async () => {
  await web.go('components');
  await row('org.catseye.web.console.guard.ConsoleGuard').locator('.bIcon').click();
  await page.waitForSelector('text=Implementation Class');
  await web.go('services');
  await row('org.catseye.web.RequestGuard').locator('.bIcon').click();
  await page.waitForSelector('text=service.scope');
  await web.go('logs');
  await until(async () => (await column(3)).length > 5, 'lines of the log');
  await web.go('events');
  await until(async () => (await column(2, '#eventsTable')).join().includes('org/osgi/'), 'events');
  await web.go('licenses');
  await page.locator('#licenseLeft a', { hasText: 'Catseye' }).first().click();
  await page.waitForSelector('#licenseDetails pre:has-text("Apache License")');
  await shot('licences');
  await web.go('depfinder');
  await page.fill('#findField', 'org.osgi.framework');
  await page.click('#findButton');
  await until(async () => (await column(1, '#findTable')).includes('org.osgi.framework'), 'the package');
  assert.deepEqual(complaints(), []);
});

test('system information: figures, garbage collection, a stop that is called off', options, async () => {
  await web.go('vmstat');
  assert.match(await page.textContent('#jvm'), /\d/);
  await Promise.all([page.waitForNavigation(), page.click('input[name="Collect Garbage"]')]);
  const asked = [];
  const answers = [false, true];
  const answer = (dialog) => {
    asked.push(dialog.message());
    return answers.shift() ? dialog.accept() : dialog.dismiss();
  };
  page.on('dialog', answer);
  await page.click('input[value=Stop]');
  assert.match(asked[0], /stop the framework/);
  await Promise.all([page.waitForNavigation(), page.click('input[value=Stop]')]);
  await page.waitForSelector('#countdowncell:has-text("second")');
  await Promise.all([page.waitForNavigation(), page.click('#shutdownform2 input[type=button]')]);
  page.off('dialog', answer);
  assert.ok(await page.isVisible('#shutdownform'), 'it runs on');
  assert.deepEqual(complaints(), []);
});

test('the buttons of the status pages lead to archives that are stored nowhere', options, async () => {
  await web.go('status-Bundlelist');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.downloadZip')]);
  assert.match(download.url(), /status-Bundlelist\.zip$/);
  for (const path of ['status-Bundlelist.zip', 'status-Bundlelist.txt', 'bundles.json', 'configuration-status-20300101-000000.zip']) {
    const response = await fetch(`${product.address}/system/console/${path.includes('configuration') ? `status-Bundlelist/${path}` : path}`, { headers: { cookie } });
    assert.equal(response.headers.get('cache-control'), 'no-store', path);
    await response.arrayBuffer();
  }
  assert.deepEqual(complaints(), []);
});

/** Markup that runs a script in every possible way if it is interpreted as markup. */
const HOSTILE = [
  '<img src=x onerror="window.__pwned=1">', '<script>window.__pwned=2</script>', '<svg onload="window.__pwned=3"></svg>', '<a id=bait href="javascript:window.__pwned=4">bait</a>',
  '<iframe srcdoc="<script>parent.__pwned=5</script>"></iframe>', '<details open ontoggle="window.__pwned=6">', '</script><script>window.__pwned=7</script>', '\'"-(window.__pwned=8)-"\'', '${__data__}',
].join('');

test('a bundle and a configuration with hostile names and values run nothing on any page', options, async () => {
  await upload({
    'Bundle-SymbolicName': 'org.example.hostile', 'Bundle-Version': '1.0.0', 'Bundle-Name': HOSTILE, 'Bundle-Description': HOSTILE, 'Bundle-Vendor': HOSTILE,
    'Bundle-Category': HOSTILE, 'Bundle-DocURL': 'javascript:window.__pwned=9', 'Bundle-License': `"${HOSTILE.replaceAll('"', "'")}";link="javascript:window.__pwned=10"`, 'X-Hostile': HOSTILE,
  });
  const save = await fetch(`${product.address}/system/console/configMgr/org.example.hostile`, {
    method: 'POST', redirect: 'manual',
    headers: { cookie, Origin: product.address, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ apply: 'true', action: 'ajaxConfigManager', propertylist: 'first,second', first: HOSTILE, second: `x'>${HOSTILE}` }),
  });
  assert.equal(save.status, 302);
  const id = (await (await fetch(`${product.address}/system/console/bundles.json`, { headers: { cookie } })).json()).data.find((bundle) => bundle.symbolicName === 'org.example.hostile').id;
  let hostile = 0;
  for (const path of [...await web.labels(), `bundles/${id}`, 'configMgr/org.example.hostile', `configMgr/${encodeURIComponent("x'><img src=x onerror=window.__pwned=11>")}`, `services?filter=${encodeURIComponent(HOSTILE)}`,
    `httpservice/${encodeURIComponent("'><img src=x onerror=window.__pwned=12>")}`, `${encodeURIComponent('"><img src=x onerror=window.__pwned=13>')}`]) {
    await web.go(path);
    for (const bait of await page.$$('#bait, a[href^="javascript:"]')) await bait.evaluate((link) => link.click());
    for (const entry of await page.$$('#licenseLeft a')) await entry.evaluate((link) => link.click());
    hostile += (await page.content()).includes('__pwned') ? 1 : 0;
    assert.equal(await web.traces(), '', path);
  }
  assert.ok(hostile > 3, `pages that showed it: ${hostile}`);
  await shot('hostile');
});

test('a link on another site does not open the console; the page it leads to does', options, async () => {
  const elsewhere = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<a href="${product.address}/system/console/bundles/0?x=evil">go</a>`);
  });
  await new Promise((done) => elsewhere.listen(0, '127.0.0.1', done));
  try {
    // The IP address is a different site than localhost; the name is another origin of the same site, which SameSite=Strict does not cover.
    for (const host of ['127.0.0.1', 'localhost']) {
      await page.goto(`http://${host}:${elsewhere.address().port}/`);
      await Promise.all([page.waitForNavigation(), page.click('text=go')]);
      assert.match(await page.textContent('h1'), /link from another site/, host);
      assert.ok(!(await page.content()).includes('evil'));
      await Promise.all([page.waitForNavigation(), page.click('text=Open the web console')]);
      await page.waitForURL('**/system/console/bundles');
      assert.ok(await web.isAlive());
    }
    await page.goto(`http://localhost:${elsewhere.address().port}/`);
    await page.goto(`${product.address}/login#next=${encodeURIComponent('/system/console/configMgr/x?pid=evil')}`);
    // With a session, the login page waits for a click and shows the destination.
    await Promise.all([page.waitForURL('**/system/console/configMgr'), page.click('text=Open the web console')]);
  } finally {
    elsewhere.close();
    elsewhere.closeAllConnections();
  }
});
