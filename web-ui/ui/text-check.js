import { t } from '../public/text.js';
import { replaceableCharacters, visibleName } from '../input/plain-characters.js';
import { hasLatinLetters, toStrokes } from '../input/strokes.js';

/** So many characters are listed. */
const MAX_LISTED = 8;
/** Of the body of a request. */
const MAX_BYTES = 16 * 1024;

/** @param {string[]} characters */
const listed = (characters) => characters.slice(0, MAX_LISTED).map(visibleName).join(' ') + (characters.length > MAX_LISTED ? ' …' : '');

/**
 * What is wrong with a text, or to be known about it.
 *
 * @param {string} text
 * @param {import('../input/strokes.js').Layout} layout
 * @returns {{state: 'error' | 'warning' | null, description: string, replaceable: string[]}} with an error it cannot be typed; `replaceable`:
 *   characters that have a plain equivalent
 */
export function checkText(text, layout) {
  const { unknown, onlyOnWindows, onlyOnLinux } = toStrokes(text, layout);
  const replaceable = replaceableCharacters(text, layout);
  const error = (/** @type {string} */ description) => ({ state: /** @type {const} */ ('error'), description, replaceable });
  const warning = (/** @type {string} */ description) => ({ state: /** @type {const} */ ('warning'), description, replaceable });
  if (unknown.length > 0) {
    const description = t('typing.untypable', { characters: listed(unknown) });
    return error(unknown.some((character) => /[a-z]/i.test(character)) && !hasLatinLetters(layout) ? `${description} ${t('typing.noLatin')}` : description);
  }
  if (new TextEncoder().encode(JSON.stringify({ text, layout: layout.id, rate: 1000 })).length > MAX_BYTES) return error(t('typing.tooLong'));
  if (replaceable.length > 0) return warning(t('typing.lookAlike', { characters: listed(replaceable), count: replaceable.length }));
  if (onlyOnWindows.length > 0) return warning(t('typing.doubtful', { characters: listed(onlyOnWindows), count: onlyOnWindows.length }));
  if (onlyOnLinux.length > 0) return warning(t('typing.onlyOnLinux', { characters: listed(onlyOnLinux) }));
  return { state: null, description: t('typing.hint'), replaceable };
}
