import { define, h } from '../public/dom.js';
import { AccessSection, button, when } from './access-section.js';

const SHOWN = 200;

/** Who did what, when and from where: the newest first. */
export class CatseyeAccountAudit extends AccessSection {
  async load() {
    const entries = await this.api.audit(SHOWN);
    this.content.replaceChildren(
      h('div', { class: 'section-actions' }, button('Show again', () => this.attempt(async () => {}))),
      h('div', { class: 'section-scroll' }, h('table', { class: 'audit' },
        h('thead', {}, h('tr', {}, ...['When', 'What', 'Who', 'From', 'Facts'].map((word) => h('th', { scope: 'col' }, word)))),
        h('tbody', {}, ...entries.map(({ time, action, user, address, details }) => h('tr', {}, h('td', {}, when(time)), h('td', {}, action), h('td', {}, user), h('td', {}, address),
          h('td', {}, Object.entries(details).map(([key, value]) => `${key}: ${value}`).join(', '))))))));
  }
}

define('catseye-account-audit', CatseyeAccountAudit);
