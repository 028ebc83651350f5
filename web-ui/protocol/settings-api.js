import { request, requestJson } from '../public/http.js';

/**
 * @typedef {{pid: string, title: string, stored: boolean, target?: string, problem?: string}} Configured
 * @typedef {'computers' | 'input' | 'power' | 'media' | 'web' | 'board' | 'other'} Group
 * @typedef {{pid: string, title: string, description: string, group: Group, bundle: string, running: boolean, single: boolean, several: boolean, lockReason?: string}} FormText
 * @typedef {FormText & {fieldNames: string[], configurations: Configured[]}} Form
 * @typedef {{value: string, label: string}} Option
 * @typedef {object} Field
 * @property {string} id
 * @property {string} name
 * @property {string} description
 * @property {'text' | 'integer' | 'decimal' | 'flag' | 'secret'} kind
 * @property {boolean} list
 * @property {boolean} required
 * @property {string} [min]
 * @property {string} [max]
 * @property {Option[]} [options]
 * @property {string | string[]} [default]
 * @property {string | string[]} [value] absent if the default applies
 * @property {boolean} [set] of a secret
 *
 * @typedef {Configured & {file: string, changedBy?: 'file' | 'form', form: FormText, fields: Field[], unknown: {id: string, remedy: string}[], version: string}} Settings
 * @typedef {Record<string, string | string[] | null>} Changes by key; null returns a setting to its default
 */

const SETTINGS = '/api/v1/settings';

/** HTTP client for settings. Every method throws HttpError. */
export class SettingsApi {
  #options;

  /** @param {{fetch?: typeof globalThis.fetch}} [options] */
  constructor(options = {}) {
    this.#options = options;
  }

  /** @returns {Promise<Form[]>} */
  listForms() {
    return requestJson('GET', SETTINGS, this.#options);
  }

  /** @param {string} pid @returns {Promise<Settings>} */
  readSettings(pid) {
    return this.#request('GET', pid, {});
  }

  /** @param {string} pid @param {Changes} values @param {string} version that the user saw @returns {Promise<Settings>} */
  saveSettings(pid, values, version) {
    return this.#request('PUT', pid, { body: { values }, ...describeVersion(version) });
  }

  /** @param {string} form PID @param {string} name @param {Changes} values @returns {Promise<Settings>} */
  addConfiguration(form, name, values) {
    return this.#request('POST', form, { body: { name, values } });
  }

  /** @param {string} pid @param {string} version that the user saw */
  async removeConfiguration(pid, version) {
    await request('DELETE', pathOf(pid), { ...this.#options, ...describeVersion(version) });
  }

  /** @param {string} method @param {string} pid @param {import('../public/http.js').RequestOptions} options @returns {Promise<Settings>} */
  async #request(method, pid, options) {
    const response = await request(method, pathOf(pid), { ...this.#options, ...options });
    return { ...(await response.json()), version: (response.headers.get('ETag') ?? '').replace(/^W\/|"/g, '') };
  }
}

/** Refuses a change if the settings have another version by now. @param {string} version */
function describeVersion(version) {
  return { headers: { 'If-Match': `"${version}"` } };
}

/** @param {string} pid */
function pathOf(pid) {
  return `${SETTINGS}/${encodeURIComponent(pid)}`;
}
