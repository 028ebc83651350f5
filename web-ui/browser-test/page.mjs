/** What tests wait for and check on the pages, with the simulated server and with the product. */

/** Waits until the console page is in this state. */
export const state = (page, name, timeout = 30_000) => page.waitForSelector(`catseye-console[data-state="${name}"]`, { timeout });

/**
 * Waits until a condition holds, and returns its value.
 *
 * @template T
 * @param {() => T | Promise<T>} look
 * @param {string | (() => string)} text for the error; a function can describe the actual value
 * @returns {Promise<T>}
 */
export async function until(look, what, millis = 20_000) {
  for (const end = Date.now() + millis; ;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited without success for ${typeof what === 'function' ? what() : what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Collects the errors of a page's scripts, and what the security policy blocked. */
export function collectComplaints(page, complaints, who = 'the page') {
  page.on('pageerror', (error) => complaints.push(`${who}: ${error.message}`));
  page.on('console', (message) => /Content Security Policy|Refused to/.test(message.text()) && complaints.push(`${who}: ${message.text()}`));
}

/** The address that the page shows. */
export const addressOf = async (page) => (page.address ? page.address() : page.url());
