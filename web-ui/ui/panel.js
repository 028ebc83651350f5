import { define, h, setAttribute } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';

/** Shows one panel of a plug-in beside the picture. `state`: open, closed. Event: `catseye-panel-closed`. */
export class CatseyePanel extends HTMLElement {
  /** @type {import('./plugins.js').Panel | null} */ #panel = null;
  /** @type {HTMLElement | null} */ #content = null;
  #title = h('h2', { tabindex: -1 });
  #body = h('div', { class: 'panel-body' });
  #target = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'complementary');
    setAttribute(this, 'state', 'closed');
    this.append(h('div', { class: 'panel-head' }, this.#title,
      h('button', { class: 'icon-button', type: 'button', 'aria-label': t('panel.close'), onclick: () => this.closePanel() }, icon('close'))), this.#body);
    this.addEventListener('keydown', (event) => event.key === 'Escape' && this.closePanel());
  }

  get openId() {
    return this.#panel?.id ?? null;
  }

  /** The element of the open panel. */
  get content() {
    return this.#content;
  }

  /** @param {string} target id, passed on to the panel */
  set target(target) {
    this.#target = target;
    this.#content?.setAttribute('target', target);
  }

  /** @param {import('./plugins.js').Panel} panel */
  openPanel(panel) {
    if (this.#panel !== panel) {
      this.#panel = panel;
      this.#content = document.createElement(panel.element);
      this.#content.setAttribute('target', this.#target);
      this.#body.replaceChildren(this.#content);
      this.#title.textContent = panel.title;
      this.setAttribute('aria-label', panel.title);
      this.toggleAttribute('sheet', panel.sheet === true);
    }
    setAttribute(this, 'state', 'open');
    this.#title.focus();
  }

  closePanel() {
    if (!this.#panel) return;
    this.#panel = this.#content = null;
    this.#body.replaceChildren();
    setAttribute(this, 'state', 'closed');
    this.dispatchEvent(new CustomEvent('catseye-panel-closed', { bubbles: true }));
  }
}

define('catseye-panel', CatseyePanel);
