import { define, h, setAttribute, setText } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';
import { describeCondition } from './board-text.js';

/** @typedef {import('../protocol/api.js').BoardCondition} BoardCondition */

/**
 * A sign in the status line while the board that Catseye runs on needs attention, with the most severe condition. Its button opens the list of all
 * conditions with their remedies. Hidden if there is none. Attribute: `severity` (NOTICE, WARNING, CRITICAL).
 */
export class CatseyeBoard extends HTMLElement {
  /** @type {BoardCondition[]} */ #conditions = [];
  #text = h('span', { class: 'status-button-text' });
  #button = h('button', { class: 'status-button', type: 'button', 'data-status': 'board', onclick: () => this.openDialog() }, icon('warning'), this.#text);
  /** Read out when it changes. */ #announcement = h('span', { class: 'visually-hidden', role: 'status' });
  #list = h('ul', { class: 'check-items' });
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-board-title', onclose: () => this.dispatchEvent(new CustomEvent('catseye-typing-closed', { bubbles: true })) },
    h('form', { method: 'dialog' }, h('h2', { id: 'catseye-board-title' }, t('board.title')), this.#list,
      h('div', { class: 'dialog-actions' }, h('button', { class: 'button primary', type: 'submit', autofocus: true }, t('common.close')))));

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#button, this.#announcement, this.#dialog);
    this.showConditions(this.#conditions);
  }

  /** @param {BoardCondition[]} conditions the most severe first */
  showConditions(conditions) {
    this.#conditions = conditions;
    const texts = conditions.map(describeCondition);
    const first = texts[0];
    this.hidden = !first && !this.#dialog.open;
    this.#button.hidden = !first;
    setAttribute(this, 'severity', conditions[0]?.severity ?? null);
    setText(this.#text, first?.description ?? '');
    setText(this.#announcement, first?.description ?? '');
    const name = first ? `${first.description} ${first.remedy}` : '';
    setAttribute(this.#button, 'title', name);
    setAttribute(this.#button, 'aria-label', name);
    if (this.#dialog.open) this.#showList();
  }

  openDialog() {
    this.#showList();
    this.#dialog.showModal();
  }

  #showList() {
    const items = this.#conditions.map((condition) => {
      const { description, remedy } = describeCondition(condition);
      return h('li', { class: 'check-item', state: condition.severity === 'NOTICE' ? 'notice' : 'broken', 'data-condition': condition.id }, icon('warning'),
        h('div', {}, h('strong', {}, description), h('p', { class: 'check-remedy' }, remedy)));
    });
    this.#list.replaceChildren(...(items.length > 0 ? items : [h('li', {}, t('board.fine'))]));
  }
}

define('catseye-board', CatseyeBoard);
