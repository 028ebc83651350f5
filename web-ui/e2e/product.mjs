import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const START_MILLIS = 60_000;

/** Where the unpacked distribution is; empty if it is not built. */
export function distribution() {
  const given = process.env.CATSEYE_DIST;
  return given && existsSync(join(given, 'bin/catseye')) ? resolve(given) : '';
}

/** The product as a newcomer starts it: from the distribution, on a free port, with a new home. */
export class Product {
  /** @param {string[]} options further options of the start script */
  constructor(options = []) {
    this.home = mkdtempSync(join(tmpdir(), 'catseye-e2e-'));
    this.options = options;
    this.port = 0;
    this.output = '';
  }

  async start() {
    this.output = '';
    this.process = spawn(join(distribution(), 'bin/catseye'), ['--port', String(this.port), '--home', this.home, ...this.options], { stdio: ['ignore', 'pipe', 'pipe'] });
    const gone = new Promise((_, reject) => this.process.once('exit', (code) => reject(new Error(`ended with ${code}:\n${this.output}`))));
    gone.catch(() => {});
    const ready = new Promise((done) => {
      const read = (chunk) => {
        this.output += chunk;
        const line = /Catseye is ready: (http:\/\/localhost:(\d+))\//.exec(this.output);
        if (line) done(line);
      };
      this.process.stdout.on('data', read);
      this.process.stderr.on('data', read);
    });
    const slow = new Promise((_, reject) => setTimeout(() => reject(new Error(`not ready in time:\n${this.output}`)), START_MILLIS).unref());
    const [, address, port] = await Promise.race([ready, gone, slow]);
    this.address = address;
    this.port = Number(port);
    return this;
  }

  /** The one-time token that a new device prints. */
  get token() {
    return /setup#token=([\w-]+)/.exec(this.output)?.[1];
  }

  /** Stops it and keeps its home, for another start on the same port. */
  async stop() {
    if (!this.process || this.process.exitCode !== null) return;
    const ended = new Promise((done) => this.process.once('exit', done));
    this.process.kill('SIGTERM');
    await ended;
  }

  async remove() {
    await this.stop();
    rmSync(this.home, { recursive: true, force: true });
  }
}
