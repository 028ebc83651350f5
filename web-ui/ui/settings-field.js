import { h, setAttribute, setText } from '../public/dom.js';
import { passwordField } from '../public/password-field.js';
import { t } from '../public/text.js';
import { createInput } from './settings-input.js';

/**
 * A setting with its label, its input, its limits, its default and its mistakes.
 *
 * @typedef {import('../protocol/settings-api.js').Field & {proposal?: string}} Field `proposal`: what a new configuration begins with, not saved yet
 * @typedef {object} SettingField
 * @property {string} id
 * @property {string} name
 * @property {HTMLElement} element `state`: own (differs from the default), changed (not saved yet), error; none for the default
 * @property {() => boolean} isChanged whether it differs from what is saved
 * @property {() => string | string[] | null} readChange what to save; null for the default
 * @property {() => string} findMistake a message; empty if there is none
 * @property {(message: string) => void} showMistake
 * @property {() => void} discardChange
 * @property {() => void} focus
 */

/** @param {Field} field @param {{prefix: string, disabled: boolean, onChange: () => void}} options @returns {SettingField} */
export function createField(field, options) {
  return field.kind === 'secret' ? createSecretField(field, options) : createValueField(field, options);
}

/** @param {string} id @param {string} description */
function createHints(id, description) {
  const mistake = h('p', { class: 'field-hint', state: 'error', id: `${id}-mistake`, hidden: true });
  const help = h('p', { class: 'field-hint', id: `${id}-help`, hidden: !description }, description);
  /** @param {HTMLElement} element @param {HTMLElement} input @param {string} message */
  const showMistake = (element, input, message) => {
    setText(mistake, message);
    mistake.hidden = !message;
    setAttribute(input, 'aria-invalid', message ? 'true' : null);
    if (message) setAttribute(element, 'state', 'error');
  };
  return { mistake, help, showMistake, describedBy: `${id}-mistake ${id}-help ${id}-default` };
}

/** @param {Field} field @param {{prefix: string, disabled: boolean, onChange: () => void}} options @returns {SettingField} */
function createValueField(field, { prefix, disabled, onChange }) {
  const id = `${prefix}-${field.id}`;
  const initial = field.value ?? field.default ?? (field.list ? [] : field.kind === 'flag' ? 'false' : '');
  const standard = field.default ?? (field.list ? [] : field.kind === 'flag' ? 'false' : '');
  const { mistake, help, showMistake, describedBy } = createHints(id, describeHelp(field));
  const { proposal } = field;
  const input = createInput(field, { id, disabled, required: field.required, 'aria-describedby': describedBy });
  /** What the input makes of the saved value, which can have blanks or line breaks that the input does not keep. */
  let shown = initial;
  const isDefault = () => isSame(input.read(), standard);
  const isChanged = () => !isSame(input.read(), shown) || input.isMalformed?.() === true;
  const reset = h('button', { class: 'button small', type: 'button', onclick: () => {
    input.write(standard);
    update();
    input.focused.focus();
  } }, t('settings.useDefault'));
  const changed = h('span', { class: 'setting-changed' }, t('settings.changed'));
  const standardText = h('p', { class: 'field-hint', id: `${id}-default`, hidden: describeDefault(field) === '' }, describeDefault(field));
  const label = h(field.list && field.options ? 'span' : 'label', { class: 'field-label', id: `${id}-label`, for: field.list && field.options ? null : id }, field.name);
  if (field.list && field.options) setAttribute(input.focused, 'aria-labelledby', `${id}-label`);
  const element = h('div', { class: 'field setting', 'data-key': field.id },
    input.labelled ? null : label, input.element, mistake, help, h('div', { class: 'setting-foot' }, standardText, changed, reset));
  const update = () => {
    showMistake(element, input.focused, '');
    changed.hidden = !isChanged();
    reset.hidden = disabled || isDefault();
    setAttribute(element, 'state', isChanged() ? 'changed' : isDefault() ? null : 'own');
    onChange();
  };
  const discardChange = () => {
    input.write(initial);
    shown = input.read();
    update();
  };
  element.addEventListener('input', update);
  discardChange();
  if (proposal !== undefined) {
    input.write(proposal);
    update();
  }
  return {
    id: field.id, name: field.name, element, isChanged, discardChange, focus: () => input.focused.focus(),
    readChange: () => (isDefault() ? null : input.read() === '' && field.kind !== 'text' ? null : input.read()),
    findMistake: () => (input.isMalformed?.() || isOutside(field, input.read()) ? describeNumber(field) : field.required && input.read().length === 0 ? t('settings.required') : ''),
    showMistake: (message) => showMistake(element, input.focused, message),
  };
}

