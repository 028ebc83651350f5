import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs, onStage, openLive, options, until } from './stage.mjs';
import { choosePlugin } from './views.mjs';

/** The page of the plug-ins, against the simulated server. */

async function openPage(server, page, query = '') {
  await page.goto(`${server.address}/plugins${query}`);
  await page.waitForSelector('catseye-plugin-page[loaded] .plugin');
}

const said = (page, words) => page.waitForSelector(`.section-message:text-matches("${words}")`);
const item = (id) => `[data-plugin="${id}"]`;
const open = (page, id) => page.click(`${item(id)} > summary`);

async function agreeAndApply(page) {
  await page.waitForSelector('[data-action="apply"]');
  if (await page.locator('[data-consent]').count() > 0) await page.check('[data-consent]');
  await page.click('[data-action="apply"]');
}

test('states, reasons and details are shown in words, and the menu leads to the page', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.click('catseye-menu[label="User"] button');
  assert.match(await page.getAttribute('.menu-item:has-text("Plug-ins")', 'href'), /\/plugins$/);
  await openPage(server, page);
  assert.match(await page.textContent(`${item('com.example.power')} summary`), /Waiting.*waits for the service com\.example\.Relay/);
  await open(page, 'com.example.clock');
  const details = await page.textContent(item('com.example.clock'));
  for (const words of [/Example Ltd\./, /signed by the trusted maker CN=Example/, /devices, network/, /Picture · Clock · computer default/, /com\.example\.clock/]) assert.match(details, words);
  await open(page, 'com.example.power');
  assert.match(await page.textContent(item('com.example.power')), /not declared/);
  assert.match(await page.textContent('[data-product]'), /2 bundles.*org\.catseye\.virtual 0\.2\.0 not running/s);
}));

test('a file is installed after its plan was shown and confirmed', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  await choosePlugin(page, 'com.example.clock-2.0.0.jar');
  await page.waitForSelector('[data-action="apply"]:text-is("Change to 2.0.0")');
  const plan = await page.textContent('catseye-plugin-plan');
  for (const words of [/from 1\.0\.0 to 2\.0\.0/, /Nothing has changed yet/, /computer default, 2 viewers/, /New permissions\s*exec/]) assert.match(plan, words);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'catseye-plan-title');
  let end;
  server.plugins.trial = new Promise((resolve) => { end = resolve; });
  await agreeAndApply(page);
  await said(page, 'is being tried');
  assert.equal(await page.isVisible('progress'), true);
  end();
  await said(page, 'com.example.clock 2.0.0 works and stays installed');
  assert.match(await page.textContent(`${item('com.example.clock')} summary`), /2\.0\.0/);
  assert.deepEqual(server.plugins.calls, ['POST ?file=com.example.clock-2.0.0.jar', 'POST plans/p0 {"untrusted":true}']);
}));

test('a version that does not work is reported with the reason, and the old one stays', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  await choosePlugin(page, 'com.example.clock-6.0.0.jar');
  await agreeAndApply(page);
  await said(page, 'did not work, so the previous state is restored. Its activator failed');
  await open(page, 'com.example.clock');
  assert.match(await page.textContent(item('com.example.clock')), /6\.0\.0 was rolled back.*Its activator failed/s);
}));

test('what cannot be installed has no button, and what is no plug-in is refused in words', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  await choosePlugin(page, 'missing-2.0.0.jar');
  await page.waitForSelector('.plugin-problem:has-text("org.example.missing")');
  assert.equal(await page.locator('[data-action="apply"]').count(), 0);
  await page.click('[data-action="cancel"]');
  await until(() => server.plugins.calls.includes('DELETE plans/p0'), 'the plan is discarded');
  await page.waitForSelector('catseye-plugin-page[state="idle"]');
  await choosePlugin(page, 'picture.jar');
  await said(page, 'not a whole jar');
}));

test('a plan stays until it was applied, and a new one takes its place', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  await choosePlugin(page, 'com.example.clock-2.0.0.jar');
  await page.waitForSelector('[data-action="apply"]:text-is("Change to 2.0.0")');
  await choosePlugin(page, 'com.example.clock-3.0.0.jar');
  await page.waitForSelector('[data-action="apply"]:text-is("Change to 3.0.0")');
  assert.deepEqual([...server.plugins.plans.keys()], ['p1']);
  server.plugins.unable = 'Another plug-in is being changed.';
  await agreeAndApply(page);
  await page.waitForSelector('catseye-plugin-page[state="refused"]');
  server.plugins.unable = '';
  await agreeAndApply(page);
  await said(page, 'com.example.clock 3.0.0 works');
  assert.equal(await page.locator('[data-action="apply"]').count(), 0);
  assert.equal(server.plugins.plans.size, 0);
}));

