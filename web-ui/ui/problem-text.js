import { t } from '../public/text.js';
import { codecName } from '../video/decoders.js';

/**
 * The texts for what the layers below report as codes.
 *
 * @typedef {import('../protocol/control-message.js').Problem} Problem
 * @typedef {import('../input/keyboard.js').Hint} Hint
 */

/** @type {Record<Hint, import('../public/text.js').MessageKey>} */
const HINTS = {
  'unidentified-key': 'hint.unidentifiedKey', 'mouse-not-locked': 'hint.mouseNotLocked', 'no-mouse-lock': 'hint.noMouseLock',
  'keys-kept': 'hint.keysKept', 'no-fullscreen': 'hint.noFullscreen',
};

/** @param {Hint} hint */
export function describeHint(hint) {
  return t(HINTS[hint]);
}

/** @param {Problem} problem */
export function describeProblem(problem) {
  switch (problem.code) {
    case 'unknown_codec': return t('error.unknownCodec', { codec: describeCodec(problem.codec) });
    case 'unsupported_version': return t('error.videoVersion', { server: problem.server, page: problem.page });
    case 'bad_message': return t('error.badMessage');
    case 'bad_picture': return t('error.badPicture');
  }
}

/** @param {number} codec of the video protocol */
export function describeCodec(codec) {
  return codecName(codec) ?? t('status.unknownCodec', { number: codec });
}
