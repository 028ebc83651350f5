import { define, h, setText } from '../public/dom.js';
import { t } from '../public/text.js';
import { MODIFIER_CODES, OWN_KEY_CODES } from '../input/combinations.js';
import { combinationName, keyName } from './key-names.js';
import { addOwnCombination, readOwnCombinations, removeOwnCombination } from './own-combinations.js';

/** Adds and removes combinations of the user's own. They are chosen from lists, because phones have no keys to press. */
export class CatseyeCombinationDialog extends HTMLElement {
  #user = '';
  #boxes = MODIFIER_CODES.map((code) => ({ code, box: h('input', { type: 'checkbox', name: code, onchange: () => this.#showPreview() }) }));
  #key = h('select', { id: 'catseye-own-key', class: 'select', onchange: () => this.#showPreview() }, ...OWN_KEY_CODES.map((code) => h('option', { value: code }, keyName(code))));
  #preview = h('output', { class: 'own-preview' });
  #hint = h('p', { class: 'field-hint', role: 'status' });
  #list = h('ul', { class: 'section-list' });
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-own-title', onclose: () => this.dispatchEvent(new CustomEvent('catseye-typing-closed', { bubbles: true })) },
    h('form', { method: 'dialog', onsubmit: (/** @type {Event} */ event) => this.#add(event) },
      h('h2', { id: 'catseye-own-title' }, t('own.title')),
      h('p', { class: 'field-hint' }, t('own.stored')),
      this.#list,
      h('fieldset', { class: 'section-roles' }, h('legend', { class: 'field-label' }, t('own.modifiers')),
        ...this.#boxes.map(({ code, box }) => h('label', { class: 'own-modifier' }, box, ' ', keyName(code)))),
      h('div', { class: 'field' }, h('label', { for: 'catseye-own-key', class: 'field-label' }, t('own.key')), this.#key),
      this.#preview, this.#hint,
      h('div', { class: 'dialog-actions' }, h('button', { class: 'button', type: 'button', onclick: () => this.#dialog.close() }, t('common.close')),
        h('button', { class: 'button primary', type: 'submit' }, t('own.add')))));

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
  }

  /** @param {string} user whose combinations these are */
  openDialog(user) {
    this.#user = user;
    setText(this.#hint, '');
    this.#showList();
    this.#showPreview();
    this.#dialog.showModal();
  }

  /** @returns {string[]} */
  #chosenCodes() {
    return [...this.#boxes.filter(({ box }) => box.checked).map(({ code }) => code), this.#key.value];
  }

  #showPreview() {
    setText(this.#preview, combinationName({ codes: this.#chosenCodes() }));
  }

  #showList() {
    this.#list.replaceChildren(...readOwnCombinations(this.#user).map((combination) => {
      const name = combinationName(combination);
      return h('li', { class: 'section-row' }, h('span', {}, name),
        h('button', { class: 'button', type: 'button', 'aria-label': t('own.removeNamed', { name }), onclick: () => this.#remove(combination.codes) }, t('own.remove')));
    }));
  }

  /** @param {string[]} codes */
  #remove(codes) {
    removeOwnCombination(this.#user, codes);
    this.#showList();
    this.#key.focus();
  }

  /** @param {Event} event */
  #add(event) {
    event.preventDefault();
    const codes = this.#chosenCodes();
    const name = combinationName({ codes });
    setText(this.#hint, addOwnCombination(this.#user, codes) ? t('own.added', { name }) : t('own.notAdded', { name }));
    this.#showList();
  }
}

define('catseye-combination-dialog', CatseyeCombinationDialog);