test('a plan that has expired is not shown any more', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  await choosePlugin(page, 'com.example.clock-2.0.0.jar');
  await page.waitForSelector('[data-action="apply"]');
  server.plugins.plans.clear();
  await agreeAndApply(page);
  await page.waitForSelector('catseye-plugin-page[state="refused"]');
  assert.equal(await page.locator('[data-action="apply"]').count(), 0);
}));

test('disabled, enabled, restored and removed, with the keyboard only', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  const press = async (selector) => {
    await page.focus(selector);
    await page.keyboard.press('Enter');
  };
  const button = (text) => `${item('com.example.clock')} button:has-text("${text}")`;
  await press(`${item('com.example.clock')} > summary`);
  await press(button('Disable'));
  await said(page, 'Clock is disabled');
  await press(button('Enable'));
  await said(page, 'Clock is enabled');
  await press(button('Restore 0.9.0'));
  await press(button('Really restore'));
  await said(page, 'Clock 0.9.0 works');
  await page.waitForSelector(`${item('com.example.clock')}[open]`);
  await press(button('Remove…'));
  await page.waitForSelector('catseye-plugin-removal dialog[open]');
  await page.focus('catseye-plugin-removal input[type=checkbox]');
  await page.keyboard.press('Space');
  await press('catseye-plugin-removal [data-action="remove"]');
  await said(page, 'Clock is removed');
  assert.deepEqual(server.plugins.calls, ['PUT com.example.clock {"enabled":false}', 'PUT com.example.clock {"enabled":true}', 'POST com.example.clock/rollback {"version":"0.9.0"}',
    'DELETE com.example.clock?settings=true']);
}));

test('a change needs a recent proof, and goes on after it', options, () => onStage(async ({ server, page }) => {
  server.proved = false;
  await openPage(server, page);
  await open(page, 'com.example.clock');
  await page.click(`${item('com.example.clock')} button:text-is("Disable")`);
  await page.fill('#confirm-password', server.password);
  await page.click('catseye-proof-dialog button[type=submit]');
  await said(page, 'Clock is disabled');
}));

const OVER = [{ figure: 'cpuPercentTenSeconds', measured: 97, limit: 90 }, { figure: 'logLinesPerMinute', measured: 4200, limit: 600 }];
const FIGURES = { cpuPercentTenSeconds: 97.2, threads: 3, logLinesPerMinute: 4200, droppedLogLines: 3600, printedLinesPerMinute: 0, droppedPrintedLines: 0, exceptionsPerMinute: 0,
  frameSlots: 2, frameBytes: 3145728 };

test('what a plug-in uses is shown, what is not known is missing, and a question that was asked stays', options, () => onStage(async ({ server, page }) => {
  const [clock] = server.plugins.list;
  clock.health = { condition: 'OVER_LIMIT', reason: 'It is over a limit.', since: '2026-01-31T12:00:00Z', exceeded: OVER, figures: FIGURES };
  await openPage(server, page);
  assert.match(await page.textContent(`${item('com.example.clock')} summary`), /uses too much: 97 % of a processor core \(limit 90 %\), 4,200 log lines per minute \(limit 600\)\. If this/);
  assert.equal(await page.isVisible(`${item('com.example.power')} .plugin-health`), false);
  await open(page, 'com.example.clock');
  const figures = await page.textContent(`${item('com.example.clock')} .plugin-figures`);
  for (const words of [/Processor97 % of a core in the last ten seconds(?!,)/, /Threads3/, /4,200 in the last minute, 3,600 dropped/, /Printed lines0 in the last minute(?!,)/, /2 pictures, 3\.0 MiB/]) {
    assert.match(figures, words);
  }
  await page.click(`${item('com.example.clock')} button:has-text("Restore 0.9.0")`);
  clock.health = { condition: 'OK', reason: '', exceeded: [], figures: { threads: 4 } };
  await page.waitForSelector(`${item('com.example.clock')} .plugin-figures:has-text("Threads4")`);
  assert.equal(await page.isVisible(`${item('com.example.clock')} .plugin-health`), false);
  assert.doesNotMatch(await page.textContent(`${item('com.example.clock')} .plugin-figures`), /Processor|Memory/);
  assert.equal(await page.isVisible(`${item('com.example.clock')} button:has-text("Really restore")`), true);
}));

