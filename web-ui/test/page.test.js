import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpError, requestJson } from '../public/http.js';
import { asSomebodyElse, loginAddress, safeNext, wasEnded } from '../public/next.js';
import { Api } from '../protocol/api.js';
import { consoleState, notice } from '../ui/console-state.js';
import { registerPanel, panels, onPanelsChanged } from '../ui/plugins.js';
import * as publicFace from '../plugins.js';
import { snapshotName } from '../ui/save.js';

const ORIGIN = 'https://kvm.example:8443';

for (const [fragment, expected] of [
  ['', '/'],
  ['#next=%2F%23target%3Dbay1', '/#target=bay1'],
  ['#next=%2Fsystem%2Fconsole', '/system/console'],
  ['#next=/system/console/bundles/12%3Fa=b%23c', '/system/console/bundles'],
  ['#next=/system/console/status-System%2520Properties', '/system/console/status-System%20Properties'],
  ['#next=/system/console/httpservice%27onerror', '/system/console'],
  ['#next=/system/console/logout', '/system/console'],
  ['#next=/system/%2563onsole/configMgr%3Fpid=x', '/system/console/configMgr'],
  ['#next=/system;a=b/console;c/configMgr/x', '/system/console/configMgr'],
  ['#next=/system/%252563onsole/configMgr', '/system/console'],
  ['#next=/system/console/%25zz', '/'],
  ['#next=/systematic%3Fa=b', '/systematic?a=b'],
  ['#target=bay1', '/#target=bay1'],
  ['#next=https://evil.example/', '/'],
  ['#next=//evil.example/', '/'],
  ['#next=//evil.example/here', '/'],
  ['#next=/.//evil.example/here', '/'],
  ['#next=/x/..//evil.example/here', '/'],
  ['#next=/%5Cevil.example/here', '/'],
  ['#next=/%5Cevil.example/', '/'],
  ['#next=/%09/evil.example/', '/'],
  ['#next=javascript:alert(1)', '/'],
  ['#next=/login', '/'],
  ['#next=/api/v1/session', '/'],
  ['#next=relative', '/'],
  ['#next=', '/'],
]) {
  test(`after login ${fragment || 'nothing'} leads to ${expected}`, () => assert.equal(safeNext(fragment, ORIGIN), expected));
}

test('the login comes back to where one was', () => {
  const address = loginAddress({ pathname: '/', search: '', hash: '#target=a&b' });
  assert.equal(safeNext(new URL(address, ORIGIN).hash, ORIGIN), '/#target=a&b');
  assert.equal(loginAddress({ pathname: '/', search: '', hash: '' }), '/login');
});

test('the login shows its form to who is logged in only if that is asked for', () => {
  assert.equal(asSomebodyElse('#other=1&next=%2Fsystem%2Fconsole'), true);
  assert.equal(safeNext('#other=1&next=%2Fsystem%2Fconsole', ORIGIN), '/system/console');
  assert.equal(asSomebodyElse('#next=%2Fother%3D1'), false);
});

test('the login knows whether a session ended under somebody at work', () => {
  for (const hash of ['', '#target=a&b', '#ended=1']) {
    const address = loginAddress({ pathname: '/', search: '', hash }, true);
    assert.equal(wasEnded(new URL(address, ORIGIN).hash), true);
    assert.equal(safeNext(new URL(address, ORIGIN).hash, ORIGIN), `/${hash}`);
    assert.equal(wasEnded(new URL(loginAddress({ pathname: '/', search: '', hash }), ORIGIN).hash), false);
  }
});

const answering = (status, body, headers = {}) => async () => new Response(body, { status, headers });

test('an error of the server is told in its words', async () => {
  const fetch = answering(429, '{"error":{"code":"too_many_attempts","message":"Wait."}}', { 'Retry-After': '12' });
  await assert.rejects(requestJson('POST', '/x', { fetch, body: {} }), (error) => error instanceof HttpError
    && error.status === 429 && error.code === 'too_many_attempts' && error.message === 'Wait.' && error.retryAfterSeconds === 12);
});

for (const body of ['', '<html>', '{"error":3}', 'null']) {
  test(`an error whose body is ${JSON.stringify(body)} still has words`, async () => {
    await assert.rejects(requestJson('GET', '/x', { fetch: answering(502, body) }), (error) => error.status === 502 && /502/.test(error.message));
  });
}

