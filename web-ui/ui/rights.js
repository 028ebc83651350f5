import { define, h } from '../public/dom.js';

/** @typedef {import('../protocol/access-api.js').Permission} Permission */
/** @typedef {import('../protocol/access-api.js').Rights} Rights */

/** @type {Permission[]} */
const PERMISSIONS = ['VIEW', 'CONTROL', 'MEDIA', 'POWER', 'ADMIN'];
/** @type {Record<Permission, string>} */
const WORDS = { VIEW: 'View', CONTROL: 'Control', MEDIA: 'Media', POWER: 'Power', ADMIN: 'Admin' };
/** @type {Record<Permission, string>} */
const MEANINGS = {
  VIEW: 'See the screen', CONTROL: 'Type and point', MEDIA: 'Insert drives and images, where a bundle offers them',
  POWER: 'Switch the computer, where a bundle offers it', ADMIN: 'Change users, settings and bundles',
};

/** Rights as a table to tick: a row per target, a column per right. Set `targets`, then `value`. */
export class CatseyeRights extends HTMLElement {
  /** @type {{id: string, label: string}[]} */ targets = [];
  #body = h('tbody');

  connectedCallback() {
    if (this.firstChild) return;
    this.append(h('table', { class: 'rights' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Target'),
      ...PERMISSIONS.map((permission) => h('th', { scope: 'col', title: MEANINGS[permission] }, WORDS[permission])))), this.#body));
  }

  /** @returns {Rights} */
  get value() {
    /** @type {Rights} */ const rights = {};
    for (const box of this.#body.querySelectorAll('input')) {
      if (box.checked) (rights[box.dataset.target ?? ''] ??= []).push(/** @type {Permission} */ (box.dataset.permission));
    }
    return rights;
  }

  /** @param {Rights} rights */
  set value(rights) {
    const known = this.targets.map(({ id }) => id);
    const others = Object.keys(rights).filter((id) => id !== '*' && !known.includes(id)).map((id) => ({ id, label: `${id} (not there now)` }));
    this.#body.replaceChildren(...[{ id: '*', label: 'Every target' }, ...this.targets, ...others].map(({ id, label }) => h('tr', {},
      h('th', { scope: 'row' }, label), ...PERMISSIONS.map((permission) => h('td', {}, permission === 'ADMIN' && id !== '*' ? null
        : h('input', { type: 'checkbox', 'data-target': id, 'data-permission': permission, 'aria-label': `${WORDS[permission]}: ${label}`, checked: (rights[id] ?? []).includes(permission) }))))));
  }
}

/** @param {Rights} rights */
export function rightsWords(rights) {
  return Object.entries(rights).map(([target, permissions]) => `${permissions.map((permission) => WORDS[permission] ?? permission).join(', ')} on ${target === '*' ? 'every target' : target}`).join('; ');
}

define('catseye-rights', CatseyeRights);
