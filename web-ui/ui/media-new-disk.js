import { define, h } from '../public/dom.js';
import { t } from '../public/text.js';
import { textField } from '../public/text-field.js';
import { formatBytes, parseBytes } from './media-text.js';

/** @typedef {{name: string, label: string, bytes: number}} NewDisk */

const SIZES = [64e6, 256e6, 1e9, 4e9];
const ENDING = '.img';

/** A form for an empty disk, to exchange files with the remote computer. */
export class CatseyeMediaNewDisk extends HTMLElement {
  /** @type {(disk: NewDisk) => Promise<boolean>} whether it succeeded */ onCreate = async () => false;
  #name = textField('disk-name', t('common.name'), { maxlength: 200 });
  #label = textField('disk-label', t('disk.label'), { maxlength: 11, pattern: '[A-Z0-9]*', required: false, title: t('disk.labelFormat'), oninput: () => this.#capitalize() });
  #size = h('select', { id: 'disk-size', class: 'select', onchange: () => this.#showSize() }, ...SIZES.map((bytes) => h('option', { value: bytes }, formatBytes(bytes))), h('option', { value: '' }, t('disk.otherSize')));
  #other = textField('disk-other-size', t('disk.sizeFormat'), { disabled: true, oninput: () => this.#checkSize() });
  #submit = h('button', { class: 'button primary', type: 'submit' }, t('disk.create'));
  #details = h('details', { class: 'section-item' }, h('summary', {}, t('disk.new')),
    h('form', { class: 'section-form', onsubmit: (/** @type {Event} */ event) => this.#onSubmit(event) }, h('p', { class: 'field-hint' }, t('disk.hint')),
      this.#name.field, this.#label.field, h('div', { class: 'field' }, h('label', { for: 'disk-size', class: 'field-label' }, t('disk.size')), this.#size), this.#other.field, this.#submit));

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#details);
    this.#showSize();
  }

  #capitalize() {
    const { input } = this.#label;
    const at = input.selectionStart;
    input.value = input.value.toUpperCase();
    input.setSelectionRange(at, at);
  }

  #showSize() {
    this.#other.field.hidden = this.#other.input.disabled = this.#size.value !== '';
    this.#checkSize();
  }

  #checkSize() {
    this.#other.input.setCustomValidity(parseBytes(this.#other.input.value) === null ? t('disk.sizeFormat') : '');
  }

  /** @param {Event} event */
  async #onSubmit(event) {
    event.preventDefault();
    const name = this.#name.input.value.trim();
    const disk = {
      name: name.toLowerCase().endsWith(ENDING) ? name : name + ENDING, label: this.#label.input.value,
      bytes: this.#size.value ? Number(this.#size.value) : parseBytes(this.#other.input.value) ?? 0,
    };
    this.#submit.disabled = true; // a large disk takes a while
    const created = await this.onCreate(disk);
    this.#submit.disabled = false;
    if (!created) return;
    this.#name.input.value = this.#label.input.value = '';
    this.#details.open = false;
  }
}

define('catseye-media-new-disk', CatseyeMediaNewDisk);
