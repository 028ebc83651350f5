import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserPath, engine, lacking as lackingEngine, launch } from '../browser-test/browser.mjs';
import { collectComplaints, state, until } from '../browser-test/page.mjs';
import { PASSWORD, Product, installed, lacking, logIn } from './product.mjs';
import { SCENE, awaitTag } from './tag.mjs';

/** An image from the user's disk to the remote computer: upload, attach, start from it, eject. */

const skip = lacking({ [engine.name]: browserPath() }) || lackingEngine('files');
const options = { skip, timeout: 180_000 };
const NAME = 'catseye-live.iso';
const LABEL = 'CATSEYE-LIVE';
/** The tag has the last characters only. */
const END_OF_LABEL = LABEL.slice(-8);
const IMAGE_BYTES = 24 * 1024 * 1024 + 2048;

let product;
let browser;
let page;
let folder;
let cookie;
const complaints = [];

/** The start of ECMA-119: sector 16 is the primary volume descriptor, with the label at byte 40; the next one ends the list. */
function isoImage() {
  const image = Buffer.alloc(IMAGE_BYTES);
  for (let at = 18 * 2048; at < image.length; at += 4096) image.writeUInt32LE(at, at);
  const descriptor = 16 * 2048;
  image[descriptor] = 1;
  image.write('CD001\x01', descriptor + 1, 'latin1');
  image.write(' '.repeat(64), descriptor + 8, 'latin1');
  image.write(LABEL, descriptor + 40, 'latin1');
  image[descriptor + 2048] = 255;
  image.write('CD001\x01', descriptor + 2049, 'latin1');
  return image;
}

const ask = async (path) => (await fetch(`${product.address}/api/v1/${path}`, { headers: { Cookie: cookie } }));

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), 'catseye-media-'));
  writeFileSync(join(folder, NAME), isoImage());
  product = await Product.claimed().start();
  cookie = await product.session();
  browser = await launch();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  collectComplaints(page, complaints);
  await page.goto(`${product.address}/login`);
  await logIn(page, 'admin', PASSWORD);
  await state(page, 'live');
});

after(async () => {
  await browser?.close();
  await product?.remove();
  if (folder) rmSync(folder, { recursive: true });
});

/** @returns {Promise<string>} why the product cannot do it; empty if it can */
async function missingPart() {
  if ((await ask('media')).status === 404) return 'the product has no image library';
  return (await ask('targets/default/media')).status === 404 ? 'the product has no drives' : '';
}

const openMedia = () => page.click('catseye-menu[icon="disc"] > button');
const choose = (text, index = 0) => page.click(`catseye-menu[icon="disc"] .menu-item:has(.menu-label:text-is("${text}")) >> nth=${index}`);

test('an uploaded image is in the library, byte by byte', options, async (context) => {
  const missing = await missingPart();
  if (missing) return context.skip(missing);
  await openMedia();
  await choose('Image library…');
  await page.setInputFiles('dialog.library input[type=file]', join(folder, NAME));
  await page.waitForSelector(`.media-image:has(.media-name:text-is("${NAME}"))`, { timeout: 60_000 });
  const { images } = await (await ask('media')).json();
  assert.deepEqual(images.map(({ name, bytes, user }) => [name, bytes, user]), [[NAME, IMAGE_BYTES, 'admin']]);
  const content = Buffer.from(await (await ask(`media/${images[0].id}/content`)).arrayBuffer());
  assert.ok(content.equals(isoImage()));
  await page.keyboard.press('Escape');
  return undefined;
});

test('it is attached to the CD drive, and the computer starts from it', options, async (context) => {
  const missing = await missingPart();
  if (missing) return context.skip(missing);
  await openMedia();
  const titles = await page.locator('catseye-menu[icon="disc"] .menu-title').allTextContents();
  const drives = await (await ask('targets/default/media')).json();
  assert.equal(titles.length, drives.length);
  await choose('Attach an image…', drives.findIndex(({ drive }) => drive === 'cd'));
  await page.click('catseye-media-attach button[type=submit]:not([disabled])');
  await page.waitForSelector(`[data-status="attached"]:has-text("${NAME}")`);
  await page.click('catseye-menu[icon="power"] > button');
  await page.click('catseye-menu[icon="power"] .menu-item:has-text("Press the reset button")');
  await page.click('catseye-power button[type=submit]');
  await awaitTag(page, ({ scene }) => scene === SCENE.post, 'the power-on test');
  await page.locator('catseye-screen').click();
  await page.keyboard.press('F12');
  await awaitTag(page, ({ scene }) => scene === SCENE.menu, 'the boot menu');
  await until(async () => {
    const chosen = await awaitTag(page, () => true, 'the menu');
    if (chosen.typed.endsWith(END_OF_LABEL)) return true;
    await page.keyboard.press('ArrowDown');
    await new Promise((resolve) => setTimeout(resolve, 300));
    return false;
  }, 'the CD in the boot menu');
  await page.keyboard.press('Enter');
  await awaitTag(page, ({ scene, typed }) => scene === SCENE.medium && typed.endsWith(END_OF_LABEL), 'the system of the CD');
  return undefined;
});

