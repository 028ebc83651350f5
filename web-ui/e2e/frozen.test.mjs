import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { state, until } from '../browser-test/page.mjs';
import { BlockingProxy } from './blocking-proxy.mjs';
import { PASSWORD, Product, lacking, logIn } from './product.mjs';
import { SCENE, awaitTag } from './tag.mjs';

/** A suspended process keeps its connections open and does not respond: the worst kind of dead link. */
const skip = lacking({ [engine.name]: browserPath() });
const options = { skip, timeout: 120_000 };
let product;
let browser;
let page;

before(async () => {
  if (skip) return;
  product = await Product.claimed().start();
  browser = await launch();
  page = await browser.newPage();
  await page.goto(product.address);
  await logIn(page, 'admin', PASSWORD);
  await state(page, 'live');
});

after(async () => {
  product?.process?.kill('SIGCONT');
  await browser?.close();
  await product?.remove();
});

test('a stopped server is seen to be stopped, with the age of the picture, and is live again when it goes on', options, async (context) => {
  product.process.kill('SIGSTOP');
  const start = Date.now();
  await state(page, 'silent', 7000);
  context.diagnostic(`seen after ${Date.now() - start} ms`);
  await until(async () => /\d s old/.test(await page.textContent('catseye-overlay')), 'the age');
  assert.equal(await page.getAttribute('catseye-status', 'state'), 'silent');
  product.process.kill('SIGCONT');
  await state(page, 'live');
});

test('one that stays stopped is lost, and comes back', options, async () => {
  product.process.kill('SIGSTOP');
  await state(page, 'lost', 30_000);
  assert.match(await page.textContent('catseye-overlay'), /s old/);
  product.process.kill('SIGCONT');
  await state(page, 'live');
});

test('a video connection that alone is stuck is seen to be stuck, and replaced', options, async (context) => {
  const proxy = await new BlockingProxy(product.port).start();
  const other = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  try {
    await other.goto(`${proxy.address}/login`);
    await logIn(other, 'admin', PASSWORD);
    await state(other, 'live');
    // The cursor of the idle console blinks, so frames flow.
    await until(async () => /[1-9]\.?\d* fps/.test(await other.textContent('catseye-status')), 'frames');
    proxy.hold('video');
    const start = Date.now();
    await state(other, 'silent', 10_000);
    context.diagnostic(`seen after ${Date.now() - start} ms`);
    await until(async () => /although the server sends new ones/.test(await other.textContent('catseye-overlay')), 'the reason');
    await state(other, 'live', 20_000);
  } finally {
    await other.close();
    await proxy.stop();
  }
});

test('a still picture over plain HTTP survives a proxy that closes connections without data', options, async (context) => {
  // The boot menu stands still. Proxies usually wait for 60 s; this one has less patience, so that the test is shorter.
  const readTimeout = 25_000;
  await awaitTag(page, ({ scene }) => scene === SCENE.console, 'the text console');
  await page.locator('catseye-screen').click();
  await page.keyboard.type('reboot', { delay: 20 });
  await awaitTag(page, ({ typed }) => typed.endsWith('reboot'), 'the command');
  await page.keyboard.press('Enter');
  await page.keyboard.down('F12');
  await awaitTag(page, ({ scene }) => scene === SCENE.menu, 'the boot menu');
  await page.keyboard.up('F12');
  const proxy = await new BlockingProxy(product.port, ({ kind }) => kind === 'http', readTimeout).start();
  const other = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  try {
    await other.goto(`${proxy.address}/login`);
    await logIn(other, 'admin', PASSWORD);
    await state(other, 'live');
    const { sequence } = await awaitTag(other, ({ scene }) => scene === SCENE.menu, 'the picture over HTTP');
    await other.waitForTimeout(readTimeout + 3000);
    assert.equal(proxy.streams.length, 1, 'the same connection all the time');
    const [{ longestPause }] = proxy.streams;
    context.diagnostic(`longest time without data: ${Math.round(longestPause)} ms`);
    assert.ok(longestPause > 5000, 'the picture stood still');
    assert.ok(longestPause < 30_000, 'half of the usual 60 s');
    assert.equal(await other.getAttribute('catseye-console', 'data-state'), 'live');
    assert.equal((await awaitTag(other, ({ scene }) => scene === SCENE.menu, 'the picture')).sequence, sequence, 'the same picture');
  } finally {
    await other.close();
    await proxy.stop();
  }
});
