import { define, h } from '../public/dom.js';
import { t } from '../public/text.js';
import { chosenLayout, guessLayout, layoutOptions, saveLayout } from './layout-choice.js';

/** @typedef {Pick<import('../protocol/api.js').Api, 'listLayouts' | 'readLayout'>} LayoutSource */

/** Read once for the page, and only when they are needed. @type {Promise<{id: string, name: string}[]> | null} */
let list = null;
/** @type {Map<string, Promise<import('../input/strokes.js').Layout>>} */
const layouts = new Map();

/**
 * Chooses the keyboard layout of the remote computer. The list and the chosen layout are read from the server when the element is shown.
 * Event: `catseye-layout` when `layout` has changed.
 */
export class CatseyeLayoutSelect extends HTMLElement {
  /** @type {LayoutSource | null} */ source = null;
  /** @type {(error: unknown) => void} */ onError = () => {};
  /** What the chosen layout types; null while none is chosen, or it is being read. @type {import('../input/strokes.js').Layout | null} */ layout = null;
  #target = '';
  #select;

  /** @param {import('../public/dom.js').Attributes} attributes of the list */
  constructor(attributes = {}) {
    super();
    this.#select = h('select', { ...attributes, onchange: () => this.#onChange() }, h('option', { value: '', disabled: true, hidden: true }, t('typing.chooseLayout')));
  }

  connectedCallback() {
    if (!this.firstChild) this.append(this.#select);
  }

  /** The id of the chosen layout; empty for none. */
  get value() {
    return this.#select.value;
  }

  set disabled(/** @type {boolean} */ disabled) {
    this.#select.disabled = disabled;
  }

  focus() {
    this.#select.focus();
  }

  /**
   * Chooses the layout of a target. Before the list is there, it has that layout only.
   *
   * @param {string} target
   * @param {string} browserLanguage
   */
  showPreferred(target, browserLanguage) {
    this.#target = target;
    this.#choose(chosenLayout(target) ?? guessLayout(browserLanguage) ?? '');
    this.#showList(browserLanguage);
  }

  /** @param {string} id */
  #choose(id) {
    if (id && ![...this.#select.options].some((option) => option.value === id)) this.#select.append(h('option', { value: id, 'data-pending': true }, id));
    this.#select.value = id;
    this.#readLayout();
  }

  /** @param {string} browserLanguage */
  async #showList(browserLanguage) {
    const { source } = this;
    if (!source) return;
    try {
      list ??= source.listLayouts().then(layoutOptions);
      const options = await list;
      if (this.#select.options.length > options.length) return;
      const chosen = this.#select.value;
      for (const pending of this.#select.querySelectorAll('[data-pending]')) pending.remove();
      this.#select.append(...options.map(({ id, name }) => h('option', { value: id }, name)));
      this.#choose(options.some(({ id }) => id === chosen) ? chosen : guessLayout(browserLanguage) ?? '');
    } catch (error) {
      list = null;
      this.onError(error);
    }
  }

  #onChange() {
    saveLayout(this.#target, this.#select.value);
    this.#readLayout();
  }

  async #readLayout() {
    const id = this.#select.value;
    if (this.layout?.id !== id) this.#setLayout(null);
    if (!id || this.layout || !this.source) return;
    try {
      const reading = layouts.get(id) ?? this.source.readLayout(id);
      layouts.set(id, reading);
      const layout = await reading;
      if (this.#select.value === id) this.#setLayout(layout);
    } catch (error) {
      layouts.delete(id);
      if (this.#isListed(id)) this.onError(error);
    }
  }

  /** A stored layout may no longer exist; the list then replaces it. @param {string} id */
  #isListed(id) {
    return this.#select.value === id && !this.#select.querySelector('[data-pending]');
  }

  /** @param {import('../input/strokes.js').Layout | null} layout */
  #setLayout(layout) {
    this.layout = layout;
    this.dispatchEvent(new CustomEvent('catseye-layout'));
  }
}

define('catseye-layout-select', CatseyeLayoutSelect);
