import { h, setAttribute } from './dom.js';
import { icon } from './icons.js';
import { labelledField } from './text-field.js';
import { t } from './text.js';

/**
 * A password input with a button that shows the typed password.
 *
 * @param {string} id
 * @param {string} label
 * @param {'current-password' | 'new-password' | 'off'} autocomplete
 * @returns {{field: HTMLElement, input: HTMLInputElement}}
 */
export function passwordField(id, label, autocomplete) {
  const input = h('input', { id, name: id, type: 'password', required: true, autocomplete, spellcheck: 'false', autocapitalize: 'off' });
  const button = h('button', { class: 'icon-button', type: 'button', 'aria-pressed': 'false', 'aria-label': t('common.showPassword'), title: t('common.showPassword') }, icon('eye'));
  button.addEventListener('click', () => {
    const show = input.type === 'password';
    input.type = show ? 'text' : 'password';
    setAttribute(button, 'aria-pressed', String(show));
    button.replaceChildren(icon(show ? 'eye-off' : 'eye'));
    input.focus();
  });
  return { field: labelledField(id, label, input, button), input };
}
