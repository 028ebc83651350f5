import { existsSync } from 'node:fs';
import * as chromium from './engines/chromium.mjs';
import * as firefox from './engines/firefox.mjs';
import * as webkit from './engines/webkit.mjs';

/**
 * The browser of the tests: CATSEYE_ENGINE is chromium, firefox or webkit. Each engine offers the same pages, with those methods of
 * playwright's pages that the tests use.
 */

const ENGINES = { chromium, firefox, webkit };
const wanted = process.env.CATSEYE_ENGINE || 'chromium';

export const engine = ENGINES[wanted];
if (!engine) throw new Error(`CATSEYE_ENGINE is '${wanted}'; it has to be one of ${Object.keys(ENGINES).join(', ')}`);

/** @param {{windows?: boolean}} [needed] @returns {string | undefined} the path of the browser or its driver; undefined if there is none */
export function browserPath({ windows = false } = {}) {
  return engine.paths.find((path) => path && existsSync(path) && !(windows && path.endsWith('headless-shell')));
}

/** @returns {string | false} why tests that need this cannot run in the engine; false if they can */
export function lacking(...abilities) {
  if (!browserPath()) return `no ${engine.name} on this machine`;
  const missing = abilities.find((ability) => engine.lacks[ability]);
  return missing ? `${engine.name}: ${engine.lacks[missing]}` : false;
}

/** @param {{windows?: boolean}} [needed] */
export function launch(needed) {
  return engine.launch(browserPath(needed));
}

/** Fingers on a page: a function of the kind of event and the points, of which one has an id of its own. */
export const touchScreen = (page) => engine.touchScreen(page);

/** Pictures of a simulated remote desktop, drawn by the browser itself, so that no image files are needed. */
export async function drawPictures(browser, count = 4, width = 1280, height = 720) {
  const page = await browser.newPage();
  const pictures = [];
  for (let index = 0; index < count; index++) pictures.push(toBuffer(await page.evaluate(drawDesktop, { index, width, height })));
  await page.close();
  return pictures;
}

/** A picture in one colour. @returns {Promise<Buffer>} a JPEG */
export async function paint(page, colour) {
  return toBuffer(await page.evaluate(drawColour, colour));
}

const toBuffer = (address) => Buffer.from(address.split(',')[1], 'base64');

/** Runs in a page. */
function drawColour(colour) {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
  const context = canvas.getContext('2d');
  context.fillStyle = colour;
  context.fillRect(0, 0, 1280, 720);
  return canvas.toDataURL('image/jpeg', 0.9);
}

/** Runs in a page. */
function drawDesktop({ index, width, height }) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  context.fillStyle = '#0c1016';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#d7dde3';
  context.font = '17px monospace';
  [
    '[    0.000000] Linux version 6.6.31 (build@rack) #1 SMP PREEMPT',
    '[    1.204417] usb 1-1: Product: Catseye keyboard and pointer',
    '[    1.338120] EXT4-fs (sda2): mounted filesystem with ordered data mode',
    '[  OK  ] Started Network Time Synchronization.',
    '[  OK  ] Reached target Multi-User System.',
    '[  OK  ] Started Getty on tty1.',
    '',
    'server7 login: root',
    `Last login: Tue May 14 09:12:4${index} on tty1`,
    'root@server7:~# uptime',
    ` 09:14:0${index} up 1 min,  1 user,  load average: 0.${index}1, 0.04, 0.01`,
    `root@server7:~# ${index % 2 ? '_' : ' '}`,
  ].forEach((line, row) => context.fillText(line, 36, 46 + row * 25));
  return canvas.toDataURL('image/jpeg', 0.85);
}
