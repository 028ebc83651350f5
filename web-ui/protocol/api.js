import { HttpError, request, requestJson } from '../public/http.js';
import { SESSION, TARGETS, snapshotPath } from './addresses.js';
import { toHidStatus, toVideoStatus } from './control-message.js';

/**
 * @typedef {{user: string, permissions: string[]}} Session
 * @typedef {{id: string, label: string, video: import('./control-message.js').VideoStatus, hid: import('./control-message.js').HidStatus}} Target
 */

/** The HTTP side of the contract, as far as the console needs it. Every method throws {@link HttpError}. */
export class Api {
  #options;

  /** @param {{fetch?: typeof globalThis.fetch, timeoutMillis?: number}} [options] */
  constructor(options = {}) {
    this.#options = options;
  }

  /** @returns {Promise<Session | null>} null: nobody is logged in */
  async session() {
    try {
      const { user, permissions } = (await requestJson('GET', SESSION, this.#options)) ?? {};
      return { user: typeof user === 'string' ? user : '', permissions: Array.isArray(permissions) ? permissions : [] };
    } catch (error) {
      if (error instanceof HttpError && error.status === 401) return null;
      throw error;
    }
  }

  async logout() {
    await request('DELETE', SESSION, this.#options);
  }

  /** @returns {Promise<Target[]>} */
  async targets() {
    const list = await requestJson('GET', TARGETS, this.#options);
    if (!Array.isArray(list)) throw new HttpError(200, 'bad_answer', 'The server sent no list of targets.');
    return list.filter((item) => typeof item?.id === 'string').map((item) => ({
      id: item.id,
      label: typeof item.label === 'string' && item.label ? item.label : item.id,
      video: toVideoStatus(item.video),
      hid: toHidStatus(item.hid),
    }));
  }

  /** @param {string} id @returns {Promise<Blob>} the newest picture, as JPEG */
  async snapshot(id) {
    return (await request('GET', snapshotPath(id), this.#options)).blob();
  }
}
