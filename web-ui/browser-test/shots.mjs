import { mkdirSync } from 'node:fs';
import { drawPictures, launch } from './browser.mjs';
import { FakeServer } from './fake-server.mjs';
import { openAttach, openFiles, openLibrary, openMenu, useFiles, useMedia } from './views.mjs';

/** Screenshots of every page in its states, to look at: `npm run shots -- DIR`, with LANGUAGE=de in German. */
const directory = process.argv[2] ?? 'shots';
mkdirSync(directory, { recursive: true });
/** Only these, if named: `npm run shots -- DIR live keys`. */
const wanted = process.argv.slice(3);
const browser = await launch();
const server = await new FakeServer(await drawPictures(browser)).start();

async function shoot(name, path, { width = 1280, height = 800, scheme = 'dark', touch = width < 500, before = async () => {}, act = async () => {}, fullPage = false } = {}) {
  await before();
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale: process.env.LANGUAGE ?? 'en', hasTouch: touch, isMobile: touch });
  const page = await context.newPage();
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(name, message.type(), message.text()));
  page.on('pageerror', (error) => console.log(name, 'PAGE ERROR', error.message));
  await page.goto(server.address + path);
  await page.waitForTimeout(600);
  await act(page);
  await page.screenshot({ path: `${directory}/${name}.png`, fullPage });
  await context.close();
}

const POWER = { state: 'ON', source: 'Front panel', reason: '', diskActive: true, running: '', actions: ['press', 'hold', 'reset', 'wake', 'on', 'off', 'cycle'] };
const live = (page) => page.waitForSelector('catseye-console[data-state="live"]');
const openKeys = async (page) => {
  await live(page);
  await page.click('catseye-menu[icon="keyboard"] > button');
  await page.waitForTimeout(200);
};

