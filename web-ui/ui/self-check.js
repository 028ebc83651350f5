import { define, h } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { Api } from '../protocol/api.js';
import { AccessSection, button } from './access-section.js';
import { registerPanel } from './plugins.js';

/** @typedef {import('../protocol/api.js').Check} Check */

/** What the target's devices find when they look at themselves, what would fix it, and what one may try. Attribute: `target`, its id. */
export class CatseyeSelfCheck extends AccessSection {
  static observedAttributes = ['target'];
  checks = new Api();

  get target() {
    return this.getAttribute('target') ?? '';
  }

  attributeChangedCallback() {
    this.content.replaceChildren();
    if (this.target) this.attempt(async () => {});
  }

  async load() {
    const { target } = this;
    const found = await this.checks.checks(target);
    // Not if the page has gone to another target meanwhile.
    if (target === this.target) this.show(found);
  }

  /** @param {Check[]} found */
  show(found) {
    this.content.replaceChildren(
      h('div', { class: 'section-actions' }, button('Check again', () => this.attempt(async () => {}))),
      ...(found.length > 0 ? found.map((check) => this.#check(check)) : [h('p', {}, 'The devices of this target have no self-check.')]),
    );
  }

  /** @param {Check} check */
  #check({ id, title, items, actions }) {
    const first = items.findIndex(({ ok }) => !ok);
    return h('section', { class: 'check', 'data-check': id }, h('h3', {}, title),
      h('ul', { class: 'check-items' }, ...items.map((item, index) => entry(item, index === first))),
      ...actions.map((action) => h('div', { class: 'check-action' }, button(action.label, () => this.#act(id, action)), h('p', { class: 'field-hint' }, action.description))));
  }

  /** @param {string} check @param {Check['actions'][number]} action */
  #act(check, { id, label }) {
    if (this.getAttribute('state') === 'busy') return;
    this.attempt(() => this.checks.act(this.target, check, id), `Done: ${label}.`);
  }
}

/** @param {Check['items'][number]} item @param {boolean} first whether it is the one to fix first */
function entry({ name, ok, description, remedy }, first) {
  const sign = icon(ok ? 'check' : 'warning');
  sign.removeAttribute('aria-hidden');
  sign.setAttribute('role', 'img');
  sign.setAttribute('aria-label', ok ? 'well' : 'not well');
  return h('li', { class: 'check-item', state: ok ? 'ok' : 'broken', first }, sign,
    h('div', {}, h('strong', {}, name), h('div', { class: 'check-description' }, description), remedy ? h('p', { class: 'check-remedy' }, remedy) : null));
}

define('catseye-self-check', CatseyeSelfCheck);
registerPanel({ id: 'org.catseye.self-check', title: 'Self-check', element: 'catseye-self-check', permission: 'CONTROL' });
