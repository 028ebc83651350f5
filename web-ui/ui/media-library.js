import { define, h, setAttribute, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';
import { systemClock } from '../protocol/clock.js';
import { CatseyeMediaFetch } from './media-fetch.js';
import { CatseyeMediaFiles } from './media-files.js';
import { CatseyeMediaImages } from './media-images.js';
import { CatseyeMediaNewDisk } from './media-new-disk.js';
import { formatBytes } from './media-text.js';
import { CatseyeMediaTransfers } from './media-transfers.js';

/**
 * @typedef {import('../protocol/media-message.js').Library} Library
 * @typedef {{user: string, isAdmin: boolean, mayAdd: boolean, targets: {id: string, label: string}[]}} LibraryScope
 */

/** While the dialog is open: other users and the server change the library too. */
const REFRESH_MILLIS = 2000;

/** The image library: images, uploads and downloads. `state`: idle, refused, done, as its message. */
export class CatseyeMediaLibrary extends HTMLElement {
  /** @type {LibraryScope} */ scope = { user: '', isAdmin: false, mayAdd: false, targets: [] };
  #api;
  #queue;
  /** @type {Library | null} */ #library = null;
  /** @type {any} */ #timer = null;
  #loads = 0;
  #images = new CatseyeMediaImages();
  #transfers = new CatseyeMediaTransfers();
  #fetch = new CatseyeMediaFetch();
  #newDisk = new CatseyeMediaNewDisk();
  #files;
  #message = h('p', { class: 'section-message', role: 'status' });
  #space = h('p', { class: 'field-hint' });
  #problem = h('p', { class: 'field-hint', state: 'warning', role: 'status' });
  #file = h('input', { type: 'file', multiple: true, hidden: true, 'aria-label': t('library.upload'), onchange: () => this.#onChosen() });
  #upload = h('button', { class: 'button primary', type: 'button', onclick: () => this.#file.click() }, icon('upload'), t('library.upload'));
  #adding = h('div', { class: 'media-adding' }, this.#upload, this.#file, h('span', { class: 'field-hint' }, t('library.dropHint')));
  #dialog = h('dialog', { class: 'dialog account library', 'aria-labelledby': 'catseye-library-title', onclose: () => this.#onClose() },
    h('header', { class: 'account-head' }, h('h2', { id: 'catseye-library-title' }, t('library.title')),
      h('button', { class: 'icon-button', type: 'button', 'aria-label': t('common.close'), onclick: () => this.#dialog.close() }, icon('close'))),
    this.#message, h('div', { class: 'section-content' }, this.#space, this.#problem, this.#adding, this.#fetch, this.#newDisk, this.#transfers, this.#images));

  /** @param {import('../protocol/media-api.js').MediaApi} api @param {import('../protocol/upload-queue.js').UploadQueue} queue */
  constructor(api, queue) {
    super();
    this.#api = api;
    this.#queue = queue;
    this.#files = new CatseyeMediaFiles(api);
    this.#images.actions = {
      mayChange: ({ user }) => this.scope.isAdmin || (this.scope.mayAdd && user === this.scope.user),
      describePlace: ({ target, drive }) => t('library.place', { target: this.scope.targets.find(({ id }) => id === target)?.label ?? target, drive }),
      rename: (image, name) => this.#run(() => api.renameImage(image.id, name), t('library.renamed', { name })),
      remove: (image) => this.#run(() => api.deleteImage(image.id), t('library.deleted', { name: image.name })),
      showFiles: (image) => this.#files.openDialog(image),
      copyHash: (image) => this.#copyHash(image.sha256),
    };
    this.#transfers.actions = {
      pause: (id) => queue.pauseUpload(id), resume: (id) => queue.resumeUpload(id), cancel: (id) => this.#run(() => queue.cancelUpload(id)),
      deletePending: (upload) => this.#run(() => api.deleteUpload(upload.id)), cancelDownload: (download) => this.#run(() => api.cancelDownload(download.id)),
    };
    this.#newDisk.onCreate = (disk) => this.#createDisk(disk);
    this.#fetch.onFetch = (download) => this.#run(() => api.startDownload(download), t('fetch.started'));
  }

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog, this.#files);
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** The files of a disk, which may be open on top of the library. */
  get files() {
    return this.#files;
  }

  openDialog() {
    if (this.#dialog.open) return;
    this.#showMessage('idle', '');
    this.#adding.hidden = this.#fetch.hidden = this.#newDisk.hidden = !this.scope.mayAdd;
    this.#render();
    this.#dialog.showModal();
    this.refresh();
  }

  /** Uploads files, if there is room for them. @param {File[]} files */
  async uploadFiles(files) {
    this.openDialog();
    if (files.length === 0) return;
    await this.#run(async () => {
      const { space, uploads } = await this.#load();
      const stored = files.reduce((sum, file) => sum + (uploads.find(({ name, length }) => name === file.name && length === file.size)?.offset ?? 0), 0);
      const needed = files.reduce((sum, { size }) => sum + size, 0) - stored + this.#queue.remainingBytes;
      requireSpace(space, needed);
      this.#queue.addFiles(files);
    });
  }

  /** Shows what has changed on the server. */
  async refresh() {
    if (!this.#dialog.open) return;
    clearTimeout(this.#timer);
    try {
      await this.#load();
      if (this.getAttribute('state') === 'unreachable') this.#showMessage('idle', '');
    } catch (error) {
      this.#showMessage('unreachable', describeError(error));
    }
    clearTimeout(this.#timer);
    if (this.#dialog.open) this.#timer = setTimeout(() => this.refresh(), REFRESH_MILLIS);
  }

  /** The uploads of this page have changed. */
  showUploads() {
    if (this.#dialog.open) this.#render();
  }

  /** @returns {Promise<Library>} */
  async #load() {
    const load = ++this.#loads;
    const library = await this.#api.readLibrary();
    // A later request may have been answered before.
    if (load === this.#loads) {
      this.#library = library;
      this.#render();
    }
    return library;
  }

  #render() {
    const { uploads } = this.#queue;
    const active = uploads.filter(({ state }) => state !== 'done');
    const { images, uploads: pending, downloads, space } = this.#library ?? { images: [], uploads: [], downloads: [], space: { free: -1, total: -1, problem: '' } };
    const others = pending.filter(({ name, length }) => !active.some((upload) => upload.name === name && upload.size === length));
    this.#transfers.showTransfers(uploads, others, downloads, systemClock.now());
    this.#images.hidden = this.#library === null;
    this.#images.showImages(images);
    setText(this.#space, space.free < 0 ? '' : space.total > 0 ? t('library.spaceOf', { free: formatBytes(space.free), total: formatBytes(space.total) }) : t('library.space', { free: formatBytes(space.free) }));
    setText(this.#problem, space.problem);
  }

  #onChosen() {
    const files = [...this.#file.files ?? []];
    this.#file.value = ''; // so that the same file can be chosen again
    this.uploadFiles(files);
  }

  /** @param {import('./media-new-disk.js').NewDisk} disk */
  #createDisk(disk) {
    return this.#run(async () => {
      requireSpace((await this.#load()).space, disk.bytes + this.#queue.remainingBytes);
      await this.#api.createDisk(disk);
    }, t('disk.created', { name: disk.name }));
  }

  /** @param {string} hash */
  async #copyHash(hash) {
    try {
      await navigator.clipboard.writeText(hash);
      this.#showMessage('done', t('library.hashCopied'));
    } catch {
      this.#showMessage('refused', t('library.hashNotCopied'));
    }
  }

  /** @param {() => Promise<unknown>} action @param {string} [success] @returns {Promise<boolean>} */
  async #run(action, success = '') {
    this.#showMessage('idle', '');
    try {
      await action();
      this.#showMessage(success ? 'done' : 'idle', success);
      await this.#load();
      return true;
    } catch (error) {
      this.#showMessage('refused', error instanceof Error && error.name === 'Error' ? error.message : describeError(error));
      return false;
    }
  }

  /** @param {'idle' | 'done' | 'refused' | 'unreachable'} state @param {string} text */
  #showMessage(state, text) {
    setAttribute(this, 'state', state);
    setAttribute(this.#message, 'state', state === 'unreachable' ? 'refused' : state);
    setText(this.#message, text);
    if (text && state !== 'unreachable') this.#message.scrollIntoView({ block: 'nearest' });
  }

  #onClose() {
    clearTimeout(this.#timer);
    this.#queue.clearDone();
    this.dispatchEvent(new CustomEvent('catseye-typing-closed', { bubbles: true }));
  }
}

/** @param {Library['space']} space @param {number} needed bytes */
function requireSpace({ free }, needed) {
  if (free >= 0 && needed > free) throw new Error(t('library.noSpace', { needed: formatBytes(needed), free: formatBytes(free) }));
}

define('catseye-media-library', CatseyeMediaLibrary);
