import { readPreference, savePreference } from '../public/preferences.js';
import { MODIFIER_CODES, OWN_KEY_CODES } from '../input/combinations.js';

/**
 * Combinations of a user's own. The server keeps no settings of users, so they are kept in this browser, by the name of the user.
 *
 * @typedef {import('../input/combinations.js').Combination} Combination
 */

const MAX_COMBINATIONS = 40;

/** @param {string} user @returns {Combination[]} */
export function readOwnCombinations(user) {
  try {
    const stored = JSON.parse(readPreference(`combinations.${user}`) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isCombination).slice(0, MAX_COMBINATIONS).map((codes) => ({ codes })) : [];
  } catch {
    return []; // another version of the page, or another program, wrote it
  }
}

/** @param {string} user @param {string[]} codes @returns {boolean} false if it exists, or there are too many */
export function addOwnCombination(user, codes) {
  const known = readOwnCombinations(user).map((combination) => combination.codes);
  if (!isCombination(codes) || known.length >= MAX_COMBINATIONS || known.some((other) => other.join() === codes.join())) return false;
  saveAll(user, [...known, codes]);
  return true;
}

/** @param {string} user @param {string[]} codes */
export function removeOwnCombination(user, codes) {
  saveAll(user, readOwnCombinations(user).map((combination) => combination.codes).filter((other) => other.join() !== codes.join()));
}

/** @param {string} user @param {string[][]} combinations */
function saveAll(user, combinations) {
  savePreference(`combinations.${user}`, combinations.length > 0 ? JSON.stringify(combinations) : null);
}

/** @param {unknown} codes @returns {codes is string[]} modifiers, and one key at the end */
function isCombination(codes) {
  return Array.isArray(codes) && codes.length > 0 && codes.length <= MODIFIER_CODES.length + 1
    && codes.slice(0, -1).every((code) => MODIFIER_CODES.includes(code)) && OWN_KEY_CODES.includes(codes[codes.length - 1]);
}
