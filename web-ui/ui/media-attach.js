import { define, h, setAttribute, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { t } from '../public/text.js';
import { formatBytes, kindName } from './media-text.js';

/**
 * @typedef {import('../protocol/media-message.js').Drive} Drive
 * @typedef {import('../protocol/media-message.js').Image} Image
 * @typedef {import('../protocol/media-message.js').MediaKind} MediaKind
 * @typedef {{api: import('../protocol/media-api.js').MediaApi, target: string, drive: Drive, mayWrite: boolean, onLibrary: () => void}} AttachRequest `mayWrite`: the user may give the computer an image to write to
 */

/** Chooses an image for a drive. `state`: idle, busy. */
export class CatseyeMediaAttach extends HTMLElement {
  /** @type {(text: string) => void} */ onNotice = () => {};
  /** @type {AttachRequest | null} */ #request = null;
  /** @type {Image[]} */ #images = [];
  #title = h('h2', { id: 'catseye-attach-title' });
  #image = h('select', { id: 'catseye-attach-image', class: 'select', onchange: () => this.#suggestKind() });
  #kinds = h('fieldset', { class: 'section-roles', hidden: true });
  #writable = h('input', { type: 'checkbox', id: 'catseye-attach-writable' });
  #writableField = h('div', { class: 'field', hidden: true },
    h('label', { class: 'media-check' }, this.#writable, ' ', t('attach.writable')), h('p', { class: 'field-hint' }, t('attach.writableHint')));
  #message = h('p', { class: 'field-hint', role: 'status' });
  #submit = h('button', { class: 'button primary', type: 'submit' }, t('attach.submit'));
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-attach-title', onclose: () => this.dispatchEvent(new CustomEvent('catseye-typing-closed', { bubbles: true })) },
    h('form', { method: 'dialog', onsubmit: (/** @type {Event} */ event) => this.#onSubmit(event) }, this.#title,
      h('div', { class: 'field' }, h('label', { for: 'catseye-attach-image', class: 'field-label' }, t('attach.image')), this.#image),
      this.#kinds, this.#writableField, this.#message,
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button media-start', type: 'button', onclick: () => this.#openLibrary() }, t('library.menu')),
        h('button', { class: 'button', type: 'button', onclick: () => this.#dialog.close() }, t('common.cancel')), this.#submit)));

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
  }

  /** @param {AttachRequest} request */
  async openDialog(request) {
    this.#request = request;
    this.#images = [];
    setText(this.#title, t('attach.title', { drive: request.drive.label }));
    this.#kinds.replaceChildren(h('legend', { class: 'field-label' }, t('attach.kind')), ...request.drive.kinds.map((kind) => h('label', { class: 'media-check' },
      h('input', { type: 'radio', name: 'catseye-attach-kind', value: kind, onchange: () => this.#showKind() }), ' ', kindName(kind))));
    this.#kinds.hidden = request.drive.kinds.length < 2;
    this.#writable.checked = false;
    this.#showImages();
    this.#showMessage('', '');
    this.#dialog.showModal();
    this.#image.focus();
    try {
      this.#images = (await request.api.readLibrary()).images;
      if (this.#request !== request) return;
      this.#showImages();
      this.#showMessage('', this.#images.length === 0 ? t('attach.noImages') : '');
    } catch (error) {
      this.#showMessage('error', describeError(error));
    }
  }

  #showImages() {
    this.#image.replaceChildren(...this.#images.map(({ id, name, bytes }) => h('option', { value: id, selected: id === this.#request?.drive.image }, t('attach.option', { name, size: formatBytes(bytes) }))));
    this.#image.disabled = this.#images.length === 0;
    this.#setBusy(false);
    this.#suggestKind();
  }

  /** An image of a CD is usually called so. */
  #suggestKind() {
    const name = this.#images.find(({ id }) => id === this.#image.value)?.name ?? '';
    const kinds = this.#request?.drive.kinds ?? [];
    const suggested = /\.(iso|cdr)$/i.test(name) ? 'cdrom' : 'disk';
    const kind = kinds.includes(suggested) ? suggested : kinds[0];
    for (const radio of this.#radios()) radio.checked = radio.value === kind;
    this.#showKind();
  }

  /** @returns {MediaKind} */
  get #kind() {
    return /** @type {MediaKind} */ (this.#radios().find(({ checked }) => checked)?.value ?? 'cdrom');
  }

  #radios() {
    return [...this.#kinds.querySelectorAll('input')];
  }

  /** Nothing can be written to a CD. */
  #showKind() {
    const possible = this.#kind === 'disk' && this.#request?.drive.writable === true && this.#request.mayWrite;
    this.#writableField.hidden = !possible;
    if (!possible) this.#writable.checked = false;
  }

  #openLibrary() {
    this.#dialog.close();
    this.#request?.onLibrary();
  }

  /** @param {Event} event */
  async #onSubmit(event) {
    event.preventDefault();
    const request = this.#request;
    const image = this.#images.find(({ id }) => id === this.#image.value);
    if (!request || !image || this.getAttribute('state') === 'busy') return;
    this.#setBusy(true);
    this.#showMessage('', t('attach.busy'));
    try {
      await request.api.attachImage(request.target, request.drive.drive, { image: image.id, kind: this.#kind, readOnly: !this.#writable.checked });
      if (this.#request === request) this.#dialog.close();
      this.onNotice(t('attach.done', { name: image.name, drive: request.drive.label }));
    } catch (error) {
      this.#showMessage('error', describeError(error));
    } finally {
      this.#setBusy(false);
    }
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    setAttribute(this, 'state', busy ? 'busy' : 'idle');
    this.#submit.disabled = busy || this.#images.length === 0;
  }

  /** @param {'error' | ''} state @param {string} text */
  #showMessage(state, text) {
    setAttribute(this.#message, 'state', state || null);
    setText(this.#message, text);
  }
}

define('catseye-media-attach', CatseyeMediaAttach);
