import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { addressOf, collectComplaints, state } from '../browser-test/page.mjs';
import { scan } from '../browser-test/scan.mjs';
import { PASSWORD, Product, lacking, logIn } from './product.mjs';
import { SCENE, awaitTag } from './tag.mjs';
import { stepNow, totp } from './totp.mjs';

const THEIRS = 'three odd words';
const skip = lacking({ [engine.name]: browserPath() });
const options = { skip, timeout: 120_000 };

let product;
let browser;
/** @type {Record<string, import('playwright-core').Page>} the owner, a colleague who may type, a guest who may look */
const pages = {};
const complaints = [];
let secret = '';
let recovery = '';
let used = '';

before(async () => {
  if (skip) return;
  product = await new Product().start();
  browser = await launch();
  for (const who of ['owner', 'colleague', 'guest']) {
    pages[who] = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    collectComplaints(pages[who], complaints, who);
  }
});

after(async () => {
  await browser?.close();
  await product?.remove();
});

const live = (page) => state(page, 'live');
const shot = async (page, name) => process.env.CATSEYE_SHOTS && page.screenshot({ path: `${process.env.CATSEYE_SHOTS}/${name}.png` });

async function arrive(page, user, password) {
  await page.goto(`${product.address}/login`);
  await logIn(page, user, password);
}

async function openAccount(page, section = 'self') {
  await page.click('catseye-menu[label="User"] button');
  await page.click('text=/^Account/');
  await page.click(`[data-section="${section}"]`);
  await page.waitForSelector(`catseye-account-${section} h3, catseye-account-${section} table`);
}

const closeAccount = (page) => page.click('dialog.account [aria-label="Close"]');
const said = (page, words) => page.waitForSelector(`.section-message:text-matches("${words}")`);
const lease = (page, state) => page.waitForSelector(`catseye-lease[state="${state}"]`);

/** Types on the page; the letters appear in the picture of every viewer. */
async function types(page, letters) {
  await page.locator('catseye-screen').click();
  await page.keyboard.type(letters, { delay: 20 });
}

test('the owner claims the device by its set-up link', options, async () => {
  const page = pages.owner;
  await product.claim(page);
  await live(page);
});

test('switches on the second factor, and the login asks for the code', options, async () => {
  const page = pages.owner;
  await openAccount(page);
  await page.fill('#account-factor', PASSWORD);
  await page.click('text="Switch on…"');
  const scanned = await scan(page);
  secret = await page.textContent('code.secret');
  assert.match(scanned, new RegExp(`^otpauth://totp/Catseye:admin.*[?&]secret=${secret}(&|$)`));
  await shot(page, 'second-factor');
  // The previous time step is also valid, and leaves the current one for the login. Not at the end of a step, when it would be one too old.
  await page.waitForTimeout(Math.max(0, Date.now() % 30_000 - 26_000) && 30_000 - (Date.now() % 30_000));
  await page.fill('#account-code', totp(secret, stepNow() - 1));
  await page.click('text="Confirm"');
  await page.waitForSelector('pre.secret');
  [recovery] = (await page.textContent('pre.secret')).split('\n');
  await closeAccount(page);
  await page.context().clearCookies();
  await arrive(page, 'admin', PASSWORD);
  await page.waitForSelector('catseye-login[state="code"] #code');
  await page.fill('#code', '000000');
  await page.click('button[type=submit]');
  await page.waitForSelector('catseye-login[state="refused"]');
  await shot(page, 'login-with-code');
  used = totp(secret, stepNow());
  await page.fill('#code', used);
  await page.click('button[type=submit]');
  await live(page);
});

test('a code is good once; a recovery code is good instead, once', options, async () => {
  const attempt = async (otp) => (await product.post('session', { user: 'admin', password: PASSWORD, otp })).status;
  assert.equal(await attempt(used), 401);
  assert.equal(await attempt(recovery), 200);
  assert.equal(await attempt(recovery), 401);
});

test('adds a guest who may look, and a colleague who may type', options, async () => {
  const page = pages.owner;
  await openAccount(page, 'users');
  for (const [name, control] of [['guest', false], ['colleague', true]]) {
    await page.click('[data-new="user"] summary');
    await page.fill('#new-user', name);
    await page.fill('#new-user-password', THEIRS);
    if (control) await page.check('[data-new="user"] [data-target="*"][data-permission="CONTROL"]');
    await page.click('[data-new="user"] button[type=submit]');
    await said(page, `${name} was added`);
  }
  await shot(page, 'users');
  await closeAccount(page);
});

