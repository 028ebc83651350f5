import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpError, onProofRequired, requestJson } from '../public/http.js';
import { asSomebodyElse, isElsewhere, loginAddress, safeNext, wasEnded } from '../public/next.js';
import { destinationLabel } from '../public/destination.js';
import { describeError } from '../public/error-text.js';
import { Api } from '../protocol/api.js';
import { toVideoStatus } from '../protocol/control-message.js';
import { consoleState, currentNotice } from '../ui/console-state.js';
import { registerPanel, permittedPanels, onPanelsChanged } from '../ui/plugins.js';
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
  ['#next=/confirm', '/'],
  ['#next=JavaScript:alert(1)', '/'],
  ['#next=%01javascript:alert(1)', '/'],
  ['#next=data:text/html,x', '/'],
  ['#next=https:evil.example', '/'],
  ['#next=/%2e%2e//evil.example', '/'],
  ['#next=/%0a/evil.example', '/'],
  ['#next=%5C%5Cevil.example', '/'],
  ['#next=/%5C/evil.example', '/'],
  ['#next=%20//evil.example', '/'],
  ['#next=/x&next=//evil.example', '/x'],
  ['#next=https://kvm.example:8443@evil.example/', '/'],
  ['#next=https://kvm.example:8443/', '/'],
  ['#next=/api/v1/session', '/'],
  ['#next=relative', '/'],
  ['#next=', '/'],
]) {
  test(`after login ${fragment || 'nothing'} leads to ${expected}`, () => assert.equal(safeNext(fragment, ORIGIN), expected));
}

test('whatever is written into the address, it leads to this origin', () => {
  const pieces = ['/', '//', '\\', '..', '.', '@', ':', '%2f', '%5c', '%09', '\t', '\n', '\r', ' ', 'https:', 'javascript:', 'evil.example', '#', '?', 'login', '\u0000', '\uff0f', '\u2044'];
  let seed = 1;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 20_000; round++) {
    const next = Array.from({ length: 1 + random(6) }, () => pieces[random(pieces.length)]).join('');
    const place = safeNext(`#next=${encodeURIComponent(next)}`, ORIGIN);
    assert.match(place, /^\/(?![/\\])/, JSON.stringify(next));
    assert.equal(new URL(place, ORIGIN).origin, ORIGIN, JSON.stringify(next));
  }
});

test('a destination is named unless it is the page with the computers', () => {
  assert.deepEqual(['/', '/#target=a', '/system/console/bundles', '/systematic', '/power/'].map((path) => [isElsewhere(path), destinationLabel(path)]), [
    [false, 'Go to the computers'], [false, 'Go to the computers'], [true, 'Open the web console'], [true, 'Open the page'], [true, 'Open the page']]);
});

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

test('an error has the code and the description of the server', async () => {
  const fetch = answering(429, '{"error":{"code":"too_many_attempts","message":"Wait."}}', { 'Retry-After': '12' });
  await assert.rejects(requestJson('POST', '/x', { fetch, body: {} }), (error) => error instanceof HttpError
    && error.status === 429 && error.code === 'too_many_attempts' && error.message === 'Wait.' && error.retryAfterSeconds === 12);
});

for (const body of ['', '<html>', '{"error":3}', 'null']) {
  test(`an error whose body is ${JSON.stringify(body)} still has a description`, async () => {
    await assert.rejects(requestJson('GET', '/x', { fetch: answering(502, body) }), (error) => error.status === 502 && /502/.test(error.message));
  });
}

