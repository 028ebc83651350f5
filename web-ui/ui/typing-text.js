import { describeError } from '../public/error-text.js';
import { t } from '../public/text.js';

/** How a text ended that the server typed, in words. */

/** @type {Record<string, import('../public/text.js').MessageKey>} */
const STOPPED = { not_delivered: 'typing.notDelivered', not_in_control: 'typing.controlTaken', forbidden: 'typing.forbidden', unavailable: 'typing.unavailable' };

/** @type {Record<string, import('../public/text.js').MessageKey>} */
const REFUSED = { no_keyboard: 'typing.stopped', not_in_control: 'typing.notInControl', busy: 'typing.busy', forbidden: 'typing.forbidden', unreachable: 'typing.unreachable' };

/** @param {import('../protocol/control-message.js').TypingMessage} progress */
export function describeEnd({ state, code, typed, total }) {
  const count = t('typing.arrived', { count: typed, total });
  if (state === 'CANCELLED') return `${t('typing.cancelled')} ${count}`;
  return `${t(STOPPED[code] ?? 'typing.interrupted')} ${count}`;
}

/** @param {import('../public/http.js').HttpError} error */
export function describeRefusal(error) {
  const key = REFUSED[error.code];
  return key ? t(key) : describeError(error);
}