test('the guest sees the picture, is told so, and cannot type', options, async () => {
  const page = pages.guest;
  await arrive(page, 'guest', THEIRS);
  await live(page);
  await page.waitForSelector('text=/View only/');
  await awaitTag(pages.owner, (seen) => seen.scene === SCENE.console, 'the text console');
  await types(pages.owner, 'own');
  await awaitTag(page, (seen) => seen.typed.endsWith('own'), 'what the owner types, in the guest\'s picture');
  await types(page, 'guest');
  // The server also refuses a direct request that bypasses the page.
  const refused = await page.evaluate(() => new Promise((done) => {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/v1/targets/default/control`, 'catseye.control.v1');
    socket.onopen = () => socket.send('{"type":"key","code":"KeyZ","down":true}');
    socket.onmessage = ({ data }) => JSON.parse(data).type === 'error' && done(JSON.parse(data).code);
    socket.onclose = () => done('closed');
  }));
  assert.equal(refused, 'forbidden');
  await types(pages.owner, 'x');
  const seen = await awaitTag(page, (now) => now.typed.endsWith('x'), 'the owner\'s next letter');
  assert.ok(seen.typed.endsWith('ownx'), `nothing of the guest's between: ${seen.typed}`);
  await shot(page, 'guest');
});

test('the colleague watches, asks, is denied, asks again and is given control', options, async () => {
  const { owner, colleague } = pages;
  await arrive(colleague, 'colleague', THEIRS);
  await live(colleague);
  await lease(colleague, 'watching');
  await types(colleague, 'no');
  await colleague.click('[data-action="request"]');
  await lease(colleague, 'waiting');
  await lease(owner, 'asked');
  await shot(owner, 'asked');
  await owner.click('[data-action="deny"]');
  await lease(colleague, 'watching');
  await lease(owner, 'holding');
  await shot(colleague, 'watching');
  await colleague.click('[data-action="request"]');
  await lease(owner, 'asked');
  await owner.click('[data-action="grant"]');
  await lease(owner, 'watching');
  await lease(colleague, 'holding');
  await types(colleague, 'yes');
  const seen = await awaitTag(owner, (now) => now.typed.endsWith('yes'), 'what the colleague types');
  assert.ok(seen.typed.endsWith('ownxyes'), `nothing from before: ${seen.typed}`);
});

test('the owner takes control back, and a key that the colleague held goes up', options, async () => {
  const { owner, colleague } = pages;
  await colleague.keyboard.down('ShiftLeft');
  await awaitTag(owner, (seen) => seen.keys === 1, 'the key down');
  await owner.click('[data-action="take"]');
  await awaitTag(owner, (seen) => seen.keys === 0, 'the key up');
  await lease(owner, 'holding');
  await lease(colleague, 'watching');
  await colleague.keyboard.up('ShiftLeft');
  await types(owner, 'me');
  await awaitTag(colleague, (seen) => seen.typed.endsWith('me'), 'the owner\'s typing');
});

test('a session that is ended throws its browser out, with words, and no other', options, async () => {
  const { owner, colleague, guest } = pages;
  await openAccount(owner, 'sessions');
  const begun = Date.now();
  await owner.locator('.section-row', { hasText: 'colleague from' }).getByText('End', { exact: true }).click();
  await colleague.waitForURL(/\/login/, { timeout: 20_000 });
  console.log(`thrown out after ${Date.now() - begun} ms`);
  assert.match(await colleague.textContent('[role=alert]'), /You were logged out/);
  await shot(colleague, 'thrown-out');
  await closeAccount(owner);
  assert.match(await addressOf(guest), /\/$/);
  await live(guest);
  await types(owner, 'still');
  await awaitTag(guest, (seen) => seen.typed.endsWith('still'), 'the picture goes on');
  await logIn(colleague, 'colleague', THEIRS);
  await live(colleague);
});

test('a guest whose rights are taken away is out as well, and what happened is on record', options, async () => {
  const { owner, guest } = pages;
  await openAccount(owner, 'users');
  await owner.click('[data-user="guest"] summary');
  await owner.uncheck('[data-user="guest"] [data-target="*"][data-permission="VIEW"]');
  await owner.click('[data-user="guest"] >> text="Save rights"');
  await said(owner, 'rights of guest were saved');
  await guest.waitForURL(/\/login/, { timeout: 20_000 });
  await owner.click('[data-section="audit"]');
  await owner.waitForSelector('table.audit');
  const record = await owner.textContent('table.audit');
  for (const deed of ['second-factor.on', 'user.added', 'control.taken', 'session.ended', 'user.granted', 'login.failed']) assert.ok(record.includes(deed), `${deed} is on record: ${record}`);
  assert.ok(!record.includes(THEIRS) && !record.includes(secret));
  await shot(owner, 'audit');
  await closeAccount(owner);
});

test('no page had anything to complain about', { skip: skip || engine.lacks['script errors'] }, () => {
  assert.deepEqual(complaints, []);
});
