import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { collectComplaints, state, until } from '../browser-test/page.mjs';
import { PASSWORD, Product, installed, lacking, logIn } from '../e2e/product.mjs';
import { Machine, QEMU, differenceFrom } from '../e2e/qemu.mjs';
import { layoutOf } from '../test/support/layouts.js';
import { TESSERACT, enlargePicture, recognize, resembles } from './recognition.mjs';

/** Here the last picture of a failed scenario is kept, with the text that was recognized on it. */
const TRACES = process.env.CATSEYE_VM_TRACES || fileURLToPath(new URL('../../target/vm/', import.meta.url));
const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
/** Generous: the processor is emulated, and others may use the real one. */
const PATIENCE_MILLIS = 480_000;
/** Between two looks at a picture that does not change. */
const LOOK_MILLIS = 250;
/** Wide enough for the whole toolbar. */
const VIEWPORT = { width: 1600, height: 900 };
const TEST_MILLIS = 1_200_000;
const US = layoutOf('us').characters;

/** Parts of a machine. */
export const USB = ['-device', 'qemu-xhci,id=usb', '-device', 'usb-tablet,id=tablet'];
/** The firmware of Debian's package ovmf. */
export const OVMF = '/usr/share/OVMF/OVMF_CODE_4M.fd';
const OVMF_VARIABLES = '/usr/share/OVMF/OVMF_VARS_4M.fd';
export const CD_DRIVE = ['-device', 'ide-cd,id=cd'];

/** Firmware that waits so many seconds for a key, which has to be longer than a busy machine needs to recognize its text. */
export const waiting = (seconds) => ['-boot', `menu=on,splash-time=${seconds * 1000}`];

/** UEFI with new variables, in a folder. */
export function uefi(folder) {
  const variables = join(folder, 'variables.fd');
  copyFileSync(OVMF_VARIABLES, variables);
  return ['-drive', `if=pflash,format=raw,readonly=on,file=${OVMF}`, '-drive', `if=pflash,format=raw,file=${variables}`];
}

/**
 * A virtual machine that is switched off, the product that controls it over VNC and QMP, and its page in the browser. Its tests are the steps
 * of one scenario: after one has failed, the others fail immediately.
 */
export class Bench {
  #broken = '';
  #seen = { picture: '', text: '' };

  /** @param {string} name @param {Record<string, unknown>} needed further requirements by name; true if available */
  constructor(name, needed = {}) {
    this.name = name;
    this.skip = lacking({ [engine.name]: browserPath(), QEMU: installed(QEMU), [TESSERACT]: installed(TESSERACT), ...needed });
    this.complaints = [];
  }

  /** @param {(folder: string) => string[]} prepare makes what the machine needs in a folder of its own, and returns further options of QEMU */
  async start(prepare) {
    if (this.skip) return;
    this.machine = new Machine();
    this.folder = this.machine.folder;
    const vnc = join(this.folder, 'vm.vnc');
    await this.machine.start(['-m', '256', '-S', '-vnc', `unix:${vnc}`, ...prepare(this.folder)]);
    this.product = Product.claimed();
    this.product.options.push('--feature', 'vnc', '--feature', 'qemu');
    const config = join(this.product.home, 'config');
    mkdirSync(config, { mode: 0o700 });
    writeFileSync(join(config, 'org.catseye.vnc~vm.cfg'), `kvm.target = default\nsocket = ${vnc}\n`);
    writeFileSync(join(config, 'org.catseye.qemu~vm.cfg'), `kvm.target = default\nsocket = ${this.machine.socket}\n`);
    await this.product.start();
    this.browser = await launch();
    this.page = await (await this.browser.newContext({ viewport: VIEWPORT })).newPage();
    collectComplaints(this.page, this.complaints);
    await this.page.goto(`${this.product.address}/login`);
    await logIn(this.page, 'admin', PASSWORD);
    await state(this.page, 'live');
  }

  async remove() {
    await this.browser?.close();
    await this.product?.remove();
    await this.machine?.remove();
  }

