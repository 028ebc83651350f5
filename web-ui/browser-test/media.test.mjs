import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { sizeOf } from './fake-media.mjs';
import { needs, onStage, openLive, options, until } from './stage.mjs';

/** More than the page sends in one request. */
const BIG = 24_000_000;
const withFiles = needs('files');
const openMenu = (page) => page.click('catseye-menu[icon="disc"] > button');
const item = (text) => `catseye-menu[icon="disc"] .menu-item:has(.menu-label:text-is("${text}"))`;
const titles = (page) => page.locator('catseye-menu[icon="disc"] .menu-title').allTextContents();
async function openLibrary(server, page) {
  await openLive(server, page);
  await openMenu(page);
  await page.click(item('Image library…'));
  await page.waitForSelector('dialog.library[open]');
}
const message = (page, text) => page.waitForSelector(`dialog.library .section-message:has-text("${text}")`);
const row = (name) => `.media-transfer:has(.media-name:text-is("${name}"))`;
const image = (id) => `[data-image="${id}"]`;
const folder = mkdtempSync(join(tmpdir(), 'catseye-files-'));
after(() => rmSync(folder, { recursive: true }));
/** Chooses files on the disk, which keep their date: by it the page recognizes them after a reload. @param {...[name: string, size: number]} files */
function choose(page, ...files) {
  const paths = files.map(([name, size]) => {
    const path = join(folder, `${size}-${name}`, name);
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) writeFileSync(path, Buffer.alloc(size, 7));
    return path;
  });
  return page.setInputFiles('dialog.library input[type=file]', paths);
}
const did = (server, what) => server.media.requests.filter((request) => request.what.startsWith(what));

test('the menu shows what is in each drive, and why one cannot be used', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await openMenu(page);
  assert.deepEqual(await titles(page), ['CD drive: empty', 'USB drive: empty']);
  await page.keyboard.press('Escape');
  server.media.setDrive('usb', { state: 'UNAVAILABLE', reason: 'The USB port has no free endpoint.' });
  server.media.setDrive('cd', { image: 'img1', name: 'debian.iso', kind: 'cdrom', state: 'ATTACHED' });
  await page.waitForSelector('[data-status="attached"]:has-text("debian.iso")');
  await page.click('[data-status="attached"]');
  assert.deepEqual(await titles(page), ['CD drive: debian.iso, read-only', 'USB drive: The USB port has no free endpoint.']);
  assert.equal(await page.locator('catseye-menu[icon="disc"] .menu-item[disabled]').count(), 1);
}));

test('a computer without drives still has the image library', options, () => onStage(async ({ server, page }) => {
  server.media.drives = null;
  await openLive(server, page);
  await openMenu(page);
  assert.deepEqual(await titles(page), ['This computer has no drive for images']);
  await page.waitForSelector(item('Image library…'));
}));

test('users without a right to media have no menu', options, () => onStage(async ({ server, page }) => {
  server.permissions = ['VIEW', 'CONTROL'];
  await openLive(server, page);
  await page.waitForSelector('catseye-menu[icon="keyboard"]');
  assert.equal(await page.isVisible('catseye-menu[icon="disc"]'), false);
}));

test('an image is attached as a CD or as a disk, and written to only on request', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await openMenu(page);
  await page.click(`${item('Attach an image…')} >> nth=1`);
  await page.waitForSelector('#catseye-attach-image option >> nth=1', { state: 'attached' });
  await page.selectOption('#catseye-attach-image', 'img1');
  await page.waitForSelector('[name="catseye-attach-kind"][value="cdrom"]:checked'); // a file called .iso is a CD
  assert.equal(await page.isVisible('#catseye-attach-writable'), false);
  await page.selectOption('#catseye-attach-image', 'img2');
  await page.check('#catseye-attach-writable');
  await page.click('catseye-media-attach button[type=submit]');
  await page.waitForSelector('.toast[state="success"]:has-text("memtest.img is attached to USB drive.")');
  assert.deepEqual(did(server, 'PUT').map(({ what, body }) => [what, body]), [['PUT targets/default/media/usb', { image: 'img2', kind: 'disk', readOnly: false }]]);
  await page.waitForSelector('[data-status="attached"]:has-text("memtest.img")');
}));

