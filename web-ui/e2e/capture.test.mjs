import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { collectComplaints, state, until } from '../browser-test/page.mjs';
import { openCapture } from '../browser-test/views.mjs';
import { PASSWORD, Product, lacking, logIn } from './product.mjs';

const VIRTUAL = 'org.catseye.virtual.target';
const skip = lacking({ [engine.name]: browserPath() });
const options = { skip, timeout: 120_000 };
const RATE = '.capture-row[data-key="fps"] input';

let product;
let browser;
let context;
let page;
const complaints = [];
/** Every socket for the picture that the page opened. */
const sockets = [];

before(async () => {
  if (skip) return;
  product = await Product.claimed().start();
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  page.on('websocket', (socket) => socket.url().includes('/video') && sockets.push(socket));
  collectComplaints(page, complaints, 'console');
  await page.goto(`${product.address}/login`);
  await logIn(page, 'admin', PASSWORD);
  await state(page, 'live');
});

after(async () => {
  await browser?.close();
  await product?.remove();
});

const file = () => readFileSync(join(product.home, 'config', `${VIRTUAL}.cfg`), 'utf8');

test('the panel, the Settings page and the file show the same value, and the picture goes on', options, async () => {
  await openCapture(page);
  await page.waitForSelector(RATE);
  assert.equal(await page.inputValue(RATE), '30');
  await page.evaluate(() => {
    const element = /** @type {HTMLElement} */ (document.querySelector('catseye-console'));
    window['seenStates'] = [];
    new MutationObserver(() => window['seenStates'].push(element.dataset.state)).observe(element, { attributeFilter: ['data-state'], attributeOldValue: true });
  });
  await page.fill(RATE, '12');
  await page.keyboard.press('Enter');
  await until(() => /^fps = 12$/m.test(file()), 'the value in the file');
  const settings = await context.newPage();
  collectComplaints(settings, complaints, 'settings');
  const [, pid] = /#pid=(.*)$/.exec(await page.getAttribute('.capture-foot a', 'href') ?? '') ?? [];
  assert.equal(pid, VIRTUAL);
  await settings.goto(`${product.address}/settings#pid=${pid}`);
  const field = `[data-pid="${VIRTUAL}"] [data-key="fps"] input`;
  await settings.waitForSelector(field);
  assert.equal(await settings.inputValue(field), '12');
  await settings.fill(field, '15');
  await settings.keyboard.press('Enter');
  await until(() => /^fps = 15$/m.test(file()), 'the value of the Settings page in the file');
  await page.bringToFront();
  await until(async () => await page.inputValue(RATE) === '15', 'the value of the Settings page in the panel');
  assert.deepEqual((await page.evaluate(() => window['seenStates'])).filter((one) => one !== 'live' && one !== 'paused'), [], 'the picture was live all the time');
  assert.equal(sockets.filter((socket) => !socket.isClosed()).length, 1);
});

test('a wrong value is refused at its field, and the file keeps its value', options, async () => {
  await page.fill(RATE, '61');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.capture-row[data-key="fps"] [state="error"]:text-matches("1 to 60")');
  assert.match(file(), /^fps = 15$/m);
  if (process.env.CATSEYE_SHOTS) await page.screenshot({ path: `${process.env.CATSEYE_SHOTS}/capture-product.png` });
  await page.fill(RATE, '15');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.capture-row[data-key="fps"] [state="error"]:empty', { state: 'attached' });
});

test('another size restarts the simulated computer, and the same socket shows it', options, async () => {
  const before = sockets.length;
  await page.selectOption('.capture-row[data-key="size"] select', '1920x1080');
  await until(() => page.evaluate(() => document.querySelector('catseye-screen canvas')?.getAttribute('width') === '1920'), 'the larger picture');
  assert.equal(sockets.length, before, 'viewers stay connected');
  await state(page, 'live');
  // The last refused value is reported by the browser as a failed request.
  assert.deepEqual(complaints.filter((text) => !/status of 400/.test(text)), []);
});
