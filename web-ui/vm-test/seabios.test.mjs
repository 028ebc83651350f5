import { after, before } from 'node:test';
import { Bench, waiting } from './bench.mjs';

/** A PC with the firmware SeaBIOS and the network boot of iPXE, from the power button to the shell of iPXE. */

const bench = new Bench('SeaBIOS');
before(() => bench.start(() => [...waiting(60), '-netdev', 'user,id=net,restrict=on', '-device', 'e1000,netdev=net,mac=52:54:00:ca:75:e1']));
after(() => bench.remove());

bench.test('Escape opens the boot menu after the page has switched the machine on', async () => {
  await bench.switchOn();
  await bench.see('SeaBIOS (version', 'Press ESC for boot menu');
  await bench.press('Escape');
  await bench.see('Select boot device', 'iPXE (PCI 00:03.0)');
});

bench.test('the chosen entry starts iPXE, and Ctrl+B its shell', async () => {
  const line = (await bench.read()).split('\n').find((text) => /PXE/.test(text));
  const number = /^\D*([1-9])/.exec(line)?.[1] ?? '2';
  await bench.press(`Digit${number}`);
  await bench.pressUntil('ControlLeft+KeyB', /^[il1]PXE\s*>/m);
  await bench.see('iPXE initialising devices', 'Open Source Network Boot Firmware');
});

bench.test('commands are typed by the page and by the server', async () => {
  await bench.typeLine('show net0/mac:hexhyp');
  await bench.see('net0.mac:hexhyp = 52-54-00-ca-75-e1');
  await bench.typeOnServer('echo Built for ${buildarch} with ${manufacturer}!\n');
  await bench.see('Built for i386 with QEMU');
});

bench.test('the power button of the page switches it off', async () => {
  await bench.choosePower('Hold the power button', true);
  await bench.seePower('off');
});
