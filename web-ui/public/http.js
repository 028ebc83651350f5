import { toAddress } from './base.js';

/**
 * JSON over HTTP, with typed errors. It is in public/ because the login and setup pages need it before there is a session.
 */

/**
 * A failed request. `status` is 0 if there was no response. `code` is from the server, or one of this page: unreachable, bad_answer,
 * no_details (the server refused without a reason),
 * not_confirmed (the user did not confirm their identity, which the server requires).
 */
export class HttpError extends Error {
  /**
   * @param {number} status HTTP status, 0 for none
   * @param {string} code
   * @param {string} message the server's description; for this page's own codes see error-text.js
   * @param {number} retryAfterSeconds from Retry-After; 0 when absent
   * @param {Record<string, string>} fields the server's description of each wrong field, by its key
   */
  constructor(status, code, message, retryAfterSeconds = 0, fields = {}) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.fields = fields;
  }
}

/** Whether the server does not have what was requested. @param {unknown} error */
export function isMissing(error) {
  return error instanceof HttpError && error.status === 404;
}

/** For a deletion of what may be gone already. @param {unknown} error */
export function ignoreMissing(error) {
  if (!isMissing(error)) throw error;
}

/**
 * @typedef {object} RequestOptions
 * @property {unknown} [body] sent as JSON
 * @property {Record<string, string>} [headers] further headers
 * @property {Blob} [content] sent as it is, in place of `body`
 * @property {typeof globalThis.fetch} [fetch]
 * @property {number} [timeoutMillis] default 10 s; a server that is restarting may accept a request and never respond
 * @property {string} [accept] media types of the response
 * @property {AbortSignal} [signal] also ends a response that is being read
 */

/** @type {(() => Promise<boolean>) | null} */ let askForProof = null;

/**
 * Sets how to ask the user when the server requires a confirmation of their identity before a change. After that the request is sent again.
 *
 * @param {() => Promise<boolean>} ask resolves to whether the user confirmed
 */
export function onProofRequired(ask) {
  askForProof = ask;
}

/**
 * @param {string} method
 * @param {string} path of the server, such as /api/v1/session
 * @param {RequestOptions} [options]
 * @returns {Promise<Response>} only for a 2xx response
 * @throws {HttpError}
 */
export async function request(method, path, options = {}) {
  try {
    return await sendRequest(method, path, options);
  } catch (error) {
    if (!askForProof || !(error instanceof HttpError) || error.code !== 'proof_required') throw error;
    if (!(await askForProof())) throw new HttpError(error.status, 'not_confirmed', 'The user did not confirm.');
    return sendRequest(method, path, options);
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} options
 * @returns {Promise<Response>}
 */
async function sendRequest(method, path, { body, content, headers = {}, fetch = globalThis.fetch, timeoutMillis = 10_000, accept = 'application/json, */*', signal }) {
  /** @type {RequestInit} */
  const init = { method, credentials: 'same-origin', cache: 'no-store', headers: { Accept: accept, ...headers } };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { ...init.headers, 'Content-Type': 'application/json' };
  }
  if (content !== undefined) {
    init.body = content;
    init.headers = { ...init.headers, 'Content-Type': 'application/octet-stream' };
  }
  const abort = new AbortController();
  signal?.addEventListener('abort', () => abort.abort());
  const timer = setTimeout(() => abort.abort(), timeoutMillis);
  let response;
  try {
    response = await fetch(toAddress(path), { ...init, signal: abort.signal });
  } catch (cause) {
    throw new HttpError(0, 'unreachable', 'The server cannot be reached.');
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) throw await toError(response);
  return response;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} [options]
 * @returns {Promise<any>} the parsed response; null if it is empty
 */
export async function requestJson(method, path, options) {
  const response = await request(method, path, options);
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(response.status, 'bad_answer', 'The server sent an answer that is not JSON.');
  }
}

/** @param {Response} response */
async function toError(response) {
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  let code = 'no_details';
  let message = '';
  /** @type {Record<string, string>} */ let fields = {};
  try {
    const { error } = JSON.parse(await response.text());
    if (typeof error?.code === 'string') code = error.code;
    if (typeof error?.message === 'string' && error.message) message = error.message;
    if (typeof error?.fields === 'object' && error.fields) fields = error.fields;
  } catch {
    // Not JSON, so only the status is known.
  }
  return new HttpError(response.status, code, message || `The server refused (${response.status}).`, Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : 0, fields);
}