test('a stopped plug-in has the reason, and one that still runs the request to restart Catseye', options, () => onStage(async ({ server, page }) => {
  const [clock, power] = server.plugins.list;
  const since = '2026-01-31T12:00:00Z';
  Object.assign(clock, { state: 'DISABLED', enabled: false, health: { condition: 'STOPPED', reason: 'Stopped.', since, exceeded: OVER, figures: {} } });
  power.health = { condition: 'STILL_RUNNING', reason: 'Restart Catseye.', since, exceeded: [], figures: { threads: 1 } };
  server.plugins.leftovers = [{ id: 'com.example.gone', health: { condition: 'STILL_RUNNING', reason: 'Restart Catseye.', since, exceeded: OVER, figures: {} } }];
  await openPage(server, page);
  assert.match(await page.textContent(`${item('com.example.clock')} summary`), /Catseye stopped it on .*2026.* because it used too much: 97 % of a processor core/);
  assert.match(await page.textContent(`${item('com.example.power')} .plugin-health`), /^It was stopped, but parts of it are still running\. Restart Catseye/);
  assert.match(await page.textContent('[data-leftovers]'), /com\.example\.gone: Catseye stopped it.*Restart Catseye/);
}));

test('everything fits a phone, in German', needs(), () => onStage(async ({ server, page }) => {
  server.plugins.list[0].health = { condition: 'OVER_LIMIT', reason: 'It is over a limit.', since: '2026-01-31T12:00:00Z', exceeded: OVER, figures: FIGURES };
  await openPage(server, page, '?lang=de');
  for (const id of ['com.example.clock', 'com.example.power', 'broken.jar']) await open(page, id);
  await choosePlugin(page, 'com.example.clock-2.0.0.jar');
  await page.waitForSelector('[data-action="apply"]:text-is("Auf 2.0.0 wechseln")');
  assert.match(await page.textContent(`${item('broken.jar')} summary`), /Abgelehnt/);
  assert.match(await page.textContent(`${item('com.example.clock')} summary`), /verbraucht zu viel: 97 % eines Prozessorkerns \(Grenze 90 %\), 4\.200 Protokollzeilen/);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing is wider than the window');
}, { viewport: { width: 360, height: 740 } }));

test('an unsigned file is installed only after the user has agreed', options, () => onStage(async ({ server, page }) => {
  server.plugins.concerns = [{ kind: 'CHANGED_MAKER', detail: 'CN=<b>Maker</b>' }, { kind: 'OLDER_VERSION', detail: '9.0.0' }];
  await openPage(server, page);
  await choosePlugin(page, 'com.example.new-1.0.0.jar');
  await page.waitForSelector('[data-consent]');
  const plan = await page.textContent('catseye-plugin-plan');
  for (const words of [/not signed/, /Nothing shows who made it/, /trusted maker CN=<b>Maker<\/b>/, /Version 9\.0\.0 of this plug-in ran before/]) assert.match(plan, words);
  assert.equal(await page.locator('text=Trust this maker…').count(), 0);
  await page.click('[data-action="apply"]');
  assert.equal(await page.evaluate(() => document.activeElement.hasAttribute('data-consent')), true, 'the browser leads to the question');
  assert.deepEqual(server.plugins.calls, ['POST ?file=com.example.new-1.0.0.jar']);
  await agreeAndApply(page);
  await said(page, 'com.example.new 1.0.0 works');
  assert.match(await page.textContent(`${item('com.example.new')} summary`), /not signed/);
  assert.doesNotMatch(await page.textContent(`${item('com.example.clock')} summary`), /not signed|not trusted/);
}));

