import { language } from '../public/text.js';
import { readPreference, savePreference } from '../public/preferences.js';

/** The keyboard layout of a remote computer: the user's choice for it, else a guess by the language of this browser, else none. */

/**
 * Language -> layout. Languages of other scripts are missing: their computers have a Latin layout besides, so the user is asked.
 *
 * @type {Record<string, string>}
 */
const BY_LANGUAGE = {
  cs: 'cz', da: 'dk', de: 'de', 'de-CH': 'ch', 'de-LI': 'ch', en: 'us', 'en-GB': 'gb', 'en-IE': 'gb', es: 'es', et: 'ee', fi: 'fi', fr: 'fr', 'fr-BE': 'be', 'fr-CA': 'ca', 'fr-CH': 'ch-fr',
  hr: 'hr', hu: 'hu', is: 'is', it: 'it', 'it-CH': 'ch-fr', ja: 'jp', lt: 'lt', lv: 'lv', nb: 'no', nl: 'us-intl', 'nl-BE': 'be', nn: 'no', no: 'no', pl: 'pl', pt: 'pt', 'pt-BR': 'br', ro: 'ro',
  sk: 'sk', sl: 'si', sv: 'se', tr: 'tr',
};

/** Names that earlier versions stored. @type {Record<string, string>} */
const RENAMED = { 'ch-de': 'ch', 'de-nodead': 'de-nodeadkeys' };

/** @param {string} language as in the browser, such as `de-CH` @returns {string | null} null: the language suggests no layout, so the user is asked */
export function guessLayout(language) {
  const [primary, ...others] = language.split('-');
  const region = others.find((part) => /^([A-Z]{2}|419)$/.test(part)) ?? '';
  if (primary === 'es' && region !== '' && region !== 'ES') return 'latam';
  const own = (/** @type {string} */ name) => (Object.hasOwn(BY_LANGUAGE, name) ? BY_LANGUAGE[name] : null);
  return own(`${primary}-${region}`) ?? own(primary);
}

/** @param {string} target @returns {string | null} what the user has chosen for it; it may no longer exist */
export function chosenLayout(target) {
  const chosen = readPreference(`layout.${target}`);
  return chosen !== null && Object.hasOwn(RENAMED, chosen) ? RENAMED[chosen] : chosen;
}

/** @param {string} target @param {string} layout */
export function saveLayout(target, layout) {
  savePreference(`layout.${target}`, layout);
}

/**
 * @param {{id: string, windows: boolean, name: Record<string, string>}[]} layouts
 * @returns {{id: string, name: string}[]} sorted by name
 */
export function layoutOptions(layouts) {
  const options = layouts.map(({ id, windows, name }) => ({ id, name: (name[language] ?? name.en) + (windows ? ' – Windows' : '') }));
  return options.sort((one, other) => one.name.localeCompare(other.name, language));
}
