import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { state, until } from '../browser-test/page.mjs';
import { PASSWORD, Product, installed, lacking, logIn } from './product.mjs';
import { Machine, QEMU, differenceFrom } from './qemu.mjs';

/** Firmware that others wrote, on the page: SeaBIOS in a virtual machine, seen through QEMU's screenshots. */
const skip = lacking({ [engine.name]: browserPath(), QEMU: installed(QEMU) });
const options = { skip, timeout: 180_000 };
/** Of the compression; white text on black that is one line lower differs by more. */
const TOLERANCE = 2;
let machine;
let product;
let browser;
let page;

before(async () => {
  if (skip) return;
  machine = await new Machine().start(['-device', 'ide-cd']);
  product = Product.claimed();
  product.options.push('--feature', 'qemu');
  mkdirSync(join(product.home, 'config'), { mode: 0o700 });
  writeFileSync(join(product.home, 'config/org.catseye.qemu~vm.cfg'), `kvm.target = default\nkvm.label = Virtual machine\nsocket = ${machine.socket}\n`);
  await product.start();
  browser = await launch();
  page = await browser.newPage();
  await page.goto(product.address);
  await logIn(page, 'admin', PASSWORD);
});

after(async () => {
  await browser?.close();
  await product?.remove();
  await machine?.remove();
});

/** SeaBIOS has no disk to start from, says so, and then changes its screen no more. */
async function atTheEndOfTheBios(context) {
  await state(page, 'live', 30_000);
  let difference = Infinity;
  await until(async () => {
    const screen = await machine.screen();
    const bright = screen.rgb.reduce((count, value) => count + (value > 128 ? 1 : 0), 0);
    difference = await differenceFrom(page, screen);
    return bright > 5000 && difference < TOLERANCE;
  }, () => `the screen of SeaBIOS; difference ${difference}`, 60_000);
  context.diagnostic(`the picture differs by ${difference.toFixed(2)} of 255`);
}

test('the page shows what the firmware has written', options, async (context) => {
  await atTheEndOfTheBios(context);
});

test('the machine is switched off and on from the page, and its firmware starts again', options, async (context) => {
  const choose = async (action) => {
    await page.click('catseye-menu[icon="power"] > button');
    await page.click(`catseye-menu[icon="power"] .menu-item:has(.menu-label:text-is("${action}"))`);
  };
  await page.waitForSelector('[data-lamp="power"][state="on"]');
  await choose('Hold the power button');
  await page.click('catseye-power button[type=submit]');
  await state(page, 'no-signal', 30_000);
  await page.waitForSelector('[data-lamp="power"][state="off"]');
  assert.equal((await machine.execute('query-status')).status, 'prelaunch');
  await choose('Press the power button');
  await page.waitForSelector('[data-lamp="power"][state="on"]');
  await atTheEndOfTheBios(context);
});

test('an image of the library is put into the drive of the machine and ejected', options, async () => {
  const Cookie = await product.session();
  const ask = (method, path, body, type) => fetch(`${product.address}/api/v1/${path}`, { method, body, headers: { Cookie, Origin: product.address, ...(type && { 'Content-Type': type }) } });
  const drives = async () => (await ask('GET', 'targets/default/media')).json();
  const inserted = async () => (await machine.execute('query-block')).find((device) => device.removable)?.inserted?.image.filename;
  const uploaded = await ask('PUT', 'media/tiny.iso', new Uint8Array(64 * 2048), 'application/octet-stream');
  assert.ok(uploaded.ok, await uploaded.text());
  await until(async () => (await drives()).some(({ drive, state: condition }) => drive === 'cd' && condition === 'EMPTY'), 'the drive');
  const attached = await ask('PUT', 'targets/default/media/cd', JSON.stringify({ image: 'tiny.iso', kind: 'cdrom', readOnly: true }), 'application/json');
  assert.ok(attached.ok, await attached.text());
  assert.match(await inserted(), /\/tiny\.iso$/);
  assert.ok((await ask('DELETE', 'targets/default/media/cd')).ok);
  assert.equal(await inserted(), undefined);
});

test('a machine that ends is reported, and its picture returns with it', options, async (context) => {
  const { folder, socket } = machine;
  await machine.execute('quit').catch(() => {});
  await until(async () => /The virtual machine|its socket|QEMU/.test(await page.textContent('catseye-overlay')), 'the reason', 30_000);
  const next = new Machine();
  next.folder = folder;
  next.socket = socket;
  machine = await next.start(['-device', 'ide-cd']);
  await atTheEndOfTheBios(context);
});
