import { define, h } from '../public/dom.js';
import { t } from '../public/text.js';

/** @typedef {import('../protocol/access-api.js').Permission} Permission */
/** @typedef {import('../protocol/access-api.js').Rights} Rights */
/** @typedef {import('../public/text.js').MessageKey} MessageKey */

/** @type {Record<Permission, {name: MessageKey, meaning: MessageKey}>} */
const TEXTS = {
  VIEW: { name: 'right.view', meaning: 'right.viewMeaning' },
  CONTROL: { name: 'right.control', meaning: 'right.controlMeaning' },
  MEDIA: { name: 'right.media', meaning: 'right.mediaMeaning' },
  MEDIA_READ_ONLY: { name: 'right.mediaReadOnly', meaning: 'right.mediaReadOnlyMeaning' },
  POWER: { name: 'right.power', meaning: 'right.powerMeaning' },
  ADMIN: { name: 'right.admin', meaning: 'right.adminMeaning' },
};
const PERMISSIONS = /** @type {Permission[]} */ (Object.keys(TEXTS));
/** The id that stands for all targets. */
const EVERY_TARGET = '*';

/** Rights as a table of checkboxes: a row per target, a column per right. Set `targets`, then `value`. */
export class CatseyeRights extends HTMLElement {
  /** @type {{id: string, label: string}[]} */ targets = [];
  #body = h('tbody');

  connectedCallback() {
    if (this.firstChild) return;
    this.append(h('table', { class: 'rights' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('rights.target')),
      ...PERMISSIONS.map((permission) => h('th', { scope: 'col', title: t(TEXTS[permission].meaning) }, permissionName(permission))))), this.#body));
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
    const others = Object.keys(rights).filter((id) => id !== EVERY_TARGET && !known.includes(id)).map((id) => ({ id, label: t('rights.missing', { target: id }) }));
    const rows = [{ id: EVERY_TARGET, label: t('rights.every') }, ...this.targets, ...others];
    this.#body.replaceChildren(...rows.map(({ id, label }) => h('tr', {}, h('th', { scope: 'row' }, label),
      ...PERMISSIONS.map((permission) => tableCell(permission, id, label, rights[id] ?? [])))));
  }
}

/**
 * Administration applies to the device, not to a target.
 *
 * @param {Permission} permission @param {string} target @param {string} label @param {Permission[]} granted
 */
function tableCell(permission, target, label, granted) {
  if (permission === 'ADMIN' && target !== EVERY_TARGET) return h('td', {});
  const name = t('rights.cell', { right: permissionName(permission), target: label });
  return h('td', {}, h('input', { type: 'checkbox', 'data-target': target, 'data-permission': permission, 'aria-label': name, checked: granted.includes(permission) }));
}

/** @param {Permission} permission a newer server may have further ones */
function permissionName(permission) {
  return TEXTS[permission] ? t(TEXTS[permission].name) : permission;
}

/** @param {Rights} granted */
export function describeRights(granted) {
  return Object.entries(granted).map(([target, permissions]) => {
    const rights = permissions.map(permissionName).join(', ');
    return target === EVERY_TARGET ? t('rights.grantedEverywhere', { rights }) : t('rights.granted', { rights, target });
  }).join('; ');
}

define('catseye-rights', CatseyeRights);
