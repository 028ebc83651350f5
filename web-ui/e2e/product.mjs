import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** An emulated processor takes a minute. A product that ends is reported at once. */
const START_MILLIS = 300_000;

/** The password of the owner in every test; the user name is admin. */
export const PASSWORD = 'correct horse battery';

/** The path of the unpacked distribution; empty if it is not built. */
export function distribution() {
  const given = process.env.CATSEYE_DIST;
  return given && existsSync(join(given, 'bin/catseye')) ? resolve(given) : '';
}

/** Whether this machine has the command. */
export const installed = (command) => spawnSync('sh', ['-c', 'command -v "$0"', command]).status === 0;

/**
 * The reason why tests of the product are skipped on this machine; false if they run.
 *
 * @param {Record<string, unknown>} needed further requirements by name; true if available
 */
export function lacking(needed) {
  if (!distribution()) return 'the distribution is not built (CATSEYE_DIST)';
  const missing = Object.keys(needed).filter((name) => !needed[name]);
  return missing.length > 0 && `no ${missing.join(' and no ')} on this machine`;
}

/** Submits the login form on the page. */
export async function logIn(page, user, password) {
  await page.fill('#user', user);
  await page.fill('#password', password);
  await page.click('button[type=submit]');
}

/** The product as a new user starts it: from the distribution, on a free port, with a new home. */
export class Product {
  /** @param {string[]} options further options of the start script */
  constructor(options = []) {
    this.home = mkdtempSync(join(tmpdir(), 'catseye-e2e-'));
    this.options = options;
    this.port = 0;
    this.output = '';
  }

  /** Starts a product that gets its owner from a password file. */
  static claimed() {
    const product = new Product();
    const file = join(product.home, 'password');
    writeFileSync(file, `${PASSWORD}\n`, { mode: 0o600 });
    product.options = ['--admin-password-file', file];
    return product;
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

  /** Claims the device on the setup page, like a user who opens the printed link. */
  async claim(page) {
    await page.goto(`${this.address}/setup#token=${this.token}`);
    await page.waitForSelector('input[type=password]');
    for (const field of await page.locator('input[type=password]').all()) await field.fill(PASSWORD);
    await page.click('button[type=submit]');
  }

  post(path, body, headers = {}) {
    return fetch(`${this.address}/api/v1/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });
  }

  /** Logs the owner in without the page. @returns {Promise<string>} the cookie */
  async session() {
    const login = await this.post('session', { user: 'admin', password: PASSWORD });
    if (!login.ok) throw new Error(`no login: ${login.status} ${await login.text()}`);
    return login.headers.get('set-cookie').split(';')[0];
  }

  /** Logs the owner in in all pages of a browser context. @returns {Promise<string>} the cookie */
  async signIn(context) {
    const cookie = await this.session();
    const [name, value] = cookie.split('=');
    await context.addCookies([{ name, value, url: this.address, httpOnly: true, sameSite: 'Strict' }]);
    return cookie;
  }

  /** Stops the product and keeps its home, so that it can be restarted on the same port. */
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
