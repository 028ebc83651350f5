import { toAddress } from '../public/base.js';
import { t } from '../public/text.js';
import { UPLOADS, uploadPath } from '../protocol/addresses.js';

/**
 * @typedef {import('../protocol/upload-queue.js').Transfer} Transfer
 * @typedef {import('../protocol/upload-queue.js').TransferHandlers} TransferHandlers
 * @typedef {{originalRequest?: unknown, originalResponse?: {getStatus: () => number, getBody: () => string} | null}} TusError
 */

/** Small enough for the limits of proxies that store a request before they pass it on. */
const CHUNK_BYTES = 16 * 1024 * 1024;
/** Another attempt can help: another page or a request that is not over yet has the upload, or the server is restarting. */
const RETRY_STATUS = new Set([0, 408, 423, 429, 502, 503, 504]);
const RETRY_CONFLICTS = new Set(['', 'conflict', 'busy']);

/**
 * Uploads one file by the tus protocol. It is loaded with the first upload. The browser stores the address of an upload that is not complete,
 * so that it continues when the user chooses the same file again.
 *
 * @implements {Transfer}
 */
export class TusTransfer {
  #file;
  #user;
  #handlers;
  /** @type {any} */ #upload = null;
  /** Changes with each start and stop, so that a late start does nothing. */ #turn = 0;

  /** @param {File} file @param {string} user whose upload it is @param {TransferHandlers} handlers */
  constructor(file, user, handlers) {
    this.#file = file;
    this.#user = user;
    this.#handlers = handlers;
  }

  start() {
    const turn = ++this.#turn;
    this.#prepare().then(() => {
      if (turn === this.#turn) this.#upload.start();
    }, (error) => turn === this.#turn && this.#handlers.onFailure({ message: String(error?.message ?? error), retry: true }));
  }

  stop() {
    this.#turn++;
    this.#upload?.abort();
  }

  async discard() {
    this.stop();
    if (!this.#upload?.url) return;
    try {
      await this.#upload.abort(true);
    } catch (error) {
      const status = statusOf(error);
      if (status !== 404 && status !== 410) throw new Error(describeTusError(error), { cause: error });
    }
  }

  async #prepare() {
    if (this.#upload) return;
    const { Upload } = await import('../vendor/tus.js');
    const endpoint = new URL(toAddress(UPLOADS), location.href).href;
    const upload = new Upload(this.#file, {
      endpoint, chunkSize: CHUNK_BYTES, retryDelays: null, removeFingerprintOnSuccess: true,
      metadata: { filename: this.#file.name },
      fingerprint: async () => ['catseye', this.#user, this.#file.name, this.#file.size, this.#file.lastModified, endpoint].join('-'),
      // A server behind a proxy may not know the path below which the device is published.
      onUploadUrlAvailable: () => { upload.url = new URL(toAddress(uploadPath(lastSegment(upload.url))), location.href).href; },
      onProgress: (/** @type {number} */ sent) => this.#handlers.onProgress(sent),
      onSuccess: () => this.#handlers.onDone(),
      onError: (/** @type {TusError} */ error) => this.#onError(error),
    });
    const previous = await upload.findPreviousUploads();
    const newest = previous.sort((/** @type {any} */ a, /** @type {any} */ b) => Date.parse(b.creationTime) - Date.parse(a.creationTime))[0];
    if (newest) upload.resumeFromPreviousUpload(newest);
    this.#upload = upload;
  }

  /** @param {TusError} error */
  async #onError(error) {
    const turn = this.#turn;
    const status = statusOf(error);
    const readable = status !== 0 || await this.#isReadable();
    if (turn !== this.#turn) return;
    this.#handlers.onFailure({ message: readable ? describeTusError(error) : t('upload.fileChanged'), retry: readable && canRetry(error) });
  }

  /** A file that was changed or removed fails like a lost connection. */
  async #isReadable() {
    try {
      await this.#file.slice(0, 1).arrayBuffer();
      return true;
    } catch {
      return false;
    }
  }
}

/** @param {string} address */
function lastSegment(address) {
  return decodeURIComponent(new URL(address).pathname.replace(/\/+$/, '').split('/').pop() ?? '');
}

/** @param {any} error @returns {number} 0 without a response */
function statusOf(error) {
  return error?.originalResponse?.getStatus() ?? 0;
}

/** A conflict may be about the place where to continue, which the next attempt asks for, or about the name, which does not change. @param {any} error */
export function canRetry(error) {
  const status = statusOf(error);
  return status === 409 ? RETRY_CONFLICTS.has(answerOf(error).code) : RETRY_STATUS.has(status);
}

/** @param {any} error @returns {string} the server's words, if there are any */
export function describeTusError(error) {
  const status = statusOf(error);
  return status === 0 ? t('error.unreachable') : answerOf(error).message || t('error.refused', { status });
}

/** @param {any} error @returns {{code: string, message: string}} empty without an answer that this page can read */
function answerOf(error) {
  try {
    const { code, message } = JSON.parse(error.originalResponse.getBody()).error;
    return { code: String(code ?? ''), message: String(message ?? '') };
  } catch {
    return { code: '', message: '' }; // not JSON
  }
}
