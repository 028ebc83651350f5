import { define, h } from '../public/dom.js';
import { icon } from '../public/icons.js';

const SHOWN_MILLIS = 8000;
const MOST = 4;

/**
 * Short messages that go by themselves; kept while the pointer or the focus is on them. The same message again counts
 * up instead of piling up. `kind`: error, info, success.
 */
export class CatseyeToasts extends HTMLElement {
  /** @type {Map<string, {element: HTMLElement, count: HTMLElement, times: number, timer: any}>} */ #shown = new Map();

  connectedCallback() {
    this.setAttribute('role', 'log');
    this.setAttribute('aria-live', 'polite');
    this.setAttribute('aria-label', 'Messages');
  }

  /** @param {'error' | 'info' | 'success'} kind @param {string} text */
  show(kind, text) {
    const key = `${kind} ${text}`;
    const same = this.#shown.get(key);
    if (same) {
      same.times += 1;
      same.count.textContent = `×${same.times}`;
      this.#start(key);
      return;
    }
    while (this.#shown.size >= MOST) this.#remove([...this.#shown.keys()][0]);
    const count = h('span', { class: 'toast-count' });
    const element = h('div', { class: 'toast', state: kind, role: kind === 'error' ? 'alert' : null,
      onpointerenter: () => this.#hold(key), onpointerleave: () => this.#start(key), onfocusin: () => this.#hold(key), onfocusout: () => this.#start(key) },
    icon(kind === 'error' ? 'warning' : kind === 'success' ? 'check' : 'info'), h('span', { class: 'toast-text' }, text), count,
    h('button', { class: 'icon-button', type: 'button', 'aria-label': 'Close message', onclick: () => this.#remove(key) }, icon('close')));
    this.#shown.set(key, { element, count, times: 1, timer: null });
    this.append(element);
    this.#start(key);
  }

  /** @param {string} key */
  #start(key) {
    this.#hold(key);
    const toast = this.#shown.get(key);
    if (toast) toast.timer = setTimeout(() => this.#remove(key), SHOWN_MILLIS);
  }

  /** @param {string} key */
  #hold(key) {
    clearTimeout(this.#shown.get(key)?.timer);
  }

  /** @param {string} key */
  #remove(key) {
    this.#hold(key);
    this.#shown.get(key)?.element.remove();
    this.#shown.delete(key);
  }
}

define('catseye-toasts', CatseyeToasts);
