import { toAddress } from '../public/base.js';
import { define, h, setAttribute, setText } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { formatDateTime, t } from '../public/text.js';
import { imageContentPath } from '../protocol/addresses.js';
import { confirmingButton } from './access-section.js';
import { KeyedRows } from './keyed-rows.js';
import { formatBytes, joinFacts } from './media-text.js';

/** @typedef {import('../protocol/media-message.js').Image} Image */

/**
 * @typedef {object} ImageActions
 * @property {(image: Image) => boolean} mayChange the user may rename and delete it
 * @property {(place: {target: string, drive: string}) => string} describePlace
 * @property {(image: Image, name: string) => Promise<boolean>} rename whether it succeeded
 * @property {(image: Image) => void} remove
 * @property {(image: Image) => void} showFiles of a disk for files
 * @property {(image: Image) => void} copyHash
 */

/** The images of the library. */
export class CatseyeMediaImages extends HTMLElement {
  /** @type {ImageActions | null} */ actions = null;
  #list = h('ul', { class: 'section-list' });
  #none = h('p', { class: 'field-hint', hidden: true }, t('library.empty'));
  /** @type {KeyedRows<Image>} */ #rows = new KeyedRows(this.#list, (image) => this.#createRow(image));

  connectedCallback() {
    if (!this.firstChild) this.append(this.#list, this.#none);
  }

  /** @param {Image[]} images */
  showImages(images) {
    // Another user may change what the own user may do, which is part of a row.
    this.#rows.showRows(images.map((image) => ({ key: `${image.id} ${this.#actions.mayChange(image)}`, item: image })));
    this.#none.hidden = images.length > 0;
  }

  get #actions() {
    return /** @type {ImageActions} */ (this.actions);
  }

  /** @param {Image} first @returns {{element: HTMLElement, update: (image: Image) => void}} */
  #createRow(first) {
    let image = first;
    const name = h('strong', { class: 'media-name' });
    const facts = h('span', { class: 'field-hint' });
    const places = h('span', { class: 'field-hint media-places' });
    const hash = h('code', { class: 'media-hash' });
    const copy = h('button', { class: 'icon-button', type: 'button', title: t('library.copyHash'), onclick: () => this.#actions.copyHash(image) }, icon('copy'));
    const download = h('a', { class: 'button', download: '', href: toAddress(imageContentPath(image.id)) }, t('library.download'));
    const { buttons, update: updateButtons } = this.#createButtons(() => image, name);
    const element = h('li', { class: 'section-item media-image', 'data-image': image.id }, h('div', { class: 'media-facts' }, name, facts, places,
      h('span', { class: 'media-hash-line' }, hash, copy)), h('div', { class: 'section-actions' }, download, ...buttons));
    return { element, update: (changed) => {
      image = changed;
      const attached = image.attached.length > 0;
      setText(name, image.name);
      setText(facts, joinFacts([formatBytes(image.bytes), image.user ? t('library.added', { user: image.user, time: formatDateTime(image.added) }) : t('library.copied', { time: formatDateTime(image.added) })]));
      setText(places, attached ? t('library.attachedTo', { places: image.attached.map((place) => this.#actions.describePlace(place)).join(', ') }) : '');
      places.hidden = !attached;
      setText(hash, image.sha256 ? t('library.hash', { hash: image.sha256 }) : t('library.hashPending'));
      setAttribute(copy, 'aria-label', t('library.copyHashOf', { name: image.name }));
      copy.hidden = !image.sha256;
      download.setAttribute('aria-label', t('library.downloadNamed', { name: image.name }));
      updateButtons(image);
    } };
  }

  /** @param {() => Image} image @param {HTMLElement} name @returns {{buttons: HTMLElement[], update: (image: Image) => void}} */
  #createButtons(image, name) {
    if (!this.#actions.mayChange(image())) return { buttons: [], update: () => {} };
    const rename = h('button', { class: 'button', type: 'button', onclick: () => this.#rename(image(), name, rename) }, t('library.rename'));
    const remove = confirmingButton(t('library.delete'), t('library.deleteQuestion'), () => this.#actions.remove(image()));
    const reason = h('span', { class: 'field-hint', id: `catseye-delete-${image().id}` }, t('library.deleteBlocked'));
    const files = h('button', { class: 'button', type: 'button', onclick: () => this.#actions.showFiles(image()) }, t('files.open'));
    return { buttons: [files, rename, remove, reason], update: ({ attached, name: text }) => {
      files.hidden = !text.toLowerCase().endsWith('.img');
      setAttribute(files, 'aria-label', t('files.openNamed', { name: text }));
      setAttribute(rename, 'aria-label', t('library.renameNamed', { name: text }));
      remove.disabled = reason.hidden = attached.length > 0;
      reason.hidden = attached.length === 0;
      setAttribute(remove, 'aria-describedby', attached.length > 0 ? reason.id : null);
    } };
  }

  /** Puts a form in the place of the name. @param {Image} image @param {HTMLElement} name @param {HTMLElement} button */
  #rename(image, name, button) {
    const input = h('input', { class: 'media-rename-input', 'aria-label': t('library.newName', { name: image.name }), value: image.name, maxlength: 200, required: true, spellcheck: 'false', autocomplete: 'off' });
    const close = () => {
      form.replaceWith(name);
      button.focus();
    };
    const form = h('form', { class: 'media-rename', onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (input.value.trim() === image.name || await this.#actions.rename(image, input.value.trim())) close();
    }, onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault(); // the dialog stays open
      close();
    } }, input, h('button', { class: 'button primary', type: 'submit' }, t('library.save')), h('button', { class: 'button', type: 'button', onclick: close }, t('common.cancel')));
    if (!name.isConnected) return; // the form is open
    name.replaceWith(form);
    input.select();
  }
}

define('catseye-media-images', CatseyeMediaImages);