  /** One step of the scenario. */
  test(what, run) {
    test(`${this.name}: ${what}`, { skip: this.skip, timeout: TEST_MILLIS }, async (context) => {
      if (this.#broken) throw new Error(`needs the step that failed: ${this.#broken}`);
      try {
        await run(context);
      } catch (error) {
        this.#broken = what;
        error.message += await this.#keepTrace();
        throw error;
      }
    });
  }

  /** @returns {Promise<string>} where the last picture and its text are */
  async #keepTrace() {
    try {
      await this.read();
      mkdirSync(TRACES, { recursive: true });
      const file = join(TRACES, this.name);
      writeFileSync(`${file}.png`, Buffer.from(this.#seen.picture.split(',')[1], 'base64'));
      writeFileSync(`${file}.txt`, this.#seen.text);
      await this.page.screenshot({ path: `${file}-page.png` });
      const difference = await differenceFrom(this.page, await this.machine.screen());
      return `\nThe last picture is ${file}.png, its text ${file}.txt, and the page ${file}-page.png. It differs from QEMU's own screenshot by ${difference.toFixed(2)} of 255.`;
    } catch (error) {
      return `\nThe last picture could not be kept: ${error.message}`;
    }
  }

  /** The text of the page's picture. It is recognized anew only if the picture has changed; the machine needs the processor. */
  async read() {
    const picture = await this.page.evaluate(enlargePicture);
    if (picture) this.#seen = { picture, text: await recognize(Buffer.from(picture.split(',')[1], 'base64')) };
    else await this.page.waitForTimeout(LOOK_MILLIS);
    return this.#seen.text;
  }

  /** @returns {Promise<number[]>} width and height in pixels */
  pictureSize() {
    return this.page.evaluate(() => {
      const { width, height } = document.querySelector('catseye-screen').canvas;
      return [width, height];
    });
  }

  /** Waits until the picture has all these texts. */
  async see(...wanted) {
    let missing;
    await until(async () => {
      const text = await this.read();
      missing = wanted.filter((part) => !resembles(text, part));
      return missing.length === 0;
    }, () => `"${missing.join('" and "')}" on the screen, which has:\n${this.#seen.text}`, PATIENCE_MILLIS);
  }

  /** Presses a key several times a second until the picture has the text. For firmware that listens for a moment only. */
  async pressUntil(key, wanted) {
    await this.focus();
    let pressing = true;
    const presses = (async () => {
      for (; pressing; await new Promise((done) => setTimeout(done, 200))) await this.page.keyboard.press(key);
    })();
    try {
      await this.see(wanted);
    } finally {
      pressing = false;
      await presses;
    }
  }

  /** Moves the focus to the picture, as a click does, but without a click in the machine. */
  async focus() {
    await this.page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('catseye-screen .stage')).focus());
  }

  async press(...keys) {
    await this.focus();
    for (const key of keys) await this.page.keyboard.press(key, { delay: 20 });
  }

  /** Types a line on the keys of a US keyboard. */
  async typeLine(line) {
    await this.press(...[...line].map((character) => US[character]), 'Enter');
  }

  /** Types a text by "Type text…", that is, on the server. */
  async typeOnServer(text) {
    await this.page.click('catseye-menu[icon="keyboard"] > button');
    await this.page.click('.menu-item:has([data-icon="text"])');
    await this.page.waitForSelector('#catseye-type-text');
    await this.page.selectOption('#catseye-type-layout', 'us');
    await this.page.fill('#catseye-type-text', text);
    await this.page.click('catseye-type-text dialog[open] button[type=submit]');
    await this.page.waitForSelector('catseye-type-text dialog[open]', { state: 'hidden' });
  }

  /** Chooses an action of the Power menu, and confirms it if there is a question. */
  async choosePower(action, confirmed = false) {
    await this.page.click('catseye-menu[icon="power"] > button');
    await this.page.click(`catseye-menu[icon="power"] .menu-item:has(.menu-label:text-is("${action}"))`);
    if (confirmed) await this.page.click('catseye-power dialog[open] button[type=submit]');
  }

  /** Waits until the page says whether the computer is on. */
  async seePower(power) {
    await this.page.waitForSelector(`[data-lamp="power"][state="${power}"]`, { timeout: PATIENCE_MILLIS });
  }

  async switchOn() {
    await this.seePower('off');
    await this.choosePower('Switch on');
    await this.seePower('on');
  }

  /** Chooses an item of the Media menu; the CD drive is the first one. */
  async chooseMedia(item) {
    await this.page.click('catseye-menu[icon="disc"] > button');
    await this.page.click(`catseye-menu[icon="disc"] .menu-item:has(.menu-label:text-is("${item}")) >> nth=0`);
  }

  /** Uploads an image to the library on the page. */
  async upload(file, name) {
    await this.chooseMedia('Image library…');
    await this.page.setInputFiles('dialog.library input[type=file]', file);
    await this.page.waitForSelector(`.media-image:has(.media-name:text-is("${name}"))`, { timeout: PATIENCE_MILLIS });
    await this.page.keyboard.press('Escape');
  }

  /** Attaches the only image of the library to the CD drive. */
  async attach(name) {
    await this.chooseMedia('Attach an image…');
    await this.page.click('catseye-media-attach button[type=submit]:not([disabled])');
    await this.page.waitForSelector(`[data-status="attached"]:has-text("${name}")`);
  }

  /** @returns {Promise<string>} the file in the CD drive, as QEMU reports it; empty if there is none */
  async inserted() {
    const drive = (await this.machine.execute('query-block')).find((device) => device.removable);
    return basename(drive.inserted?.image.filename ?? '');
  }

  /** Writes a picture of the page for docs/qemu.md, if this is asked for. */
  async shoot(name) {
    if (!process.env.CATSEYE_SHOTS) return;
    await this.page.screenshot({ path: join(DOCS, `qemu-${name}.jpg`), type: 'jpeg', quality: 70 });
  }
}
