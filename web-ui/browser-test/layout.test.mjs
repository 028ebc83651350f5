import assert from 'node:assert/strict';
import { test } from 'node:test';
import { touchScreen } from './browser.mjs';
import { capture, needs, onStage, openLive, options, state, until } from './stage.mjs';

const pointers = (server) => server.received.filter(({ type }) => type === 'pointer');
const box = (page) => page.evaluate(() => {
  const { left, top, width, height } = document.querySelector('catseye-screen .picture').getBoundingClientRect();
  return { left, top, width, height };
});
const stageBox = (page) => page.locator('.stage').boundingBox();
const settle = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
const scrolled = (page) => page.evaluate(() => {
  const { scrollLeft, scrollTop } = document.querySelector('.stage');
  return [scrollLeft, scrollTop];
});

async function setView(page, label) {
  await page.click('catseye-menu[icon="fit"] > button');
  await page.click(`catseye-menu[icon="fit"] .menu-item:has-text("${label}")`);
  await settle(page);
}

for (const [width, touch] of [[360], [720], [768], [820], [1280], [3840], [360, true], [810, true]]) {
  test(`nothing moves the picture at ${width} pixels${touch ? ', with fingers' : ''}: capture, notices, viewers, control, figures`, needs(touch ? 'fingers' : ''), () => onStage(async ({ server, page }) => {
    server.targets.push({ id: 'router', label: 'A router with quite a long name' });
    await openLive(server, page);
    const before = await box(page);
    const unmoved = async (what) => {
      await settle(page);
      assert.deepEqual(await box(page), before, what);
    };
    await capture(page);
    await unmoved('captured');
    server.say({ lease: { holder: 'admin', mine: true, asking: '', shared: false, others: 1 } });
    await page.waitForSelector('catseye-lease[state="holding"]');
    await unmoved('a viewer joins');
    server.say({ lease: { holder: 'admin', mine: true, asking: 'eve', shared: false, others: 2 } });
    await page.waitForSelector('catseye-lease[state="asked"]');
    await unmoved('a viewer asks');
    server.say({ hid: { state: 'OFFLINE', reason: 'the remote computer has not recognised the keyboard yet, which can take a while' } });
    await page.waitForSelector('.notice[state="warning"]:visible');
    await unmoved('a notice');
    server.say({ video: { input: '', viewers: 12 }, leds: { capsLock: true } });
    await until(async () => /12 viewers/.test(await page.textContent('catseye-status')), 'other figures');
    await unmoved('figures');
    server.say({ video: { state: 'NO_SIGNAL', reason: 'The cable carries nothing.' } });
    await state(page, 'no-signal');
    await unmoved('no signal');
    const status = await page.locator('catseye-status').evaluate((element) => element.scrollWidth - element.clientWidth);
    assert.ok(status <= 0, `the status line is ${status} pixels too wide`);
  }, { viewport: { width, height: 740 }, hasTouch: touch === true, isMobile: touch === true }));
}

test('the bars beside the picture send nothing, but a drag that leaves the picture stays at its edge', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  const { left, top, width, height } = await box(page);
  const stage = await stageBox(page);
  assert.ok(stage.y + stage.height - top - height > 170, 'there is a bar');
  await page.mouse.move(left + 20, top + height + 170);
  await page.mouse.down();
  await page.mouse.move(left + 60, top + height + 150);
  await page.mouse.up();
  await page.mouse.wheel(0, 300);
  await settle(page);
  await page.waitForSelector('catseye-screen[captured]');
  assert.deepEqual(server.received.filter(({ type }) => type !== 'releaseAll'), []);
  await page.mouse.move(left + width / 2, top + height / 2);
  await page.mouse.down();
  await page.mouse.move(left + width / 2, top + height + 170);
  await until(() => pointers(server).some(({ y, buttons }) => y === 1 && buttons === 1), 'the lower edge');
  await page.mouse.up();
  await until(() => pointers(server).at(-1).buttons === 0, 'the release');
  await settle(page);
  const count = server.received.length;
  await page.mouse.move(left + 60, top + height + 100);
  await settle(page);
  assert.equal(server.received.length, count, 'after the release the bar is a bar again');
}, { viewport: { width: 700, height: 900 } }));

