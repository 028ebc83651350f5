import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../browser-test/page.mjs';

/** The files that docs/security.md recommends. */
const FILES = fileURLToPath(new URL('../../docs/proxy/', import.meta.url));
/** Programs for administrators are often not in the PATH of other users. */
const FOLDERS = ['/usr/sbin', '/usr/local/sbin', ...(process.env.PATH ?? '').split(':')];
const find = (program) => FOLDERS.map((folder) => join(folder, program)).find((path) => existsSync(path));

/** How a program is started with a file of ours: the texts in the file that are replaced by those of this machine, and the command. */
const PROGRAMS = {
  nginx: {
    files: ['nginx.conf', 'nginx-path.conf'],
    replacements: ({ folder, http, tls, product }) => ({
      'listen 80;': `listen 127.0.0.1:${http};`,
      'listen 443 ssl;': `listen 127.0.0.1:${tls} ssl;`,
      '/etc/ssl/kvm.example.org.pem': `${folder}/cert.pem`,
      '/etc/ssl/kvm.example.org.key': `${folder}/key.pem`,
      'http://127.0.0.1:8080': `http://127.0.0.1:${product}`,
      // Where this run may write.
      'http {\n': `http {\n${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}\naccess_log off;\n`,
    }),
    command: ({ folder, file }) => ['-p', folder, '-c', file, '-e', 'stderr', '-g', `daemon off; pid ${folder}/pid;${process.getuid?.() === 0 ? ' user root;' : ''}`],
  },
  haproxy: {
    files: ['haproxy.cfg', 'haproxy-path.cfg'],
    replacements: ({ folder, http, tls, product }) => ({
      'bind :80\n': `bind 127.0.0.1:${http}\n`,
      'bind :443 ssl': `bind 127.0.0.1:${tls} ssl`,
      '/etc/ssl/kvm.example.org.both.pem': `${folder}/both.pem`,
      'server catseye 127.0.0.1:8080': `server catseye 127.0.0.1:${product}`,
    }),
    command: ({ file }) => ['-db', '-f', file],
  },
};

/** The proxies that the documentation has files for. */
export const PROXIES = Object.keys(PROGRAMS);
/** The names of these files. */
export const CONFIGURATIONS = Object.values(PROGRAMS).flatMap(({ files }) => files).sort();
/** @param {string} name @returns {boolean} whether this machine has the program */
export const hasProxy = (name) => find(name) !== undefined;

/** A real proxy in front of the product, with a file of the documentation in which only ports and files are replaced. */
export class ReverseProxy {
  /**
   * @param {string} name of the program
   * @param {string} basePath empty, or /kvm as in the documentation
   * @param {number} productPort
   */
  constructor(name, basePath, productPort) {
    this.name = name;
    this.basePath = basePath;
    this.productPort = productPort;
    this.output = '';
  }

  async start() {
    this.folder = mkdtempSync(join(tmpdir(), 'catseye-proxy-'));
    this.ports = { http: await freePort(), https: await freePort() };
    this.#createCertificate();
    const { files, replacements, command } = PROGRAMS[this.name];
    const file = join(this.folder, 'proxy.conf');
    const place = { folder: this.folder, file, http: this.ports.http, tls: this.ports.https, product: this.productPort };
    let text = readFileSync(FILES + files[this.basePath ? 1 : 0], 'utf8');
    for (const [from, to] of Object.entries(replacements(place))) {
      if (text.split(from).length !== 2) throw new Error(`${files[this.basePath ? 1 : 0]} does not have ${from} once`);
      text = text.replace(from, to);
    }
    writeFileSync(file, text);
    this.process = spawn(/** @type {string} */ (find(this.name)), command(place), { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on('data', (chunk) => { this.output += chunk; });
    for (const port of Object.values(this.ports)) await until(() => this.#listens(port), () => `${this.name}: ${this.output}`);
    return this;
  }

  /** The address of the product through the proxy, without a slash at the end. @param {'http' | 'https'} scheme @param {string} host */
  address(scheme, host) {
    return `${scheme}://${host}:${this.ports[scheme]}${this.basePath}`;
  }

  #createCertificate() {
    const file = (name) => join(this.folder, name);
    const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=kvm.example.org', '-keyout', file('key.pem'), '-out', file('cert.pem')]);
    if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
    writeFileSync(file('both.pem'), readFileSync(file('cert.pem'), 'utf8') + readFileSync(file('key.pem'), 'utf8'), { mode: 0o600 });
  }

  #listens(port) {
    if (this.process.exitCode !== null) throw new Error(`${this.name} ended with ${this.process.exitCode}: ${this.output}`);
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
      socket.on('error', () => resolve(false));
    });
  }

  async stop() {
    if (this.process && this.process.exitCode === null && this.process.signalCode === null) {
      const ended = new Promise((resolve) => this.process.once('exit', resolve));
      this.process.kill('SIGTERM');
      await ended;
    }
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}
