import { h } from '../public/dom.js';
import { t } from '../public/text.js';

/**
 * The inputs for the values of settings.
 *
 * @typedef {import('../protocol/settings-api.js').Field} Field
 * @typedef {string | string[]} Value
 * @typedef {object} SettingInput
 * @property {HTMLElement} element
 * @property {HTMLElement} focused what gets the focus and describes itself with the hints
 * @property {boolean} [labelled] it has its label itself
 * @property {() => Value} read
 * @property {(value: Value) => void} write
 * @property {() => boolean} [isMalformed] whether the user typed something that is no value
 */

/** @param {Field} field @param {import('../public/dom.js').Attributes} attributes @returns {SettingInput} */
export function createInput(field, attributes) {
  if (field.list) return field.options ? createChoices(field.options, attributes) : createLines(attributes);
  if (field.options) return createSelect(field.options, attributes);
  if (field.kind === 'flag') return createFlag(field.name, attributes);
  return /[\r\n]/.test(textOf(field.value ?? field.default ?? '')) ? createText(attributes) : createLine(field, attributes);
}

/** @param {Value} value */
const firstOf = (value) => (Array.isArray(value) ? value[0] ?? '' : value);
/** A list that the file has in a setting with one value is shown as a whole. @param {Value} value */
const textOf = (value) => (Array.isArray(value) ? value.join(', ') : value);
/** @param {Value} value */
const listOf = (value) => (Array.isArray(value) ? value : value === '' ? [] : [value]);

/** @param {Field} field @param {import('../public/dom.js').Attributes} attributes @returns {SettingInput} */
function createLine({ kind, min, max }, attributes) {
  const numeric = kind === 'integer' || kind === 'decimal';
  const input = h('input', {
    type: numeric ? 'number' : 'text', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', min, max, step: kind === 'decimal' ? 'any' : null, ...attributes,
  });
  return {
    element: h('div', { class: 'field-box' }, input), focused: input, read: () => input.value.trim(), isMalformed: () => input.validity.badInput,
    write: (value) => {
      const text = textOf(value);
      if (numeric) input.type = 'number';
      input.value = text;
      // A value from the file is shown as it is, such as +5 or a text, which a field for numbers can't do.
      if (numeric && input.value !== text) {
        input.type = 'text';
        input.value = text;
      }
    },
  };
}

/** A text with line breaks. @param {import('../public/dom.js').Attributes} attributes @returns {SettingInput} */
function createText(attributes) {
  const area = h('textarea', { class: 'setting-lines', rows: 3, spellcheck: 'false', autocapitalize: 'off', ...attributes });
  return { element: area, focused: area, read: () => area.value, write: (value) => { area.value = textOf(value); } };
}

/** @param {string} label @param {import('../public/dom.js').Attributes} attributes @returns {SettingInput} */
function createFlag(label, attributes) {
  const input = h('input', { type: 'checkbox', ...attributes });
  return {
    element: h('label', { class: 'setting-flag' }, input, h('span', {}, label)), focused: input, labelled: true, read: () => String(input.checked),
    write: (value) => { input.checked = firstOf(value).toLowerCase() === 'true'; },
  };
}

/** @param {import('../protocol/settings-api.js').Option[]} options @param {import('../public/dom.js').Attributes} attributes @returns {SettingInput} */
function createSelect(options, attributes) {
  const select = h('select', { class: 'select', ...attributes }, ...options.map(({ value, label }) => h('option', { value }, label)));
  return {
    element: select, focused: select, read: () => select.value,
    write: (value) => {
      const text = textOf(value);
      // A value that is not allowed, from the file.
      if (![...select.options].some((option) => option.value === text)) select.append(h('option', { value: text }, text || t('settings.none')));
      select.value = text;
    },
  };
}

/** One value in each line. @param {import('../public/dom.js').Attributes} attributes @returns {SettingInput} */
function createLines(attributes) {
  const area = h('textarea', { class: 'setting-lines', rows: 3, spellcheck: 'false', autocapitalize: 'off', ...attributes });
  return {
    element: area, focused: area, read: () => area.value.split('\n').map((line) => line.trim()).filter(Boolean),
    write: (value) => { area.value = listOf(value).join('\n'); },
  };
}

/** @param {import('../protocol/settings-api.js').Option[]} options @param {import('../public/dom.js').Attributes} attributes @returns {SettingInput} */
function createChoices(options, { id, disabled, ...attributes }) {
  /** @type {HTMLInputElement[]} */ const boxes = [];
  const group = h('div', { id, role: 'group', tabindex: -1, class: 'section-roles', ...attributes });
  /** @param {string} value @param {string} label */
  const addBox = (value, label) => {
    const box = h('input', { type: 'checkbox', value, disabled: disabled === true });
    boxes.push(box);
    group.append(h('label', { class: 'setting-flag' }, box, h('span', {}, label)));
  };
  options.forEach(({ value, label }) => addBox(value, label));
  return {
    element: group, focused: group, labelled: false, read: () => boxes.filter((box) => box.checked).map((box) => box.value),
    write: (value) => {
      // Values that are not allowed, from the file.
      listOf(value).filter((text) => !boxes.some((box) => box.value === text)).forEach((text) => addBox(text, text || t('settings.none')));
      boxes.forEach((box) => { box.checked = listOf(value).includes(box.value); });
    },
  };
}
