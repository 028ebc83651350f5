import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { VENDORED, licenceOf, versionOf } from './support/vendored.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const readSource = (path) => readFileSync(ROOT + path, 'utf8');

test('each shipped file of another project is what its package publishes', () => {
  assert.deepEqual(readdirSync(`${ROOT}vendor`).map((name) => `vendor/${name}`).sort(), Object.keys(VENDORED).sort());
  for (const [path, content] of Object.entries(VENDORED)) assert.equal(readSource(path), content(), `${path}: run npm run vendor`);
});

test('it carries the licences of everything in it, and the archive lists it', () => {
  const source = readSource('vendor/tus.js');
  for (const name of ['tus-js-client', 'js-base64', 'url-parse', 'querystringify', 'requires-port']) assert.match(licenceOf(name), /Copyright/, name);
  assert.equal(source.match(/Copyright \(c\)/gi)?.length >= 5, true);
  const listed = readSource('../launcher/dist/src/files/THIRD-PARTY.txt');
  assert.ok(listed.includes(`tus-js-client ${versionOf('tus-js-client')}`), 'in THIRD-PARTY.txt');
  assert.ok(readSource('../docs/third-party.md').includes(`tus-js-client ${versionOf('tus-js-client')}`), 'in docs/third-party.md');
});

test('the security policy allows it: it creates no code from text', () => {
  assert.doesNotMatch(readSource('vendor/tus.js'), /\beval\(|\bnew Function\b|[^.\w]Function\(/);
});

test('it is a module that exports the upload', async () => {
  const { Upload } = await import('../vendor/tus.js');
  assert.equal(typeof Upload.terminate, 'function');
});
