import { language, t } from '../public/text.js';
import { LAYOUTS } from '../input/layouts.js';
import { readPreference, savePreference } from '../public/preferences.js';

/** The keyboard layout of a remote computer: the user's choice for it, else a guess by the language of this browser, else none. */

/** @type {Record<string, string>} language -> layout */
const BY_LANGUAGE = {
  cs: 'cz', da: 'dk', de: 'de', 'de-CH': 'ch-de', 'de-LI': 'ch-de', en: 'us', 'en-GB': 'gb', 'en-IE': 'gb', es: 'es', fi: 'se', fr: 'fr', 'fr-BE': 'be', 'fr-CA': 'ca', 'fr-CH': 'ch-fr',
  it: 'it', 'it-CH': 'ch-fr', ja: 'jp', nb: 'no', nl: 'us-intl', 'nl-BE': 'be', nn: 'no', no: 'no', pl: 'pl', pt: 'pt', 'pt-BR': 'br', sv: 'se',
};

/** @param {string} language as in the browser, such as `de-CH` @returns {string | null} null: the language suggests no layout, so the user is asked */
export function guessLayout(language) {
  const [primary, ...others] = language.split('-');
  const region = others.find((part) => /^([A-Z]{2}|419)$/.test(part)) ?? '';
  if (primary === 'es' && region !== '' && region !== 'ES') return 'latam';
  return BY_LANGUAGE[`${primary}-${region}`] ?? BY_LANGUAGE[primary] ?? null;
}

/** @param {string} target @param {string} language @returns {string | null} null: the user has to choose */
export function preferredLayout(target, language) {
  const chosen = readPreference(`layout.${target}`);
  return chosen !== null && Object.hasOwn(LAYOUTS, chosen) ? chosen : guessLayout(language);
}

/** @param {string} target @param {string} layout */
export function saveLayout(target, layout) {
  savePreference(`layout.${target}`, layout);
}

/** @returns {{id: string, name: string}[]} sorted by name */
export function layoutOptions() {
  const options = Object.keys(LAYOUTS).map((id) => ({ id, name: t(/** @type {import('../public/text.js').MessageKey} */ (`layout.${id}`)) }));
  return options.sort((one, other) => one.name.localeCompare(other.name, language));
}