test('users who may only read are not offered to write, to upload or to change images', options, () => onStage(async ({ server, page }) => {
  server.permissions = ['VIEW', 'MEDIA_READ_ONLY'];
  await openLibrary(server, page);
  await page.waitForSelector(image('img1'));
  assert.equal(await page.isVisible('dialog.library .media-adding'), false);
  assert.equal(await page.isVisible('catseye-media-fetch'), false);
  assert.equal(await page.locator('.media-image button:has-text("Delete")').count(), 0);
  await page.keyboard.press('Escape');
  await openMenu(page);
  await page.click(`${item('Attach an image…')} >> nth=1`);
  await page.waitForSelector('#catseye-attach-image option >> nth=1', { state: 'attached' });
  await page.selectOption('#catseye-attach-image', 'img2');
  assert.equal(await page.isVisible('#catseye-attach-writable'), false);
}));

test('a refused image says why, and the dialog stays open', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await openMenu(page);
  await page.click(`${item('Attach an image…')} >> nth=0`);
  await page.waitForSelector('catseye-media-attach button[type=submit]:not([disabled])');
  server.media.refusal = { status: 409, code: 'unsupported', message: 'The image is too small for a CD.' };
  await page.click('catseye-media-attach button[type=submit]');
  await page.waitForSelector('catseye-media-attach [state="error"]:has-text("The image is too small for a CD.")');
  await page.click('catseye-media-attach button[type=submit]');
  await page.waitForSelector('catseye-media-attach dialog', { state: 'hidden' });
}));

test('a locked drive is ejected by force only after a question', options, () => onStage(async ({ server, page }) => {
  server.media.setDrive('cd', { image: 'img1', name: 'debian.iso', kind: 'cdrom', state: 'LOCKED' });
  await openLive(server, page);
  await openMenu(page);
  assert.equal((await titles(page))[0], 'CD drive: debian.iso, in use by the computer');
  await page.click(item('Eject'));
  await page.waitForSelector('catseye-media-eject dialog[open]:has-text("The remote computer has locked the drive.")');
  await page.keyboard.press('Escape');
  await page.waitForSelector('catseye-media-eject dialog', { state: 'hidden' });
  await openMenu(page);
  await page.click(item('Eject'));
  await page.waitForSelector('catseye-media-eject dialog[open]');
  await page.click('catseye-media-eject button[type=submit]');
  await page.waitForSelector('.toast[state="success"]:has-text("debian.iso was ejected from CD drive.")');
  assert.deepEqual(did(server, 'DELETE').map(({ what }) => what), ['DELETE targets/default/media/cd', 'DELETE targets/default/media/cd', 'DELETE targets/default/media/cd?force=true']);
  assert.deepEqual(server.received.filter(({ type }) => type === 'key'), [], 'Escape was not typed on the remote computer');
}));

test('without WebSockets the drives come over HTTP', { ...options, timeout: 60_000 }, () => onStage(async ({ server, page }) => {
  server.socketsBlocked = true;
  server.media.setDrive('cd', { image: 'img1', name: 'debian.iso', kind: 'cdrom', state: 'ATTACHED' });
  await openLive(server, page);
  await page.waitForSelector('[data-status="attached"]:has-text("debian.iso")');
}));

test('files are uploaded in turn, and are in the library afterwards', withFiles, () => onStage(async ({ server, page }) => {
  await openLibrary(server, page);
  await choose(page, ['one.iso', 3_000_000], ['two.img', 10]);
  await page.waitForSelector('.media-image:has-text("one.iso")');
  await page.waitForSelector('.media-image:has-text("two.img")');
  assert.deepEqual([server.media.contents['one.iso'].length, server.media.contents['two.img'].length], [3_000_000, 10]);
  assert.ok(server.media.contents['one.iso'].every((byte) => byte === 7));
  await page.waitForSelector(`${row('one.iso')}[state="done"]`);
}));

