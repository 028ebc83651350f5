import assert from 'node:assert/strict';
import { test } from 'node:test';
import { de } from '../public/messages/de.js';
import { en } from '../public/messages/en.js';
import { needs, onStage, openLive, options, state, until } from './stage.mjs';

const GERMAN = { locale: 'de-DE' };
const PHONE = { ...GERMAN, viewport: { width: 360, height: 740 } };

/** English texts that no German page may show. */
const ONLY_ENGLISH = Object.keys(en).filter((key) => typeof en[key] === 'string' && en[key] !== de[key] && !Object.values(de).includes(en[key]) && !en[key].includes('{')).map((key) => en[key]);

/** All texts, names and titles of a page. */
const textsOf = (page) => page.evaluate(() => [...document.body.querySelectorAll('*')].flatMap((element) => [
  ...[...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data.trim()),
  ...['title', 'aria-label', 'aria-roledescription', 'placeholder'].map((name) => element.getAttribute(name)),
]).filter(Boolean));

const language = (page) => page.evaluate(() => document.documentElement.lang);

/** How far the widest of these elements extends beyond the window or its own box. */
const overflow = (page, selector) => page.evaluate((wanted) => Math.max(document.documentElement.scrollWidth - innerWidth,
  ...[...document.querySelectorAll(wanted)].filter((element) => element.checkVisibility()).flatMap((element) => [element.getBoundingClientRect().right - innerWidth, element.scrollWidth - Math.max(element.clientWidth, 1)])), selector);

test('a browser in German gets German pages, from the login to the console', options, () => onStage(async ({ server, page }) => {
  server.loggedIn = false;
  await page.goto(`${server.address}/login`);
  await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  assert.equal(await language(page), 'de');
  assert.equal(await page.title(), 'Anmelden – Catseye');
  await page.getByLabel('Passwort', { exact: true }).fill('falsch');
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByText('Benutzer oder Passwort ist falsch.').waitFor();
  await page.getByLabel('Passwort', { exact: true }).fill(server.password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await state(page, 'live');
  assert.equal(await language(page), 'de');
  await until(async () => /Bilder\/s.*1 Zuschauer/.test(await page.textContent('catseye-status')), 'German figures');
  server.say({ video: { state: 'NO_SIGNAL', reason: '' } });
  await page.getByText('Der entfernte Rechner sendet kein Bild.').waitFor();
  await page.getByRole('button', { name: 'Tasten' }).click();
  await page.getByRole('menuitem', { name: 'Strg+Alt+Entf' }).waitFor();
}, GERMAN));

test('the user menu changes the language, and the choice is kept for the login too', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  assert.equal(await language(page), 'en');
  await page.click('catseye-menu[icon="user"] > button');
  assert.equal(await page.getByRole('menuitemradio', { name: 'Same as the browser' }).getAttribute('aria-checked'), 'true');
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await page.getByRole('button', { name: 'Tasten' }).waitFor();
  assert.equal(await language(page), 'de');
  await page.click('catseye-menu[icon="user"] > button');
  await page.getByRole('menuitem', { name: 'Abmelden' }).click();
  await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  server.loggedIn = true;
  await openLive(server, page);
  await page.click('catseye-menu[icon="user"] > button');
  await page.getByRole('menuitemradio', { name: 'Wie im Browser' }).click();
  await page.getByRole('button', { name: 'Keys' }).waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem('catseye.language')), null);
}));

test('the address chooses the language once, and unknown languages are English', options, () => onStage(async ({ server, page }) => {
  server.loggedIn = false;
  for (const [query, expected] of [['?lang=de', 'de'], ['', 'en'], ['?lang=de-CH', 'de'], ['?lang=../../ui/console', 'en']]) {
    await page.goto(`${server.address}/login${query}`);
    await page.waitForSelector('catseye-login h1');
    assert.equal(await language(page), expected, query);
  }
}));

test('a language whose file cannot be loaded is English', options, () => onStage(async ({ server, page }) => {
  server.loggedIn = false;
  server.routes['/ui/public/messages/de.js'] = (request, response) => response.destroy();
  await page.goto(`${server.address}/login`);
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  assert.equal(await language(page), 'en');
}, GERMAN));

test('the gallery in German has no English text of the message file', options, () => onStage(async ({ server, page }) => {
  await page.goto(`${server.address}/ui/gallery.html?lang=de`);
  await page.waitForSelector('[data-example^="Icons"]');
  for (const menu of await page.locator('catseye-menu > button:enabled:visible').all()) await menu.evaluate((button) => button.click());
  const seen = new Set(await textsOf(page));
  for (const text of ['Kein Signal', 'Gerät in Besitz nehmen', 'Tastaturbelegung des entfernten Rechners', 'Feststelltaste: an', 'Steuerung anfragen']) assert.ok(seen.has(text), text);
  // The captions of the gallery are English.
  const captions = new Set(await page.locator('h1, h2, figcaption, .buttons > .button').allTextContents());
  assert.ok(ONLY_ENGLISH.length > 150);
  assert.deepEqual(ONLY_ENGLISH.filter((text) => seen.has(text) && !captions.has(text)), []);
}));

