import { define, h } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';

const SHOWN_MILLIS = 8000;
const MAX_SHOWN = 4;

/**
 * Short messages that disappear after a while, but not while the pointer or the focus is on them. A repeated message is shown once, with a
 * count. `kind`: error, info, success.
 */
export class CatseyeToasts extends HTMLElement {
  /** @type {Map<string, {element: HTMLElement, count: HTMLElement, times: number, timer: any}>} */ #shown = new Map();

  connectedCallback() {
    this.setAttribute('role', 'log');
    this.setAttribute('aria-live', 'polite');
    this.setAttribute('aria-label', t('toasts.label'));
  }

  /** @param {'error' | 'info' | 'success'} kind @param {string} text */
  showToast(kind, text) {
    const key = `${kind} ${text}`;
    const same = this.#shown.get(key);
    if (same) {
      same.times += 1;
      same.count.textContent = `×${same.times}`;
      this.#startTimer(key);
      return;
    }
    while (this.#shown.size >= MAX_SHOWN) this.#removeToast([...this.#shown.keys()][0]);
    const count = h('span', { class: 'toast-count' });
    const element = h('div', { class: 'toast', state: kind, role: kind === 'error' ? 'alert' : null,
      onpointerenter: () => this.#stopTimer(key), onpointerleave: () => this.#startTimer(key), onfocusin: () => this.#stopTimer(key), onfocusout: () => this.#startTimer(key) },
    icon(kind === 'error' ? 'warning' : kind === 'success' ? 'check' : 'info'), h('span', { class: 'toast-text' }, text), count,
    h('button', { class: 'icon-button', type: 'button', 'aria-label': t('toasts.close'), onclick: () => this.#removeToast(key) }, icon('close')));
    this.#shown.set(key, { element, count, times: 1, timer: null });
    this.append(element);
    this.#startTimer(key);
  }

  /** @param {string} key */
  #startTimer(key) {
    this.#stopTimer(key);
    const toast = this.#shown.get(key);
    if (toast) toast.timer = setTimeout(() => this.#removeToast(key), SHOWN_MILLIS);
  }

  /** @param {string} key */
  #stopTimer(key) {
    clearTimeout(this.#shown.get(key)?.timer);
  }

  /** @param {string} key */
  #removeToast(key) {
    this.#stopTimer(key);
    this.#shown.get(key)?.element.remove();
    this.#shown.delete(key);
  }
}

define('catseye-toasts', CatseyeToasts);
