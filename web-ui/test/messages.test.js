import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LANGUAGES, chooseLanguage, chooseLocale, formatMessage, t } from '../public/text.js';
import { callsIn, keysIn, textsIn } from './support/source-texts.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { en, ...others } = Object.fromEntries(await Promise.all(Object.entries(LANGUAGES).map(async ([language, { load }]) => [language, await load()])));
const KEYS = Object.keys(en);

/** The gallery is not shipped, and its captions are English. */
const WITHOUT_CHECK = ['ui/gallery.js'];
const sources = ['public', 'ui', 'protocol', 'input', 'video'].flatMap((layer) => readdirSync(ROOT + layer).filter((name) => name.endsWith('.js'))
  .map((name) => ({ file: `${layer}/${name}`, source: readFileSync(`${ROOT}${layer}/${name}`, 'utf8') })));

/** @returns {string[]} the placeholders of all forms of a message */
const placeholders = (message) => [...new Set(Object.values(typeof message === 'string' ? { other: message } : message)
  .flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)))].sort();

test('each message file is a language that can be chosen', () => {
  const files = readdirSync(`${ROOT}public/messages`).map((name) => name.replace('.js', ''));
  assert.deepEqual(files.sort(), Object.keys(LANGUAGES).sort());
});

for (const [language, messages] of Object.entries({ en, ...others })) {
  test(`${language} has every text, with the same placeholders`, () => {
    assert.deepEqual(Object.keys(messages), KEYS, 'the same keys in the same order');
    for (const key of KEYS) {
      assert.deepEqual(placeholders(messages[key]), placeholders(en[key]), key);
      assert.equal(typeof messages[key], typeof en[key], `${key} has plural forms in every language`);
    }
  });

  test(`${language} has a form for each plural category, and no empty text`, () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, message] of Object.entries(messages)) {
      if (typeof message !== 'string') assert.deepEqual(Object.keys(message).sort(), [...categories].sort(), key);
      for (const form of Object.values(typeof message === 'string' ? { message } : message)) assert.equal(form, form.trim() || 'a text', key);
    }
  });
}

test('every text is used, and every key that is used exists', () => {
  const keys = new Set(KEYS);
  const used = new Set(sources.flatMap(({ source }) => [...keysIn(source, keys)]));
  assert.deepEqual(KEYS.filter((key) => !used.has(key)), [], 'not used');
  const called = sources.flatMap(({ file, source }) => callsIn(source).flatMap((call) => call.keys.map((key) => ({ file, key }))));
  assert.ok(called.length > 100);
  assert.deepEqual(called.filter(({ key }) => !keys.has(key)), [], 'do not exist');
});

test('each call fills the placeholders of its text', () => {
  for (const { file, source } of sources) {
    for (const { keys, values } of callsIn(source)) {
      for (const key of keys.filter((one) => Object.hasOwn(en, one))) {
        const needed = new Set([...placeholders(en[key]), ...(typeof en[key] === 'string' ? [] : ['count'])]);
        assert.deepEqual([...values].sort(), [...needed].sort(), `${file}: ${key}`);
      }
    }
  }
});

for (const { file, source } of sources.filter((one) => !WITHOUT_CHECK.includes(one.file))) {
  test(`${file} has no visible text of its own`, () => assert.deepEqual(textsIn(source), []));
}

test('the check sees texts in elements, attributes, properties, choices and templates', () => {
  for (const source of ["h('p', {}, 'Hello')", "h('p', { title: 'hello' })", "h('p', { 'aria-label': on ? 'well' : t('a') })", 'h("p", {}, `${n} viewers`)', "setText(p, 'hello')",
    "p.textContent = 'hello'", "toasts.showToast('error', 'hello')", "const item = { label: 'Log out' }", "notice('The picture stands still.')", "button.setAttribute('aria-label', 'Menu')", "textField('id', 'Name')"]) {
    assert.equal(textsIn(source).length, 1, source);
  }
  for (const source of ["h('p', { class: 'hello there', state: 'open' }, t('a'), ' ', `×${n}`)", "throw new TypeError('A panel needs an id.')", "h('span', {}, 'Catseye')", "event.key === 'Escape'", "toasts.showToast('error', text)"]) {
    assert.deepEqual(textsIn(source), [], source);
  }
});

test('a language is chosen by the address, the setting and the browser, in this order', () => {
  assert.equal(chooseLanguage({}), 'en');
  assert.equal(chooseLanguage({ browser: ['fr-FR', 'de-CH', 'en'] }), 'de');
  assert.equal(chooseLanguage({ preferred: 'en', browser: ['de'] }), 'en');
  assert.equal(chooseLanguage({ requested: 'de', preferred: 'en', browser: ['en'] }), 'de');
  assert.equal(chooseLanguage({ requested: 'constructor', preferred: '../en', browser: ['toString', 'DE'] }), 'de');
});

test('dates and numbers follow the variant of the language that the browser has', () => {
  assert.equal(chooseLocale('de', ['en-GB', 'de-CH', 'de-DE']), 'de-CH');
  assert.equal(chooseLocale('de', ['en', 'den']), 'de');
  assert.equal(formatMessage('{n} s', { n: 12345.5 }, 'de'), '12.345,5 s');
  assert.equal(formatMessage('{n} s', { n: 12345.5 }, 'en'), '12,345.5 s');
});

test('the count selects the plural form, and values are never read as placeholders', () => {
  const message = { one: '{count} viewer of {name}', other: '{count} viewers of {name}' };
  assert.equal(formatMessage(message, { count: 1, name: 'a' }, 'en'), '1 viewer of a');
  assert.equal(formatMessage(message, { count: 0, name: '{count}$&' }, 'en'), '0 viewers of {count}$&');
  assert.equal(formatMessage({ one: 'x', few: '{count} y', other: 'z' }, { count: 3 }, 'cs'), '3 y');
  assert.equal(formatMessage('{missing}', {}, 'en'), '{missing}');
});

test('without a page the texts are English', () => {
  assert.equal(t('status.viewers', { count: 1 }), '1 viewer');
});
