import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLive, onStage, options, until } from './stage.mjs';
import { openCapture } from './views.mjs';

const PHONE = { viewport: { width: 360, height: 740 } };

const at = (key, rest = '') => `.capture-row[data-key="${key}"] ${rest}`;
const changed = (server, call) => until(() => server.capture.calls.includes(call), `${call} among ${server.capture.calls.join(' ')}`);

async function open(server, page) {
  await openLive(server, page);
  await openCapture(page);
}

/** Moves a slider as a finger does: many input events. */
const slide = (page, key, values) => page.$eval(at(key, 'input[type=range]'), (slider, all) => {
  for (const value of all) {
    slider.value = value;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }
}, values);

test('a moving slider applies at once, and the last value wins, while the picture goes on', options, () => onStage(async ({ server, page }) => {
  await open(server, page);
  const { videoSockets } = server;
  assert.equal(await page.inputValue(at('brightness', 'input[type=range]')), '20', 'the value of the configuration');
  assert.equal(await page.inputValue(at('contrast', 'input[type=range]')), '148', 'the value of the device');
  assert.match(await page.textContent(at('contrast')), /Not set/);
  await slide(page, 'brightness', Array.from({ length: 60 }, (_, index) => index));
  await changed(server, '{"brightness":"59"}');
  assert.ok(server.capture.calls.length < 10, `${server.capture.calls.length} requests for 60 movements`);
  await until(async () => await page.inputValue(at('brightness', 'input[type=number]')) === '59', 'the number beside the slider');
  await page.click(at('brightness', 'button'));
  await changed(server, '{"brightness":"-11"}');
  await until(async () => await page.isDisabled(at('brightness', 'button')), 'nothing to reset any more');
  assert.equal(server.videoSockets, videoSockets, 'the same connection');
  await page.waitForSelector('catseye-console[data-state="live"]');
}));

