import assert from 'node:assert/strict';
import { before, test } from 'node:test';

/** @type {typeof import('../ui/lease.js').leaseWords} */
let leaseWords;

before(async () => {
  globalThis.HTMLElement ??= class {};
  globalThis.customElements ??= { get: () => null, define: () => {} };
  ({ leaseWords } = await import('../ui/lease.js'));
});

const model = (lease, more = {}) => ({ lease: { type: 'control', holder: '', mine: false, asking: '', shared: false, others: 0, ...lease }, user: 'bob', canControl: true, isAdmin: false, ...more });

test('who is alone hears nothing of leases', () => {
  assert.equal(leaseWords(model({})), null);
  assert.equal(leaseWords(model({ holder: 'bob', mine: true })), null);
  assert.equal(leaseWords(model({ mine: true, shared: true })), null);
  assert.equal(leaseWords({ ...model({}), lease: null }), null);
});

test('who watches may ask, an administrator may take, and who may only look is not asked', () => {
  assert.deepEqual(leaseWords(model({ holder: 'ann' })).wishes, ['request']);
  assert.match(leaseWords(model({ holder: 'ann' })).text, /ann controls/);
  assert.deepEqual(leaseWords(model({ holder: 'ann' }, { isAdmin: true })).wishes, ['request', 'take']);
  assert.equal(leaseWords(model({ holder: 'ann' }, { canControl: false })), null);
});

test('who asked waits, and who is asked answers', () => {
  assert.equal(leaseWords(model({ holder: 'ann', asking: 'bob' })).state, 'waiting');
  assert.deepEqual(leaseWords(model({ holder: 'ann', asking: 'bob' })).wishes, []);
  const asked = leaseWords(model({ holder: 'bob', mine: true, asking: 'eve' }));
  assert.deepEqual([asked.state, asked.wishes], ['asked', ['grant', 'deny']]);
  assert.match(asked.text, /eve asks/);
});

test('who is in control while others watch can release it', () => {
  const one = leaseWords(model({ holder: 'bob', mine: true, others: 1 }));
  assert.deepEqual([one.state, one.wishes], ['holding', ['release']]);
  assert.match(one.text, /You control .* Somebody else watches/);
  assert.match(leaseWords(model({ holder: 'bob', mine: true, others: 3 })).text, /3 others watch/);
  assert.deepEqual(leaseWords(model({ holder: 'bob', mine: true, others: 1, asking: 'eve' })).wishes, ['grant', 'deny']);
  assert.equal(leaseWords(model({ mine: true, shared: true, others: 2 })), null);
});
