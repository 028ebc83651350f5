import { join } from 'node:path';
import { after, before } from 'node:test';
import { Bench, CD_DRIVE, USB } from './bench.mjs';
import { buildInstaller, installerNeeds } from './images.mjs';

/** Debian's installer, from its boot menu through its first questions. */

const bench = new Bench('Debian installer', installerNeeds());

before(() => bench.start((folder) => {
  buildInstaller(folder);
  // With less memory the installer asks fewer questions.
  return ['-m', '1024', ...CD_DRIVE, ...USB];
}));
after(() => bench.remove());

bench.test('its CD starts with a boot menu', async () => {
  await bench.upload(join(bench.folder, 'installer.iso'), 'installer.iso');
  await bench.attach('installer.iso');
  await bench.switchOn();
  await bench.see('installer menu (BIOS mode)', 'Advanced options');
});

bench.test('a line of the boot menu is edited', async () => {
  await bench.press('Tab');
  await bench.see('vga=788 initrd=initrd.gz');
  // Without the fonts of all languages, which an emulated processor draws slowly.
  await bench.typeLine(' fb=false');
});

bench.test('language, location and keyboard are chosen', async () => {
  await bench.see('Choose the language to be used for the installation process', 'Catalan');
  await bench.press('Enter');
  await bench.see('Select your location', 'Country, territory or area', 'Zimbabwe');
  await bench.press('ArrowUp', 'ArrowUp', 'Enter');
  await bench.see('Configure the keyboard', 'Keymap to use', 'Belarusian');
  await bench.press('Enter');
  await bench.see('No Ethernet card was detected');
});
