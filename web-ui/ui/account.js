import { define, h, setAttribute } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { CatseyeAccountAudit } from './account-audit.js';
import { CatseyeAccountSelf } from './account-self.js';
import { CatseyeAccountSessions } from './account-sessions.js';
import { CatseyeAccountUsers } from './account-users.js';

/** @typedef {import('./access-section.js').AccessSection} AccessSection */

/** @type {{id: string, title: string, admin: boolean, make: () => AccessSection}[]} */
const SECTIONS = [
  { id: 'self', title: 'Account', admin: false, make: () => new CatseyeAccountSelf() },
  { id: 'sessions', title: 'Logins and tokens', admin: false, make: () => new CatseyeAccountSessions() },
  { id: 'users', title: 'Users and roles', admin: true, make: () => new CatseyeAccountUsers() },
  { id: 'audit', title: 'Audit log', admin: true, make: () => new CatseyeAccountAudit() },
];

/** The account, and for administrators everybody's: a dialog with tabs. Forgets what it showed when it closes, for it may be secret. */
export class CatseyeAccount extends HTMLElement {
  #tabs = h('div', { class: 'account-tabs', role: 'tablist' });
  #body = h('div', { class: 'account-body', role: 'tabpanel' });
  #dialog = h('dialog', { class: 'dialog account', 'aria-labelledby': 'catseye-account-title', onclose: () => this.#body.replaceChildren() },
    h('header', { class: 'account-head' }, h('h2', { id: 'catseye-account-title' }, 'Account and access'),
      h('button', { class: 'icon-button', type: 'button', 'aria-label': 'Close', onclick: () => this.#dialog.close() }, icon('close'))),
    this.#tabs, this.#body);

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
  }

  /** @param {import('./access-section.js').AccessScope} scope */
  show(scope) {
    const sections = SECTIONS.filter(({ admin }) => scope.isAdmin || !admin);
    this.#tabs.replaceChildren(...sections.map((section) => h('button', {
      class: 'account-tab', type: 'button', role: 'tab', 'data-section': section.id, onclick: () => this.#open(section, scope),
    }, section.title)));
    this.#dialog.showModal();
    this.#open(sections[0], scope);
  }

  /** @param {typeof SECTIONS[number]} section @param {import('./access-section.js').AccessScope} scope */
  #open(section, scope) {
    for (const tab of this.#tabs.children) setAttribute(tab, 'aria-selected', String(/** @type {HTMLElement} */ (tab).dataset.section === section.id));
    const element = section.make();
    element.scope = scope;
    this.#body.replaceChildren(element);
    element.attempt(async () => {});
  }
}

define('catseye-account', CatseyeAccount);