test('the maker of a file is trusted in a second step, and the plan follows', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  await choosePlugin(page, 'signed-1.0.0.jar');
  await page.waitForSelector('[data-consent]');
  const plan = await page.textContent('catseye-plugin-plan');
  for (const words of [/signed by CN=Ann, who is not trusted/, /(AB:){31}AB/, /Compare the fingerprint/]) assert.match(plan, words);
  await page.click('text=Trust this maker…');
  await page.click('text=Really trust this maker?');
  await said(page, 'CN=Ann is trusted');
  assert.match(await page.textContent('catseye-plugin-plan'), /signed by the trusted maker CN=Ann/);
  assert.equal(await page.locator('[data-consent]').count(), 0);
  await page.click('[data-action="apply"]');
  await said(page, 'signed 1.0.0 works');
  assert.equal(server.plugins.calls.at(-1), 'POST plans/p0 {"untrusted":false}');
  await page.waitForSelector(`[data-maker="${'ab'.repeat(32)}"]`);
}));

test('a plan that has become less trusted is shown again before it is applied', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  server.plugins.makers.push({ fingerprint: 'ab'.repeat(32), name: 'CN=Ann', expires: '2030-01-31T12:00:00Z', problem: '' });
  await choosePlugin(page, 'signed-1.0.0.jar');
  await page.waitForSelector('[data-action="apply"]');
  assert.equal(await page.locator('[data-consent]').count(), 0);
  server.plugins.makers.pop();
  await page.click('[data-action="apply"]');
  await said(page, 'Something has changed');
  await agreeAndApply(page);
  await said(page, 'signed 1.0.0 works');
}));

test('a damaged file has no button, not even one to trust its maker', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  await choosePlugin(page, 'damaged.signed-1.0.0.jar');
  await page.waitForSelector('.plugin-problem:has-text("Evil.class")');
  for (const absent of ['[data-action="apply"]', '[data-consent]', 'text=Trust this maker…']) assert.equal(await page.locator(absent).count(), 0, absent);
}));

test('trusted makers are listed, added and removed', options, () => onStage(async ({ server, page }) => {
  await openPage(server, page);
  await page.waitForSelector('catseye-maker-list[loaded]');
  const makers = () => page.textContent('catseye-maker-list');
  for (const words of [/CN=Example Ltd\./, /(CD:){31}CD · valid until/, /broken\.pem.*This is no certificate/s]) assert.match(await makers(), words);
  await page.click('catseye-maker-list summary');
  const add = 'catseye-maker-list button:text-is("Trust this maker")';
  await page.fill('#catseye-maker-text', 'hello');
  await page.click(add);
  await said(page, 'no certificate as PEM');
  assert.equal(await page.inputValue('#catseye-maker-text'), 'hello', 'to be corrected');
  await page.fill('#catseye-maker-text', '-----BEGIN CERTIFICATE-----');
  await page.click(add);
  await said(page, 'CN=Ann is trusted');
  assert.match(await makers(), /CN=Ann(AB:){31}AB · expired on/);
  const remove = (maker) => `[data-maker="${maker}"] button`;
  await page.click(remove('ab'.repeat(32)));
  assert.equal(server.plugins.makers.length, 3, 'it asks first');
  await page.click(remove('ab'.repeat(32)));
  await said(page, 'CN=Ann is not trusted any more');
  await page.focus(remove('broken.pem'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await until(() => server.plugins.makers.length === 1, 'the broken file is removed');
  await page.setInputFiles('catseye-maker-list input[type=file]', { name: 'ann.pem', mimeType: 'text/plain', buffer: Buffer.from('-----BEGIN CERTIFICATE-----') });
  await until(() => server.plugins.makers.length === 2, 'the certificate of a file is added');
  await page.setInputFiles('catseye-maker-list input[type=file]', { name: 'big.pem', mimeType: 'text/plain', buffer: Buffer.alloc(8193) });
  await said(page, 'too large for a certificate');
}));

test('makers and the question about a file fit a phone, in German', needs(), () => onStage(async ({ server, page }) => {
  await openPage(server, page, '?lang=de');
  await page.waitForSelector('catseye-maker-list[loaded]');
  await page.click('catseye-maker-list summary');
  server.plugins.concerns = [{ kind: 'CHANGED_MAKER', detail: `CN=${'x'.repeat(150)}` }];
  await choosePlugin(page, 'signed-1.0.0.jar');
  await page.waitForSelector('[data-consent]');
  assert.match(await page.textContent('catseye-plugin-plan'), /diesem Hersteller wird nicht vertraut.*Kein vertrauenswürdiger Hersteller/s);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing is wider than the window');
}, { viewport: { width: 360, height: 740 } }));
