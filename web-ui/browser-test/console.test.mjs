import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { addressOf, capture, keys, needs, onStage, openLive, options, state, until } from './stage.mjs';

test('shows the picture, acknowledges each frame, and measures its age', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  const sequence = () => page.evaluate(() => Number(document.querySelector('catseye-console').dataset.sequence));
  const first = await sequence();
  await until(async () => (await sequence()) > first + 10, 'frames go on');
  await until(async () => server.acks > 10, 'acknowledgements');
  const latency = await page.evaluate(() => Number(document.querySelector('catseye-console').dataset.latencyMs));
  assert.ok(latency >= 0 && latency < 2000, `latency ${latency}`);
  const bright = await page.evaluate(() => {
    const { canvas } = document.querySelector('catseye-screen');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return [canvas.width, canvas.height, data.some((value, index) => index % 4 === 0 && value > 150)];
  });
  assert.deepEqual(bright, [1280, 720, true]);
  await until(async () => /fps.*ms.*1 viewer.*JPEG/.test(await page.textContent('catseye-status')), 'figures');
}));

test('draws parts of a picture at their places', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  const colours = await page.evaluate(() => {
    const striped = (...stripes) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 8 * stripes.length });
      const context = canvas.getContext('2d');
      stripes.forEach((colour, index) => {
        context.fillStyle = colour;
        context.fillRect(0, 8 * index, 64, 8);
      });
      return canvas;
    };
    const screen = document.createElement('catseye-screen');
    screen.drawPicture(striped('#ff0000', '#ff0000', '#ff0000', '#ff0000'));
    screen.drawPicture(striped('#00ff00', '#0000ff', '#ffffff'), [{ top: 8, rows: 8 }, { top: 24, rows: 8 }]);
    const { data } = screen.canvas.getContext('2d').getImageData(10, 0, 1, 32);
    return [4, 12, 20, 28].map((row) => [...data.slice(4 * row, 4 * row + 3)].join());
  });
  assert.deepEqual(colours, ['255,0,0', '0,255,0', '255,0,0', '0,0,255']);
}));

test('draws drawings: copies of the picture to itself, fills and tiles', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  const colours = await page.evaluate(() => {
    const u16 = (...values) => values.flatMap((value) => [value >> 8, value & 0xff]);
    const screen = document.createElement('catseye-screen');
    const picture = Object.assign(document.createElement('canvas'), { width: 40, height: 40 });
    const context = picture.getContext('2d');
    for (let row = 0; row < 40; row++) {
      context.fillStyle = `rgb(${row}, 0, ${5 * row})`;
      context.fillRect(0, row, 40, 1);
    }
    screen.drawPicture(picture);
    // Up and down, so that the source and the place overlap.
    screen.drawSteps(new Uint8Array([1, ...u16(0, 10, 0, 0, 30, 20), 1, ...u16(0, 0, 0, 7, 30, 20)]));
    screen.drawSteps(new Uint8Array([2, ...u16(0, 39, 40, 1), 1, 2, 3, 3, ...u16(0, 38, 2, 1), 2, 4, 5, 6, 7, 8, 9, 0b01000000]));
    const { data } = screen.canvas.getContext('2d').getImageData(0, 0, 40, 40);
    const at = (x, y) => [...data.slice(4 * (40 * y + x), 4 * (40 * y + x) + 3)].join();
    return [at(5, 0), at(5, 6), at(5, 7), at(5, 26), at(5, 27), at(35, 7), at(5, 39), at(0, 38), at(1, 38)];
  });
  assert.deepEqual(colours, ['10,0,50', '16,0,80', '10,0,50', '29,0,145', '27,0,135', '7,0,35', '1,2,3', '4,5,6', '7,8,9']);
}));

for (const [name, video] of [['no-signal', { state: 'NO_SIGNAL', reason: 'The cable carries nothing.' }], ['no-device', { state: 'NO_DEVICE', reason: 'Plug one in.' }], ['misconfigured', { state: 'CONNECTING', misconfigured: true, reason: 'x: width is abc.' }], ['connecting', { state: 'CONNECTING', reason: 'Opening /dev/video0.' }]]) {
  test(`shows ${name} with the server's reason, and is live again when it is`, options, () => onStage(async ({ server, page }) => {
    await openLive(server, page);
    server.say({ video });
    await state(page, name);
    assert.ok((await page.textContent('catseye-overlay')).includes(video.reason));
    server.say({ video: { state: 'LIVE', misconfigured: false, reason: '' } });
    await state(page, 'live');
  }));
}

test('a notice explains a live picture that stands still, for as long as the server reports it', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  server.say({ video: { stale: true, reason: 'Datagrams were lost in the network.' } });
  await page.waitForSelector('.notice[state="warning"]:has-text("Datagrams were lost")');
  await state(page, 'live');
  server.say({ video: { stale: false, reason: 'Sound: stereo, 48 kHz.' } });
  await page.waitForSelector('.notice', { state: 'hidden' });
}));

test('survives a restart of the server by itself', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await server.stop();
  await state(page, 'lost');
  assert.match(await page.textContent('catseye-overlay'), /Trying again/);
  await server.start();
  await state(page, 'live');
  const before = server.acks;
  await until(() => server.acks > before + 5, 'the picture moves');
}));

test('is there when the server comes later than the page', options, () => onStage(async ({ server, page }) => {
  server.routes['/api/v1/session'] = (request, response) => response.destroy();
  await page.goto(`${server.address}/`);
  await state(page, 'lost');
  delete server.routes['/api/v1/session'];
  await state(page, 'live');
}));

