import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** The folders from which each folder may import, besides itself. A lower layer never imports a higher one. */
const MAY_IMPORT = {
  public: [],
  protocol: ['public'],
  input: ['protocol', 'public'],
  video: ['protocol', 'public'],
  ui: ['input', 'video', 'protocol', 'public', 'vendor'],
};
/** Modules of public/ that do not depend on a page, so the lower layers may import them. */
const PAGELESS = ['../public/base.js', '../public/http.js', '../public/next.js'];
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @returns {string[]} the specifiers a source imports, statically or not; comments are ignored */
function imports(source) {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])(.*?)\1/g)].map((match) => match[2]);
}

/** @returns {string[]} the violations in a file of this layer */
function complaints(layer, source) {
  return imports(source).flatMap((specifier) => {
    if (/^\.\/[\w-]+\.js$/.test(specifier)) return [];
    if (layer === 'public' && /^\.\/messages\/[a-z]+\.js$/.test(specifier)) return [];
    const folder = specifier.match(/^\.\.\/([\w-]+)\/[\w-]+\.js$/)?.[1];
    if (!folder) return [`imports ${specifier}, which no browser resolves without help`];
    if (!MAY_IMPORT[layer].includes(folder)) return [`imports ${specifier}: ${layer} may not`];
    if (folder === 'public' && layer !== 'ui' && !PAGELESS.includes(specifier)) return [`imports ${specifier}, which needs a page`];
    return [];
  });
}

const files = (layer) => readdirSync(ROOT + layer).filter((name) => name.endsWith('.js'));

for (const layer of Object.keys(MAY_IMPORT)) {
  test(`${layer} imports only what lies below it`, () => {
    assert.ok(files(layer).length > 1, 'the folder is there');
    const found = files(layer).flatMap((name) => complaints(layer, readFileSync(`${ROOT}${layer}/${name}`, 'utf8')).map((words) => `${layer}/${name} ${words}`));
    assert.deepEqual(found, []);
  });
}

test('the check sees an import upwards, sideways, bare, dynamic and of a page', () => {
  assert.equal(complaints('protocol', "import { h } from '../ui/menu.js';").length, 1);
  assert.equal(complaints('input', "export { x } from '../video/frame-pump.js';").length, 1);
  assert.equal(complaints('video', "import 'lodash';").length, 1);
  assert.equal(complaints('protocol', "const m = await import('../input/mouse.js');").length, 1);
  assert.equal(complaints('input', "import { h } from '../public/dom.js';").length, 1);
  assert.equal(complaints('ui', "import { a } from '../protocol/api.js';\nimport './menu.js';").length, 0);
});

test('protocol uses nothing of a page', () => {
  for (const name of files('protocol')) {
    const code = readFileSync(`${ROOT}protocol/${name}`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
    assert.doesNotMatch(code, /\b(document|window|HTMLElement|navigator|localStorage)\b/, name);
  }
});

test('every element file defines one element, named after the file', () => {
  const found = ['public', 'ui'].flatMap((layer) => files(layer).map((name) => ({ name, defined: [...readFileSync(`${ROOT}${layer}/${name}`, 'utf8').matchAll(/^define\('catseye-([\w-]+)'/gm)].map((match) => match[1]) })))
    .filter(({ defined }) => defined.length > 0);
  assert.ok(found.length >= 10);
  for (const { name, defined } of found) assert.deepEqual(defined, [name.replace('.js', '')]);
});

test('no page has an inline script, style or handler, which the content security policy would refuse', () => {
  const pages = readdirSync(ROOT).filter((name) => name.endsWith('.html'));
  assert.deepEqual(pages.sort(), ['confirm.html', 'gallery.html', 'index.html', 'login.html', 'plugins.html', 'settings.html', 'setup.html']);
  for (const page of pages) {
    const html = readFileSync(ROOT + page, 'utf8');
    assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)/, page);
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=/, page);
  }
});

test('the console page keeps the place for the import map, before its first module', () => {
  const html = readFileSync(`${ROOT}index.html`, 'utf8');
  const place = html.indexOf('<!-- catseye:importmap -->');
  assert.ok(place > 0 && place < html.indexOf('<script'));
  assert.equal(html.split('<!-- catseye:importmap -->').length, 2);
});

test('login and setup need nothing that is behind the login', () => {
  for (const page of ['login.html', 'setup.html', 'confirm.html']) {
    const html = readFileSync(ROOT + page, 'utf8');
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
    assert.ok(addresses.length >= 3);
    for (const address of addresses) assert.match(address, /^ui\/public\//);
  }
});
