import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromiumPath, launch } from '../browser-test/browser.mjs';
import { state, until } from '../browser-test/page.mjs';
import { PASSWORD, Product, lacking, logIn } from './product.mjs';

/** A suspended process keeps its connections open and does not respond: the worst kind of dead link. */
const skip = lacking({ Chromium: chromiumPath() });
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
