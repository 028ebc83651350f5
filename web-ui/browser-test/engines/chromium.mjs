import { chromium } from 'playwright-core';

/** Debian's Chromium, by playwright. Its headless shell takes a third less of the processor, because it has no windows. */

export const name = 'Chromium';
export const paths = [process.env.CATSEYE_CHROMIUM, !process.env.CATSEYE_WATCH && '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** What the tests can do in this engine only, and why in no other: see `needs`. */
export const lacks = {};

/** With CATSEYE_WATCH the browser is visible, and slow enough to follow. @param {string} path */
export function launch(path) {
  return chromium.launch({
    executablePath: path,
    ...(process.env.CATSEYE_WATCH && { headless: false, slowMo: 100 }),
    args: ['--no-sandbox', '--host-resolver-rules=MAP catseye.internal 127.0.0.1', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** Fingers on a page. @param {import('playwright-core').Page} page */
export async function touchScreen(page) {
  const session = await page.context().newCDPSession(page);
  return (type, points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
}
