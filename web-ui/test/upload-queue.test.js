import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TransferRate } from '../protocol/transfer-rate.js';
import { UploadQueue } from '../protocol/upload-queue.js';
import { FakeClock } from './fakes/fake-clock.js';

/** A queue whose transfers are moved by the test. */
function setUp() {
  const clock = new FakeClock();
  const transfers = [];
  const queue = new UploadQueue((file, handlers) => {
    const transfer = { file, ...handlers, calls: [], start: () => transfer.calls.push('start'), stop: () => transfer.calls.push('stop'), discard: async () => transfer.calls.push('discard') };
    transfers.push(transfer);
    return transfer;
  }, clock);
  const states = () => queue.uploads.map(({ state }) => state);
  return { clock, queue, transfers, states };
}

const file = (name, size = 1000) => ({ name, size });

test('files are uploaded one after the other', () => {
  const { queue, transfers, states } = setUp();
  const done = [];
  queue.onDone = ({ name }) => done.push(name);
  queue.addFiles([file('a'), file('b')]);
  assert.deepEqual(states(), ['uploading', 'waiting']);
  assert.equal(queue.isBusy, true);
  transfers[0].onDone();
  assert.deepEqual(states(), ['done', 'uploading']);
  transfers[1].onDone();
  assert.deepEqual([states(), done, queue.isBusy], [['done', 'done'], ['a', 'b'], false]);
  queue.clearDone();
  assert.deepEqual(states(), []);
});

test('speed and time left are those of the last seconds', () => {
  const { clock, queue, transfers } = setUp();
  queue.addFiles([file('a', 10_000)]);
  transfers[0].onProgress(0);
  assert.equal(queue.uploads[0].bytesPerSecond, null);
  clock.advance(1000);
  transfers[0].onProgress(1000);
  const [upload] = queue.uploads;
  assert.deepEqual([upload.sent, upload.bytesPerSecond, upload.secondsLeft], [1000, 1000, 9]);
  assert.equal(queue.remainingBytes, 9000);
});

test('an upload that waits for the user lets the next one go first', () => {
  const { queue, transfers, states } = setUp();
  queue.addFiles([file('a'), file('b')]);
  queue.pauseUpload(queue.uploads[0].id);
  assert.deepEqual(states(), ['paused', 'uploading']);
  assert.deepEqual(transfers[0].calls, ['start', 'stop']);
  queue.resumeUpload(queue.uploads[0].id);
  assert.deepEqual(states(), ['waiting', 'uploading']);
  transfers[1].onDone();
  assert.deepEqual(states(), ['uploading', 'done']);
});

test('a lost connection is retried without an end, and at once when the network is back', () => {
  const { clock, queue, transfers, states } = setUp();
  queue.addFiles([file('a'), file('b')]);
  for (let attempt = 1; attempt <= 40; attempt++) {
    transfers[0].onFailure({ message: 'gone', retry: true });
    assert.deepEqual(states(), ['retrying', 'waiting'], 'the other file has no connection either');
    clock.advance(5000);
    assert.equal(states()[0], 'uploading');
  }
  transfers[0].onFailure({ message: 'gone', retry: true });
  queue.retryNow();
  assert.equal(states()[0], 'uploading');
  assert.equal(clock.timers, 0);
});

test('a failure that no attempt can remedy ends the upload with its reason, and the user may try again', () => {
  const { queue, transfers, states } = setUp();
  queue.addFiles([file('a'), file('b')]);
  transfers[0].onFailure({ message: 'The disk is full.', retry: false });
  assert.deepEqual(states(), ['failed', 'uploading']);
  assert.equal(queue.uploads[0].message, 'The disk is full.');
  transfers[1].onDone();
  queue.resumeUpload(queue.uploads[0].id);
  assert.deepEqual([states()[0], queue.uploads[0].message], ['uploading', '']);
});

test('a cancelled upload is deleted on the server, and late reports of it are ignored', async () => {
  const { queue, transfers, states } = setUp();
  queue.addFiles([file('a'), file('b')]);
  const done = [];
  queue.onDone = ({ name }) => done.push(name);
  await queue.cancelUpload(queue.uploads[0].id);
  assert.deepEqual([states(), transfers[0].calls], [['uploading'], ['start', 'discard']]);
  transfers[0].onProgress(5);
  transfers[0].onDone();
  transfers[0].onFailure({ message: '', retry: true });
  assert.deepEqual([states(), done], [['uploading'], []]);
});

test('a paused upload does not report a failure of the request that it has ended', () => {
  const { queue, transfers, states } = setUp();
  queue.addFiles([file('a')]);
  queue.pauseUpload(queue.uploads[0].id);
  transfers[0].onFailure({ message: 'aborted', retry: true });
  assert.deepEqual(states(), ['paused']);
});

test('the rate forgets what is old, and starts again when the server has less', () => {
  const rate = new TransferRate();
  for (let second = 0; second <= 20; second++) rate.addSample(second * 1000, second < 10 ? second * 1000 : 10_000 + (second - 10) * 100);
  assert.equal(rate.bytesPerSecond, 100);
  assert.equal(rate.secondsFor(50), 1);
  rate.addSample(21_000, 500);
  assert.equal(rate.bytesPerSecond, null);
  rate.reset();
  assert.equal(rate.secondsFor(1), null);
});
