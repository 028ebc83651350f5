import { HttpError, request, requestJson } from '../public/http.js';
import { BOARD, LAYOUTS, SESSION, TARGETS, actionPath, checksPath, layoutPath, mjpegPath, powerPath, snapshotPath, textPath, typedTextPath } from './addresses.js';
import { toHidStatus, toPower, toTyping, toVideoStatus } from './control-message.js';

/** A power button may be held for many seconds. */
const POWER_TIMEOUT_MILLIS = 45_000;

/**
 * @typedef {{user: string, permissions: string[]}} Session
 * @typedef {object} Check the self-check of a device
 * @property {string} id
 * @property {string} title
 * @property {{name: string, ok: boolean, description: string, remedy: string}[]} items ordered from the most basic requirement upwards
 * @property {{id: string, label: string, description: string}[]} actions that this user may run
 *
 * @typedef {{id: string, characters: Record<string, string>, onlyOnWindows: string, onlyOnLinux: string}} LayoutAnswer
 *
 * @typedef {{id: string, label: string, video: import('./control-message.js').VideoStatus, hid: import('./control-message.js').HidStatus}} Target
 */

/**
 * @typedef {object} BoardCondition something about the board that needs attention
 * @property {string} id
 * @property {'NOTICE' | 'WARNING' | 'CRITICAL'} severity
 * @property {string} since ISO 8601
 * @property {string} description
 * @property {string} remedy
 * @property {Record<string, string>} details
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

  /** @returns {Promise<BoardCondition[]>} the most severe first */
  async listBoardConditions() {
    const list = (await requestJson('GET', BOARD, this.#options))?.conditions;
    if (!Array.isArray(list)) throw new HttpError(200, 'bad_answer', 'The server sent no conditions.');
    return list.filter((condition) => typeof condition?.id === 'string').map(({ id, severity, since, description, remedy, details }) => ({
      id, severity: severity === 'CRITICAL' || severity === 'NOTICE' ? severity : 'WARNING', since: String(since ?? ''), description: String(description ?? id),
      remedy: String(remedy ?? ''), details: Object.fromEntries(Object.entries(details ?? {}).map(([name, value]) => [name, String(value)])),
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

  /** @returns {Promise<{id: string, windows: boolean, name: Record<string, string>}[]>} the keyboard layouts, with their names by language */
  async listLayouts() {
    const list = await requestJson('GET', LAYOUTS, this.#options);
    if (!Array.isArray(list)) throw new HttpError(200, 'bad_answer', 'The server sent no list of layouts.');
    return list.filter((layout) => typeof layout?.id === 'string' && typeof layout.name?.en === 'string');
  }

  /** @param {string} id @returns {Promise<LayoutAnswer>} what a layout types */
  async readLayout(id) {
    const layout = await requestJson('GET', layoutPath(id), this.#options);
    if (typeof layout?.characters !== 'object' || layout.characters === null) throw new HttpError(200, 'bad_answer', 'The server sent no layout.');
    return { id, characters: layout.characters, onlyOnWindows: String(layout.onlyOnWindows ?? ''), onlyOnLinux: String(layout.onlyOnLinux ?? '') };
  }

  /** @param {string} id of a target @param {{text: string, layout: string, rate: number}} body `rate`: the most characters a second */
  async startTyping(id, body) {
    return toTyping(await requestJson('POST', textPath(id), { ...this.#options, body }));
  }

  /** @param {string} id of a target @param {string} text @returns {Promise<import('./control-message.js').TypingMessage>} */
  async readTyping(id, text) {
    return toTyping(await requestJson('GET', typedTextPath(id, text), this.#options));
  }

  /** @param {string} id of a target @param {string} text */
  async cancelTyping(id, text) {
    await request('DELETE', typedTextPath(id, text), this.#options);
  }

  /** Waits until the device has taken the action. @param {string} id of a target @param {import('./control-message.js').PowerAction} action */
  async performPowerAction(id, action) {
    return toPower(await requestJson('POST', powerPath(id), { timeoutMillis: POWER_TIMEOUT_MILLIS, ...this.#options, body: { action } }));
  }

  /** @param {string} id @returns {Promise<Blob>} the newest picture, as JPEG */
  async takeSnapshot(id) {
    return (await request('GET', snapshotPath(id), this.#options)).blob();
  }

  /**
   * @param {string} id
   * @param {AbortSignal} signal ends the stream
   * @returns {Promise<ReadableStream<Uint8Array>>} the MJPEG stream. WebKit gives a page nothing of a response whose type is multipart.
   */
  async openMjpeg(id, signal) {
    const { body } = await request('GET', mjpegPath(id), { ...this.#options, accept: 'application/octet-stream', signal });
    if (!body) throw new HttpError(200, 'bad_answer', 'The server sent no stream.');
    return body;
  }
}
