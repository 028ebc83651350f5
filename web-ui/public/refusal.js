import { t } from './text.js';

/**
 * Shows a refusal page of the server in the user's language. The server writes it in English, so that it works without this script:
 * `data-status` is the HTTP status, `data-user` the user's name; the server's own description stays as it is.
 */

/** @type {Record<number, import('./text.js').MessageKey>} */
const TITLES = { 403: 'refusal.forbidden', 404: 'refusal.notFound', 503: 'refusal.unavailable', 507: 'refusal.diskFull' };

/** @param {number} status */
export function refusalTitle(status) {
  return t(TITLES[status] ?? (status < 500 ? 'refusal.badRequest' : 'refusal.failed'));
}

/** @param {string} selector @param {(element: HTMLElement) => string} text */
function replaceText(selector, text) {
  const element = /** @type {HTMLElement | null} */ (document.querySelector(selector));
  if (element) element.textContent = text(element);
}

/** Replaces the texts that the page itself owns. */
export function translateRefusal() {
  replaceText('[data-status]', ({ dataset }) => refusalTitle(Number(dataset.status)));
  replaceText('[data-user]', ({ dataset }) => t('refusal.loggedInAs', { user: dataset.user ?? '' }));
  replaceText('[data-link="home"]', () => t('refusal.toComputers'));
  replaceText('[data-link="login"]', () => t('refusal.otherUser'));
  document.title = t('common.pageTitle', { title: document.querySelector('h1')?.textContent ?? '' });
}

if (globalThis.document) translateRefusal();