test('no answer, and one that never comes, are "cannot be reached"', async () => {
  await assert.rejects(requestJson('GET', '/x', { fetch: async () => { throw new TypeError('x'); } }), { status: 0, code: 'unreachable' });
  const never = (_, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  await assert.rejects(requestJson('GET', '/x', { fetch: never, timeoutMillis: 5 }), { code: 'unreachable' });
});

test('401 is no session; any other error is not', async () => {
  assert.equal(await new Api({ fetch: answering(401, '') }).session(), null);
  await assert.rejects(new Api({ fetch: answering(503, '') }).session(), { status: 503 });
});

test('targets are read with care', async () => {
  const [target, ...rest] = await new Api({ fetch: answering(200, '[{"id":"a"},{"label":"nobody"},7]') }).targets();
  assert.deepEqual([target.label, target.video.state, rest.length], ['a', 'CONNECTING', 0]);
  await assert.rejects(new Api({ fetch: answering(200, '{}') }).targets(), HttpError);
});

const OPEN = { state: 'open', retryAt: 0 };
const LIVE = { paused: false, missing: false, video: OPEN, control: OPEN, everOpen: true, status: { state: 'LIVE', reason: '' }, picture: true, fallback: false, problem: '', label: 'Rack', now: 1000,
  canControl: true, knowsPermissions: true, hid: { state: 'READY', reason: '', features: [] } };
const WAITING = { state: 'waiting', retryAt: 3500 };

for (const [what, change, state, words] of [
  ['all is well', {}, 'live', /^$/],
  ['no picture yet', { picture: false }, 'connecting', /first picture/],
  ['the device starts', { status: { state: 'CONNECTING', reason: 'Opening it.' }, picture: false }, 'connecting', /Opening it/],
  ['no signal', { status: { state: 'NO_SIGNAL', reason: 'Cable out.' } }, 'no-signal', /Cable out/],
  ['no signal, no reason', { status: { state: 'NO_SIGNAL', reason: '' } }, 'no-signal', /./],
  ['no device', { status: { state: 'NO_DEVICE', reason: '' } }, 'no-device', /./],
  ['a setting is wrong', { status: { state: 'CONNECTING', misconfigured: true, reason: 'width is abc' } }, 'misconfigured', /width is abc/],
  ['no device, and the video socket waits', { status: { state: 'NO_DEVICE', reason: 'x' }, video: WAITING }, 'no-device', /x/],
  ['everything lost', { video: WAITING, control: WAITING, status: null, picture: false }, 'lost', /in 3 s/],
  ['lost, trying', { video: { state: 'connecting', retryAt: 0 }, control: { state: 'connecting', retryAt: 0 }, status: null, picture: false }, 'lost', /again…/],
  ['only the video lost', { video: WAITING, picture: false }, 'lost', /in 3 s/],
  ['only the control lost', { control: WAITING, status: null }, 'live', /^$/],
  ['the first connection', { everOpen: false, video: { state: 'connecting', retryAt: 0 }, control: { state: 'connecting', retryAt: 0 }, status: null, picture: false }, 'connecting', /Rack/],
  ['the first connection refused', { everOpen: false, video: WAITING, control: WAITING, status: null, picture: false }, 'lost', /in 3 s/],
  ['the plain stream shows', { video: WAITING, control: WAITING, status: null, fallback: true }, 'live', /^$/],
  ['the page is hidden', { paused: true, video: { state: 'closed', retryAt: 0 } }, 'paused', /./],
  ['a target nobody knows', { missing: true, video: WAITING, control: WAITING }, 'no-device', /Rack/],
  ['a codec nobody knows', { picture: false, problem: 'H.264 cannot be shown.' }, 'connecting', /H\.264/],
]) {
  test(`the page says ${state} when ${what}`, () => {
    const said = consoleState({ ...LIVE, ...change });
    assert.equal(said.state, state);
    assert.match(said.reason, words);
    assert.ok(said.headline);
  });
}

for (const [what, change, words] of [
  ['view only', { canControl: false }, /View only/],
  ['the keyboard is offline', { hid: { state: 'OFFLINE', reason: 'host asleep', features: [] } }, /host asleep/],
  ['control lost', { control: WAITING, status: null }, /not connected.*3 s/],
  ['WebSockets blocked', { control: WAITING, video: WAITING, fallback: true }, /no WebSocket/],
  ['only the video socket fails', { video: WAITING, fallback: true }, /plain HTTP/],
]) {
  test(`a notice says ${what}`, () => assert.match(notice({ ...LIVE, ...change })?.text ?? '', words));
}

test('a live picture that stands still says why, and no other live picture says anything', () => {
  const live = (reason) => notice({ ...LIVE, status: { ...LIVE.status, state: 'LIVE', reason } });
  assert.match(live('Datagrams were lost in the network.').text, /Datagrams were lost/);
  assert.equal(live('The picture is live.'), null);
  assert.equal(live(''), null);
});

test('no notice when all is well, when paused, and before anything is known', () => {
  assert.equal(notice(LIVE), null);
  assert.equal(notice({ ...LIVE, paused: true, canControl: false }), null);
  assert.equal(notice({ ...LIVE, knowsPermissions: false, canControl: false, hid: null }), null);
});

test('panels are registered, replaced by id, filtered by permission and taken back', () => {
  let changes = 0;
  onPanelsChanged(() => { changes += 1; });
  const first = registerPanel({ id: 'acme.power', title: 'Old', element: 'acme-power' });
  const second = publicFace.registerPanel({ id: 'acme.power', title: 'Power', element: 'acme-power', permission: 'POWER' });
  assert.deepEqual(panels(['POWER']).map(({ title }) => title), ['Power']);
  assert.deepEqual(panels(['VIEW']), []);
  first();
  assert.equal(panels(['POWER']).length, 1, 'the replaced one cannot remove its successor');
  second();
  assert.equal(panels(['POWER']).length, 0);
  assert.equal(changes, 3);
});

for (const panel of [null, {}, { id: 'x', element: 'a-b' }, { id: 'x', title: 'X' }, { id: 'x', title: 'X', element: 'div' }, { id: 'x', title: 'X', element: '<img onerror=1>-' }]) {
  test(`refuses the panel ${JSON.stringify(panel)}`, () => assert.throws(() => registerPanel(panel), TypeError));
}

test('a saved picture has a name any file system takes', () => {
  assert.equal(snapshotName('../bay 1', new Date(2024, 0, 31, 9, 5, 7)), 'catseye-.._bay_1-20240131-090507.jpeg');
});
