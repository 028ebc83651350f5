import { toAddress } from '../public/base.js';
import { h } from '../public/dom.js';
import { logo } from '../public/icons.js';
import { t } from '../public/text.js';

/**
 * The head of a page beside the console: the way back to the computers, and the title.
 * @param {string} title
 * @param {...HTMLElement} others what follows the title
 */
export function createPageHead(title, ...others) {
  const home = h('a', { class: 'brand', href: toAddress('/'), 'aria-label': t('page.home') }, logo(), h('span', { class: 'brand-name' }, 'Catseye'));
  return h('header', { class: 'page-head' }, home, h('h1', {}, title), ...others);
}
