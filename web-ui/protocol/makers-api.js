import { request, requestJson } from '../public/http.js';

const MAKERS = '/api/v1/plugins/makers';

/**
 * @typedef {object} Maker a trusted maker of plug-ins
 * @property {string} fingerprint SHA-256 of the certificate, in hexadecimal; the file name of a file that cannot be used
 * @property {string} name
 * @property {string | null} expires ISO 8601; null for a file that cannot be used
 * @property {string} problem why the file cannot be used; empty if it can
 */

/** HTTP client for the trusted makers. Every method throws an HttpError. */
export class MakersApi {
  #options;

  /** @param {{fetch?: typeof globalThis.fetch}} [options] */
  constructor(options = {}) {
    this.#options = options;
  }

  /** @returns {Promise<{makers: Maker[], problem: string}>} */
  listMakers() {
    return requestJson('GET', MAKERS, this.#options);
  }

  /** @param {string} pem a certificate @returns {Promise<Maker>} */
  addMaker(pem) {
    return requestJson('POST', MAKERS, { ...this.#options, content: new Blob([pem]) });
  }

  /** @param {string} fingerprint */
  async removeMaker(fingerprint) {
    await request('DELETE', `${MAKERS}/${encodeURIComponent(fingerprint)}`, this.#options);
  }
}
