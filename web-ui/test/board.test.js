import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../protocol/api.js';
import { BOARD_POLL_MILLIS, BoardPoll } from '../protocol/board-poll.js';
import { formatRecentTime } from '../public/text.js';
import { describeCondition } from '../ui/board-text.js';
import { FakeClock } from './fakes/fake-clock.js';

const settle = () => new Promise((resolve) => { setImmediate(resolve); });

async function pollOf(answers) {
  const clock = new FakeClock();
  const shown = [];
  let requests = 0;
  const listBoardConditions = async () => {
    requests++;
    return answers.shift() ?? Promise.reject(new Error('no answer'));
  };
  const poll = new BoardPoll({ api: { listBoardConditions }, clock }, (conditions) => shown.push(conditions.map(({ id }) => id).join()));
  const pass = async (millis) => {
    clock.advance(millis);
    await settle();
  };
  return { poll, pass, shown, requests: () => requests, clock };
}

test('the board is asked at once and then every 15 seconds, also after a failure', async () => {
  const { poll, pass, shown, requests } = await pollOf([[{ id: 'under-voltage' }], undefined, []]);
  poll.start();
  await pass(0);
  assert.deepEqual(shown, ['under-voltage']);
  await pass(BOARD_POLL_MILLIS - 1);
  assert.equal(requests(), 1);
  await pass(1);
  assert.deepEqual(shown, ['under-voltage'], 'what was shown stays');
  await pass(BOARD_POLL_MILLIS);
  assert.deepEqual(shown, ['under-voltage', '']);
  assert.equal(BOARD_POLL_MILLIS, 15_000);
});

test('a stopped poll asks nothing and drops an answer that is on its way', async () => {
  const { poll, pass, shown, clock } = await pollOf([[{ id: 'load' }]]);
  poll.start();
  clock.advance(0);
  poll.stop();
  await settle();
  await pass(BOARD_POLL_MILLIS * 3);
  assert.deepEqual(shown, []);
  assert.equal(clock.timers, 0);
});

test('conditions are read with care', async () => {
  const answering = (body) => new Api({ fetch: async () => new Response(body, { status: 200, headers: { 'Content-Type': 'application/json' } }) });
  const [condition, ...rest] = await answering('{"conditions":[{"id":"x","severity":"LOUD","details":{"n":3}},{"severity":"WARNING"},7]}').listBoardConditions();
  assert.deepEqual(condition, { id: 'x', severity: 'WARNING', since: '', description: 'x', remedy: '', details: { n: '3' } });
  assert.equal(rest.length, 0);
  await assert.rejects(answering('{}').listBoardConditions());
});

test('a condition that is unknown here has the text of the server', () => {
  const condition = { id: 'constructor', severity: /** @type {const} */ ('NOTICE'), since: '2026-12-01T12:03:00Z', description: 'Something.', remedy: 'Do it.', details: {} };
  assert.deepEqual(describeCondition(condition), { description: 'Something.', remedy: 'Do it.' });
  assert.match(describeCondition({ ...condition, id: 'under-voltage' }).description, /^Under-voltage since .*2026.*: the power supply is too weak\.$/);
});

test('a time of today has no date', () => {
  assert.match(formatRecentTime(new Date().toISOString()), /^\d\d:\d\d( [AP]M)?$/);
  assert.match(formatRecentTime('2020-01-02T12:00:00Z'), /2020/);
  assert.equal(formatRecentTime('never'), 'never');
});
