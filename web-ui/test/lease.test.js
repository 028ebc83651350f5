import assert from 'node:assert/strict';
import { before, test } from 'node:test';

/** @type {typeof import('../ui/lease.js').describeLease} */
let describeLease;

before(async () => {
  globalThis.HTMLElement ??= class {};
  globalThis.customElements ??= { get: () => null, define: () => {} };
  ({ describeLease } = await import('../ui/lease.js'));
});

const model = (lease, more = {}) => ({ lease: { type: 'control', holder: '', mine: false, asking: '', shared: false, others: 0, ...lease }, user: 'bob', canControl: true, isAdmin: false, ...more });

test('a user without other viewers sees nothing about control', () => {
  assert.equal(describeLease(model({})), null);
  assert.equal(describeLease(model({ holder: 'bob', mine: true })), null);
  assert.equal(describeLease(model({ mine: true, shared: true })), null);
  assert.equal(describeLease({ ...model({}), lease: null }), null);
});

test('viewers may ask for control, administrators may take it, and users without the permission are offered nothing', () => {
  assert.deepEqual(describeLease(model({ holder: 'ann' })).actions, ['request']);
  assert.match(describeLease(model({ holder: 'ann' })).text, /ann controls/);
  assert.deepEqual(describeLease(model({ holder: 'ann' }, { isAdmin: true })).actions, ['request', 'take']);
  assert.equal(describeLease(model({ holder: 'ann' }, { canControl: false })), null);
});

test('the user who asks waits, and the user in control answers', () => {
  assert.equal(describeLease(model({ holder: 'ann', asking: 'bob' })).state, 'waiting');
  assert.deepEqual(describeLease(model({ holder: 'ann', asking: 'bob' })).actions, []);
  const asked = describeLease(model({ holder: 'bob', mine: true, asking: 'eve' }));
  assert.deepEqual([asked.state, asked.actions], ['asked', ['grant', 'deny']]);
  assert.match(asked.text, /eve requests/);
});

test('the user in control can release it while others watch', () => {
  const one = describeLease(model({ holder: 'bob', mine: true, others: 1 }));
  assert.deepEqual([one.state, one.actions], ['holding', ['release']]);
  assert.match(one.text, /You control .* Another viewer is watching/);
  assert.match(describeLease(model({ holder: 'bob', mine: true, others: 3 })).text, /3 other viewers are watching/);
  assert.deepEqual(describeLease(model({ holder: 'bob', mine: true, others: 1, asking: 'eve' })).actions, ['grant', 'deny']);
  assert.equal(describeLease(model({ mine: true, shared: true, others: 2 })), null);
});
