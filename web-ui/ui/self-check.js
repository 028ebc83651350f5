import { define, h } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';
import { Api } from '../protocol/api.js';
import { AccessSection, actionButton } from './access-section.js';
import { registerPanel } from './plugins.js';

/** @typedef {import('../protocol/api.js').Check} Check */

/** The self-checks of a target's devices: problems, remedies, and actions that may help. Attribute: `target`, its id. */
export class CatseyeSelfCheck extends AccessSection {
  static observedAttributes = ['target'];
  #api = new Api();

  get target() {
    return this.getAttribute('target') ?? '';
  }

  attributeChangedCallback() {
    this.content.replaceChildren();
    if (this.target) this.refreshContent();
  }

  async loadContent() {
    const { target } = this;
    const found = await this.#api.listChecks(target);
    // The page may show another target by now.
    if (target === this.target) this.showChecks(found);
  }

  /** @param {Check[]} found */
  showChecks(found) {
    this.content.replaceChildren(
      h('div', { class: 'section-actions' }, actionButton(t('check.again'), () => this.refreshContent())),
      ...(found.length > 0 ? found.map((check) => this.#checkSection(check)) : [h('p', {}, t('check.none'))]),
    );
  }

  /** @param {Check} check */
  #checkSection({ id, title, items, actions }) {
    const first = items.findIndex(({ ok }) => !ok);
    return h('section', { class: 'check', 'data-check': id }, h('h3', {}, title),
      h('ul', { class: 'check-items' }, ...items.map((item, index) => listItem(item, index === first))),
      ...actions.map((action) => h('div', { class: 'check-action' }, actionButton(action.label, () => this.#runCheckAction(id, action)), h('p', { class: 'field-hint' }, action.description))));
  }

  /** @param {string} check @param {Check['actions'][number]} action */
  #runCheckAction(check, { id, label }) {
    if (this.getAttribute('state') === 'busy') return;
    this.runAction(() => this.#api.runCheckAction(this.target, check, id), t('check.done', { action: label }));
  }
}

/** @param {Check['items'][number]} item @param {boolean} first the problem to fix first */
function listItem({ name, ok, description, remedy }, first) {
  const sign = icon(ok ? 'check' : 'warning');
  sign.removeAttribute('aria-hidden');
  sign.setAttribute('role', 'img');
  sign.setAttribute('aria-label', t(ok ? 'check.ok' : 'check.broken'));
  return h('li', { class: 'check-item', state: ok ? 'ok' : 'broken', first }, sign,
    h('div', {}, h('strong', {}, name), h('div', { class: 'check-description' }, description), remedy ? h('p', { class: 'check-remedy' }, remedy) : null));
}

define('catseye-self-check', CatseyeSelfCheck);
registerPanel({ id: 'org.catseye.self-check', title: t('check.title'), element: 'catseye-self-check', permission: 'CONTROL' });
