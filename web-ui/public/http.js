/**
 * JSON over HTTP, with errors a person can read. Lies in public/ because the login and setup pages need it
 * before there is a session.
 */

/** What went wrong with a request. `status` is 0 when no answer came at all. */
export class HttpError extends Error {
  /**
   * @param {number} status HTTP status, 0 for none
   * @param {string} code the server's word for machines
   * @param {string} message the server's words for people
   * @param {number} retryAfterSeconds from Retry-After; 0 when absent
   */
  constructor(status, code, message, retryAfterSeconds = 0) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * @typedef {object} RequestOptions
 * @property {unknown} [body] sent as JSON
 * @property {typeof globalThis.fetch} [fetch]
 * @property {number} [timeoutMillis] default 10 s; a server in the middle of a restart may accept and never answer
 */

/** @type {(() => Promise<boolean>) | null} */ let askForProof = null;

/**
 * What to do when the server refuses a change until the user has proved again who they are. After that the request is sent again.
 *
 * @param {() => Promise<boolean>} ask resolves to whether they did
 */
export function onProofRequired(ask) {
  askForProof = ask;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} [options]
 * @returns {Promise<Response>} only for a 2xx answer
 * @throws {HttpError}
 */
export async function request(method, path, options = {}) {
  try {
    return await send(method, path, options);
  } catch (error) {
    if (!askForProof || !(error instanceof HttpError) || error.code !== 'proof_required') throw error;
    if (!(await askForProof())) throw new HttpError(error.status, error.code, 'Nothing was changed, because you did not confirm that it is you.');
    return send(method, path, options);
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} options
 * @returns {Promise<Response>}
 */
async function send(method, path, { body, fetch = globalThis.fetch, timeoutMillis = 10_000 }) {
  /** @type {RequestInit} */
  const init = { method, credentials: 'same-origin', cache: 'no-store', headers: { Accept: 'application/json, */*' } };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { ...init.headers, 'Content-Type': 'application/json' };
  }
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMillis);
  let response;
  try {
    response = await fetch(path, { ...init, signal: abort.signal });
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
 * @returns {Promise<any>} the parsed answer; null when it is empty
 */
export async function requestJson(method, path, options) {
  const response = await request(method, path, options);
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(response.status, 'bad_answer', 'The server sent an answer this page does not understand.');
  }
}

/** @param {Response} response */
async function toError(response) {
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  let code = `http_${response.status}`;
  let message = `The server refused (${response.status}).`;
  try {
    const { error } = JSON.parse(await response.text());
    if (typeof error?.code === 'string') code = error.code;
    if (typeof error?.message === 'string' && error.message) message = error.message;
  } catch {
    // No JSON: the status has to do.
  }
  return new HttpError(response.status, code, message, Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : 0);
}
