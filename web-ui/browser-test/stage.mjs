import { after, before } from 'node:test';
import { browserPath, drawPictures, engine, lacking, launch } from './browser.mjs';
import { FakeServer } from './fake-server.mjs';
import { collectComplaints, state } from './page.mjs';

export { addressOf, state, until } from './page.mjs';

/** A browser for the whole file, and a server and a page for each test. */
/** Options of a test that needs this from the engine: see `lacks` of each engine. */
export const needs = (...abilities) => ({ skip: lacking(...abilities), timeout: engine.timeout ?? 60_000 });
export const options = needs();

let browser;
let pictures;
let windows = false;

/** For a whole file, outside its tests: a headless shell cannot lock the mouse. */
export const needWindows = () => { windows = true; };

before(async () => {
  if (!browserPath()) return;
  browser = await launch({ windows });
  pictures = await drawPictures(browser, 2);
});
after(() => browser?.close());

/**
 * @param {(stage: {server: FakeServer, page: import('playwright-core').Page, context: any, complaints: string[]}) => Promise<void>} act
 * @param {object} [contextOptions]
 */
export async function onStage(act, contextOptions = {}) {
  const server = await new FakeServer(pictures).start();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
  const page = await context.newPage();
  server.firstScripts = context.initScripts ?? [];
  const complaints = [];
  collectComplaints(page, complaints);
  try {
    await act({ server, page, context, complaints });
    if (complaints.length > 0) throw new Error(`complaints: ${complaints.join('; ')}`);
  } finally {
    await context.close();
    await server.stop();
  }
}

/** Opens the console and waits for the picture. */
export async function openLive(server, page, hash = '') {
  await page.goto(`${server.address}/${hash}`);
  await state(page, 'live');
}

/** Captures the keyboard for the picture. */
export async function capture(page) {
  await page.click('catseye-screen canvas');
  await page.waitForSelector('catseye-screen[captured]');
}

/** The keys that the server received, such as +KeyA -KeyA. */
export const keys = (server) => server.received.filter(({ type }) => type === 'key').map(({ code, down }) => (down ? '+' : '-') + code).join(' ');
