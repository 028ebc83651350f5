import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { findConsequence } from '../public/console-consequences.js';

const FEATURES = new URL('../../features/', import.meta.url);
const bundles = readdirSync(FEATURES).flatMap((name) => JSON.parse(readFileSync(new URL(name, FEATURES), 'utf8')).bundles.map(({ id }) => id.split(':')[1]));
const LIBRARIES = ['api', 'concurrent', 'device', 'files', 'http', 'jpeg', 'linux', 'options', 'process', 'rfb', 'secrets', 'services', 'trust'].map((name) => `org.catseye.${name}`);

test('each bundle of the product has a consequence of its own, except libraries', () => {
  const own = bundles.filter((name) => name.startsWith('org.catseye.'));
  assert.ok(own.length > 30);
  assert.deepEqual([...new Set(own.filter((name) => findConsequence(name) === 'webConsole.endsParts'))].sort(), LIBRARIES);
});

test('the longest name counts, and components have the name of their bundle', () => {
  assert.equal(findConsequence('org.catseye.core.hid'), 'webConsole.endsKeyboard');
  assert.equal(findConsequence('org.catseye.core.hid.HidHubs'), 'webConsole.endsKeyboard');
  assert.equal(findConsequence('org.catseye.web.console.guard'), 'webConsole.endsConsole');
  assert.equal(findConsequence('org.catseye.web.rest'), 'webConsole.endsPage');
  assert.equal(findConsequence('org.apache.felix.http.jetty12'), 'webConsole.endsLogin');
  assert.equal(findConsequence('org.example.camera'), 'webConsole.endsOther');
});