/** @param {Field} field @param {{prefix: string, disabled: boolean, onChange: () => void}} options @returns {SettingField} */
function createSecretField(field, { prefix, disabled, onChange }) {
  const id = `${prefix}-${field.id}`;
  const { mistake, help, showMistake, describedBy } = createHints(id, field.description);
  const { field: element, input } = passwordField(id, field.name, 'new-password');
  let removing = false;
  const status = h('p', { class: 'field-hint', id: `${id}-default` });
  const remove = h('button', { class: 'button small', type: 'button', onclick: () => {
    removing = !removing;
    input.value = '';
    update();
  } });
  input.required = false;
  input.disabled = disabled;
  setAttribute(input, 'aria-describedby', describedBy);
  setAttribute(element, 'data-key', field.id);
  element.classList.add('setting');
  element.append(mistake, help, h('div', { class: 'setting-foot' }, status, remove));
  const isChanged = () => input.value !== '' || removing;
  const update = () => {
    if (input.value !== '') removing = false;
    showMistake(element, input, '');
    setText(status, t(removing ? 'settings.secretRemoved' : field.set ? 'settings.secretSet' : 'settings.secretNotSet'));
    setText(remove, t(removing ? 'settings.secretKeep' : 'settings.secretRemove'));
    remove.hidden = disabled || !field.set;
    setAttribute(element, 'state', isChanged() ? 'changed' : null);
    onChange();
  };
  element.addEventListener('input', update);
  const discardChange = () => {
    input.value = '';
    removing = false;
    update();
  };
  discardChange();
  return {
    id: field.id, name: field.name, element, isChanged, discardChange, focus: () => input.focus(), findMistake: () => '',
    readChange: () => (removing ? null : input.value), showMistake: (message) => showMistake(element, input, message),
  };
}

/** @param {string | string[]} one @param {string | string[]} two */
function isSame(one, two) {
  return JSON.stringify(one) === JSON.stringify(two);
}

/** @param {Field} field @param {string | string[]} value */
function isOutside({ kind, min, max }, value) {
  if ((kind !== 'integer' && kind !== 'decimal') || Array.isArray(value) || value === '') return false;
  const number = Number(value);
  return Number.isNaN(number) || (kind === 'integer' && !Number.isInteger(number)) || (min !== undefined && number < Number(min)) || (max !== undefined && number > Number(max));
}

/** @param {Field} field */
function describeNumber({ kind, min, max }) {
  if (min !== undefined && max !== undefined) return t(kind === 'integer' ? 'settings.wholeNumberWithin' : 'settings.numberWithin', { min, max });
  return t(kind === 'integer' ? 'settings.wholeNumber' : 'settings.number');
}

/** @param {Field} field */
function describeHelp({ description, list, options }) {
  return list && !options ? [description, t('settings.onePerLine')].filter(Boolean).join(' ') : description;
}

/** The default in words, and the limits. @param {Field} field */
function describeDefault(field) {
  const { kind, min, max, options = [] } = field;
  const labels = [field.default ?? ''].flat().map((value) => options.find((option) => option.value === value)?.label ?? value).filter(Boolean).join(', ');
  const standard = kind === 'flag' ? t(field.default === 'true' ? 'settings.defaultOn' : 'settings.defaultOff') : labels ? t('settings.default', { value: labels }) : '';
  return [min !== undefined && max !== undefined ? t('settings.limits', { min, max }) : '', standard].filter(Boolean).join(' · ');
}