test('real size: scroll bars, drags beside the picture and the wheel with Alt move the view and press nothing', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await setView(page, '100 %');
  // The closed menu leaves the pointer on the picture, which WebKit reports a little later.
  await page.waitForTimeout(200);
  server.received.length = 0;
  const stage = await stageBox(page);
  const bar = await page.evaluate(() => document.querySelector('.stage').offsetHeight - document.querySelector('.stage').clientHeight);
  if (bar > 0) {
    await page.mouse.move(stage.x + 60, stage.y + stage.height - bar / 2);
    await page.mouse.down();
    await page.mouse.move(stage.x + 200, stage.y + stage.height - bar / 2);
    await page.mouse.up();
    await until(async () => (await scrolled(page))[0] > 50, 'the scroll bar');
    assert.deepEqual(pointers(server), []);
  }
  const [before] = await scrolled(page);
  await page.mouse.move(stage.x + 300, stage.y + 10); // above the picture, which is lower than the window
  await page.mouse.down();
  await page.mouse.move(stage.x + 200, stage.y + 10, { steps: 4 });
  await page.mouse.up();
  assert.equal((await scrolled(page))[0], before + 100);
  assert.deepEqual(pointers(server), []);
  await page.mouse.move(stage.x + 300, stage.y + stage.height / 2);
  await page.keyboard.down('Alt');
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, -80);
  await until(async () => (await scrolled(page))[0] === before + 20, 'the wheel with Alt');
  await page.keyboard.up('Shift');
  await page.keyboard.up('Alt');
  assert.ok(!server.received.some(({ type }) => type === 'wheel'));
  await page.mouse.click(stage.x + 300, stage.y + stage.height / 2);
  await until(() => pointers(server).some(({ buttons }) => buttons === 1), 'a click');
  const [shift] = await scrolled(page);
  assert.ok(Math.abs(pointers(server).at(-1).x - (300 + shift) / 1280) < 0.002, `${pointers(server).at(-1).x}`);
}, { viewport: { width: 700, height: 900 } }));

/** Fingers on the page, each a place. */
async function fingersOn(page) {
  const send = await touchScreen(page);
  return (type, ...points) => send(type, points.map(([x, y], id) => ({ x, y, id })));
}

test('real size: a pinch moves the view, two fingers scroll the computer, and the first of them presses nothing for good', needs('fingers'), () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await setView(page, '100 %');
  server.received.length = 0;
  const fingers = await fingersOn(page);
  await fingers('touchStart', [200, 400]);
  await fingers('touchStart', [200, 400], [260, 400]);
  // Closer to each other than at first, and both to the left.
  await fingers('touchMove', [190, 400], [200, 400]);
  await fingers('touchMove', [150, 400], [160, 400]);
  await fingers('touchMove', [100, 400], [110, 400]);
  await until(async () => (await scrolled(page))[0] >= 90, 'the view');
  await fingers('touchEnd');
  await settle(page);
  assert.deepEqual(pointers(server), []);
  assert.ok(!server.received.some(({ type }) => type === 'wheel'));
  const moved = await scrolled(page);
  await fingers('touchStart', [200, 400], [260, 400]);
  for (const y of [390, 370, 340, 300]) await fingers('touchMove', [200, y], [260, y]);
  await fingers('touchEnd');
  await until(() => server.received.some(({ type, dy }) => type === 'wheel' && dy < 0), 'the wheel');
  assert.deepEqual(await scrolled(page), moved);
  assert.deepEqual(pointers(server), []);
  await page.touchscreen.tap(200, 400);
  await until(() => pointers(server).some(({ buttons }) => buttons === 1) && pointers(server).at(-1).buttons === 0, 'a tap works again');
}, { viewport: { width: 360, height: 740 }, hasTouch: true }));

test('real size, for a user who only watches: a finger beside the picture moves the view as far as itself', needs('fingers'), () => onStage(async ({ server, page }) => {
  server.permissions = ['VIEW'];
  await openLive(server, page);
  await setView(page, '100 %');
  const fingers = await fingersOn(page);
  // Above or below the picture, which is lower than the window, and not on the notice.
  const y = await page.evaluate(() => [...Array(innerHeight).keys()].find((at) => [400, 440, 480, 500].every((x) => document.elementFromPoint(x, at)?.className === 'stage')) ?? null);
  assert.notEqual(y, null, 'there is a place beside the picture');
  await fingers('touchStart', [500, y + 2]);
  for (const x of [480, 440, 400]) await fingers('touchMove', [x, y + 2]);
  await fingers('touchEnd');
  await until(async () => (await scrolled(page))[0] >= 100, 'the view');
  await settle(page);
  assert.equal((await scrolled(page))[0], 100);
}, { viewport: { width: 700, height: 900 }, hasTouch: true }));

