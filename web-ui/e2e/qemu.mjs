import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '../browser-test/page.mjs';

/** The program that emulates a computer. */
export const QEMU = 'qemu-system-x86_64';

/** A real computer's firmware and hardware, emulated without help of the processor. Catseye has one monitor, the test another one. */
export class Machine {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'catseye-qemu-'));
    this.socket = join(this.folder, 'vm.qmp');
    this.id = 0;
    /** @type {Map<number, (answer: any) => void>} */
    this.waiting = new Map();
  }

  /** @param {string[]} options further options of QEMU */
  async start(options = []) {
    const own = join(this.folder, 'test');
    this.process = spawn(QEMU, ['-machine', 'pc,accel=tcg', '-m', '64', '-nodefaults', '-no-user-config', '-display', 'none', '-vga', 'std', '-no-shutdown',
      '-qmp', `unix:${this.socket},server=on,wait=off`, '-qmp', `unix:${own},server=on,wait=off`, ...options], { stdio: 'inherit' });
    await until(async () => existsSync(own), 'QEMU listens');
    // An end of QEMU, which one test causes, resets the connection.
    this.connection = connect(own).on('error', () => this.connection.destroy());
    createInterface({ input: this.connection }).on('line', (line) => {
      const answer = JSON.parse(line);
      this.waiting.get(answer.id)?.(answer);
    });
    await this.execute('qmp_capabilities');
    return this;
  }

  /** Executes a command and returns what QEMU returns. */
  async execute(execute, args = {}) {
    const id = ++this.id;
    const answer = await new Promise((done) => {
      this.waiting.set(id, done);
      this.connection.write(`${JSON.stringify({ execute, arguments: args, id })}\n`);
    });
    this.waiting.delete(id);
    if (answer.error) throw new Error(`${execute}: ${answer.error.desc}`);
    return answer.return;
  }

  /** The screen as QEMU has it. @returns {Promise<{width: number, height: number, rgb: Buffer}>} */
  async screen() {
    const file = join(this.folder, 'screen.ppm');
    await this.execute('screendump', { filename: file });
    const ppm = readFileSync(file);
    const [header, width, height] = /^P6\s(\d+)\s(\d+)\s255\s/.exec(ppm.toString('latin1', 0, 64));
    return { width: Number(width), height: Number(height), rgb: ppm.subarray(header.length) };
  }

  async remove() {
    this.connection?.destroy();
    if (this.process && this.process.exitCode === null) {
      const ended = new Promise((done) => this.process.once('exit', done));
      this.process.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * How much the page's picture differs from a screen: the mean over all channels, 0 to 255. Infinite if the sizes differ.
 *
 * @param {import('playwright-core').Page} page
 * @param {{width: number, height: number, rgb: Buffer}} screen
 */
export async function differenceFrom(page, screen) {
  const shown = await page.evaluate(() => {
    const canvas = document.querySelector('catseye-screen').canvas;
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    let text = '';
    for (let i = 0; i < data.length; i += 4) text += String.fromCharCode(data[i], data[i + 1], data[i + 2]);
    return { width, height, rgb: btoa(text) };
  });
  if (shown.width !== screen.width || shown.height !== screen.height) return Infinity;
  const rgb = Buffer.from(shown.rgb, 'base64');
  let sum = 0;
  for (let i = 0; i < rgb.length; i++) sum += Math.abs(rgb[i] - screen.rgb[i]);
  return sum / rgb.length;
}