const out = () => Object.assign(server, { loggedIn: false });
const back = () => Object.assign(server, { loggedIn: true, claimed: true });
await shoot('login', '/login', { before: out });
await shoot('login-light', '/login', { scheme: 'light' });
await shoot('login-refused', '/login', { act: async (page) => {
  await page.fill('#password', 'wrong');
  await page.click('button[type=submit]');
  await page.waitForTimeout(200);
} });
await shoot('login-known', '/login#next=%2Fsystem%2Fconsole%2Fbundles', { width: 360, height: 740, before: back, act: (page) => page.waitForSelector('catseye-login[state="known"]') });
await shoot('confirm', '/confirm#next=%2Fsystem%2Fconsole%2Fbundles', { width: 360, height: 740, before: () => Object.assign(server, { proved: false }), act: (page) => page.waitForSelector('catseye-confirm[state="idle"]') });
Object.assign(server, { proved: true });
await shoot('setup', '/setup#token=one-time-token', { before: () => Object.assign(server, { loggedIn: false, claimed: false }) });
await shoot('setup-360', '/setup', { width: 360, height: 740 });
back();
await shoot('live', '/', { act: live });
for (const [suffix, width, height] of [['-360', 360, 740], ['', 1280, 800]]) {
  await shoot(`power${suffix}`, '/', { width, height, before: () => Object.assign(server, { power: POWER }), act: async (page) => {
    await live(page);
    await page.click('catseye-menu[icon="power"] > button');
    await page.waitForTimeout(200);
  } });
  await shoot(`power-question${suffix}`, '/', { width, height, act: async (page) => {
    await live(page);
    await page.click('catseye-menu[icon="power"] > button');
    await page.click('.menu-item:has-text("reset")');
    await page.waitForTimeout(200);
  } });
  server.power = null;
}
for (const [suffix, width, height, scheme] of [['', 1280, 800, 'dark'], ['-light', 1280, 800, 'light'], ['-390', 390, 844, 'dark'], ['-390-light', 390, 844, 'light']]) {
  await shoot(`media-menu${suffix}`, '/', { width, height, scheme, before: () => useMedia(server), act: openMenu('disc') });
  await shoot(`media-eject${suffix}`, '/', { width, height, scheme, act: async (page) => {
    await openMenu('disc')(page);
    await page.click('catseye-menu[icon="disc"] .menu-item:has([data-icon="eject"]) >> nth=1');
    await page.waitForSelector('catseye-media-eject dialog[open]');
  } });
  await shoot(`media-library${suffix}`, '/', { width, height, scheme, act: async (page) => {
    server.media.holdAfter = 1;
    await openLibrary(page);
    await page.setInputFiles('dialog.library input[type=file]', ['ubuntu-24.04.iso', 'drivers.img'].map((name) => ({ name, mimeType: '', buffer: Buffer.alloc(20_000_000) })));
    await page.waitForSelector('.media-transfer[state="waiting"]');
    await page.waitForTimeout(800);
  } });
  server.media.release();
  server.media.uploads = [];
  await shoot(`media-status${suffix}`, '/', { width, height, scheme, act: async (page) => {
    server.media.holdAfter = 1;
    await openLibrary(page);
    await page.setInputFiles('dialog.library input[type=file]', [{ name: 'ubuntu-24.04.iso', mimeType: '', buffer: Buffer.alloc(20_000_000) }]);
    await page.waitForSelector('.media-transfer[state="uploading"]');
    await page.keyboard.press('Escape');
    await openMenu('pointer')(page);
    await page.click('catseye-menu[icon="pointer"] [role="menuitemcheckbox"] >> nth=1');
    await page.waitForTimeout(300);
  } });
  server.media.release();
  server.media.uploads = [];
  for (const drive of ['cd', 'usb']) server.media.setDrive(drive, { image: null, name: '', kind: null, state: 'EMPTY' });
  await shoot(`media-attach${suffix}`, '/', { width, height, scheme, act: openAttach });
  server.media.downloads = [];
  await shoot(`media-files${suffix}`, '/', { width, height, scheme, before: () => useFiles(server), act: openFiles });
  await shoot(`media-new-disk${suffix}`, '/', { width, height, scheme, act: async (page) => {
    await openLibrary(page);
    await page.click('catseye-media-new-disk summary');
    await page.selectOption('#disk-size', '');
  } });
}
await shoot('live-light', '/', { act: live, scheme: 'light' });
await shoot('live-captured', '/', { act: async (page) => {
  await live(page);
  await page.click('catseye-screen canvas');
  await page.waitForTimeout(700);
} });
for (const [suffix, width, height] of [['-360', 360, 740], ['-768', 768, 900], ['', 1280, 800], ['-4k', 3840, 2160]]) {
  const lease = { holder: 'admin', mine: true, asking: '', shared: false, others: 1 };
  await shoot(`strips${suffix}`, '/', { width, height, act: async (page) => {
    await live(page);
    server.say({ lease, hid: { state: 'OFFLINE', reason: 'the remote computer has not recognised the keyboard yet' } });
    await page.click('catseye-screen canvas');
    await page.waitForTimeout(1000);
  } });
  server.say({ lease: { ...lease, others: 0 }, hid: { state: 'READY', reason: '' } });
  await shoot(`silent${suffix}`, '/', { width, height, act: async (page) => {
    await live(page);
    server.frozen = true;
    await page.waitForSelector('catseye-console[data-state="silent"]');
    await page.waitForTimeout(1500);
  } });
  server.frozen = false;
  await shoot(`real-size${suffix}`, '/', { width, height, act: async (page) => {
    await live(page);
    await page.click('catseye-menu[icon="fit"] > button');
    await page.click('catseye-menu[icon="fit"] .menu-item:has-text("100 %")');
    await page.click('catseye-menu[icon="fit"] > button');
    await page.waitForTimeout(300);
  } });
}
server.say({ lease: { holder: '', mine: false, asking: '', shared: false } });
await shoot('keys', '/', { act: openKeys });
await shoot('keys-light', '/', { act: openKeys, scheme: 'light' });
await shoot('keys-360', '/', { act: openKeys, width: 360, height: 740 });
await shoot('live-360', '/', { act: live, width: 360, height: 740 });
const phones = { portrait: [360, 740], landscape: [740, 360], 'ipad-portrait': [810, 1080], 'ipad-landscape': [1080, 810] };
for (const [name, [width, height]] of Object.entries(phones)) {
  await shoot(`touch-${name}`, '/', { width, height, touch: true, act: live });
  await shoot(`touch-keyboard-${name}`, '/', { width, height, touch: true, act: async (page) => {
    await live(page);
    await page.tap('.tool[data-icon="phone-keyboard"]');
    await page.tap('.phone-key[data-code="ControlLeft"]');
    await page.waitForTimeout(300);
  } });
  await shoot(`touch-keys-${name}`, '/', { width, height, touch: true, act: openKeys });
}
await shoot('touch-zoomed', '/', { width: 360, height: 740, touch: true, act: async (page) => {
  await live(page);
  await page.evaluate(() => document.querySelector('.picture').dispatchEvent(new PointerEvent('pointerdown', { pointerId: 1, pointerType: 'touch', clientX: 170, clientY: 300, isPrimary: true })));
  await page.evaluate(() => document.querySelector('.picture').dispatchEvent(new PointerEvent('pointerdown', { pointerId: 2, pointerType: 'touch', clientX: 190, clientY: 300 })));
  for (let step = 1; step < 14; step++) {
    await page.evaluate((far) => document.querySelector('.picture').dispatchEvent(new PointerEvent('pointermove', { pointerId: 2, pointerType: 'touch', clientX: 190 + far, clientY: 300 })), step * 10);
    await page.evaluate((far) => document.querySelector('.picture').dispatchEvent(new PointerEvent('pointermove', { pointerId: 1, pointerType: 'touch', clientX: 170 - far, clientY: 300 })), step * 5);
  }
  await page.waitForTimeout(200);
} });
await shoot('mouse-menu', '/', { act: async (page) => {
  await live(page);
  await page.click('catseye-menu[icon="pointer"] > button');
} });
await shoot('watch-only', '/', { act: async (page) => {
  await live(page);
  await page.click('.tool[data-icon="eye"]');
  await page.waitForTimeout(300);
} });
await shoot('own-combinations', '/', { act: async (page) => {
  await openKeys(page);
  await page.click('.menu-item:has([data-icon="keyboard"])');
  await page.check('dialog[open] [name="ControlLeft"]');
  await page.click('dialog[open] button[type=submit]');
  await page.waitForTimeout(200);
} });
await shoot('live-4k', '/', { act: live, width: 3840, height: 2160 });
await shoot('user-menu', '/', { act: async (page) => {
  await live(page);
  await page.click('catseye-menu[icon="user"] > button');
} });
for (const [suffix, width] of [['', 1280], ['-360', 360]]) {
  for (const section of ['self', 'sessions', 'users', 'audit']) {
    await shoot(`account-${section}${suffix}`, '/', { width, height: width < 500 ? 740 : 800, act: async (page) => {
      await live(page);
      await page.click('catseye-menu[icon="user"] > button');
      await page.click('.menu-item:has([data-icon="user"])');
      await page.click(`[data-section="${section}"]`);
      await page.waitForSelector(`catseye-account-${section} h3, catseye-account-${section} table`);
      if (section === 'users') await page.click('[data-user] summary');
    } });
  }
}
await shoot('user-menu-360', '/', { width: 360, height: 740, act: async (page) => {
  await live(page);
  await page.click('catseye-menu[icon="user"] > button');
} });
await shoot('login-360', '/login', { width: 360, height: 740, before: out });
back();
await shoot('targets', '/', { before: () => server.targets.push({ id: 'router', label: 'Router in the cellar' }), act: async (page) => {
  await live(page);
  await page.click('catseye-menu[icon="target"] > button');
} });
server.targets.pop();
const openChecks = async (page) => {
  await live(page);
  await page.click('catseye-menu[icon="panels"] > button');
  await page.click('catseye-menu[icon="panels"] .menu-item >> nth=0');
  await page.waitForSelector('.check-item');
};
await shoot('self-check', '/', { act: openChecks });
await shoot('self-check-light', '/', { act: openChecks, scheme: 'light' });
await shoot('self-check-360', '/', { act: openChecks, width: 360, height: 740 });
const openTyping = (text, layout) => async (page) => {
  await openKeys(page);
  await page.click('.menu-item:has([data-icon="text"])');
  await page.selectOption('#catseye-type-layout', layout);
  await page.fill('textarea', text);
};
await shoot('type-text', '/', { act: openTyping('mysql -u root -p\nz@ß^', 'de') });
await shoot('type-text-light', '/', { act: openTyping('echo grüße', 'us'), scheme: 'light' });
await shoot('type-text-360', '/', { before: () => server.say({ leds: { capsLock: true } }), act: openTyping('´', 'pl-windows'), width: 360, height: 740 });
await shoot('type-text-caps', '/', { act: openTyping('´', 'de') });
server.say({ leds: { capsLock: false } });
await shoot('toasts', '/', { act: async (page) => {
  await live(page);
  server.error('forbidden', 'You may not control this target.');
  server.error('unavailable', 'The keyboard is offline.');
  server.error('unavailable', 'The keyboard is offline.');
  await page.waitForTimeout(400);
} });
const fullscreen = async (page) => {
  await live(page);
  await page.click('button[data-icon="fullscreen"]');
  await page.waitForSelector('catseye-console[fullscreen]');
  await page.waitForTimeout(900);
};
await shoot('fullscreen', '/', { act: fullscreen });
await shoot('fullscreen-tools', '/', { act: async (page) => {
  await fullscreen(page);
  await page.mouse.move(640, 2);
  await page.waitForTimeout(700);
  await page.click('catseye-menu[icon="pointer"] > button');
  await page.waitForTimeout(300);
}, scheme: 'light' });
await shoot('no-signal', '/', { before: () => server.say({ video: { state: 'NO_SIGNAL', reason: 'HDMI cable connected, but no picture is sent.' } }) });
await shoot('misconfigured', '/', { before: () => server.say({ video: { state: 'CONNECTING', misconfigured: true, reason: 'org.catseye.capture.v4l2~bay1: width is \'abc\'; it has to be a whole number from 0 to 16384' } }) });
await shoot('no-device', '/', { before: () => server.say({ video: { state: 'NO_DEVICE', reason: 'No video device is plugged in.' } }) });
await shoot('no-device-360', '/', { width: 360, height: 740 });
server.say({ video: { state: 'LIVE', reason: '' }, permissions: ['VIEW'] });
await shoot('view-only', '/', { act: live });
server.say({ permissions: ['VIEW', 'CONTROL'], hid: { state: 'OFFLINE', reason: 'the remote computer has not recognised the keyboard yet' } });
await shoot('hid-offline', '/', { act: live });
server.say({ permissions: ['VIEW', 'CONTROL', 'ADMIN'], hid: { state: 'READY', reason: '' } });
server.socketsBlocked = true;
await shoot('fallback', '/', { act: async (page) => {
  await page.waitForSelector('catseye-console[data-state="live"]', { timeout: 20_000 });
  await page.waitForTimeout(300);
} });
server.socketsBlocked = false;
await shoot('gallery-light', '/ui/gallery.html', { fullPage: true, width: 1600, scheme: 'light' });
await shoot('gallery', '/ui/gallery.html', { fullPage: true, width: 1600 });
await shoot('lost', '/', { act: async (page) => {
  await live(page);
  await server.stop();
  await page.waitForSelector('catseye-console[data-state="lost"]');
  await page.waitForTimeout(1500);
} });
await browser.close();
process.exit(0); // the simulated server may still listen
