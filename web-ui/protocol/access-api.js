import { request, requestJson } from '../public/http.js';

/**
 * @typedef {'VIEW' | 'CONTROL' | 'MEDIA' | 'POWER' | 'ADMIN'} Permission
 * @typedef {Record<string, Permission[]>} Rights target id, or * for every target, to what is allowed
 * @typedef {{name: string, created: string, roles: string[], rights: Rights, secondFactor: boolean}} User
 * @typedef {{id: string, user: string, created: string, used: string, expires: string, address: string, authenticator?: string, current: boolean}} Login `authenticator`: who keeps the account, if it is not the device
 * @typedef {{id: string, user: string, created: string, used: string, expires: string, address: string, name: string, rights: Rights}} Token
 * @typedef {{time: string, action: string, user: string, address: string, details: Record<string, string>}} AuditEntry
 */

const V1 = '/api/v1';

/** Users, sessions, tokens, second factor and audit: the HTTP side of access. Every method throws HttpError. */
export class AccessApi {
  #options;

  /** @param {{fetch?: typeof globalThis.fetch}} [options] */
  constructor(options = {}) {
    this.#options = options;
  }

  /** @returns {Promise<User[]>} */
  users() {
    return this.#get('/users');
  }

  /** @param {string} name @returns {Promise<User>} */
  user(name) {
    return this.#get(`/users/${encodeURIComponent(name)}`);
  }

  /** @param {{name: string, password: string, roles: string[], rights: Rights}} user */
  addUser(user) {
    return this.#send('POST', '/users', user);
  }

  /** @param {string} name @param {{roles: string[], rights: Rights}} grants */
  grant(name, grants) {
    return this.#send('PUT', `/users/${encodeURIComponent(name)}`, grants);
  }

  /** @param {string} name */
  removeUser(name) {
    return this.#send('DELETE', `/users/${encodeURIComponent(name)}`);
  }

  /** @param {string} name @param {string} password @param {string} [old] needed for one's own */
  setPassword(name, password, old) {
    return this.#send('PUT', `/users/${encodeURIComponent(name)}/password`, old === undefined ? { password } : { password, old });
  }

  /** @param {string} name @param {string} password @returns {Promise<{secret: string, uri: string, qr: string[]}>} */
  beginSecondFactor(name, password) {
    return this.#json('POST', `/users/${encodeURIComponent(name)}/second-factor`, { password });
  }

  /** @param {string} name @param {string} code @returns {Promise<{recoveryCodes: string[]}>} */
  confirmSecondFactor(name, code) {
    return this.#json('PUT', `/users/${encodeURIComponent(name)}/second-factor`, { code });
  }

  /** @param {string} name @param {string} [password] needed for one's own */
  removeSecondFactor(name, password) {
    return this.#send('DELETE', `/users/${encodeURIComponent(name)}/second-factor`, password === undefined ? undefined : { password });
  }

  /** @returns {Promise<Record<string, Rights>>} */
  roles() {
    return this.#get('/roles');
  }

  /** @param {string} name @param {Rights} rights */
  putRole(name, rights) {
    return this.#send('PUT', `/roles/${encodeURIComponent(name)}`, { rights });
  }

  /** @param {string} name */
  removeRole(name) {
    return this.#send('DELETE', `/roles/${encodeURIComponent(name)}`);
  }

  /** @returns {Promise<Login[]>} */
  sessions() {
    return this.#get('/sessions');
  }

  /** @param {string} id */
  endSession(id) {
    return this.#send('DELETE', `/sessions/${encodeURIComponent(id)}`);
  }

  /** @returns {Promise<Token[]>} */
  tokens() {
    return this.#get('/tokens');
  }

  /** @param {string} name @param {Rights} rights @param {Date} expires @returns {Promise<{token: string}>} shown this once */
  makeToken(name, rights, expires) {
    return this.#json('POST', '/tokens', { name, rights, expires: expires.toISOString() });
  }

  /** @param {string} id */
  revokeToken(id) {
    return this.#send('DELETE', `/tokens/${encodeURIComponent(id)}`);
  }

  /** @param {number} limit @returns {Promise<AuditEntry[]>} the newest first */
  audit(limit) {
    return this.#get(`/audit?limit=${limit}`);
  }

  /** @param {string} path */
  #get(path) {
    return requestJson('GET', V1 + path, this.#options);
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  #json(method, path, body) {
    return requestJson(method, V1 + path, { ...this.#options, body });
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async #send(method, path, body) {
    await request(method, V1 + path, { ...this.#options, body });
  }
}