test('an upload goes on while the dialog is closed, and can be paused, continued and cancelled', withFiles, () => onStage(async ({ server, page }) => {
  server.media.holdAfter = 1;
  await openLibrary(server, page);
  await choose(page, ['big.iso', BIG]);
  await page.waitForSelector(`${row('big.iso')}[state="uploading"]`);
  await page.keyboard.press('Escape');
  await page.waitForSelector('[data-status="upload"]:has-text("%")');
  await page.click('[data-status="upload"]');
  await page.click(`${row('big.iso')} [data-button="pause"]`);
  await page.waitForSelector(`${row('big.iso')}[state="paused"]`);
  server.media.release();
  await page.click(`${row('big.iso')} [data-button="resume"]`);
  await page.waitForSelector('.media-image:has-text("big.iso")');
  assert.equal(server.media.contents['big.iso'].length, BIG);
  assert.equal(did(server, 'POST media/uploads').length, 1, 'continued, not started again');
  server.media.holdAfter = 1;
  await choose(page, ['unwanted.iso', BIG]);
  await until(() => server.media.uploads.length === 1);
  await page.click(`${row('unwanted.iso')} [data-button="cancel"]`);
  await until(() => did(server, 'DELETE media/uploads').length === 1);
  server.media.release();
  await page.waitForSelector(row('unwanted.iso'), { state: 'detached' });
  assert.deepEqual(server.media.uploads, []);
}));

test('a lost connection interrupts an upload, which then continues where the server is', withFiles, () => onStage(async ({ server, page }) => {
  server.media.holdAfter = 1;
  await openLibrary(server, page);
  await choose(page, ['big.iso', BIG]);
  await until(() => server.media.uploads[0]?.content.length > 0);
  server.media.broken = true;
  server.media.release();
  await page.waitForSelector(`${row('big.iso')}[state="retrying"]:has-text("The server cannot be reached.")`);
  assert.ok(sizeOf(server.media.uploads[0].content) < BIG);
  server.media.broken = false;
  await page.waitForSelector('.media-image:has-text("big.iso")');
  assert.equal(server.media.contents['big.iso'].length, BIG);
  assert.ok(did(server, 'PATCH').some(({ offset }) => Number(offset) > 0), 'not from the beginning');
}));

test('after a reload an upload continues when the same file is chosen again', withFiles, () => onStage(async ({ server, page }) => {
  page.on('dialog', (dialog) => dialog.accept());
  server.media.holdAfter = 1;
  await openLibrary(server, page);
  await choose(page, ['big.iso', BIG]);
  await until(() => server.media.uploads[0]?.content.length > 0);
  await page.reload();
  server.media.release();
  await openLibrary(server, page);
  await page.waitForSelector(`${row('big.iso')}:has-text("choose the same file again")`);
  await choose(page, ['big.iso', BIG]);
  await page.waitForSelector('.media-image:has-text("big.iso")');
  assert.equal(did(server, 'POST media/uploads').length, 1);
  assert.ok(did(server, 'PATCH').slice(1).every(({ offset }) => Number(offset) > 0), 'not from the beginning');
  assert.equal(server.media.contents['big.iso'].length, BIG);
}));

test('closing the page during an upload asks first', withFiles, () => onStage(async ({ server, page }) => {
  const asked = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    dialog.dismiss().catch(() => {});
  });
  server.media.holdAfter = 1;
  await openLibrary(server, page);
  await choose(page, ['big.iso', BIG]);
  await until(() => server.media.uploads[0]?.content.length > 0);
  await page.close({ runBeforeUnload: true });
  await until(() => asked.length > 0, 'the question');
  assert.deepEqual(asked, ['beforeunload']);
  server.media.release();
  await page.waitForSelector('.media-image:has-text("big.iso")');
}));

