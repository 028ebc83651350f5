import { h, setAttribute } from './dom.js';
import { icon } from './icons.js';

/**
 * A password input with a button that shows what was typed.
 *
 * @param {string} id
 * @param {string} label
 * @param {'current-password' | 'new-password' | 'off'} autocomplete
 * @returns {{field: HTMLElement, input: HTMLInputElement}}
 */
export function passwordField(id, label, autocomplete) {
  const input = h('input', { id, name: id, type: 'password', required: true, autocomplete, spellcheck: 'false', autocapitalize: 'off' });
  const button = h('button', { class: 'icon-button', type: 'button', 'aria-pressed': 'false', 'aria-label': 'Show', title: 'Show' }, icon('eye'));
  button.addEventListener('click', () => {
    const show = input.type === 'password';
    input.type = show ? 'text' : 'password';
    setAttribute(button, 'aria-pressed', String(show));
    button.replaceChildren(icon(show ? 'eye-off' : 'eye'));
    input.focus();
  });
  const field = h('div', { class: 'field' }, h('label', { for: id, class: 'field-label' }, label), h('div', { class: 'field-box' }, input, button));
  return { field, input };
}
