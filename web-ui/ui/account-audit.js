import { define, h } from '../public/dom.js';
import { formatDateTime, t } from '../public/text.js';
import { AccessSection, actionButton } from './access-section.js';

const MAX_ENTRIES = 200;

/** The audit log: actions with their time, user and address; the newest first. */
export class CatseyeAccountAudit extends AccessSection {
  async loadContent() {
    const entries = await this.api.readAudit(MAX_ENTRIES);
    const columns = [t('audit.time'), t('audit.action'), t('audit.user'), t('audit.address'), t('audit.details')];
    this.content.replaceChildren(
      h('div', { class: 'section-actions' }, actionButton(t('audit.reload'), () => this.refreshContent())),
      h('div', { class: 'section-scroll' }, h('table', { class: 'audit' },
        h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
        h('tbody', {}, ...entries.map(tableRow)))));
  }
}

/** @param {import('../protocol/access-api.js').AuditEntry} entry */
function tableRow({ time, action, user, address, details }) {
  const cells = [formatDateTime(time), action, user, address, Object.entries(details).map(([key, value]) => `${key}: ${value}`).join(', ')];
  return h('tr', {}, ...cells.map((cell) => h('td', {}, cell)));
}

define('catseye-account-audit', CatseyeAccountAudit);
