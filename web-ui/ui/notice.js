import { define, h, setAttribute, setText } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';

/** One line over the picture, which the user can hide until it changes. `state`: info, warning; hidden without a notice. */
export class CatseyeNotice extends HTMLElement {
  #text = h('span', { class: 'notice-text', role: 'status' });
  #hiddenText = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.classList.add('notice');
    this.append(this.#text, h('button', { class: 'icon-button', type: 'button', 'aria-label': t('notice.hide'), title: t('notice.hide'), onclick: () => this.#hideUntilChange() }, icon('close')));
    this.showNotice(null);
  }

  /** @param {{kind: 'info' | 'warning', text: string} | null} notice */
  showNotice(notice) {
    const text = notice?.text ?? '';
    if (text !== this.#hiddenText) this.#hiddenText = '';
    setAttribute(this, 'hidden', !notice || this.#hiddenText !== '');
    setAttribute(this, 'state', notice?.kind);
    setText(this.#text, text);
  }

  #hideUntilChange() {
    this.#hiddenText = this.#text.textContent ?? '';
    setAttribute(this, 'hidden', true);
  }
}

define('catseye-notice', CatseyeNotice);
