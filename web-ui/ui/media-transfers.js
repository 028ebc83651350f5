import { define, h, setAttribute, setText } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';
import { describeRetry } from './console-state.js';
import { KeyedRows } from './keyed-rows.js';
import { formatBytes, formatPercent, formatSpeed, formatTimeLeft, joinFacts } from './media-text.js';

/**
 * @typedef {import('../protocol/upload-queue.js').UploadView} UploadView
 * @typedef {import('../protocol/media-message.js').PendingUpload} PendingUpload
 * @typedef {import('../protocol/media-message.js').Download} Download
 *
 * @typedef {object} TransferActions
 * @property {(id: number) => void} pause
 * @property {(id: number) => void} resume
 * @property {(id: number) => void} cancel an upload of this page
 * @property {(upload: PendingUpload) => void} deletePending
 * @property {(download: Download) => void} cancelDownload
 *
 * @typedef {{name: string, facts: string, problem: boolean, done: number, total: number, state: string, buttons: string[]}} TransferModel
 */

/** @type {Record<string, {icon: string, short: import('../public/text.js').MessageKey, long: import('../public/text.js').MessageKey}>} */
const BUTTONS = {
  pause: { icon: 'pause', short: 'upload.pause', long: 'upload.pauseNamed' }, resume: { icon: 'play', short: 'upload.resume', long: 'upload.resumeNamed' },
  cancel: { icon: 'close', short: 'common.cancel', long: 'upload.cancelNamed' }, remove: { icon: 'close', short: 'upload.remove', long: 'upload.removeNamed' },
};

/** What is on its way into the library: uploads of this page, uploads that wait for their file, and downloads of the server. */
export class CatseyeMediaTransfers extends HTMLElement {
  /** @type {TransferActions | null} */ actions = null;
  #list = h('ul', { class: 'section-list' });
  /** @type {KeyedRows<{model: TransferModel, press: (button: string) => void}>} */ #rows = new KeyedRows(this.#list, createRow);

  connectedCallback() {
    if (!this.firstChild) this.append(this.#list);
  }

  /** @param {UploadView[]} uploads @param {PendingUpload[]} pending @param {Download[]} downloads @param {number} now */
  showTransfers(uploads, pending, downloads, now) {
    const actions = /** @type {TransferActions} */ (this.actions);
    this.#rows.showRows([
      ...uploads.map((upload) => ({ key: `upload ${upload.id}`, item: { model: uploadModel(upload, now), press: (/** @type {string} */ button) => pressUpload(button, upload, actions) } })),
      ...pending.map((upload) => ({ key: `pending ${upload.id}`, item: { model: pendingModel(upload), press: () => actions.deletePending(upload) } })),
      ...downloads.map((download) => ({ key: `download ${download.id}`, item: { model: downloadModel(download), press: () => actions.cancelDownload(download) } })),
    ]);
    this.hidden = this.#list.childElementCount === 0;
  }
}

/** @param {string} button @param {UploadView} upload @param {TransferActions} actions */
function pressUpload(button, { id }, actions) {
  if (button === 'pause') actions.pause(id);
  else if (button === 'resume') actions.resume(id);
  else actions.cancel(id);
}

/** @param {UploadView} upload @param {number} now @returns {TransferModel} */
export function uploadModel({ name, size, sent, state, message, retryAt, bytesPerSecond, secondsLeft }, now) {
  const amount = t('upload.amount', { sent: formatBytes(sent), size: formatBytes(size) });
  /** @type {Record<UploadView['state'], {facts: string, buttons: string[]}>} */
  const states = {
    waiting: { facts: joinFacts([t('upload.waiting'), formatBytes(size)]), buttons: ['pause', 'cancel'] },
    uploading: { facts: joinFacts([formatPercent(sent, size), amount, formatSpeed(bytesPerSecond), formatTimeLeft(secondsLeft)]), buttons: ['pause', 'cancel'] },
    paused: { facts: joinFacts([t('upload.paused'), amount]), buttons: ['resume', 'cancel'] },
    retrying: { facts: joinFacts([message, describeRetry([retryAt], now)]), buttons: ['resume', 'pause', 'cancel'] },
    done: { facts: joinFacts([t('upload.done'), formatBytes(size)]), buttons: ['remove'] },
    failed: { facts: message, buttons: ['resume', 'remove'] },
  };
  return { name, done: sent, total: size, state, problem: state === 'failed' || state === 'retrying', ...states[state] };
}

/** @param {PendingUpload} upload @returns {TransferModel} */
function pendingModel({ name, offset, length }) {
  const amount = t('upload.amount', { sent: formatBytes(offset), size: formatBytes(Math.max(length, offset)) });
  return { name, facts: joinFacts([amount, t('upload.chooseAgain')]), problem: false, done: offset, total: length, state: 'paused', buttons: ['remove'] };
}

/** @param {Download} download @returns {TransferModel} */
function downloadModel({ name, url, state, received, total, reason }) {
  const amount = total > 0 ? t('upload.amount', { sent: formatBytes(received), size: formatBytes(total) }) : formatBytes(received);
  /** @type {Record<Download['state'], string>} */
  const facts = {
    RUNNING: joinFacts([t('fetch.running'), formatPercent(received, total), amount]), DONE: t('fetch.done'), CANCELLED: t('fetch.cancelled'), FAILED: reason || t('fetch.failed'),
  };
  return { name: name || url, facts: facts[state], problem: state === 'FAILED', done: received, total, state: state === 'RUNNING' ? 'uploading' : state.toLowerCase(), buttons: [state === 'RUNNING' ? 'cancel' : 'remove'] };
}

/** @param {{model: TransferModel}} first */
function createRow({ model: { name } }) {
  let press = (/** @type {string} */ _button) => {};
  const title = h('strong', { class: 'media-name' }, name);
  const facts = h('span', { class: 'field-hint' });
  const progress = h('progress', { 'aria-label': t('upload.progressOf', { name }) });
  const buttons = h('div', { class: 'media-buttons' }, ...Object.entries(BUTTONS).map(([button, { icon: iconName, short, long }]) => h('button', {
    class: 'icon-button', type: 'button', 'data-button': button, title: t(short), 'aria-label': t(long, { name }), onclick: () => press(button),
  }, icon(iconName))));
  const element = h('li', { class: 'section-item media-transfer' }, h('div', { class: 'media-facts' }, title, facts, progress), buttons);
  /** @param {{model: TransferModel, press: (button: string) => void}} item */
  const update = ({ model, press: pressed }) => {
    press = pressed;
    setAttribute(element, 'state', model.state);
    setText(facts, model.facts);
    setAttribute(facts, 'state', model.problem ? 'error' : null);
    progress.hidden = model.state === 'done' || model.state === 'cancelled' || (model.state === 'failed' && model.total <= 0);
    if (model.total > 0) setAttribute(progress, 'max', model.total);
    if (model.total > 0 || model.state !== 'uploading') progress.value = model.done;
    else progress.removeAttribute('value');
    for (const button of buttons.children) setAttribute(button, 'hidden', !model.buttons.includes(/** @type {HTMLElement} */ (button).dataset.button ?? ''));
  };
  return { element, update };
}

define('catseye-media-transfers', CatseyeMediaTransfers);
