import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { Bench, CD_DRIVE, OVMF, USB, uefi, waiting } from './bench.mjs';
import { USER, USER_PASSWORD, buildLinuxCd, linuxNeeds } from './images.mjs';

/**
 * A visit to a virtual machine, as a user makes it. CATSEYE_WATCH=1 shows the browser, and CATSEYE_SHOTS=1 writes the pictures of
 * docs/qemu.md anew.
 */

const bench = new Bench('Tour', { ovmf: existsSync(OVMF), ...linuxNeeds() });
const CD = 'small-linux.iso';

before(() => bench.start((folder) => {
  buildLinuxCd(folder);
  // With 256 MB, GRUB under UEFI has too little memory for the kernel.
  return ['-m', '512', ...waiting(15), ...uefi(folder), ...CD_DRIVE, ...USB];
}));
after(() => bench.remove());

bench.test('a CD from the library is put into the drive of a machine that is off', async () => {
  await bench.seePower('off');
  await bench.upload(join(bench.folder, CD), CD);
  await bench.chooseMedia('Attach an image…');
  await bench.page.waitForSelector('catseye-media-attach button[type=submit]:not([disabled])');
  await bench.shoot('media');
  await bench.page.click('catseye-media-attach button[type=submit]');
  await bench.page.waitForSelector(`[data-status="attached"]:has-text("${CD}")`);
});

bench.test('the Power menu switches it on', async () => {
  await bench.page.click('catseye-menu[icon="power"] > button');
  await bench.page.waitForSelector('catseye-menu[icon="power"] .menu-title:has-text("The computer is off")');
  await bench.shoot('off');
  await bench.page.keyboard.press('Escape');
  await bench.switchOn();
});

bench.test('F2 opens the set-up of its firmware', async () => {
  await bench.pressUntil('F2', 'Select Language');
  await bench.press('ArrowDown', 'ArrowDown');
  await bench.see('take you to the Boot');
  await bench.shoot('firmware');
});

bench.test('its boot manager starts from the CD', async () => {
  await bench.press('Enter');
  // The CD drive is the first entry. It is selected, so its text is not recognized.
  await bench.see('Boot Manager Menu', 'EFI Internal Shell', 'Secondary,Mast');
  await bench.press('Enter');
  await bench.see('GNU GRUB', 'Small Linux');
  await bench.press('ArrowDown', 'Enter');
  await bench.see('A small Linux for tests', 'small-linux login:');
});

bench.test('what is typed is executed', async () => {
  await bench.typeLine(USER);
  await bench.see('Password:');
  await bench.typeLine(USER_PASSWORD);
  await bench.see('Welcome to the small Linux');
  await bench.typeLine('clear; factor 3703701 6172835');
  await bench.see('3703701: 3 127 9721', '6172835: 5 127 9721');
  await bench.shoot('shell');
});

bench.test('the CD is ejected, and the machine is switched off', async () => {
  await bench.chooseMedia('Eject');
  await bench.page.waitForSelector('[data-status="attached"]', { state: 'hidden' });
  await bench.choosePower('Press the power button');
  await bench.seePower('off');
});