test('a file that does not fit is not uploaded, and a refused upload says why', withFiles, () => onStage(async ({ server, page }) => {
  server.media.space = { total: 1e6, free: 500, problem: 'The disk is nearly full.' };
  await openLibrary(server, page);
  await page.waitForSelector('dialog.library :text("500 B of 1.00 MB free")');
  await page.waitForSelector('dialog.library [state="warning"]:has-text("The disk is nearly full.")');
  await choose(page, ['big.iso', 2000]);
  await message(page, 'There is not enough space: 2.00 kB needed, 500 B free.');
  assert.equal(await page.locator('.media-transfer').count(), 0);
  server.media.space = { total: 1e9, free: 9e8, problem: '' };
  server.media.refusal = { status: 409, code: 'exists', message: 'There is an image big.iso already.' };
  await choose(page, ['big.iso', 2000]);
  await page.waitForSelector(`${row('big.iso')}[state="failed"]:has-text("There is an image big.iso already.")`);
  await page.click(`${row('big.iso')} [data-button="resume"]`);
  await page.waitForSelector('.media-image:has-text("big.iso")');
}));

test('files dropped on the picture are uploaded, and files of users without the right are not opened', withFiles, () => onStage(async ({ server, page }) => {
  const drop = (selector) => page.evaluate((where) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(2000)], 'dropped.iso'));
    const events = ['dragenter', 'dragover', 'drop'].map((type) => new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
    return events.map((event) => !document.querySelector(where).dispatchEvent(event));
  }, selector);
  await openLive(server, page);
  assert.deepEqual((await drop('catseye-screen')).slice(1), [true, true], 'the browser does not open it');
  await page.waitForSelector('dialog.library[open]');
  await page.waitForSelector('.media-image:has-text("dropped.iso")');
  await page.keyboard.press('Escape');
  server.say({ permissions: ['VIEW', 'MEDIA_READ_ONLY'] });
  await page.waitForSelector('.tool[data-icon="eye"]', { state: 'hidden' });
  const uploads = did(server, 'POST').length;
  assert.deepEqual((await drop('catseye-screen')).slice(1), [true, true]);
  assert.equal(did(server, 'POST').length, uploads);
}));

test('an image is renamed, and deleted after a question, but not while it is attached', options, () => onStage(async ({ server, page }) => {
  server.media.setDrive('cd', { image: 'img1', name: 'debian.iso', kind: 'cdrom', state: 'ATTACHED' });
  await openLibrary(server, page);
  await page.waitForSelector(`${image('img1')}:has-text("Attached to Rack 3, server 7 (cd)")`);
  assert.equal(await page.isDisabled(`${image('img1')} button:has-text("Delete")`), true);
  await page.waitForSelector(`${image('img1')}:has-text("Eject it before you delete it.")`);
  await page.click(`${image('img2')} button:has-text("Rename")`);
  await page.fill(`${image('img2')} input`, 'memtest86.img');
  await page.keyboard.press('Enter');
  await message(page, 'The image is now called memtest86.img.');
  await page.waitForSelector(`${image('img2')} .media-name:text-is("memtest86.img")`);
  await page.click(`${image('img2')} button:has-text("Delete")`);
  assert.equal(did(server, 'DELETE').length, 0);
  await page.click(`${image('img2')} button:has-text("Delete permanently?")`);
  await message(page, 'memtest86.img was deleted.');
  await page.waitForSelector(image('img2'), { state: 'detached' });
}));

test('Escape ends the renaming and not the dialog', options, () => onStage(async ({ server, page }) => {
  await openLibrary(server, page);
  await page.click(`${image('img2')} button:has-text("Rename")`);
  await page.keyboard.press('Escape');
  await page.waitForSelector(`${image('img2')} input`, { state: 'detached' });
  assert.equal(await page.isVisible('dialog.library'), true);
}));

