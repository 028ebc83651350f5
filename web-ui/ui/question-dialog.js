import { define, h, setText } from '../public/dom.js';
import { t } from '../public/text.js';

/** Asks before an action that the user may regret. */
export class CatseyeQuestionDialog extends HTMLElement {
  #title = h('h2', { id: 'catseye-question-title' });
  #text = h('p', { id: 'catseye-question-text' });
  #confirm = h('button', { class: 'button primary', type: 'submit', value: 'confirmed' });
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-question-title', 'aria-describedby': 'catseye-question-text' },
    h('form', { method: 'dialog' }, this.#title, this.#text, h('div', { class: 'dialog-actions' },
      h('button', { class: 'button', type: 'button', autofocus: true, onclick: () => this.#dialog.close() }, t('common.cancel')), this.#confirm)));

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
  }

  /** @param {string} title @param {string} text @param {string} action on the button @returns {Promise<boolean>} whether the user agreed */
  askUser(title, text, action) {
    setText(this.#title, title);
    setText(this.#text, text);
    setText(this.#confirm, action);
    this.#dialog.returnValue = '';
    this.#dialog.showModal();
    return new Promise((resolve) => {
      this.#dialog.addEventListener('close', () => resolve(this.#dialog.returnValue === 'confirmed'), { once: true });
    });
  }
}

define('catseye-question-dialog', CatseyeQuestionDialog);
