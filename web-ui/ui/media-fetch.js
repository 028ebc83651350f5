import { define, h } from '../public/dom.js';
import { t } from '../public/text.js';
import { textField } from '../public/text-field.js';

/** A form for an address from which the server downloads an image. */
export class CatseyeMediaFetch extends HTMLElement {
  /** @type {(download: {url: string, sha256?: string}) => Promise<boolean>} */ onFetch = async () => false;
  #url = textField('media-url', t('fetch.url'), { type: 'url', pattern: 'https?://.+', inputmode: 'url' });
  #hash = textField('media-sha256', t('fetch.hash'), { pattern: '\\s*[0-9a-fA-F]{64}\\s*', required: false, title: t('fetch.hashFormat') });
  #details = h('details', { class: 'section-item' }, h('summary', {}, t('fetch.title')),
    h('form', { class: 'section-form', onsubmit: (/** @type {Event} */ event) => this.#onSubmit(event) }, this.#url.field, this.#hash.field,
      h('p', { class: 'field-hint' }, t('fetch.hint')), h('button', { class: 'button primary', type: 'submit' }, t('fetch.submit'))));

  connectedCallback() {
    if (!this.firstChild) this.append(this.#details);
  }

  /** @param {Event} event */
  async #onSubmit(event) {
    event.preventDefault();
    const sha256 = this.#hash.input.value.trim().toLowerCase();
    const started = await this.onFetch({ url: this.#url.input.value.trim(), ...(sha256 ? { sha256 } : {}) });
    if (!started) return;
    this.#url.input.value = this.#hash.input.value = '';
    this.#details.open = false;
  }
}

define('catseye-media-fetch', CatseyeMediaFetch);