test('real size, enlarged: pixels are smooth, and sharp again at their own size', needs('fingers'), () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await setView(page, '100 %');
  await page.waitForSelector('catseye-screen[exact]');
  const before = await box(page);
  const fingers = await fingersOn(page);
  await fingers('touchStart', [300, 450], [400, 450]);
  for (let far = 10; far < 100; far += 10) await fingers('touchMove', [300 - far, 450], [400 + far, 450]);
  await fingers('touchEnd');
  await page.waitForSelector('catseye-screen[zoomed]:not([exact])');
  assert.ok((await box(page)).width > before.width * 1.3);
  await setView(page, 'Fit');
  await setView(page, '100 %');
  await page.waitForSelector('catseye-screen[exact]:not([zoomed])');
  assert.equal((await box(page)).width, before.width);
}, { viewport: { width: 700, height: 900 }, hasTouch: true }));

for (const ratio of [1, 1.5, 2]) {
  test(`100 %, 150 % and 200 % are device pixels, with ${ratio} of them in a CSS pixel`, needs(ratio === 1 ? '' : 'device pixels'), () => onStage(async ({ server, page }) => {
    await openLive(server, page);
    for (const percent of [100, 150, 200]) {
      await setView(page, `${percent} %`);
      const { width, height } = await box(page);
      assert.ok(Math.abs(width * ratio - 12.8 * percent) < 0.1 && Math.abs(height * ratio - 7.2 * percent) < 0.1, `${percent} %: ${width} x ${height}`);
    }
    await page.reload();
    await state(page, 'live');
    assert.equal(await page.getAttribute('catseye-screen', 'scale'), '200', 'kept');
    await setView(page, 'Fit');
    const stage = await stageBox(page);
    assert.ok((await box(page)).width <= stage.width + 0.1);
  }, { deviceScaleFactor: ratio }));
}

test('a scaled picture is drawn in the shape that the computer sends, and the pointer counts over what is shown', options, () => onStage(async ({ server, page }) => {
  Object.assign(server.video, { input: '1024x768p at 60/s', inputWidth: 1024, inputHeight: 768 });
  await openLive(server, page);
  const shape = async () => {
    await settle(page);
    const { width, height } = await box(page);
    return Math.round((width / height) * 100) / 100;
  };
  assert.equal(await shape(), 1.33);
  const { left, top, width, height } = await box(page);
  await page.mouse.move(left + width * 0.25, top + height * 0.75);
  await until(() => Math.abs((pointers(server).at(-1)?.x ?? 0) - 0.25) < 0.005 && Math.abs(pointers(server).at(-1).y - 0.75) < 0.005, 'the place');
  for (const [label, expected] of [['16:10', 1.6], ['5:4', 1.25], ['16:9', 1.78], ['As sent', 1.33]]) {
    await setView(page, label);
    assert.equal(await shape(), expected, label);
  }
  await setView(page, '5:4');
  await page.reload();
  await state(page, 'live');
  assert.equal(await shape(), 1.25, 'kept for this target');
  await page.evaluate(() => { location.hash = 'target=other'; });
  await until(async () => (await page.getAttribute('catseye-screen', 'shape')) === 'sent', 'and for no other');
}));

for (const width of [360, 414, 640, 768, 1280]) {
  test(`the name of the target is seen at ${width} pixels, with one target and with several`, options, () => onStage(async ({ server, page }) => {
    await openLive(server, page);
    const isSeen = () => page.evaluate((name) => [...document.querySelectorAll('.target-label, .status-target, catseye-menu[icon="target"] .tool-label')]
      .some((element) => element.checkVisibility() && element.textContent === name && element.scrollWidth <= element.clientWidth && element.getBoundingClientRect().right <= innerWidth), 'Rack 3, server 7');
    assert.ok(await isSeen());
    server.targets.push({ id: 'router', label: 'Router' });
    await page.reload();
    await state(page, 'live');
    await settle(page);
    assert.ok(await isSeen());
  }, { viewport: { width, height: 740 } }));
}

test('notices can be hidden until they change; who is in control stays in the menu', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  server.say({ lease: { holder: 'admin', mine: true, asking: '', shared: false, others: 1 } });
  await page.click('catseye-lease [aria-label^="Hide"]');
  await page.waitForSelector('catseye-lease', { state: 'hidden' });
  await page.click('catseye-menu[icon="user"] > button');
  await page.click('.menu-item:has-text("Release control")');
  await until(() => server.received.some(({ type }) => type === 'release'), 'the release');
  server.say({ lease: { holder: 'admin', mine: true, asking: 'eve', shared: false, others: 1 } });
  await page.waitForSelector('catseye-lease[state="asked"]', { state: 'visible' });
}));
