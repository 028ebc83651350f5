import { request, requestJson } from '../public/http.js';

/**
 * @typedef {'VIEW' | 'CONTROL' | 'MEDIA' | 'MEDIA_READ_ONLY' | 'POWER' | 'ADMIN'} Permission
 * @typedef {Record<string, Permission[]>} Rights permissions by target id, or by * for all targets
 * @typedef {{name: string, created: string, roles: string[], rights: Rights, secondFactor: boolean}} User
 * @typedef {{id: string, user: string, created: string, used: string, expires: string, address: string, authenticator?: string, current: boolean}} Login `authenticator`: the system that has the account, if it is not this device
 * @typedef {{id: string, user: string, created: string, used: string, expires: string, address: string, name: string, rights: Rights}} Token
 * @typedef {{time: string, action: string, user: string, address: string, details: Record<string, string>}} AuditEntry
 */

const V1 = '/api/v1';

/** HTTP client for users, sessions, tokens, the second factor and the audit log. Every method throws HttpError. */
export class AccessApi {
  #options;

  /** @param {{fetch?: typeof globalThis.fetch}} [options] */
  constructor(options = {}) {
    this.#options = options;
  }

  /** @returns {Promise<User[]>} */
  listUsers() {
    return this.#getJson('/users');
  }

  /** @param {string} name @returns {Promise<User>} */
  readUser(name) {
    return this.#getJson(`/users/${encodeURIComponent(name)}`);
  }

  /** @param {{name: string, password: string, roles: string[], rights: Rights}} user */
  addUser(user) {
    return this.#sendWithoutAnswer('POST', '/users', user);
  }

  /** @param {string} name @param {{roles: string[], rights: Rights}} grants */
  setGrants(name, grants) {
    return this.#sendWithoutAnswer('PUT', `/users/${encodeURIComponent(name)}`, grants);
  }

  /** @param {string} name */
  removeUser(name) {
    return this.#sendWithoutAnswer('DELETE', `/users/${encodeURIComponent(name)}`);
  }

  /** @param {string} name @param {string} password @param {string} [old] needed for the user's own */
  setPassword(name, password, old) {
    return this.#sendWithoutAnswer('PUT', `/users/${encodeURIComponent(name)}/password`, old === undefined ? { password } : { password, old });
  }

  /** @param {string} name @param {string} password @returns {Promise<{secret: string, uri: string, qr: string[]}>} */
  beginSecondFactor(name, password) {
    return this.#sendForJson('POST', `/users/${encodeURIComponent(name)}/second-factor`, { password });
  }

  /** @param {string} name @param {string} code @returns {Promise<{recoveryCodes: string[]}>} */
  confirmSecondFactor(name, code) {
    return this.#sendForJson('PUT', `/users/${encodeURIComponent(name)}/second-factor`, { code });
  }

  /** @param {string} name @param {string} [password] needed for the user's own */
  removeSecondFactor(name, password) {
    return this.#sendWithoutAnswer('DELETE', `/users/${encodeURIComponent(name)}/second-factor`, password === undefined ? undefined : { password });
  }

  /** @returns {Promise<Record<string, Rights>>} */
  listRoles() {
    return this.#getJson('/roles');
  }

  /** @param {string} name @param {Rights} rights */
  saveRole(name, rights) {
    return this.#sendWithoutAnswer('PUT', `/roles/${encodeURIComponent(name)}`, { rights });
  }

  /** @param {string} name */
  removeRole(name) {
    return this.#sendWithoutAnswer('DELETE', `/roles/${encodeURIComponent(name)}`);
  }

  /** @returns {Promise<Login[]>} */
  listSessions() {
    return this.#getJson('/sessions');
  }

  /** @param {string} id */
  endSession(id) {
    return this.#sendWithoutAnswer('DELETE', `/sessions/${encodeURIComponent(id)}`);
  }

  /** @returns {Promise<Token[]>} */
  listTokens() {
    return this.#getJson('/tokens');
  }

  /** @param {string} name @param {Rights} rights @param {Date} expires @returns {Promise<{token: string}>} the server never shows it again */
  createToken(name, rights, expires) {
    return this.#sendForJson('POST', '/tokens', { name, rights, expires: expires.toISOString() });
  }

  /** @param {string} id */
  revokeToken(id) {
    return this.#sendWithoutAnswer('DELETE', `/tokens/${encodeURIComponent(id)}`);
  }

  /** @param {number} limit @returns {Promise<AuditEntry[]>} newest first */
  readAudit(limit) {
    return this.#getJson(`/audit?limit=${limit}`);
  }

  /** @param {string} path */
  #getJson(path) {
    return requestJson('GET', V1 + path, this.#options);
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  #sendForJson(method, path, body) {
    return requestJson(method, V1 + path, { ...this.#options, body });
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async #sendWithoutAnswer(method, path, body) {
    await request(method, V1 + path, { ...this.#options, body });
  }
}
