import { Backoff } from './backoff.js';
import { systemClock } from './clock.js';
import { TransferRate } from './transfer-rate.js';

/**
 * The files that this page uploads, one at a time: two would share the same network and the same disk.
 *
 * @typedef {'waiting' | 'uploading' | 'paused' | 'retrying' | 'done' | 'failed'} UploadState `retrying`: the connection is lost, and the next attempt has its time
 *
 * @typedef {object} Transfer sends one file
 * @property {() => void} start begins, or continues where the server is
 * @property {() => void} stop keeps what has arrived
 * @property {() => Promise<void>} discard stops, and deletes what has arrived
 *
 * @typedef {object} TransferHandlers
 * @property {(sent: number) => void} onProgress bytes
 * @property {() => void} onDone
 * @property {(failure: {message: string, retry: boolean}) => void} onFailure `retry`: another attempt can help
 *
 * @typedef {object} UploadView
 * @property {number} id
 * @property {string} name
 * @property {number} size
 * @property {number} sent
 * @property {UploadState} state
 * @property {string} message why it failed
 * @property {number} retryAt
 * @property {number | null} bytesPerSecond
 * @property {number | null} secondsLeft
 */

/** An upload without a connection keeps its turn: the others have none either. */
const ACTIVE = new Set(['uploading', 'retrying']);

export class UploadQueue {
  /** @type {() => void} */ onChange = () => {};
  /** @type {(upload: UploadView) => void} */ onDone = () => {};
  #createTransfer;
  #clock;
  /** @type {Upload[]} */ #uploads = [];
  #nextId = 1;

  /**
   * @param {(file: File, handlers: TransferHandlers) => Transfer} createTransfer
   * @param {import('./clock.js').Clock} [clock]
   */
  constructor(createTransfer, clock = systemClock) {
    this.#createTransfer = createTransfer;
    this.#clock = clock;
  }

  /** @returns {UploadView[]} */
  get uploads() {
    return this.#uploads.map((upload) => upload.view);
  }

  /** Whether closing the page would interrupt an upload. */
  get isBusy() {
    return this.#uploads.some(({ state }) => state !== 'done' && state !== 'failed');
  }

  /** @returns {number} the bytes that the server has yet to store */
  get remainingBytes() {
    return this.#uploads.filter(({ state }) => state !== 'done' && state !== 'failed').reduce((sum, { size, sent }) => sum + size - sent, 0);
  }

  /** @param {Iterable<File>} files */
  addFiles(files) {
    for (const file of files) this.#uploads.push(new Upload(this.#nextId++, file, this.#createTransfer, this.#clock, (upload) => this.#onUpload(upload)));
    this.#continue();
  }

  /** @param {number} id */
  pauseUpload(id) {
    this.#find(id)?.pause();
    this.#continue();
  }

  /** Also after a failure. @param {number} id */
  resumeUpload(id) {
    const upload = this.#find(id);
    if (upload?.state === 'retrying') upload.retryNow();
    else upload?.wait();
    this.#continue();
  }

  /** Deletes what has arrived, and removes it from the list. @param {number} id @returns {Promise<void>} */
  async cancelUpload(id) {
    const upload = this.#find(id);
    if (!upload) return;
    this.#uploads = this.#uploads.filter((other) => other !== upload);
    const discarded = upload.discard();
    this.#continue();
    await discarded;
  }

  /** Removes those that are done from the list. */
  clearDone() {
    this.#uploads = this.#uploads.filter(({ state }) => state !== 'done');
    this.onChange();
  }

  /** The network is back. */
  retryNow() {
    for (const upload of this.#uploads) upload.retryNow();
    this.onChange();
  }

  /** @param {number} id */
  #find(id) {
    return this.#uploads.find((upload) => upload.id === id);
  }

  /** @param {Upload} upload */
  #onUpload(upload) {
    if (upload.state === 'done') this.onDone(upload.view);
    this.#continue();
  }

  #continue() {
    if (!this.#uploads.some(({ state }) => ACTIVE.has(state))) this.#uploads.find(({ state }) => state === 'waiting')?.start();
    this.onChange();
  }
}

/** One file. */
class Upload {
  /** @type {UploadState} */ state = 'waiting';
  sent = 0;
  #message = '';
  #retryAt = 0;
  #file;
  #clock;
  #onChange;
  #transfer;
  #rate = new TransferRate();
  #backoff;
  /** @type {unknown} */ #timer = null;

  /**
   * @param {number} id @param {File} file @param {(file: File, handlers: TransferHandlers) => Transfer} createTransfer
   * @param {import('./clock.js').Clock} clock @param {(upload: Upload) => void} onChange
   */
  constructor(id, file, createTransfer, clock, onChange) {
    this.id = id;
    this.#file = file;
    this.#clock = clock;
    this.#onChange = onChange;
    this.#backoff = new Backoff(clock);
    this.#transfer = createTransfer(file, {
      onProgress: (sent) => this.#onProgress(sent),
      onDone: () => this.#onDone(),
      onFailure: (failure) => this.#onFailure(failure),
    });
  }

  get size() {
    return this.#file.size;
  }

  /** @returns {UploadView} */
  get view() {
    const running = this.state === 'uploading';
    return {
      id: this.id, name: this.#file.name, size: this.size, sent: this.sent, state: this.state, message: this.#message, retryAt: this.#retryAt,
      bytesPerSecond: running ? this.#rate.bytesPerSecond : null, secondsLeft: running ? this.#rate.secondsFor(this.size - this.sent) : null,
    };
  }

  start() {
    this.#clock.clearTimeout(this.#timer);
    this.state = 'uploading';
    this.#message = '';
    this.#rate.reset();
    this.#transfer.start();
  }

  wait() {
    if (this.state === 'paused' || this.state === 'failed') this.state = 'waiting';
  }

  pause() {
    if (this.state === 'done' || this.state === 'failed') return;
    this.#clock.clearTimeout(this.#timer);
    if (this.state === 'uploading') this.#transfer.stop();
    this.state = 'paused';
  }

  retryNow() {
    if (this.state === 'retrying') this.start();
  }

  async discard() {
    this.#clock.clearTimeout(this.#timer);
    const incomplete = this.state !== 'done';
    this.state = 'failed';
    if (incomplete) await this.#transfer.discard();
  }

  /** @param {number} sent */
  #onProgress(sent) {
    if (this.state !== 'uploading') return;
    if (sent > this.sent) this.#backoff.reset();
    this.sent = sent;
    this.#rate.addSample(this.#clock.now(), sent);
    this.#onChange(this);
  }

  #onDone() {
    if (this.state !== 'uploading') return;
    this.sent = this.size;
    this.state = 'done';
    this.#onChange(this);
  }

  /** @param {{message: string, retry: boolean}} failure */
  #onFailure({ message, retry }) {
    if (this.state !== 'uploading') return;
    this.#message = message;
    this.state = retry ? 'retrying' : 'failed';
    if (retry) {
      const millis = this.#backoff.nextMillis();
      this.#retryAt = this.#clock.now() + millis;
      this.#timer = this.#clock.setTimeout(() => {
        this.retryNow();
        this.#onChange(this);
      }, millis);
    }
    this.#onChange(this);
  }
}
