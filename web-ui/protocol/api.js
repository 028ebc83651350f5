import { HttpError, request, requestJson } from '../public/http.js';
import { SESSION, TARGETS, actionPath, checksPath, snapshotPath } from './addresses.js';
import { toHidStatus, toVideoStatus } from './control-message.js';

/**
 * @typedef {{user: string, permissions: string[]}} Session
 * @typedef {object} Check the self-check of a device
 * @property {string} id
 * @property {string} title
 * @property {{name: string, ok: boolean, description: string, remedy: string}[]} items ordered from the most basic requirement upwards
 * @property {{id: string, label: string, description: string}[]} actions that this user may run
 *
 * @typedef {{id: string, label: string, video: import('./control-message.js').VideoStatus, hid: import('./control-message.js').HidStatus}} Target
 */

/** HTTP client for the part of the API that the console needs. Every method throws {@link HttpError}. */
export class Api {
  #options;

  /** @param {{fetch?: typeof globalThis.fetch, timeoutMillis?: number}} [options] */
  constructor(options = {}) {
    this.#options = options;
  }

  /** @returns {Promise<Session | null>} null: not logged in */
  async readSession() {
    try {
      const { user, permissions } = (await requestJson('GET', SESSION, this.#options)) ?? {};
      return { user: typeof user === 'string' ? user : '', permissions: Array.isArray(permissions) ? permissions : [] };
    } catch (error) {
      if (error instanceof HttpError && error.status === 401) return null;
      throw error;
    }
  }

  async logOut() {
    await request('DELETE', SESSION, this.#options);
  }

  /** @returns {Promise<Target[]>} */
  async listTargets() {
    const list = await requestJson('GET', TARGETS, this.#options);
    if (!Array.isArray(list)) throw new HttpError(200, 'bad_answer', 'The server sent no list of targets.');
    return list.filter((item) => typeof item?.id === 'string').map((item) => ({
      id: item.id,
      label: typeof item.label === 'string' && item.label ? item.label : item.id,
      video: toVideoStatus(item.video),
      hid: toHidStatus(item.hid),
    }));
  }

  /** @param {string} id of a target @returns {Promise<Check[]>} */
  async listChecks(id) {
    const list = await requestJson('GET', checksPath(id), this.#options);
    if (!Array.isArray(list)) throw new HttpError(200, 'bad_answer', 'The server sent no list of checks.');
    return list.filter((check) => Array.isArray(check?.items) && Array.isArray(check.actions));
  }

  /** @param {string} id of a target @param {string} check @param {string} action */
  async runCheckAction(id, check, action) {
    await request('POST', actionPath(id, check, action), this.#options);
  }

  /** @param {string} id @returns {Promise<Blob>} the newest picture, as JPEG */
  async takeSnapshot(id) {
    return (await request('GET', snapshotPath(id), this.#options)).blob();
  }
}
