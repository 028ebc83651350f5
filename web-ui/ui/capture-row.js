import { h, setAttribute, setText } from '../public/dom.js';
import { formatNumber, t } from '../public/text.js';
import { actionButton } from './access-section.js';
import { createInput } from './settings-input.js';

/**
 * The rows of the capture device's settings.
 *
 * @typedef {import('../protocol/capture-api.js').CaptureDevice} CaptureDevice
 * @typedef {import('../protocol/settings-api.js').Field} Field
 * @typedef {(changes: Record<string, string>) => void} Change applies values by key at once
 * @typedef {object} CaptureRow
 * @property {HTMLElement} element
 * @property {string[]} keys the settings that it shows
 * @property {(device: CaptureDevice, fields: Map<string, Field>) => void} showValues
 * @property {(message: string) => void} showMistake empty: there is none
 * @property {boolean} [isEditing] the user is typing, so that a value from the server must not replace it
 */

let rows = 0;

/** @param {Field | undefined} field @returns {string} the value that applies; a list, from the file, is shown as a whole */
export function valueOf(field) {
  const value = field?.value ?? field?.default ?? '';
  return Array.isArray(value) ? value.join(', ') : value;
}

/** @param {string} key @param {string} label @param {HTMLElement[]} parts the first gets the label @param {HTMLElement} input */
export function createFrame(key, label, parts, input) {
  const id = `capture-${++rows}`;
  input.id = id;
  const mistake = h('p', { class: 'field-hint', state: 'error', id: `${id}-mistake`, role: 'alert' });
  setAttribute(input, 'aria-describedby', mistake.id);
  const element = h('div', { class: 'field capture-row', 'data-key': key }, label ? h('label', { class: 'field-label', for: id }, label) : null, ...parts, mistake);
  /** @param {string} message */
  const showMistake = (message) => {
    setText(mistake, message);
    setAttribute(input, 'aria-invalid', message ? 'true' : null);
  };
  return { element, showMistake };
}

/** A picture control: a slider that acts while it moves, a number, and the device's default. @param {Field} field @param {Change} change @returns {CaptureRow} */
export function createControlRow({ id, name }, change) {
  const slider = h('input', { type: 'range', oninput: () => act(slider.value) });
  const number = h('input', { type: 'number', 'aria-label': t('capture.number', { name }), autocomplete: 'off', onchange: () => number.value && act(number.value) });
  /** @type {import('../protocol/capture-api.js').Control | undefined} */ let control;
  const reset = actionButton(t('capture.reset'), () => control && act(String(control.default)), 'button small');
  const hint = h('p', { class: 'field-hint' });
  const { element, showMistake } = createFrame(id, name, [h('div', { class: 'capture-control' }, slider, h('div', { class: 'field-box' }, number), reset), hint], slider);
  setAttribute(reset, 'aria-label', t('capture.resetOf', { name }));
  /** @param {string} value */
  const act = (value) => {
    slider.value = number.value = value;
    change({ [id]: value });
  };
  return {
    element, keys: [id], showMistake,
    get isEditing() { return document.activeElement === number && number.value !== slider.value; },
    showValues: (device, fields) => {
      control = device.controls.find(({ key }) => key === id);
      if (!control) return;
      const { min, max, step, lockReason } = control;
      for (const input of [slider, number]) {
        for (const [attribute, value] of Object.entries({ min, max, step })) setAttribute(input, attribute, value);
        input.disabled = lockReason !== undefined;
      }
      const saved = valueOf(fields.get(id));
      slider.value = number.value = saved || String(control.current ?? control.default);
      reset.disabled = lockReason !== undefined || slider.value === String(control.default);
      const limits = t('capture.limits', { min: String(min), max: String(max), standard: String(control.default) });
      setText(hint, lockReason ?? (saved ? limits : `${limits} ${t('capture.unset')}`));
    },
  };
}

/** @param {HTMLSelectElement} select @param {{value: string, label: string}[]} options @param {string} value */
export function showOptions(select, options, value) {
  const all = options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
  const signature = JSON.stringify(all);
  if (select.dataset.options !== signature) {
    select.replaceChildren(...all.map((option) => h('option', { value: option.value }, option.label)));
    select.dataset.options = signature;
  }
  select.value = value;
}

/** @param {number} width @param {number} height */
const describeSize = (width, height) => t('capture.size', { width: String(width), height: String(height) });

/** The size among those that the device offers. @param {import('../protocol/capture-api.js').Modes} modes @param {Change} change @returns {CaptureRow} */
export function createSizeRow({ widthKey, heightKey }, change) {
  const select = h('select', { class: 'select', onchange: () => {
    const [width, height] = select.value.split('x');
    change({ [widthKey]: width, [heightKey]: height });
  } });
  const { element, showMistake } = createFrame(widthKey, t('capture.sizeLabel'), [select], select);
  return {
    element, keys: [widthKey, heightKey], showMistake,
    showValues: ({ modes }, fields) => {
      const sizes = (modes?.sizes ?? []).map(({ width, height }) => ({ value: `${width}x${height}`, label: describeSize(width, height) }));
      showOptions(select, [{ value: '0x0', label: t('capture.bestSize') }, ...sizes], `${valueOf(fields.get(widthKey))}x${valueOf(fields.get(heightKey))}`);
    },
  };
}

/** The rate among those that the device offers for the size. @param {import('../protocol/capture-api.js').Modes} modes @param {Change} change @returns {CaptureRow} */
export function createRateRow({ widthKey, heightKey, rateKey }, change) {
  const select = h('select', { class: 'select', onchange: () => change({ [rateKey]: select.value }) });
  const { element, showMistake } = createFrame(rateKey, t('capture.rateLabel'), [select], select);
  return {
    element, keys: [rateKey], showMistake,
    showValues: ({ modes }, fields) => {
      const [width, height] = [widthKey, heightKey].map((key) => Number(valueOf(fields.get(key))));
      const sizes = modes?.sizes ?? [];
      const chosen = sizes.filter((size) => size.width === width && size.height === height);
      const rates = [...new Set((chosen.length > 0 ? chosen : sizes).flatMap((size) => size.rates).map((rate) => Math.round(rate)))].sort((one, other) => other - one);
      const value = valueOf(fields.get(rateKey));
      const all = rates.includes(Number(value)) || value === '0' ? rates : [...rates, Number(value)];
      showOptions(select, [{ value: '0', label: t('capture.highestRate') }, ...all.map((rate) => ({ value: String(rate), label: t('status.fps', { fps: formatNumber(rate, 0) }) }))], value);
    },
  };
}

/** Any other setting, as its form has it. @param {Field} field @param {Change} change @returns {CaptureRow} */
export function createFieldRow(field, change) {
  const input = createInput(field, {});
  const help = h('p', { class: 'field-hint' }, field.description);
  const { element, showMistake } = createFrame(field.id, input.labelled ? '' : field.name, [input.element, help], input.focused);
  let shown = '';
  element.addEventListener('change', () => {
    shown = String(input.read());
    change({ [field.id]: shown });
  });
  return {
    element, keys: [field.id], showMistake,
    get isEditing() { return document.activeElement === input.focused && String(input.read()) !== shown; },
    showValues: (_, fields) => {
      input.write(valueOf(fields.get(field.id)));
      shown = String(input.read());
    },
  };
}
