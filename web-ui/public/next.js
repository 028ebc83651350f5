import { toAddress, toPath } from './base.js';

/**
 * The page to open after login or confirmation. Its URL is in the fragment, which any link can set. Only pages of this origin are therefore
 * accepted, and if there is already a session, the user must click to open the page.
 */

const NOT_A_PAGE = /^\/(login|setup|confirm|api|ui)(\/|$)/;
const WEB_CONSOLE = '/system/console';

/**
 * @param {string} fragment location.hash of the login page: `#next=...`, or the console's own `#target=...`,
 *   which browsers keep over a redirect
 * @param {string} origin location.origin
 * @returns {string} a path of this device, see base.js; `/` for a URL that is not accepted
 */
export function safeNext(fragment, origin) {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  const next = parameters.get('next');
  if (next === null) {
    const target = parameters.get('target');
    return target ? `/#target=${encodeURIComponent(target)}` : '/';
  }
  if (!next.startsWith('/')) return '/';
  let url;
  try {
    url = new URL(next, origin);
  } catch {
    return '/';
  }
  // `/.//elsewhere` is a URL of this origin, but its path alone, `//elsewhere`, is not.
  if (url.origin !== origin || url.pathname.startsWith('//') || NOT_A_PAGE.test(url.pathname)) return '/';
  return webConsole(url.pathname) ?? url.pathname + url.search + url.hash;
}

/**
 * Reduces a web console URL to the name of its page, without a query or further path. The web console opens only from our own pages,
 * and this page must not turn a link of another site into one of them.
 *
 * @param {string} path as it stands in the address
 * @returns {string | undefined} undefined if the server would not treat the path as part of the console, in any spelling
 */
function webConsole(path) {
  let plain;
  try {
    plain = decodeURIComponent(path).replace(/;[^/]*/g, '').replace(/\/+/g, '/');
  } catch {
    return '/';
  }
  if (!/^\/system(\/|$)/i.test(plain)) return undefined;
  const [, label] = /^\/system\/console\/([\w -]+)(\/|$)/.exec(plain) ?? [];
  return label && label !== 'logout' ? `${WEB_CONSOLE}/${encodeURIComponent(label)}` : WEB_CONSOLE;
}

/**
 * @param {{pathname: string, search: string, hash: string}} location of the page that needs a session
 * @param {boolean} [ended] the session ended while the user was working, and the login page says so
 * @returns {string} the URL of the login page that returns here
 */
export function loginAddress({ pathname, search, hash }, ended = false) {
  const here = toPath(pathname) + search + hash;
  const parts = [...(ended ? ['ended=1'] : []), ...(here === '/' ? [] : [`next=${encodeURIComponent(here)}`])];
  return toAddress(parts.length ? `/login#${parts.join('&')}` : '/login');
}

/** @param {string} path from {@link safeNext} @returns {boolean} whether it is not the main page, so that users should see its URL */
export function isElsewhere(path) {
  return !/^\/(#|$)/.test(path);
}

/** @param {string} fragment location.hash of the login page @returns {boolean} whether to show the form although a user is logged in */
export function asSomebodyElse(fragment) {
  return new URLSearchParams(fragment.replace(/^#/, '')).has('other');
}

/** @param {string} fragment location.hash of the login page @returns {boolean} whether the session ended while the user was working */
export function wasEnded(fragment) {
  return new URLSearchParams(fragment.replace(/^#/, '')).has('ended');
}