test('no answer, and one that never comes, are "cannot be reached"', async () => {
  await assert.rejects(requestJson('GET', '/x', { fetch: async () => { throw new TypeError('x'); } }), { status: 0, code: 'unreachable' });
  const never = (_, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  await assert.rejects(requestJson('GET', '/x', { fetch: never, timeoutMillis: 5 }), { code: 'unreachable' });
});

/** A server that refuses requests until the user has confirmed their identity. */
function guardedServer() {
  const server = { proved: false, sent: [] };
  return Object.assign(server, { fetch: async (path, { method, body }) => {
    server.sent.push(`${method} ${path} ${body}`);
    return server.proved ? new Response('{"made":true}', { status: 200 }) : new Response('{"error":{"code":"proof_required","message":"Prove it."}}', { status: 403 });
  } });
}

test('a change that needs a proof is sent again once the user gave one, and not otherwise', async () => {
  const server = guardedServer();
  onProofRequired(async () => false);
  await assert.rejects(requestJson('POST', '/x', { fetch: server.fetch, body: { a: 1 } }), (error) => error.code === 'not_confirmed' && /Nothing was changed/.test(describeError(error)));
  assert.equal(server.sent.length, 1);
  onProofRequired(async () => (server.proved = true));
  assert.deepEqual(await requestJson('POST', '/x', { fetch: server.fetch, body: { a: 1 } }), { made: true });
  assert.deepEqual(server.sent, Array(3).fill('POST /x {"a":1}'));
});

test('a proof that is not enough for the server is not asked for over and over', async () => {
  let asked = 0;
  onProofRequired(async () => Boolean(++asked));
  await assert.rejects(requestJson('POST', '/x', { fetch: guardedServer().fetch, body: {} }), { code: 'proof_required', message: 'Prove it.' });
  assert.equal(asked, 1);
});

test('401 is no session; any other error is not', async () => {
  assert.equal(await new Api({ fetch: answering(401, '') }).readSession(), null);
  await assert.rejects(new Api({ fetch: answering(503, '') }).readSession(), { status: 503 });
});

test('targets are read with care', async () => {
  const [target, ...rest] = await new Api({ fetch: answering(200, '[{"id":"a"},{"label":"nobody"},7]') }).listTargets();
  assert.deepEqual([target.label, target.video.state, rest.length], ['a', 'CONNECTING', 0]);
  await assert.rejects(new Api({ fetch: answering(200, '{}') }).listTargets(), HttpError);
});

const OPEN = { state: 'open', retryAt: 0 };
const LIVE = { paused: false, missing: false, video: OPEN, control: OPEN, everOpen: true, status: { state: 'LIVE', reason: '', stale: false }, picture: true, fallback: false, problem: '', label: 'Rack', now: 1000, silent: false, lastSignAt: 1000,
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
  ['the server has stopped sending', { silent: true, lastSignAt: -1500 }, 'silent', /^The picture is 2 s old\. .*not sent/],
  ['only the picture no longer arrives', { pictureSilent: true, lastSignAt: -1500 }, 'silent', /^The picture is 2 s old, although .*not sent/],
  ['the server has stopped sending for long', { silent: true, lastSignAt: 1000 - 150_000 }, 'silent', /2 min old/],
  ['the server has stopped sending without a signal', { silent: true, status: { state: 'NO_SIGNAL', reason: 'x' } }, 'silent', /old/],
  ['lost for a while', { video: WAITING, control: WAITING, status: null, picture: false, lastSignAt: -8000 }, 'lost', /9 s old.*in 3 s/],
  ['the page is hidden', { paused: true, video: { state: 'closed', retryAt: 0 } }, 'paused', /./],
  ['a target nobody knows', { missing: true, video: WAITING, control: WAITING }, 'no-device', /Rack/],
  ['a codec nobody knows', { picture: false, problem: 'H.264 cannot be shown.' }, 'connecting', /H\.264/],
]) {
  test(`the state is ${state} when ${what}`, () => {
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
  ['WebSockets blocked', { control: WAITING, video: WAITING, fallback: true }, /blocks WebSockets/],
  ['only the video socket fails', { video: WAITING, fallback: true }, /over HTTP/],
]) {
  test(`a notice explains: ${what}`, () => assert.match(currentNotice({ ...LIVE, ...change })?.text ?? '', words));
}

test('a stale picture has a notice with the reason, whatever its text is; no other live picture has one', () => {
  const textOf = (stale, reason) => currentNotice({ ...LIVE, status: { ...LIVE.status, stale, reason } })?.text;
  assert.equal(textOf(true, 'Datagrams were lost in the network.'), 'Datagrams were lost in the network.');
  assert.equal(textOf(true, 'The picture is live.'), 'The picture is live.', 'no text is compared');
  assert.match(textOf(true, ''), /frozen/);
  assert.equal(textOf(false, 'Datagrams were lost in the network.'), undefined);
  assert.equal(textOf(false, ''), undefined);
});

test('a server that does not report stale pictures has none', () => {
  assert.deepEqual([undefined, 'yes', false, true].map((stale) => toVideoStatus({ state: 'LIVE', stale }).stale), [false, false, false, true]);
});

test('no notice when all is well, when paused, and before anything is known', () => {
  assert.equal(currentNotice(LIVE), null);
  assert.equal(currentNotice({ ...LIVE, paused: true, canControl: false }), null);
  assert.equal(currentNotice({ ...LIVE, knowsPermissions: false, canControl: false, hid: null }), null);
});

test('panels are registered, replaced by id, filtered by permission and taken back', () => {
  let changes = 0;
  onPanelsChanged(() => { changes += 1; });
  const first = registerPanel({ id: 'acme.power', title: 'Old', element: 'acme-power' });
  const second = publicFace.registerPanel({ id: 'acme.power', title: 'Power', element: 'acme-power', permission: 'POWER' });
  assert.deepEqual(permittedPanels(['POWER']).map(({ title }) => title), ['Power']);
  assert.deepEqual(permittedPanels(['VIEW']), []);
  first();
  assert.equal(permittedPanels(['POWER']).length, 1, 'the replaced one cannot remove its successor');
  second();
  assert.equal(permittedPanels(['POWER']).length, 0);
  assert.equal(changes, 3);
});

for (const panel of [null, {}, { id: 'x', element: 'a-b' }, { id: 'x', title: 'X' }, { id: 'x', title: 'X', element: 'div' }, { id: 'x', title: 'X', element: '<img onerror=1>-' }]) {
  test(`refuses the panel ${JSON.stringify(panel)}`, () => assert.throws(() => registerPanel(panel), TypeError));
}

test('a saved picture has a name that every file system accepts', () => {
  assert.equal(snapshotName('../bay 1', new Date(2024, 0, 31, 9, 5, 7)), 'catseye-.._bay_1-20240131-090507.jpeg');
});
