import { en } from './messages/en.js';
import { readPreference, savePreference } from './preferences.js';

/**
 * All visible text, in the language of the user. Each language is one file in `messages/`; English is always loaded and is the fallback.
 *
 * @typedef {keyof typeof en} MessageKey
 * @typedef {string | Partial<Record<Intl.LDMLPluralRule, string>> & {other: string}} Message an object holds one form per plural category
 * @typedef {Record<MessageKey, Message>} Messages
 * @typedef {Record<string, string | number>} Values for the placeholders, such as `{name}`; `count` selects the plural form
 */

/** @type {Record<string, {name: string, load: () => Promise<Messages>}>} */
export const LANGUAGES = {
  en: { name: 'English', load: async () => en },
  de: { name: 'Deutsch', load: async () => (await import('./messages/de.js')).de },
};

const PREFERENCE = 'language';
const DEFAULT_LANGUAGE = 'en';

/**
 * @param {{requested?: string | null, preferred?: string | null, browser?: readonly string[]}} sources `requested` in the URL of the page,
 *   `preferred` by the user's setting, `browser`: language tags, preferred ones first
 * @returns {string} a key of {@link LANGUAGES}
 */
export function chooseLanguage({ requested, preferred, browser = [] }) {
  const candidates = [requested, preferred, ...browser].map((tag) => (tag ?? '').split('-')[0].toLowerCase());
  return candidates.find((language) => Object.hasOwn(LANGUAGES, language)) ?? DEFAULT_LANGUAGE;
}

/** The user's own variant of a language, such as de-CH: dates and numbers differ. @param {string} language @param {readonly string[]} browser */
export function chooseLocale(language, browser) {
  return browser.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

/**
 * @param {Message} message
 * @param {Values} values
 * @param {string} locale
 */
export function formatMessage(message, values, locale) {
  const pattern = typeof message === 'string' ? message : message[new Intl.PluralRules(locale).select(Number(values.count))] ?? message.other;
  return pattern.replace(/\{(\w+)\}/g, (placeholder, name) => {
    const value = values[name];
    return value === undefined ? placeholder : typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

const page = globalThis.document ? { search: location.search, browser: navigator.languages } : { search: '', browser: [] };

export const language = chooseLanguage({
  requested: new URLSearchParams(page.search).get('lang'), preferred: readPreference(PREFERENCE), browser: page.browser,
});
const locale = chooseLocale(language, page.browser);
/** @type {Messages} */ const messages = await LANGUAGES[language].load().catch(() => en);
if (globalThis.document) document.documentElement.lang = messages === en ? DEFAULT_LANGUAGE : language;

/**
 * @param {MessageKey} key
 * @param {Values} [values]
 * @returns {string} the text in the language of the page
 */
export function t(key, values = {}) {
  return formatMessage(messages[key] ?? en[key], values, locale);
}

/** @param {number} value @param {number} digits after the decimal point */
export function formatNumber(value, digits) {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** @param {string} time in ISO 8601 @returns {string} in the user's time zone; a time that cannot be parsed stays as it is */
export function formatDateTime(time) {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toLocaleString(locale);
}

/** Only the time if it is of today, otherwise with the date. @param {string} time in ISO 8601 */
export function formatRecentTime(time) {
  const date = new Date(time);
  return date.toDateString() === new Date().toDateString() ? date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }) : formatDateTime(time);
}

/** @returns {string | null} the language that the user has chosen; null if the browser's language is used */
export function preferredLanguage() {
  const preferred = readPreference(PREFERENCE);
  return preferred !== null && Object.hasOwn(LANGUAGES, preferred) ? preferred : null;
}

/** Stores the choice and reloads the page in that language. @param {string | null} chosen null: use the browser's language */
export function changeLanguage(chosen) {
  savePreference(PREFERENCE, chosen);
  const address = new URL(location.href);
  if (address.searchParams.has('lang')) {
    address.searchParams.delete('lang');
    location.replace(address);
  } else {
    location.reload();
  }
}
