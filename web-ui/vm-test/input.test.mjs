import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { WebSocket } from 'ws';
import { until } from '../browser-test/page.mjs';
import { Bench, USB } from './bench.mjs';
import { buildLinux, linuxNeeds } from './images.mjs';
import { CODES, NOT_CARRIED, NOT_CARRIED_BY_USB, WRONG_IN_USB, linuxName } from './key-table.mjs';

/** What the input devices of a Linux report when each key of the product is pressed, and when its pointer is used. */

const bench = new Bench('Input', linuxNeeds());
const MILLIS = 60_000;
/** The serial ports on which the guest prints the events of these devices. */
const PS2_KEYBOARD = 0;
const USB_KEYBOARD = 1;
const TABLET = 2;
const PS2_MOUSE = 3;
const TABLET_MAX = 32767;
let control;

before(() => bench.start((folder) => {
  const { kernel, initrd } = buildLinux(folder);
  const serialPorts = [PS2_KEYBOARD, USB_KEYBOARD, TABLET, PS2_MOUSE].flatMap((port) => ['-serial', `file:${join(folder, `port${port}`)}`]);
  return ['-kernel', kernel, '-initrd', initrd, '-append', 'quiet events', ...serialPorts, ...USB];
}));

after(async () => {
  control?.close();
  await bench.remove();
});

const textOf = (port) => {
  const file = join(bench.folder, `port${port}`);
  return existsSync(file) ? readFileSync(file, 'latin1') : '';
};

/** Waits until evtest reads the device. */
const awaitDevice = (port) => until(() => textOf(port).includes('Testing'), `the device on the serial port ${port}; it has printed: ${textOf(port)}`, 480_000);

/** The events of a device since the text of its port had this length, such as "KEY_A 1"; without scan codes. */
const eventsOf = (port, since) => [...textOf(port).slice(since).matchAll(/\((?:EV_KEY|EV_REL|EV_ABS)\), code \d+ \((\w+)\), value (-?\d+)/g)].map(([, name, value]) => `${name} ${value}`);

const send = (message) => control.send(JSON.stringify(message));

/** Presses and releases a key, and waits for what is expected of it. @returns {Promise<string[]>} what the device has reported */
async function strike(port, code, wanted) {
  const since = textOf(port).length;
  send({ type: 'key', code, down: true });
  send({ type: 'key', code, down: false });
  await until(() => eventsOf(port, since).length >= wanted, code, MILLIS).catch(() => {});
  return eventsOf(port, since);
}

/** Presses each key of the table, and returns what was wrong. A key that is not carried is followed by one that is. */
async function strikeAll(port, notCarried, left = {}) {
  const wrong = [];
  for (const code of CODES.filter((each) => !(each in left))) {
    const right = [`${linuxName(code)} 1`, `${linuxName(code)} 0`];
    let seen = await strike(port, code, code in notCarried ? 0 : right.length);
    if (code in notCarried) {
      const since = textOf(port).length;
      seen = [...seen, ...(await strike(port, 'KeyA', 2))];
      if (String(seen.splice(-2)) !== 'KEY_A 1,KEY_A 0') wrong.push(`after ${code}: ${textOf(port).slice(since)}`);
      if (seen.length === 0) continue;
    }
    if (String(seen) !== String(right)) wrong.push(`${code}: ${seen.join(', ') || 'nothing'}`);
    if (wrong.length > 5) break;
  }
  return wrong;
}

bench.test('each key arrives at a PS/2 keyboard as the right one', async () => {
  await bench.switchOn();
  for (const port of [PS2_KEYBOARD, TABLET, PS2_MOUSE]) await awaitDevice(port);
  control = new WebSocket(`${bench.product.address.replace('http', 'ws')}/api/v1/targets/default/control`, 'catseye.control.v1', {
    headers: { Cookie: await bench.product.session(), Origin: bench.product.address },
  });
  await new Promise((done, failed) => control.once('open', done).once('error', failed));
  assert.deepEqual(await strikeAll(PS2_KEYBOARD, NOT_CARRIED), []);
});

bench.test('a USB keyboard that is plugged in gets the keys instead', async () => {
  await bench.machine.execute('device_add', { driver: 'usb-kbd', id: 'keyboard' });
  await awaitDevice(USB_KEYBOARD);
  const before = textOf(PS2_KEYBOARD);
  assert.deepEqual(await strikeAll(USB_KEYBOARD, NOT_CARRIED_BY_USB, WRONG_IN_USB), []);
  assert.equal(textOf(PS2_KEYBOARD), before);
});

bench.test('a tablet gets the positions, buttons and turns of the wheel', async () => {
  const [width, height] = await bench.pictureSize();
  for (const [x, y] of [[0.5, 0.5], [0, 0], [1, 1], [0.25, 0.75]]) {
    const since = textOf(TABLET).length;
    send({ type: 'pointer', x, y, buttons: 0 });
    const last = (axis) => Number(eventsOf(TABLET, since).filter((event) => event.startsWith(axis)).pop()?.split(' ')[1]);
    // Within one pixel, and a half for rounding.
    const near = (axis, part, pixels) => Math.abs(last(axis) - part * TABLET_MAX) <= (1.5 * TABLET_MAX) / pixels;
    await until(() => near('ABS_X', x, width) && near('ABS_Y', y, height), () => `${x}, ${y}: ${eventsOf(TABLET, since)}`, MILLIS);
  }
  await expectEvents(TABLET, ['BTN_LEFT 1', 'BTN_LEFT 0', 'BTN_RIGHT 1', 'BTN_RIGHT 0', 'BTN_MIDDLE 1', 'BTN_MIDDLE 0'], () => {
    for (const buttons of [1, 0, 2, 0, 4, 0]) send({ type: 'pointer', x: 0.25, y: 0.75, buttons });
  });
  for (const dy of [1, -1]) await expectEvents(TABLET, [`REL_WHEEL ${dy}`], () => send({ type: 'wheel', dx: 0, dy }));
});

bench.test('without the tablet, a mouse gets the movements', async () => {
  await bench.machine.execute('device_del', { id: 'tablet' });
  await until(async () => (await bench.machine.execute('query-mice')).some(({ current, absolute }) => current && !absolute), 'the mouse', MILLIS);
  await expectEvents(PS2_MOUSE, ['REL_X 7', 'REL_Y -5'], () => send({ type: 'move', dx: 7, dy: -5, buttons: 0 }));
  await expectEvents(PS2_MOUSE, ['REL_X -20'], () => send({ type: 'move', dx: -20, dy: 0, buttons: 0 }));
  await expectEvents(PS2_MOUSE, ['BTN_LEFT 1', 'BTN_LEFT 0'], () => {
    for (const buttons of [1, 0]) send({ type: 'move', dx: 0, dy: 0, buttons });
  });
  await expectEvents(PS2_MOUSE, ['REL_WHEEL 1'], () => send({ type: 'wheel', dx: 0, dy: 1 }));
});

/** Waits until a device has reported exactly these events, beside the high-resolution wheel. */
async function expectEvents(port, wanted, act) {
  const since = textOf(port).length;
  const seen = () => eventsOf(port, since).filter((event) => !/HI_RES|ABS_/.test(event));
  act();
  await until(() => String(seen()) === String(wanted), () => `${wanted}; there were ${seen()}`, MILLIS);
}
