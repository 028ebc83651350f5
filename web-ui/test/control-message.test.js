import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientMessage, parseServerMessage } from '../protocol/control-message.js';

test('client messages follow the contract', () => {
  assert.equal(clientMessage.keyChange('KeyA', true), '{"type":"key","code":"KeyA","down":true}');
  assert.equal(clientMessage.pointerPosition(0.5, 0.25, 1), '{"type":"pointer","x":0.5,"y":0.25,"buttons":1}');
  assert.equal(clientMessage.pointerMovement(3, -2, 0), '{"type":"move","dx":3,"dy":-2,"buttons":0}');
  assert.equal(clientMessage.wheelTurn(0, -1), '{"type":"wheel","dx":0,"dy":-1}');
  assert.equal(clientMessage.releaseAll(), '{"type":"releaseAll"}');
  assert.equal(clientMessage.pingRequest(7), '{"type":"ping","id":7}');
});

test('the messages about control, both ways', () => {
  for (const wish of ['request', 'grant', 'deny', 'take', 'release']) assert.deepEqual(JSON.parse(clientMessage.leaseAction(wish)), { type: wish });
  const lease = { type: 'control', holder: 'ann', mine: true, asking: 'bob', shared: false, others: 2 };
  assert.deepEqual(parseServerMessage(JSON.stringify(lease)), lease);
  assert.deepEqual(parseServerMessage('{"type":"control","holder":7,"mine":"yes"}'), { type: 'control', holder: '', mine: false, asking: '', shared: false, others: 0 });
});

test('a power message is read whole, without what this page does not know', () => {
  const power = { type: 'power', state: 'ON', source: 'Front panel', reason: '', diskActive: false, running: 'hold', actions: ['press', 'hold'] };
  assert.deepEqual(parseServerMessage(JSON.stringify(power)), power);
  assert.deepEqual(parseServerMessage('{"type":"power","state":"ASLEEP","diskActive":1,"running":"explode","actions":["press","explode",3]}'),
    { type: 'power', state: 'UNKNOWN', source: '', reason: '', diskActive: null, running: '', actions: ['press'] });
});

test('places outside the picture are clamped, buttons outside the mask dropped', () => {
  assert.deepEqual(JSON.parse(clientMessage.pointerPosition(-3, Number.NaN, 0x3f)), { type: 'pointer', x: 0, y: 0, buttons: 31 });
  assert.deepEqual(JSON.parse(clientMessage.pointerPosition(1.0001, Infinity, 0)), { type: 'pointer', x: 1, y: 0, buttons: 0 });
});

test('a state message is read whole', () => {
  const state = {
    type: 'state', target: 'default', label: 'Rack', user: 'admin', permissions: ['VIEW', 'CONTROL'],
    video: { state: 'LIVE', reason: '', misconfigured: false, stale: true, width: 1280, height: 720, fps: 29.9, codec: 'JPEG', input: '1920x1080p at 60/s', inputWidth: 1920, inputHeight: 1080, viewers: 1 },
    hid: { state: 'READY', reason: '', features: ['KEYBOARD'] },
  };
  assert.deepEqual(parseServerMessage(JSON.stringify(state)), state);
});

test('a state message with holes gets careful values', () => {
  const state = parseServerMessage('{"type":"state","target":"a","video":{"state":"DANCING","fps":"many"},"permissions":["VIEW",3]}');
  assert.equal(state.label, 'a');
  assert.equal(state.video.state, 'CONNECTING');
  assert.equal(state.video.fps, 0);
  assert.equal(state.hid.state, 'ABSENT');
  assert.deepEqual(state.permissions, ['VIEW']);
});

test('a state named like a property of every object is not a state', () => {
  assert.equal(parseServerMessage('{"type":"state","video":{"state":"constructor"}}').video.state, 'CONNECTING');
});

test('an unknown type is ignored: newer servers may have more', () => {
  assert.equal(parseServerMessage('{"type":"weather"}'), null);
});

for (const junk of ['', '{', '3', 'null', '"x"', undefined, new ArrayBuffer(3)]) {
  test(`refuses ${JSON.stringify(junk) ?? String(junk)}`, () => assert.throws(() => parseServerMessage(junk), SyntaxError));
}

test('unknown lamps are off', () => {
  assert.deepEqual(parseServerMessage('{"type":"leds"}'), { type: 'leds', known: false, numLock: false, capsLock: false, scrollLock: false, compose: false, kana: false });
});
