import { after, before } from 'node:test';
import { chromiumPath, drawPictures, launch } from './browser.mjs';
import { FakeServer } from './fake-server.mjs';
import { collectComplaints, state } from './page.mjs';

export { state, until } from './page.mjs';

/** A browser for the whole file, and a server and a page for each test. */
export const options = { skip: chromiumPath() ? false : 'no Chromium on this machine', timeout: 60_000 };

let browser;
let pictures;

before(async () => {
  if (!chromiumPath()) return;
  browser = await launch();
  pictures = await drawPictures(browser, 2);
});
after(() => browser?.close());

/**
 * @param {(stage: {server: FakeServer, page: import('playwright-core').Page, complaints: string[]}) => Promise<void>} act
 * @param {object} [contextOptions]
 */
export async function onStage(act, contextOptions = {}) {
  const server = await new FakeServer(pictures).start();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
  const page = await context.newPage();
  const complaints = [];
  collectComplaints(page, complaints);
  try {
    await act({ server, page, complaints });
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
