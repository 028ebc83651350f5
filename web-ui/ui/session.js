import { toAddress } from '../public/base.js';
import { describeError } from '../public/error-text.js';
import { HttpError } from '../public/http.js';
import { t } from '../public/text.js';
import { Backoff } from '../protocol/backoff.js';

/**
 * Requests the session and the targets from the server, with retries until it responds.
 *
 * @param {import('../protocol/api.js').Api} api
 * @param {AbortSignal} signal ends the attempts
 * @param {(error: string) => void} onFailure after each failed attempt
 * @returns {Promise<{login: import('../protocol/api.js').Session, targets: import('../protocol/api.js').Target[]} | null>} null: not logged in
 */
export async function loadSession(api, signal, onFailure) {
  for (const backoff = new Backoff(); !signal.aborted;) {
    try {
      const login = await api.readSession();
      return login && { login, targets: await api.listTargets() };
    } catch (error) {
      if (error instanceof HttpError && error.status === 401) return null;
      onFailure(describeError(error));
      await new Promise((resolve) => setTimeout(resolve, backoff.nextMillis()));
    }
  }
  return null;
}

/**
 * Logs out and opens the login page. A session that has already ended counts as success.
 *
 * @param {import('../protocol/api.js').Api} api
 * @param {(text: string) => void} onFailure
 * @returns {Promise<boolean>} whether the login page opens
 */
export async function logOut(api, onFailure) {
  try {
    await api.logOut();
  } catch (error) {
    if (!(error instanceof HttpError && error.status === 401)) {
      onFailure(t('console.stillLoggedIn', { error: describeError(error) }));
      return false;
    }
  }
  location.replace(toAddress('/login'));
  return true;
}
