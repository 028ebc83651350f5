import { h } from './dom.js';

/**
 * A text input with its label.
 *
 * @param {string} id
 * @param {string} label
 * @param {import('./dom.js').Attributes} [attributes]
 */
export function textField(id, label, attributes = {}) {
  const input = h('input', { id, type: 'text', required: true, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', ...attributes });
  return { input, field: labelledField(id, label, input) };
}

/** @param {string} id of the input @param {string} label @param {...Node} content the input and what belongs to it */
export function labelledField(id, label, ...content) {
  return h('div', { class: 'field' }, h('label', { for: id, class: 'field-label' }, label), h('div', { class: 'field-box' }, ...content));
}
