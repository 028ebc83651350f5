import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UploadQueue } from '../protocol/upload-queue.js';
import { DiskFileTransfer } from '../ui/disk-file-transfer.js';
import { parseBytes } from '../ui/media-text.js';

test('a size has a unit, in the steps of a thousand that the page shows', () => {
  assert.deepEqual(['64 MB', '1.5gb', '1,5 GB', ' 700kb '].map(parseBytes), [64e6, 1.5e9, 1.5e9, 700e3]);
  assert.deepEqual(['', '64', 'MB', '-1 GB', '1 TBs', '1.2.3 GB'].map(parseBytes), Array(6).fill(null));
});

test('a file beyond the limit of the server is refused before it is sent, and the next one has its turn', async () => {
  const sent = [];
  const queue = new UploadQueue((file, handlers) => {
    const transfer = new DiskFileTransfer(file, 'img', file.name, handlers);
    return file.name === 'next' ? { ...transfer, start: () => sent.push(file.name) } : transfer;
  });
  queue.addFiles([{ name: 'huge', size: 2 ** 30 + 1 }, { name: 'next', size: 1 }]);
  await Promise.resolve();
  assert.deepEqual(queue.uploads.map(({ state }) => state), ['failed', 'uploading']);
  assert.match(queue.uploads[0].message, /at most 1.07 GB/);
  assert.deepEqual(sent, ['next']);
});
