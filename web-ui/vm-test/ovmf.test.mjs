import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before } from 'node:test';
import { Bench, OVMF, USB, uefi, waiting } from './bench.mjs';

/** A PC with UEFI: the set-up of OVMF and its shell, used with the keyboard. */

const bench = new Bench('OVMF', { ovmf: existsSync(OVMF) });
before(() => bench.start((folder) => [...waiting(60), ...uefi(folder), ...USB]));
after(() => bench.remove());

bench.test('F2 opens the set-up after the page has switched the machine on', async () => {
  await bench.switchOn();
  await bench.pressUntil('F2', 'Select Language');
  await bench.see('Boot Maintenance Manager', 'Standard PC (i440FX + PIIX, 1996)');
});

bench.test('the arrow keys lead to a list of screen sizes, and Escape back', async () => {
  await bench.press('ArrowDown');
  await bench.see('take you to the Device Manager');
  await bench.press('Enter');
  await bench.see('Devices List', 'options');
  await bench.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await bench.see('platform settings.');
  await bench.press('Enter');
  await bench.see('Discard Changes and Exit', 'Graphics Console');
  await bench.press('Enter');
  await bench.see('1152x864', '1280x1024');
  await bench.press('Escape');
  await bench.see('Discard Changes and Exit');
  await bench.press('Escape');
  await bench.see('Devices List');
  await bench.press('Escape');
  await bench.see('Select Language');
});

bench.test('the boot manager starts the shell, whose screen is larger', async () => {
  assert.deepEqual(await bench.pictureSize(), [640, 480]);
  await bench.press('ArrowDown');
  await bench.see('take you to the Boot');
  await bench.press('Enter');
  await bench.see('Boot Manager Menu');
  // The last entry is the shell, whatever devices there are.
  await bench.press('ArrowUp', 'Enter');
  await bench.see('UEFI Interactive Shell', /^She[l1 ]+>/m);
  assert.deepEqual(await bench.pictureSize(), [1280, 800]);
});

bench.test('commands are typed, and the last one switches the machine off', async () => {
  await bench.typeLine('cls 1');
  await bench.see(/^.{0,4}She[l1 ]+>[^]{0,9}$/);
  await bench.typeLine('ver');
  await bench.see('UEFI v2.70');
  await bench.typeLine('reset -s');
  await bench.seePower('off');
});
