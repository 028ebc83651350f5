import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MILLIS = 20_000;

/** TigerVNC's X server without a password, on a Unix socket. */
export class XDisplay {
  #folder = mkdtempSync(join(tmpdir(), 'catseye-x-'));
  socket = join(this.#folder, 'vnc');

  async start() {
    this.#server = spawn('Xtigervnc', ['-displayfd', '3', '-geometry', '1024x768', '-depth', '24', '-rfbport', '-1', '-rfbunixpath', this.socket, '-SecurityTypes', 'None', '-AlwaysShared'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const number = new Promise((done) => this.#server.stdio[3].once('data', (data) => done(String(data).trim())));
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('no X server')), START_MILLIS).unref());
    this.name = `:${await Promise.race([number, late])}`;
    return this;
  }

  #server;

  /** Runs an X program to its end. @returns {Buffer} its output */
  run(...command) {
    const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), { env: { ...process.env, DISPLAY: this.name }, maxBuffer: 1 << 26 });
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
    return stdout;
  }

  /** Starts a terminal with lines of text that scroll. @returns {Promise<void>} when it has ended */
  scrollText(lines) {
    const terminal = spawn('xterm', ['-geometry', '90x30+40+30', '-e', 'sh', '-c', `i=0; while [ $i -lt ${lines} ]; do i=$((i + 1)); echo line $i of many; done; sleep 0.5`],
      { env: { ...process.env, DISPLAY: this.name }, stdio: 'ignore' });
    return new Promise((done) => terminal.once('exit', done));
  }

  /** A program that goes on. @returns {() => void} ends it */
  show(...command) {
    const program = spawn(command[0], command.slice(1), { env: { ...process.env, DISPLAY: this.name }, stdio: 'ignore' });
    return () => program.kill();
  }

  /** @returns {{width: number, height: number, rgb: (x: number, y: number) => number[]}} from an X window dump (XWDFile.h), whose pixels have 32 bits */
  dump() {
    const file = this.run('xwd', '-root', '-silent');
    const [width, height, stride] = [16, 20, 48].map((at) => file.readUInt32BE(at));
    const start = file.readUInt32BE(0) + 12 * file.readUInt32BE(76);
    return { width, height, rgb: (x, y) => {
      const at = start + y * stride + 4 * x;
      return [file[at + 2], file[at + 1], file[at]];
    } };
  }

  async stop() {
    const ended = new Promise((done) => this.#server.once('exit', done));
    this.#server.kill();
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
