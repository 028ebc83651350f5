/** What tests wait for and look at on the pages, be the server the pretend one or the product. */

/** Waits until the console page says it is in this state. */
export const state = (page, name, timeout = 30_000) => page.waitForSelector(`catseye-console[data-state="${name}"]`, { timeout });

/**
 * Waits until something holds, and gives what it found.
 *
 * @template T
 * @param {() => T | Promise<T>} look
 * @param {string | (() => string)} what for the error; a function says at the end what was seen instead
 * @returns {Promise<T>}
 */
export async function until(look, what, millis = 20_000) {
  for (const end = Date.now() + millis; ;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${typeof what === 'function' ? what() : what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Collects what a page complains of: errors of its scripts, and what the security policy kept from it. */
export function collectComplaints(page, complaints, who = 'the page') {
  page.on('pageerror', (error) => complaints.push(`${who}: ${error.message}`));
  page.on('console', (message) => /Content Security Policy|Refused to/.test(message.text()) && complaints.push(`${who}: ${message.text()}`));
}
