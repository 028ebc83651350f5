/**
 * Where to go after logging in or confirming. The address comes from the fragment, so anyone can write one into a link: only a page of
 * this very origin is accepted, and pages that already have a session go there only by a click.
 */

const NOT_A_PLACE = /^\/(login|setup|confirm|api|ui)(\/|$)/;

/**
 * @param {string} fragment location.hash of the login page: `#next=...`, or the console's own `#target=...`,
 *   which browsers keep over a redirect
 * @param {string} origin location.origin
 * @returns {string} a path of this origin, `/` when in doubt
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
  // `/.//elsewhere` is of this origin, but its path alone, `//elsewhere`, would not be.
  if (url.origin !== origin || url.pathname.startsWith('//') || NOT_A_PLACE.test(url.pathname)) return '/';
  return url.pathname + url.search + url.hash;
}

/**
 * @param {{pathname: string, search: string, hash: string}} location of the page that needs a session
 * @param {boolean} [ended] somebody was at work when the session ended, and should be told
 * @returns {string} the login page that comes back here
 */
export function loginAddress({ pathname, search, hash }, ended = false) {
  const here = pathname + search + hash;
  const parts = [...(ended ? ['ended=1'] : []), ...(here === '/' ? [] : [`next=${encodeURIComponent(here)}`])];
  return parts.length ? `/login#${parts.join('&')}` : '/login';
}

/** @param {string} path what {@link safeNext} gave @returns {string} a label for the link that leads there */
export function placeLabel(path) {
  if (/^\/(#|$)/.test(path)) return 'Go to the computers';
  return /^\/system\/console(\/|$)/.test(path) ? 'Open the system console' : 'Open the page';
}

/** @param {string} path what {@link safeNext} gave @returns {boolean} whether it is another page than the one with the computers, so that users should see which */
export function isElsewhere(path) {
  return !/^\/(#|$)/.test(path);
}

/** @param {string} fragment location.hash of the login page @returns {boolean} whether who is logged in wants the form all the same */
export function asSomebodyElse(fragment) {
  return new URLSearchParams(fragment.replace(/^#/, '')).has('other');
}

/** @param {string} fragment location.hash of the login page @returns {boolean} whether a session ended while somebody was at work */
export function wasEnded(fragment) {
  return new URLSearchParams(fragment.replace(/^#/, '')).has('ended');
}
