import { HttpError } from './http.js';
import { t } from './text.js';

/** @type {Record<string, import('./text.js').MessageKey>} the codes that this page gives itself */
const KEYS = { unreachable: 'error.unreachable', bad_answer: 'error.badAnswer', no_details: 'error.refused', not_confirmed: 'error.notConfirmed' };

/** @param {unknown} error @returns {string} what to show: this page's own text, or the server's description */
export function describeError(error) {
  if (!(error instanceof HttpError)) return String(error);
  const key = KEYS[error.code];
  return key ? t(key, { status: error.status }) : error.message;
}