test('the server downloads from an address, with progress, and reports why it failed', options, () => onStage(async ({ server, page }) => {
  await openLibrary(server, page);
  await page.click('catseye-media-fetch summary');
  await page.fill('#media-url', 'https://images.example/alpine.iso');
  await page.fill('#media-sha256', 'A'.repeat(64));
  await page.click('catseye-media-fetch button[type=submit]');
  await page.waitForSelector(`${row('alpine.iso')}:has-text("25 % · 3.00 MB of 12.0 MB")`);
  assert.deepEqual(did(server, 'POST')[0].body, { url: 'https://images.example/alpine.iso', sha256: 'a'.repeat(64) });
  Object.assign(server.media.downloads[0], { state: 'FAILED', reason: 'The SHA-256 does not match.' });
  await page.waitForSelector(`${row('alpine.iso')}:has-text("The SHA-256 does not match.")`);
  await page.click(`${row('alpine.iso')} [data-button="remove"]`);
  await page.waitForSelector(row('alpine.iso'), { state: 'detached' });
}));

test('the content of an image is a link below the address of the device', options, () => onStage(async ({ server, page }) => {
  await openLibrary(server, page);
  assert.equal(await page.getAttribute(`${image('img1')} a`, 'href'), '/api/v1/media/img1/content');
}));

const DISK = { id: 'img9', name: 'exchange.img', bytes: 64e6, sha256: '', user: 'admin', added: '2026-05-14T08:00:00Z', attached: [] };
const addDisk = (server, files = {}) => {
  server.media.images.push({ ...DISK, attached: [] });
  server.media.files.img9 = new Map(Object.entries(files));
};
async function openFiles(server, page) {
  await openLibrary(server, page);
  await page.click(`${image('img9')} button:has-text("Files…")`);
  await page.waitForSelector('catseye-media-files dialog[open]');
}
const entry = (path) => `catseye-media-files [data-path="${path}"]`;

test('a disk for files is created with its size, and only where there is room', options, () => onStage(async ({ server, page }) => {
  await openLibrary(server, page);
  await page.click('catseye-media-new-disk summary');
  await page.fill('#disk-name', 'exchange');
  await page.click('#disk-label');
  await page.keyboard.type('logs1');
  assert.equal(await page.inputValue('#disk-label'), 'LOGS1');
  await page.selectOption('#disk-size', '');
  await page.fill('#disk-other-size', 'many');
  await page.click('catseye-media-new-disk button[type=submit]');
  assert.equal(await page.locator('#disk-other-size').evaluate((input) => input.validity.customError), true);
  await page.fill('#disk-other-size', '13 GB');
  await page.click('catseye-media-new-disk button[type=submit]');
  await message(page, 'There is not enough space: 13.0 GB needed, 12.3 GB free.');
  assert.deepEqual(did(server, 'POST'), []);
  server.media.refusal = { status: 503, code: 'unavailable', message: 'The program mkfs.fat is missing on this device. As root: apt-get install mtools dosfstools' };
  await page.fill('#disk-other-size', '1.5 GB');
  await page.click('catseye-media-new-disk button[type=submit]');
  await message(page, 'apt-get install mtools');
  await page.selectOption('#disk-size', { label: '256 MB' });
  await page.click('catseye-media-new-disk button[type=submit]');
  await message(page, 'exchange.img was created.');
  await page.waitForSelector('.media-image:has-text("exchange.img")');
  assert.deepEqual(did(server, 'POST').map(({ what, body }) => [what, body.name, body.label, body.bytes]).at(-1), ['POST media/disks', 'exchange.img', 'LOGS1', 256e6]);
}));