test('shows the plain stream when WebSockets are blocked, and comes back', options, () => onStage(async ({ server, page }) => {
  server.socketsBlocked = true;
  await page.goto(`${server.address}/`);
  await state(page, 'live');
  await page.waitForSelector('catseye-status:has-text("MJPEG over HTTP")');
  assert.match(await page.textContent('.notice'), /WebSocket/);
  server.socketsBlocked = false;
  await page.waitForSelector('catseye-status:not(:has-text("MJPEG over HTTP"))', { timeout: 20_000 });
  await state(page, 'live');
}));

test('pauses in the background, gives up the picture, and continues when visible', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  const look = (visibility) => page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibility);
  await look('hidden');
  await state(page, 'paused');
  assert.match(await page.textContent('catseye-overlay'), /background/);
  const before = server.acks;
  await page.waitForTimeout(300);
  assert.ok(server.acks <= before + 1, 'no picture is asked for');
  await look('visible');
  await state(page, 'live');
}));

test('explains a codec that it cannot show', options, () => onStage(async ({ server, page }) => {
  server.codec = 77;
  await page.goto(`${server.address}/`);
  await until(async () => /codec 77/.test(await page.textContent('catseye-overlay')), 'words');
}));

test('shows errors of the server, and counts repetitions', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  server.error('unavailable', 'The keyboard is <b>offline</b>.');
  server.error('unavailable', 'The keyboard is <b>offline</b>.');
  await until(async () => /<b>offline.*×2/.test(await page.textContent('catseye-toasts')), 'one message, twice');
  assert.equal(await page.locator('.toast').count(), 1);
  await page.click('.toast button');
  assert.equal(await page.locator('.toast').count(), 0);
}));

test('shows the lamps', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  server.say({ leds: { capsLock: true } });
  await page.waitForSelector('[aria-label="Caps Lock: on"]');
  await page.waitForSelector('[aria-label="Scroll Lock: off"]');
  server.say({ leds: { known: false } });
  await page.waitForSelector('[aria-label="Caps Lock: unknown"]');
}));

test('changes the target by menu and by address', options, () => onStage(async ({ server, page }) => {
  server.targets.push({ id: 'router', label: 'Router' });
  await openLive(server, page);
  await page.click('catseye-menu[icon="target"] > button');
  await page.click('text=Router');
  await until(async () => (await page.title()).startsWith('Router'), 'title');
  assert.equal(new URL(await addressOf(page)).hash, '#target=router');
  await state(page, 'live');
  await page.evaluate(() => { location.hash = 'target=default'; });
  await until(async () => (await page.title()).startsWith('Rack'), 'back');
  await capture(page);
  await page.keyboard.press('KeyX');
  await until(() => keys(server) === '+KeyX -KeyX', 'keys go to one target only');
}));

test('saves the picture, or explains why not', needs('downloads'), () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('button[aria-label="Save picture"]')]);
  assert.match(download.suggestedFilename(), /^catseye-default-\d{8}-\d{6}\.jpeg$/);
  server.say({ video: { state: 'NO_SIGNAL', reason: 'No signal now.' } });
  await page.click('button[aria-label="Save picture"]');
  await page.waitForSelector('.toast:has-text("No signal now.")');
}));

test('a plug-in module from the import map brings a panel', options, () => onStage(async ({ server, page }) => {
  const map = '{"imports":{"catseye/":"/ui/"}}';
  server.importMap = `<script type="importmap">${map}</script><script type="module" src="/ui/public/plug-in-of-the-test.js"></script>`;
  server.importMapHash = createHash('sha256').update(map).digest('base64');
  server.routes['/ui/public/plug-in-of-the-test.js'] = (request, response) => response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(`
    import { registerPanel } from 'catseye/plugins.js';
    customElements.define('acme-power', class extends HTMLElement { connectedCallback() { this.textContent = 'power of ' + this.getAttribute('target'); } });
    registerPanel({ id: 'acme', title: 'Power', element: 'acme-power', permission: 'POWER' });`);
  await openLive(server, page);
  await page.click('catseye-menu[icon="panels"] > button');
  await page.click('.menu-item:has-text("Power")');
  await page.waitForSelector('catseye-panel[state="open"] acme-power:has-text("power of default")');
  await page.keyboard.press('Escape');
  await page.waitForSelector('catseye-panel[state="closed"]', { state: 'attached' });
}));

test('fits 360 pixels without scrolling sideways, and 4K', options, async () => {
  for (const viewport of [{ width: 360, height: 640 }, { width: 3840, height: 2160 }]) {
    await onStage(async ({ server, page }) => {
      server.targets.push({ id: 'router', label: 'A router with quite a long name' });
      await openLive(server, page);
      const overflow = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll('.tool:not([hidden] *), .figure')].map((tool) => tool.getBoundingClientRect().right - innerWidth)]);
      assert.ok(Math.max(...overflow) <= 0, `beyond the edge by ${Math.max(...overflow)}`);
      const screen = await page.locator('catseye-screen').boundingBox();
      assert.ok(screen.height > viewport.height * 0.75);
    }, { viewport });
  }
});

test('the gallery shows every element in every state', options, () => onStage(async ({ server, page }) => {
  await page.goto(`${server.address}/ui/gallery.html`);
  await page.waitForSelector('[data-example^="Icons"]');
  for (const name of ['connecting', 'live', 'no-signal', 'no-device', 'paused', 'lost']) {
    assert.ok(await page.locator(`catseye-screen[state="${name}"]`).count(), `screen ${name}`);
    assert.ok(await page.locator(`catseye-status[state="${name}"]`).count(), `status ${name}`);
  }
  const defined = await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => element.localName.startsWith('catseye-')).every((element) => customElements.get(element.localName)));
  assert.ok(defined);
}));