test('a slider works by keyboard, and a wrong number is reported at its field', options, () => onStage(async ({ server, page }) => {
  await open(server, page);
  await page.focus(at('hue', 'input[type=range]'));
  await page.keyboard.press('ArrowRight');
  await changed(server, '{"hue":"1"}');
  await page.fill(at('contrast', 'input[type=number]'), '999');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${at('contrast', '[state="error"]')}:text-is("It has to be 0 to 255 for this device.")`);
  assert.equal(await page.getAttribute(at('contrast', 'input[type=range]'), 'aria-invalid'), 'true');
  await page.fill(at('contrast', 'input[type=number]'), '100');
  await page.keyboard.press('Enter');
  await changed(server, '{"contrast":"100"}');
  await page.waitForSelector(at('contrast', '[state="error"]:empty'), { state: 'attached' });
}));

test('size and rate are those of the device', options, () => onStage(async ({ server, page }) => {
  await open(server, page);
  assert.deepEqual(await page.locator(at('width', 'option')).allTextContents(), ['Best size', '1920 × 1080', '1280 × 720']);
  await page.selectOption(at('width', 'select'), '1280x720');
  await changed(server, '{"width":"1280","height":"720"}');
  await until(async () => (await page.locator(at('framesPerSecond', 'option')).allTextContents()).join() === 'Highest,60 fps,50 fps,30 fps', 'the rates of this size');
  await page.selectOption(at('framesPerSecond', 'select'), '50');
  await changed(server, '{"framesPerSecond":"50"}');
  await page.check(at('dropSameFrames', 'input'));
  await changed(server, '{"dropSameFrames":"true"}');
  assert.equal(await page.getAttribute('.capture-foot a', 'href'), '/settings#pid=org.catseye.capture.v4l2~bay1');
}));

test('a change from elsewhere is shown, and one in the meantime is not overwritten', options, () => onStage(async ({ server, page }) => {
  await open(server, page);
  server.capture.change({ brightness: '77' });
  await until(async () => await page.inputValue(at('brightness', 'input[type=range]')) === '77', 'the new value');
  server.capture.change({ brightness: '78' });
  await page.check(at('dropSameFrames', 'input'));
  await until(async () => await page.inputValue(at('brightness', 'input[type=range]')) === '78' && (server.capture.values.dropSameFrames === 'true' || /changed in the meantime/.test(await page.textContent('catseye-capture'))),
    'the values of the other user, and either the change or its refusal');
}));

test('the EDID of a bridge is described, chosen, uploaded and checked', options, () => onStage(async ({ server, page }) => {
  server.capture.kind = 'bridge';
  await open(server, page);
  assert.match(await page.textContent('catseye-capture'), /The computer sends 1280 × 720, 60 Hz\./);
  const facts = await page.textContent(at('edid', 'dl'));
  for (const text of ['Catseye, CAT, product 1, 2026', '1920 × 1080 interlaced, 29.97 Hz', 'further video codes: 200', 'DVI, without sound', '128 bytes, version 1.4']) assert.ok(facts.includes(text), `${text} in ${facts}`);
  await page.selectOption(at('edid', 'select'), '1920x1080p50');
  await changed(server, '{"edid":"1920x1080p50"}');
  await until(async () => /1920x1080p50/.test(await page.textContent(at('edid', 'dl'))), 'what the device shows now');
  const upload = (buffer) => page.setInputFiles(at('edid', 'input[type=file]'), { name: 'monitor.bin', mimeType: 'application/octet-stream', buffer });
  await upload(Buffer.from('GIF89a'.padEnd(128, '.')));
  await page.waitForSelector(`${at('edid', '[state="error"]')}:text-matches("byte 0 is 0x47")`);
  await upload(Buffer.alloc(5000));
  await page.waitForSelector(`${at('edid', '[state="error"]')}:text-matches("at most 512 bytes")`);
  const digits = `00ffffffffffff00${'ab'.repeat(120)}`;
  await upload(Buffer.from(digits, 'hex'));
  await changed(server, `{"edid":"${digits}"}`);
  await until(async () => await page.locator(at('edid', 'option:checked')).textContent() === 'Uploaded EDID', 'the choice');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(at('edid', 'button:has-text("Download")'))]);
  assert.equal(download.suggestedFilename(), 'edid-default.bin');
}));

test('a device with nothing to adjust, and one without a configuration, are said in words', options, () => onStage(async ({ server, page }) => {
  server.capture.kind = 'nothing';
  await open(server, page);
  await page.waitForSelector('catseye-capture[state="empty"] .section-message:text-is("This device has nothing to adjust.")');
  server.capture.kind = 'stick';
  server.capture.configured = false;
  await page.waitForSelector('.capture-foot:text-matches("no configuration yet")');
  await slide(page, 'hue', ['5']);
  await page.waitForSelector('.capture-foot:text-matches("The values are in config/")');
}));

test('only administrators have the entry', options, () => onStage(async ({ server, page }) => {
  server.permissions = ['VIEW', 'CONTROL'];
  await openLive(server, page);
  await page.click('catseye-menu[icon="fit"] > button');
  await page.waitForSelector('.menu-item:has-text("Statistics")');
  assert.equal(await page.locator('.menu-item:has-text("Capture device")').count(), 0);
}));

test('on a phone the picture stays visible above the sheet', options, () => onStage(async ({ server, page }) => {
  await open(server, page);
  const sheet = await page.locator('catseye-panel').boundingBox();
  const picture = await page.locator('catseye-screen canvas').boundingBox();
  assert.ok(sheet && picture);
  assert.ok(sheet.height <= 371, `${sheet.height} of 740`);
  assert.ok(picture.y + picture.height <= sheet.y + 1, `the picture ends at ${picture.y + picture.height}, the sheet begins at ${sheet.y}`);
  const wide = await page.evaluate(() => [...document.querySelectorAll('catseye-panel, catseye-panel *')].filter((part) => part.getBoundingClientRect().right > 361).map((part) => part.outerHTML.slice(0, 80)));
  assert.deepEqual(wide, []);
  if (process.env.CATSEYE_SHOTS) await page.screenshot({ path: `${process.env.CATSEYE_SHOTS}/capture-phone.png` });
}, PHONE));