test('files are put on a disk in turn, into the chosen folder, and can be downloaded', withFiles, () => onStage(async ({ server, page }) => {
  addDisk(server, { 'readme.txt': Buffer.from('hello') });
  await openFiles(server, page);
  await page.waitForSelector(`${entry('readme.txt')}:has-text("5 B")`);
  await page.fill('#catseye-files-folder', '/logs/');
  await page.setInputFiles('catseye-media-files input[type=file]', ['a b&c.txt', 'two.txt'].map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) })));
  await page.waitForSelector(entry('logs/two.txt'));
  await page.waitForSelector(`${entry('logs')}:has-text("Folder")`);
  assert.equal(server.media.files.img9.get('logs/a b&c.txt').toString(), 'a b&c.txt');
  assert.equal(await page.getAttribute(`${entry('logs/a b&c.txt')} a`, 'href'), '/api/v1/media/disks/img9/file?path=logs%2Fa%20b%26c.txt');
  assert.equal(await page.locator(`${entry('logs')} a`).count(), 0, 'a folder has no download');
  assert.deepEqual(await page.locator('#catseye-files-folders option').evaluateAll((all) => all.map(({ value }) => value)), ['logs']);
}));

test('files dropped on the panel of a disk go to the disk, not to the library', withFiles, () => onStage(async ({ server, page }) => {
  addDisk(server);
  await openFiles(server, page);
  await page.waitForSelector('catseye-media-files .files-adding');
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(2000)], 'dropped.bin'));
    for (const type of ['dragenter', 'dragover', 'drop']) document.querySelector('catseye-media-files dialog').dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
  });
  await page.waitForSelector(`${entry('dropped.bin')}:has-text("2.00 kB")`);
  assert.deepEqual(did(server, 'POST'), []);
}));

test('a file or a folder of a disk is deleted only after a question', options, () => onStage(async ({ server, page }) => {
  addDisk(server, { logs: null, 'logs/boot.txt': Buffer.from('x'), 'z.txt': Buffer.from('z') });
  await openFiles(server, page);
  await page.click(`${entry('logs')} button`);
  await page.waitForSelector(`${entry('logs')} button:has-text("Delete it with all its files?")`);
  assert.deepEqual(did(server, 'DELETE'), []);
  await page.click(`${entry('logs')} button`);
  await page.waitForSelector(entry('logs/boot.txt'), { state: 'detached' });
  assert.deepEqual([...server.media.files.img9.keys()], ['z.txt']);
  await page.keyboard.press('Escape');
  await page.waitForSelector('catseye-media-files dialog', { state: 'hidden' });
  assert.ok(await page.isVisible('dialog.library:not(.files)'), 'the library stays open');
}));

test('the panel has the reason why a disk has no list, and why a file was refused', withFiles, () => onStage(async ({ server, page }) => {
  addDisk(server);
  server.media.setDrive('usb', { image: 'img9', name: 'exchange.img', kind: 'disk', readOnly: false, state: 'ATTACHED' });
  await openFiles(server, page);
  await page.waitForSelector('catseye-media-files .section-message:has-text("The image is in a drive. Eject it first.")');
  assert.equal(await page.isVisible('catseye-media-files .files-adding'), false);
  await page.keyboard.press('Escape');
  server.media.setDrive('usb', { image: null, name: '', kind: null, readOnly: true, state: 'EMPTY' });
  await page.click(`${image('img9')} button:has-text("Files…")`);
  await page.waitForSelector('catseye-media-files .files-adding');
  server.media.refusal = { status: 507, code: 'no_space', message: 'The disk image is full.' };
  await page.setInputFiles('catseye-media-files input[type=file]', [{ name: 'one.txt', mimeType: '', buffer: Buffer.from('1') }]);
  await page.waitForSelector(`${row('one.txt')}[state="failed"]:has-text("The disk image is full.")`);
  await page.click(`${row('one.txt')} [data-button="resume"]`);
  await page.waitForSelector(entry('one.txt'));
}));

test('only disk images of one\'s own show their files', options, () => onStage(async ({ server, page }) => {
  server.permissions = ['VIEW', 'CONTROL', 'MEDIA', 'MEDIA_READ_ONLY'];
  addDisk(server);
  await openLibrary(server, page);
  await page.waitForSelector(`${image('img9')} button:has-text("Files…")`);
  assert.equal(await page.isVisible(`${image('img1')} button:has-text("Files…")`), false, 'a CD');
  assert.equal(await page.isVisible(`${image('img2')} button:has-text("Files…")`), false, 'the image of another user');
}));
