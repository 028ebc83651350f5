import { define, h, setAttribute, setText } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';
import { formatPercent, formatTimeLeft, isOccupied, joinFacts } from './media-text.js';

/**
 * @typedef {object} MediaStatusModel
 * @property {import('../protocol/media-message.js').Drive[] | null} drives null if unknown, or hidden from this user
 * @property {import('../protocol/upload-queue.js').UploadView[]} uploads of this page
 * @property {import('../input/jiggler.js').JiggleSettings | null} jiggling null: off
 */

/** What goes on beside the picture: attached images, uploads, and the pointer that moves by itself. Each is a button; hidden if there is none. */
export class CatseyeMediaStatus extends HTMLElement {
  #jiggling = this.#createButton('awake', 'jiggle', { command: 'jiggle', on: false });
  #uploads = this.#createButton('upload', 'upload', { command: 'library' });
  #attached = this.#createButton('disc', 'attached', { command: 'media-menu' });

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', t('media.activity'));
    this.append(this.#jiggling, this.#uploads, this.#attached);
    this.showMedia({ drives: null, uploads: [], jiggling: null });
  }

  /** @param {MediaStatusModel} model */
  showMedia({ drives, uploads, jiggling }) {
    showButton(this.#jiggling, jiggling ? t('jiggle.sign') : '', jiggling ? t('jiggle.stop', { seconds: jiggling.seconds }) : '');
    showButton(this.#uploads, ...describeUploads(uploads));
    showButton(this.#attached, ...describeAttached(drives ?? []));
    setAttribute(this.#uploads, 'state', uploads.some(({ state }) => state === 'failed' || state === 'retrying') ? 'problem' : null);
    this.hidden = [...this.children].every((button) => /** @type {HTMLElement} */ (button).hidden);
  }

  /** @param {string} iconName @param {string} name @param {import('./toolbar.js').Command} detail */
  #createButton(iconName, name, detail) {
    return h('button', { class: 'status-button', type: 'button', 'data-status': name, hidden: true, onclick: () => this.dispatchEvent(new CustomEvent('catseye-command', { bubbles: true, detail })) },
      icon(iconName), h('span', { class: 'status-button-text' }));
  }
}

/** @param {import('../protocol/upload-queue.js').UploadView[]} uploads @returns {[text: string, title: string]} empty without uploads */
export function describeUploads(uploads) {
  const unfinished = uploads.filter(({ state }) => state !== 'done');
  if (unfinished.length === 0) return ['', ''];
  const sent = unfinished.reduce((sum, upload) => sum + upload.sent, 0);
  const size = unfinished.reduce((sum, upload) => sum + upload.size, 0);
  const speed = unfinished.find(({ state }) => state === 'uploading')?.bytesPerSecond;
  const state = unfinished.some(({ state: one }) => one === 'uploading') ? formatTimeLeft(speed ? (size - sent) / speed : null)
    : t(unfinished.some(({ state: one }) => one === 'retrying') ? 'upload.interrupted' : unfinished.every(({ state: one }) => one === 'failed') ? 'upload.failed' : 'upload.paused');
  const text = joinFacts([formatPercent(sent, size), state]);
  return [text, t('upload.status', { count: unfinished.length, progress: text })];
}

/** @param {import('../protocol/media-message.js').Drive[]} drives @returns {[text: string, title: string]} empty without an attached image */
function describeAttached(drives) {
  const attached = drives.filter(isOccupied);
  if (attached.length === 0) return ['', ''];
  const text = attached.length === 1 ? attached[0].name : t('media.attachedCount', { count: attached.length });
  return [text, t('media.attachedTitle', { names: attached.map(({ name }) => name).join(', ') })];
}

/** @param {HTMLElement} button @param {string} text empty hides it @param {string} title */
function showButton(button, text, title) {
  setText(/** @type {HTMLElement} */ (button.querySelector('.status-button-text')), text);
  setAttribute(button, 'title', title);
  // The name has to contain what is seen, and is the only text where the window is narrow.
  setAttribute(button, 'aria-label', title.includes(text) ? title : t('menu.named', { label: text, value: title }));
  button.hidden = !text;
}

define('catseye-media-status', CatseyeMediaStatus);