test('the computer locks the CD, and the page ejects it by force', options, async (context) => {
  const missing = await missingPart();
  if (missing) return context.skip(missing);
  await until(async () => (await (await ask('targets/default/media')).json()).some(({ drive, state: now }) => drive === 'cd' && now === 'LOCKED'), 'the locked drive');
  await openMedia();
  await choose('Eject');
  await page.waitForSelector('catseye-media-eject dialog[open]');
  await page.click('catseye-media-eject button[type=submit]');
  await page.waitForSelector('[data-status="attached"]', { state: 'hidden' });
  await page.waitForSelector('.toast[state="success"]');
  assert.deepEqual(complaints, []);
  return undefined;
});

test('a file on a new disk comes back byte by byte, and is not listed while the computer can write to the disk', options, async (context) => {
  const missing = await missingPart() || ['mkfs.fat', 'mdir', 'mcopy'].filter((program) => !installed(program)).map((program) => `no ${program} on this machine`)[0];
  if (missing) return context.skip(missing);
  const disk = 'exchange.img';
  const content = isoImage().subarray(30_000, 2_030_001);
  writeFileSync(join(folder, 'report 1.bin'), content);
  const openFiles = async () => {
    await openMedia();
    await choose('Image library…');
    await page.click(`.media-image:has(.media-name:text-is("${disk}")) button:has-text("Files…")`);
    await page.waitForSelector('catseye-media-files dialog[open]');
  };
  const closeFiles = async () => {
    await page.keyboard.press('Escape');
    await page.waitForSelector('catseye-media-files dialog', { state: 'hidden' });
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog.library', { state: 'hidden' });
  };
  await openMedia();
  await choose('Image library…');
  await page.click('catseye-media-new-disk summary');
  await page.fill('#disk-name', 'exchange');
  await page.fill('#disk-label', 'FILES');
  await page.click('catseye-media-new-disk button[type=submit]');
  await page.waitForSelector(`.media-image:has(.media-name:text-is("${disk}"))`, { timeout: 60_000 });
  await page.keyboard.press('Escape');
  await openFiles();
  await page.waitForSelector('catseye-media-files .files-adding');
  await page.fill('#catseye-files-folder', 'docs');
  await page.setInputFiles('catseye-media-files input[type=file]', join(folder, 'report 1.bin'));
  await page.waitForSelector('[data-path="docs/report 1.bin"]');
  await closeFiles();

  const { id } = (await (await ask('media')).json()).images.find(({ name }) => name === disk);
  const drives = await (await ask('targets/default/media')).json();
  await openMedia();
  await choose('Attach an image…', drives.findIndex(({ drive }) => drive === 'disk'));
  await page.waitForSelector(`#catseye-attach-image option[value="${id}"]`, { state: 'attached' });
  await page.selectOption('#catseye-attach-image', id);
  await page.check('#catseye-attach-writable');
  await page.click('catseye-media-attach button[type=submit]:not([disabled])');
  await page.waitForSelector(`[data-status="attached"]:has-text("${disk}")`);
  const refused = await ask(`media/disks/${id}/files`);
  assert.equal(refused.status, 409);
  await openFiles();
  const { message } = (await refused.json()).error;
  await until(async () => (await page.textContent('catseye-media-files .section-message')) === message, message);
  await closeFiles();

  await openMedia();
  await choose('Eject');
  await page.waitForSelector('[data-status="attached"]', { state: 'hidden' });
  await openFiles();
  const link = page.locator('[data-path="docs/report 1.bin"] a');
  const received = await page.evaluate(async (href) => {
    const response = await fetch(href);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
    return [response.headers.get('content-disposition'), [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')];
  }, await link.getAttribute('href'));
  assert.deepEqual(received, ["attachment; filename*=UTF-8''report%201.bin", createHash('sha256').update(content).digest('hex')]);
  await closeFiles();
  return undefined;
});
