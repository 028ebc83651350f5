import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalTitle, translateRefusal } from '../public/refusal.js';

/** A document with these elements by selector. */
function fakeDocument(elements) {
  return { title: '', querySelector: (selector) => elements[selector] ?? null };
}

for (const [status, title] of [[403, 'Not permitted'], [404, 'Page not found'], [503, 'Currently unavailable'], [507, 'The disk is full'], [400, 'This request cannot be carried out'], [500, 'Something went wrong']]) {
  test(`a refusal with status ${status} is called “${title}”, as the server writes it`, () => assert.equal(refusalTitle(status), title));
}

test('the texts of a refusal page are replaced, where they are', (t) => {
  const h1 = { dataset: { status: '403' }, textContent: 'x' };
  const elements = { h1, '[data-status]': h1, '[data-user]': { dataset: { user: '<b>ann</b>' }, textContent: '' }, '[data-link="home"]': { dataset: {}, textContent: '' } };
  globalThis.document = fakeDocument(elements);
  t.after(() => delete globalThis.document);
  translateRefusal();
  assert.equal(document.title, 'Not permitted – Catseye');
  assert.equal(elements['[data-user]'].textContent, 'You are logged in as <b>ann</b>.');
  assert.equal(elements['[data-link="home"]'].textContent, 'Go to the computers');
});
