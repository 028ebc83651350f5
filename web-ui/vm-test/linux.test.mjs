import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { Bench, CD_DRIVE, USB } from './bench.mjs';
import { USER, USER_PASSWORD, buildLinuxCd, linuxNeeds } from './images.mjs';

/** A Linux from a CD of the library: attached, started, used, ejected and shut down on the page. */

const bench = new Bench('Linux', linuxNeeds());
const CD = 'small-linux.iso';

before(() => bench.start((folder) => {
  buildLinuxCd(folder);
  return [...CD_DRIVE, ...USB];
}));
after(() => bench.remove());

bench.test('a machine without a CD finds nothing to start', async () => {
  await bench.switchOn();
  await bench.see('No bootable device');
});

bench.test('an uploaded CD is attached, and the reset button starts from it', async () => {
  await bench.upload(join(bench.folder, CD), CD);
  await bench.attach(CD);
  await bench.choosePower('Press the reset button', true);
  await bench.see('GNU GRUB', 'Small Linux');
  await bench.press('ArrowDown', 'Enter');
  await bench.see('A small Linux for tests', 'small-linux login:');
});

bench.test('a wrong password is refused, the right one is accepted', async () => {
  await bench.typeLine(USER);
  await bench.see('Password:');
  await bench.typeLine(USER_PASSWORD.toLowerCase());
  await bench.see('Login incorrect');
  await bench.typeLine(USER);
  await bench.see(/incorrect[^]*Password/);
  await bench.typeLine(USER_PASSWORD);
  await bench.see('Welcome to the small Linux');
});

bench.test('what is typed is executed', async () => {
  await bench.typeLine('clear; echo "[$((123456 * 6 + 1))]" | tr 0123456789 abcdefghij');
  await bench.see('[heahdh]');
  await bench.typeOnServer('clear; for i in $(seq 3 5); do factor $((i * 1234567)); done\n');
  await bench.see('3703701: 3 127 9721', '6172835: 5 127 9721');
});

bench.test('the system reads the CD, and the page ejects it', async () => {
  await bench.typeLine('clear; mount -r /dev/sr0 /mnt; cat /mnt/answer.txt; umount /mnt; echo Done');
  await bench.see('This text is on the CD.', /^Done/m);
  assert.equal(await bench.inserted(), CD);
  await bench.chooseMedia('Eject');
  await bench.page.waitForSelector('[data-status="attached"]', { state: 'hidden' });
  assert.equal(await bench.inserted(), '');
  await bench.typeLine('clear; mount -r /dev/sr0 /mnt');
  await bench.see('No medium found');
});

bench.test('the power button of the page shuts the system down', async () => {
  await bench.choosePower('Press the power button');
  await bench.seePower('off');
  assert.equal((await bench.machine.execute('query-status')).status, 'shutdown');
  await bench.page.click('catseye-menu[icon="power"] > button');
  await bench.page.waitForSelector('catseye-menu[icon="power"] .menu-title:has-text("The computer is off")');
});
