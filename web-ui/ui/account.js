import { define, h, setAttribute } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';
import { CatseyeAccountAudit } from './account-audit.js';
import { CatseyeAccountSelf } from './account-self.js';
import { CatseyeAccountSessions } from './account-sessions.js';
import { CatseyeAccountUsers } from './account-users.js';

/** @typedef {import('./access-section.js').AccessSection} AccessSection */

/** @type {{id: string, title: string, admin: boolean, create: () => AccessSection}[]} */
const SECTIONS = [
  { id: 'self', title: t('account.self'), admin: false, create: () => new CatseyeAccountSelf() },
  { id: 'sessions', title: t('account.sessions'), admin: false, create: () => new CatseyeAccountSessions() },
  { id: 'users', title: t('account.users'), admin: true, create: () => new CatseyeAccountUsers() },
  { id: 'audit', title: t('account.audit'), admin: true, create: () => new CatseyeAccountAudit() },
];

/**
 * A dialog with tabs: the user's own account, and all users for administrators. Its content is removed on closing, because it may be
 * secret.
 */
export class CatseyeAccount extends HTMLElement {
  #tabs = h('div', { class: 'account-tabs', role: 'tablist' });
  #body = h('div', { class: 'account-body', role: 'tabpanel' });
  #dialog = h('dialog', { class: 'dialog account', 'aria-labelledby': 'catseye-account-title', onclose: () => this.#body.replaceChildren() },
    h('header', { class: 'account-head' }, h('h2', { id: 'catseye-account-title' }, t('account.title')),
      h('button', { class: 'icon-button', type: 'button', 'aria-label': t('common.close'), onclick: () => this.#dialog.close() }, icon('close'))),
    this.#tabs, this.#body);

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
  }

  /** @param {import('./access-section.js').AccessScope} scope */
  openDialog(scope) {
    const sections = SECTIONS.filter(({ admin }) => scope.isAdmin || !admin);
    this.#tabs.replaceChildren(...sections.map((section) => h('button', {
      class: 'account-tab', type: 'button', role: 'tab', 'data-section': section.id, onclick: () => this.#openSection(section, scope),
    }, section.title)));
    this.#dialog.showModal();
    this.#openSection(sections[0], scope);
  }

  /** @param {typeof SECTIONS[number]} section @param {import('./access-section.js').AccessScope} scope */
  #openSection(section, scope) {
    for (const tab of this.#tabs.children) setAttribute(tab, 'aria-selected', String(/** @type {HTMLElement} */ (tab).dataset.section === section.id));
    const element = section.create();
    element.scope = scope;
    this.#body.replaceChildren(element);
    element.refreshContent();
  }
}

define('catseye-account', CatseyeAccount);
