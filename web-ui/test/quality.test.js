import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VideoChannel } from '../protocol/video-channel.js';
import { toQuality } from '../protocol/quality-message.js';
import { describeQuality, qualityGroups } from '../ui/quality.js';
import { FakeClock } from './fakes/fake-clock.js';
import { fakeWebSockets } from './fakes/fake-web-socket.js';

const REPORT = { type: 'quality', level: 'auto', delivered: 'slow', codec: 'h264', width: 1280, height: 720, fps: 11.8, kbps: 380, delay: 90, slowLine: 640, line: 700, deviceFps: 30, lost: 2, encoder: 'ffmpeg (libx264)', reason: '' };

function video() {
  const sockets = fakeWebSockets();
  const heard = [];
  const channel = new VideoChannel({ urlOf: (level) => `ws://x/video?quality=${level}`, WebSocket: sockets.WebSocket, clock: new FakeClock() }, {
    onFrame: () => {}, onQuality: (quality) => heard.push(quality), onError: (error) => heard.push(error.code),
  });
  return { sockets, heard, channel };
}

test('the choice is in the address of a connection, and a later one is sent', () => {
  const { sockets, channel } = video();
  channel.chooseQuality('slow');
  channel.open();
  sockets.last.open();
  assert.equal(sockets.last.url, 'ws://x/video?quality=slow');
  assert.deepEqual(sockets.last.sent, []);
  channel.chooseQuality('sharp');
  assert.deepEqual(sockets.last.sent, [{ type: 'quality', level: 'sharp' }]);
  channel.abandonConnection();
  channel.retryNow();
  sockets.last.open();
  assert.equal(sockets.last.url, 'ws://x/video?quality=sharp');
  assert.deepEqual(sockets.last.sent, []);
});

test('a choice while the connection opens is sent when it is open', () => {
  const { sockets, channel } = video();
  channel.chooseQuality('slow');
  channel.open();
  channel.chooseQuality('balanced');
  sockets.last.open();
  assert.equal(sockets.last.url, 'ws://x/video?quality=slow');
  assert.deepEqual(sockets.last.sent, [{ type: 'quality', level: 'balanced' }]);
});

test('the report of the server is read, and anything else is not taken for one', () => {
  const { sockets, heard, channel } = video();
  channel.open();
  sockets.last.open();
  sockets.last.say(REPORT);
  sockets.last.say({ type: 'error', code: 'bad_message', message: 'no' });
  sockets.last.say({ type: 'later' });
  assert.deepEqual(heard, [REPORT, 'bad_message']);
  assert.equal(toQuality({ type: 'quality', level: 'best' }), null);
  assert.deepEqual(toQuality({ type: 'quality', level: 'slow', delivered: 'auto', kbps: 'x', reason: 7 }),
    { type: 'quality', level: 'slow', delivered: 'sharp', codec: '', width: 0, height: 0, fps: 0, kbps: 0, delay: 0, slowLine: 0, line: 0, deviceFps: 0, lost: 0, encoder: '', reason: '' });
});

test('the status line says why the picture is not as the device sends it', () => {
  assert.deepEqual(describeQuality(null), { text: '', title: '' });
  assert.deepEqual(describeQuality({ ...REPORT, delivered: 'sharp', slowLine: 0 }), { text: '', title: '' });
  assert.deepEqual(describeQuality(REPORT), { text: 'Slow line: 640 kbit/s', title: 'Slow line, encoded by ffmpeg (libx264).' });
  assert.deepEqual(describeQuality({ ...REPORT, delivered: 'balanced', slowLine: 0 }), { text: 'Balanced', title: 'Balanced, encoded by ffmpeg (libx264).' });
  assert.deepEqual(describeQuality({ ...REPORT, level: 'slow', delivered: 'sharp', slowLine: 0, reason: 'Install ffmpeg.' }), { text: 'Chosen quality not available', title: 'Install ffmpeg.' });
});

test('a smaller picture that is a JPEG says why it is no H.264', () => {
  // Node cannot show H.264.
  const jpeg = { ...REPORT, codec: 'jpeg', width: 640, height: 360, encoder: 'Catseye (JPEG)' };
  const why = 'JPEG, because this browser cannot show H.264.';
  assert.equal(describeQuality(jpeg).title, `Slow line, encoded by Catseye (JPEG). ${why}`);
  const [group] = qualityGroups({ level: 'auto', quality: jpeg }, () => {});
  assert.equal(group.title, `Picture quality: JPEG, 640 × 360, 12 fps, 380 kbit/s. Slow line: 640 kbit/s. ${why}`);
  assert.equal(describeQuality({ ...jpeg, delivered: 'sharp', slowLine: 0 }).title, '');
});

test('the menu has the choices and the figures of now', () => {
  const sent = [];
  const [group] = qualityGroups({ level: 'balanced', quality: REPORT }, (command) => sent.push(command));
  assert.equal(group.title, 'Picture quality: H.264, 1280 × 720, 12 fps, 380 kbit/s. Slow line: 640 kbit/s');
  assert.deepEqual(group.items.map(({ label, checked }) => [label, checked]), [['Automatic', false], ['Sharp', false], ['Balanced', true], ['Slow line', false]]);
  group.items[3].action();
  assert.deepEqual(sent, [{ command: 'quality', level: 'slow' }]);
  assert.equal(qualityGroups({ level: 'auto', quality: null }, () => {})[0].title, 'Picture quality');
});
