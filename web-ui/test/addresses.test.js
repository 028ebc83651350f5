import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findBasePath, toAddress, toPath } from '../public/base.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['', 'public', 'protocol', 'input', 'video', 'ui'];
/** Modules that name paths of the server, for http.js and base.js, and use them for nothing else. */
const NAMES_PATHS = ['public/base.js', 'public/next.js', 'protocol/addresses.js', 'protocol/access-api.js'];

const files = (...types) => FOLDERS.flatMap((folder) => readdirSync(ROOT + folder).filter((name) => types.some((type) => name.endsWith(type))).map((name) => folder ? `${folder}/${name}` : name));

/** @returns {string[]} the places of a module that use a path as an address, which is wrong if the device is below a path of its host */
function complaints(name, source) {
  if (name.includes('gallery')) return [];
  const code = source.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/^\s*\/\/.*$/gm, '');
  const uses = [...code.matchAll(/(?:\bhref\b|\bsrc\b|\baction\b|\bfetch\(|\breplace\(|\bassign\(|\bopen\(|\bWebSocket\(|\bimport\(?)\s*[:=,(]?\s*(['"`])\/(?:[\w$]|\1)/g)].map((match) => match[0]);
  const literals = NAMES_PATHS.includes(name) ? [] : [...code.matchAll(/(.{0,40})(['"`])(\/(?:[a-z$][^'"`\s]*)?)\2/g)]
    .filter(([, before, , path]) => path === '/' ? /\b(?:href|src)\b[^,(]*$/.test(before) : !/(?:toAddress\(|\brequest(?:Json)?\('[A-Z]+', |^\s*(?:export )?const [A-Z_]+ = )$/.test(before))
    .map(([all]) => all.trim());
  return [...uses, ...literals];
}

test('no module uses a path as an address', () => {
  const all = files('.js');
  assert.ok(all.length > 80);
  for (const name of NAMES_PATHS) assert.ok(all.includes(name), name);
  assert.deepEqual(all.flatMap((name) => complaints(name, readFileSync(ROOT + name, 'utf8')).map((found) => `${name}: ${found}`)), []);
});

test('the check sees paths in links, requests, sockets and variables', () => {
  for (const wrong of ["location.replace('/login');", "h('a', { href: '/' })", 'fetch(`/api/v1/${x}`)', "img.src = '/ui/public/icon.svg';", "new WebSocket('/api/v1/x')",
    "const next = '/login';", "  show('/system/console');", "location.assign('/');", "import('/ui/x.js')"]) {
    assert.ok(complaints('ui/x.js', wrong).length > 0, wrong);
  }
  for (const right of ["location.replace(toAddress('/login'));", "const SESSION = '/api/v1/session';", "await requestJson('POST', '/api/v1/setup', {})", "id.split('/')", "text.replace(/\\/x/, 'y')", "/* href='/x' */"]) {
    assert.deepEqual(complaints('ui/x.js', right), [], right);
  }
});

test('pages and styles use relative addresses only', () => {
  for (const name of files('.html', '.css')) {
    assert.doesNotMatch(readFileSync(ROOT + name, 'utf8'), /(?:\b(?:href|src|action|srcset|poster)\s*=\s*|url\(\s*)["']?\s*(?:\/|https?:)/i, name);
  }
});

test('the base path is what is before the folder of the module', () => {
  assert.equal(findBasePath('https://kvm.example/ui/public/base.js'), '');
  assert.equal(findBasePath('https://kvm.example:8443/kvm/ui/public/base.js'), '/kvm');
  assert.equal(findBasePath('http://[::1]/a/b/ui/public/base.js?x#y'), '/a/b');
  assert.equal(findBasePath('file:///somewhere/web-ui/public/base.js'), '');
});

test('an address below the base path becomes a path of the server, and no other does', () => {
  assert.equal(toPath('/kvm/system/console/bundles', '/kvm'), '/system/console/bundles');
  assert.equal(toPath('/kvm/', '/kvm'), '/');
  for (const other of ['/kvmx/login', '/other/kvm/', '/kvm']) assert.equal(toPath(other, '/kvm'), other);
  assert.equal(toPath('/system/console', ''), '/system/console');
  assert.equal(toAddress('/login'), '/login');
});