test('the account in German has no English text of the message file, and fits 360 pixels', options, () => onStage(async ({ server, page }) => {
  server.access.users.push({ name: 'ann', created: '2026-01-31T12:00:00Z', roles: ['watch', 'admin'], rights: { default: ['POWER'] }, secondFactor: true });
  await openLive(server, page);
  await page.click('catseye-menu[icon="user"] > button');
  await page.getByRole('menuitem', { name: 'Konto' }).click();
  for (const section of ['self', 'sessions', 'users', 'audit']) {
    await page.click(`[data-section="${section}"]`);
    await page.waitForSelector(`catseye-account-${section} h3, catseye-account-${section} table`);
    for (const details of await page.locator('details').all()) await details.evaluate((element) => { element.open = true; });
    const seen = new Set(await textsOf(page));
    assert.deepEqual(ONLY_ENGLISH.filter((text) => seen.has(text)), [], section);
    assert.ok(await overflow(page, 'dialog.account, dialog.account .button, dialog.account .account-tab') <= 0, section);
  }
}, PHONE));

test('the media dialogs in German have no English text of the message file, and fit 360 pixels', options, () => onStage(async ({ server, page }) => {
  server.media.downloads = [{ id: 'd1', url: 'https://images.example/alpine.iso', name: 'alpine.iso', user: 'admin', state: 'RUNNING', received: 31e6, total: 212e6, reason: '' }];
  await openLive(server, page);
  await page.click('catseye-menu[icon="disc"] > button');
  await page.click('catseye-menu[icon="disc"] .menu-item:has-text("Abbild einlegen") >> nth=1');
  await page.waitForSelector('catseye-media-attach button[type=submit]:not([disabled])');
  await page.selectOption('#catseye-attach-image', 'img2');
  assert.ok(await overflow(page, 'catseye-media-attach dialog, catseye-media-attach :is(form, .button, .select)') <= 0, 'attach');
  await page.click('catseye-media-attach .media-start');
  await page.waitForSelector('.media-image');
  await page.click('catseye-media-fetch summary');
  await page.click('catseye-media-new-disk summary');
  await page.selectOption('#disk-size', '');
  await page.click('[data-image="img2"] button:has-text("Umbenennen")');
  const seen = new Set(await textsOf(page));
  assert.deepEqual(ONLY_ENGLISH.filter((text) => seen.has(text)), []);
  assert.ok(await overflow(page, 'dialog.library, dialog.library :is(.button, .section-item, form)') <= 0, 'library');
  server.media.files.img2.set('logs', null).set('logs/installation-of-the-server-in-the-cellar.log', Buffer.alloc(10));
  await page.click('[data-image="img2"] button:has-text("Dateien")');
  await page.waitForSelector('catseye-media-files .media-image:has-text("Ordner")');
  await page.click('catseye-media-files [data-path="logs"] button');
  const files = new Set(await textsOf(page));
  assert.deepEqual(ONLY_ENGLISH.filter((text) => files.has(text)), []);
  assert.ok(await overflow(page, 'dialog.files, dialog.files :is(.button, .section-item, .field)') <= 0, 'files');
}, PHONE));

test('login, setup, confirm and console in German fit 360 pixels', options, () => onStage(async ({ server, page }) => {
  Object.assign(server, { loggedIn: false, claimed: false });
  for (const [path, element] of [['/login', 'catseye-login'], ['/setup', 'catseye-setup']]) {
    await page.goto(server.address + path);
    await page.waitForSelector(`${element} h1`);
    assert.ok(await overflow(page, '.card, .card .button, .card h1, .field-label') <= 0, path);
  }
  Object.assign(server, { loggedIn: true, claimed: true, proved: false });
  await page.goto(`${server.address}/confirm#next=%2Fsystem%2Fconsole%2Fbundles`);
  await page.waitForSelector('#confirm-password:focus');
  assert.ok(await overflow(page, '.card, .card .button, .card h1, .field-label') <= 0, '/confirm');
  const seen = new Set(await textsOf(page));
  assert.deepEqual(ONLY_ENGLISH.filter((text) => seen.has(text)), [], '/confirm');
  await openLive(server, page);
  assert.ok(await overflow(page, '.tool:not([hidden] *), .figure') <= 0, 'console');
  for (const icon of ['keyboard', 'pointer', 'user']) {
    await page.click(`catseye-menu[icon="${icon}"] > button`);
    assert.ok(await overflow(page, '.menu, .menu-item') <= 0, icon);
    await page.keyboard.press('Escape');
  }
}, PHONE));

test('a refusal of the server is shown in German, and its own description as it is', needs('early scripts'), () => onStage(async ({ server, page }) => {
  server.routes['/refused'] = (request, response) => response.writeHead(403, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html><html lang="en"><head>
    <script type="module" src="/ui/public/refusal.js"></script></head><body class="doorway"><main><h1 data-status="403">Not permitted</h1><p>This needs ADMIN.</p>
    <p data-user="ann">You are logged in as <strong>ann</strong>.</p><a data-link="home" href="/">Go to the computers</a><a data-link="login" href="/login">Log in as another user</a></main></body></html>`);
  await page.goto(`${server.address}/refused`);
  await page.getByRole('heading', { name: 'Nicht erlaubt' }).waitFor();
  assert.deepEqual(await page.locator('p, a').allTextContents(), ['This needs ADMIN.', 'Sie sind als ann angemeldet.', 'Zu den Rechnern', 'Als anderer Benutzer anmelden']);
  assert.equal(await page.title(), 'Nicht erlaubt – Catseye');
  assert.equal(await language(page), 'de');
}, GERMAN));
