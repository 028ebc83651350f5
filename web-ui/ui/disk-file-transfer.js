import { toAddress } from '../public/base.js';
import { t } from '../public/text.js';
import { diskFilePath } from '../protocol/addresses.js';
import { formatBytes } from './media-text.js';

/**
 * @typedef {import('../protocol/upload-queue.js').Transfer} Transfer
 * @typedef {import('../protocol/upload-queue.js').TransferHandlers} TransferHandlers
 */

/** The server's limit. */
const MAX_FILE_BYTES = 2 ** 30;

/**
 * Puts one file on a disk for files, in one request. `fetch` has no progress.
 *
 * @implements {Transfer}
 */
export class DiskFileTransfer {
  #file;
  #address;
  #handlers;
  /** @type {XMLHttpRequest | null} */ #request = null;

  /** @param {File} file @param {string} image id @param {string} path on the disk @param {TransferHandlers} handlers */
  constructor(file, image, path, handlers) {
    this.#file = file;
    this.#address = toAddress(diskFilePath(image, path));
    this.#handlers = handlers;
  }

  start() {
    if (this.#file.size > MAX_FILE_BYTES) {
      // Not at once: the queue is about to start it.
      queueMicrotask(() => this.#handlers.onFailure({ message: t('files.tooLarge', { max: formatBytes(MAX_FILE_BYTES) }), retry: false }));
      return;
    }
    const request = this.#request = new XMLHttpRequest();
    request.open('PUT', this.#address);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => this.#handlers.onProgress(loaded);
    request.onload = () => {
      if (request.status === 204) this.#handlers.onDone();
      else this.#handlers.onFailure({ message: readMessage(request), retry: false });
    };
    request.onerror = () => this.#handlers.onFailure({ message: t('error.unreachable'), retry: false });
    request.send(this.#file);
  }

  stop() {
    this.#request?.abort();
  }

  async discard() {
    this.stop();
  }
}

/** @param {XMLHttpRequest} request @returns {string} the server's words, if there are any */
function readMessage({ status, responseText }) {
  try {
    return String(JSON.parse(responseText).error.message);
  } catch {
    return t('error.refused', { status });
  }
}
