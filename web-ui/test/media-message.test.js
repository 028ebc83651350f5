import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MediaApi } from '../protocol/media-api.js';
import { parseServerMessage } from '../protocol/control-message.js';
import { toDiskFiles, toDrives, toLibrary } from '../protocol/media-message.js';

const DRIVE = { drive: 'cd', label: 'CD drive', image: 'i1', name: 'a.iso', kind: 'cdrom', readOnly: true, state: 'ATTACHED', reason: '', kinds: ['cdrom'], writable: false };

test('the message "media" has the drives of the target', () => {
  assert.deepEqual(parseServerMessage(JSON.stringify({ type: 'media', drives: [DRIVE] })), { type: 'media', drives: [DRIVE] });
  assert.deepEqual(parseServerMessage('{"type":"media"}'), { type: 'media', drives: [] });
});

test('what this page does not understand is not offered', () => {
  const [drive] = toDrives([{ drive: 'usb', state: 'MELTED', kinds: ['tape', 'disk'], kind: 'tape', image: null }, null, {}]);
  assert.deepEqual(drive, { drive: 'usb', label: 'usb', image: null, name: '', kind: null, readOnly: true, state: 'UNAVAILABLE', reason: '', kinds: ['disk'], writable: false });
  const library = toLibrary({ images: [{ id: 'i', bytes: 'x' }, { name: 'without id' }], downloads: [{ id: 'd', state: 'SOON' }], space: null });
  assert.deepEqual([library.images.length, library.images[0].bytes, library.downloads[0].state, library.downloads[0].total, library.space.free], [1, 0, 'FAILED', -1, -1]);
});

test('requests name drives and images by their ids, and force only when told', async () => {
  const asked = [];
  const api = new MediaApi({ fetch: async (path, { method, body }) => {
    asked.push([method, path, body && JSON.parse(body)]);
    return new Response(method === 'GET' ? '{"images":[]}' : null, { status: method === 'GET' ? 200 : 204 });
  } });
  await api.ejectImage('a b', 'cd/1', false);
  await api.ejectImage('a b', 'cd/1', true);
  await api.attachImage('t', 'cd', { image: 'i', kind: 'cdrom', readOnly: true });
  await api.renameImage('i', 'new');
  await api.cancelDownload('d');
  await api.createDisk({ name: 'a.img', label: '', bytes: 64e6 });
  await api.deleteDiskFile('i', 'logs/a b.txt');
  await api.readLibrary();
  assert.deepEqual(asked, [
    ['DELETE', '/api/v1/targets/a%20b/media/cd%2F1', undefined], ['DELETE', '/api/v1/targets/a%20b/media/cd%2F1?force=true', undefined],
    ['PUT', '/api/v1/targets/t/media/cd', { image: 'i', kind: 'cdrom', readOnly: true }], ['PATCH', '/api/v1/media/i', { name: 'new' }],
    ['DELETE', '/api/v1/media/downloads/d', undefined], ['POST', '/api/v1/media/disks', { name: 'a.img', label: '', bytes: 64e6 }],
    ['DELETE', '/api/v1/media/disks/i/file?path=logs%2Fa%20b.txt', undefined], ['GET', '/api/v1/media', undefined],
  ]);
});

test('what has no path is no file of a disk', () => {
  assert.deepEqual(toDiskFiles([{ path: 'logs', folder: true }, { path: 'a.txt', bytes: 5 }, { path: '' }, null]), [{ path: 'logs', folder: true, bytes: 0 }, { path: 'a.txt', folder: false, bytes: 5 }]);
  assert.deepEqual(toDiskFiles({}), []);
});
