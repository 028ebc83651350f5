import { h } from './dom.js';
import { isElsewhere } from './next.js';
import { t } from './text.js';

/** @param {string} path from safeNext @returns {string} a label for the link to this page */
export function destinationLabel(path) {
  if (!isElsewhere(path)) return t('refusal.toComputers');
  return t(/^\/system\/console(\/|$)/.test(path) ? 'destination.systemConsole' : 'destination.page');
}

/** Shows the address of the next page, unless it is the usual one. @param {string} lead @param {string} path from safeNext */
export function destinationNote(lead, path) {
  return isElsewhere(path) ? h('p', { class: 'destination' }, lead, ' ', h('span', { class: 'mono' }, path)) : null;
}
