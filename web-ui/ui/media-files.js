import { toAddress } from '../public/base.js';
import { define, h, setAttribute, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';
import { textField } from '../public/text-field.js';
import { diskFilePath } from '../protocol/addresses.js';
import { systemClock } from '../protocol/clock.js';
import { UploadQueue } from '../protocol/upload-queue.js';
import { confirmingButton } from './access-section.js';
import { DiskFileTransfer } from './disk-file-transfer.js';
import { KeyedRows } from './keyed-rows.js';
import { formatBytes } from './media-text.js';
import { CatseyeMediaTransfers } from './media-transfers.js';

/**
 * @typedef {import('../protocol/media-message.js').DiskFile} DiskFile
 * @typedef {import('../protocol/media-message.js').Image} Image
 */

/** The files on a disk of the library: list, add, download, delete. `state`: loading, listed, refused. */
export class CatseyeMediaFiles extends HTMLElement {
  #api;
  /** @type {Image | null} */ #image = null;
  #loads = 0;
  /** The uploads to each disk by the id of its image. They go on while another one is shown. @type {Map<string, UploadQueue>} */ #queues = new Map();
  #transfers = new CatseyeMediaTransfers();
  #title = h('h2', { id: 'catseye-files-title', tabindex: -1 });
  #message = h('p', { class: 'section-message', role: 'status' });
  #folders = h('datalist', { id: 'catseye-files-folders' });
  #folder = textField('catseye-files-folder', t('files.folder'), { required: false, list: 'catseye-files-folders', 'aria-describedby': 'catseye-files-hint' });
  #file = h('input', { type: 'file', multiple: true, hidden: true, 'aria-label': t('files.add'), onchange: () => this.#onChosen() });
  #adding = h('div', { class: 'files-adding' }, this.#folder.field, this.#folders, h('p', { class: 'field-hint', id: 'catseye-files-hint' }, t('files.folderHint')),
    h('div', { class: 'media-adding' }, h('button', { class: 'button primary', type: 'button', onclick: () => this.#file.click() }, icon('upload'), t('files.add')), this.#file,
      h('span', { class: 'field-hint' }, t('files.dropHint'))));
  #list = h('ul', { class: 'section-list', 'aria-labelledby': 'catseye-files-title' });
  #none = h('p', { class: 'field-hint', hidden: true }, t('files.empty'));
  /** @type {KeyedRows<DiskFile>} */ #rows = new KeyedRows(this.#list, (file) => this.#createRow(file));
  #dialog = h('dialog', { class: 'dialog account library files', 'aria-labelledby': 'catseye-files-title', onclose: () => this.#onClose() },
    h('header', { class: 'account-head' }, this.#title,
      h('button', { class: 'icon-button', type: 'button', 'aria-label': t('common.close'), onclick: () => this.#dialog.close() }, icon('close'))),
    this.#message, h('div', { class: 'section-content' }, this.#adding, this.#transfers, this.#list, this.#none));

  /** @param {import('../protocol/media-api.js').MediaApi} api */
  constructor(api) {
    super();
    this.#api = api;
    const cancel = (/** @type {number} */ id) => { this.#queue.cancelUpload(id); };
    this.#transfers.actions = { pause: () => {}, resume: (id) => this.#queue.resumeUpload(id), cancel, deletePending: () => {}, cancelDownload: () => {} };
  }

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** Whether closing the page would interrupt an upload. */
  get isBusy() {
    return [...this.#queues.values()].some((queue) => queue.isBusy);
  }

  /** Whether files can be added to the disk that is shown. */
  get canAdd() {
    return this.isOpen && this.getAttribute('state') === 'listed';
  }

  /** @param {Image} image */
  openDialog(image) {
    if (this.#image?.id !== image.id) this.#folder.input.value = '';
    this.#image = image;
    setText(this.#title, t('files.title', { name: image.name }));
    this.#showMessage('idle', '');
    this.#showFiles([]);
    this.#showState('loading');
    this.#showUploads();
    this.#dialog.showModal();
    this.#load();
  }

  /** One after the other, into the folder that is chosen. @param {File[]} files */
  addFiles(files) {
    this.#showMessage('idle', '');
    this.#queue.addFiles(files);
  }

  /** The uploads to the disk that is shown. */
  get #queue() {
    const id = this.#image?.id ?? '';
    let queue = this.#queues.get(id);
    if (!queue) {
      queue = new UploadQueue((file, handlers) => new DiskFileTransfer(file, id, this.#pathOf(file.name), handlers));
      queue.onChange = () => this.#showUploads();
      queue.onDone = () => { this.#load(); };
      this.#queues.set(id, queue);
    }
    return queue;
  }

  #showUploads() {
    this.#transfers.showTransfers(this.#queue.uploads, [], [], systemClock.now());
  }

  async #load() {
    const image = this.#image;
    const load = ++this.#loads;
    if (!image || !this.isOpen) return;
    try {
      const files = await this.#api.listDiskFiles(image.id);
      if (load !== this.#loads) return;
      this.#showState('listed');
      this.#showFiles(files);
    } catch (error) {
      if (load !== this.#loads) return;
      this.#showState('refused');
      this.#showFiles([]);
      this.#showMessage('refused', describeError(error));
    }
  }

  /** @param {'loading' | 'listed' | 'refused'} state */
  #showState(state) {
    setAttribute(this, 'state', state);
    this.#adding.hidden = state !== 'listed';
  }

  /** @param {DiskFile[]} files */
  #showFiles(files) {
    this.#rows.showRows(files.map((file) => ({ key: `${this.#image?.id} ${file.folder} ${file.path}`, item: file })));
    this.#folders.replaceChildren(...files.filter(({ folder }) => folder).map(({ path }) => h('option', { value: path })));
    this.#none.hidden = files.length > 0 || this.getAttribute('state') !== 'listed';
  }

  /** @param {DiskFile} file @returns {{element: HTMLElement, update: (file: DiskFile) => void}} */
  #createRow({ path, folder }) {
    const image = /** @type {Image} */ (this.#image);
    const size = h('span', { class: 'field-hint' });
    const download = folder ? null : h('a', { class: 'button', download: '', href: toAddress(diskFilePath(image.id, path)), 'aria-label': t('library.downloadNamed', { name: path }) }, t('library.download'));
    const remove = confirmingButton(t('library.delete'), t(folder ? 'files.deleteFolderQuestion' : 'library.deleteQuestion'), () => this.#delete(image, path));
    // The name is part of the description: a label would hide the question.
    const name = h('strong', { class: 'media-name', id: `catseye-file-${encodeURIComponent(path)}` }, folder ? `${path}/` : path);
    setAttribute(remove, 'aria-describedby', name.id);
    const element = h('li', { class: 'section-item media-image', 'data-path': path }, h('div', { class: 'media-facts' }, name, size), h('div', { class: 'section-actions' }, download, remove));
    return { element, update: ({ bytes }) => setText(size, folder ? t('files.isFolder') : formatBytes(bytes)) };
  }

  /** @param {Image} image @param {string} path */
  async #delete(image, path) {
    try {
      await this.#api.deleteDiskFile(image.id, path);
      this.#showMessage('done', t('library.deleted', { name: path }));
      this.#title.focus(); // the button is about to disappear
      await this.#load();
    } catch (error) {
      this.#showMessage('refused', describeError(error));
    }
  }

  /** @param {string} name */
  #pathOf(name) {
    return [...this.#folder.input.value.split('/').map((part) => part.trim()).filter(Boolean), name].join('/');
  }

  #onChosen() {
    const files = [...this.#file.files ?? []];
    this.#file.value = ''; // so that the same file can be chosen again
    this.addFiles(files);
  }

  /** @param {'idle' | 'done' | 'refused'} state @param {string} text */
  #showMessage(state, text) {
    setAttribute(this.#dialog, 'state', state);
    setAttribute(this.#message, 'state', state);
    setText(this.#message, text);
    if (text) this.#message.scrollIntoView({ block: 'nearest' });
  }

  #onClose() {
    this.#queue.clearDone();
  }
}

define('catseye-media-files', CatseyeMediaFiles);
