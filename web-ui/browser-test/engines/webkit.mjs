import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RemotePage } from './remote-page.mjs';
import { chooseLanguages } from './observe.mjs';

/** WebKitGTK, by WebDriver (W3C): Debian's webkit2gtk-driver, on a screen of Xvfb. */

export const name = 'WebKitGTK';
export const paths = [process.env.CATSEYE_WEBKIT_DRIVER, '/usr/bin/WebKitWebDriver'];
/** Its driver is slower than the others. */
export const timeout = 180_000;
export const lacks = {
  fingers: 'WebKitWebDriver has no fingers',
  downloads: 'WebKitWebDriver reports no downloads',
  files: 'the tests choose no files in this engine',
  'device pixels': 'WebKitWebDriver cannot change the number of device pixels in a CSS pixel',
  'H.264': 'the codec is not in a WebKitGTK of Debian without further packages',
  'early scripts': 'WebKitWebDriver runs no script before those of the page',
  'mouse lock': 'WebKitWebDriver never ends a click that locks the mouse, although the mouse is locked',
  'colour schemes': 'WebKitWebDriver has no setting for it',
  'script errors': 'WebKitWebDriver reports no errors of scripts',
  'other host names': 'WebKitGTK resolves names like the rest of the machine',
};

const START_ATTEMPTS = 3;
const START_MILLIS = 30_000;

/** The characters of WebDriver for modifiers. */
const KEYS = { shift: '\uE008', alt: '\uE00A' };

/** MiniBrowser's own tools take no room, so that its windows can be as narrow as a phone. */
const NO_TOOLS = 'window * { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 0; -gtk-icon-transform: scale(0); }';
/** GTK counts two presses more than 400 ms apart as two clicks, and on a busy machine the driver needs longer for a double click. */
const SLOW_DOUBLE_CLICKS = '[Settings]\ngtk-double-click-time=2000\n';
const BROWSERS = ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'].flatMap((version) => [process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu']
  .map((machine) => `/usr/lib/${machine}/${version}/MiniBrowser`));

/** @param {string} path */
export function launch(path) {
  return new WebKit(path);
}

class WebKit {
  #path;
  #settings = mkdtempSync(join(tmpdir(), 'catseye-webkit-'));
  /** @type {Context[]} */ #contexts = [];

  /** @param {string} path */
  constructor(path) {
    this.#path = path;
    mkdirSync(join(this.#settings, 'gtk-3.0'));
    writeFileSync(join(this.#settings, 'gtk-3.0/gtk.css'), NO_TOOLS);
    writeFileSync(join(this.#settings, 'gtk-3.0/settings.ini'), SLOW_DOUBLE_CLICKS);
  }

  /** A context is a driver of its own with one window, because each driver has a single session, on a screen where this window keeps the focus. */
  async newContext(options = {}) {
    const context = await new Context(this.#path, this.#settings, options).start();
    this.#contexts.push(context);
    return context;
  }

  async newPage(options) {
    return (await this.newContext(options)).newPage();
  }

  async close() {
    for (const context of this.#contexts) await context.close();
    rmSync(this.#settings, { recursive: true, force: true });
  }
}

class Context {
  #path;
  #settings;
  #options;
  /** @type {import('node:child_process').ChildProcess | null} */ #screen = null;
  /** @type {import('node:child_process').ChildProcess | null} */ #driver = null;
  #session = '';

  constructor(path, settings, options) {
    this.#path = path;
    this.#settings = settings;
    this.#options = options;
  }

  /** Sometimes the browser ends while it starts, and then its driver waits for it forever. */
  async start() {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#startSession();
        return this;
      } catch (error) {
        await this.close();
        if (attempt === START_ATTEMPTS) throw error;
      }
    }
  }

  async #startSession() {
    const env = { ...process.env, DISPLAY: await this.#startScreen(), XDG_CONFIG_HOME: this.#settings, NO_AT_BRIDGE: '1', GTK_THEME: 'Adwaita' };
    const port = await freePort();
    this.#driver = spawn(this.#path, [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' });
    this.address = `http://127.0.0.1:${port}`;
    const options = { binary: process.env.CATSEYE_WEBKIT ?? BROWSERS.find(existsSync), args: ['--automation'] };
    const signal = AbortSignal.timeout(START_MILLIS);
    for (;;) {
      try {
        this.#session = (await this.#request('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } }, signal)).sessionId;
        return;
      } catch (error) {
        if (signal.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  /** @returns {Promise<string>} its name */
  async #startScreen() {
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '640x480x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    this.#screen = screen;
    const number = await new Promise((resolve, reject) => {
      screen.once('error', reject);
      screen.once('exit', () => reject(new Error('Xvfb ended')));
      screen.stdio[3].once('data', (data) => resolve(String(data).trim()));
    });
    return `:${number}`;
  }

  /** The one window of this context. */
  async newPage() {
    if (this.page) throw new Error('one page for each context in this engine');
    const { viewport = { width: 1280, height: 800 }, locale = 'en-US' } = this.#options;
    await this.send('POST', '/window/rect', viewport);
    const [width, height] = await this.#script('return [innerWidth, innerHeight]');
    await this.send('POST', '/window/rect', { width: 2 * viewport.width - width, height: 2 * viewport.height - height });
    this.page = new RemotePage(this.#pageDriver(), this);
    this.initScripts = [`(${chooseLanguages})(${JSON.stringify([locale, locale.split('-')[0]])})`];
    return this.page;
  }

  async clearCookies() {
    await this.send('DELETE', '/cookie');
  }

  async close() {
    if (this.#session) await this.send('DELETE', '').catch(() => {});
    this.#session = '';
    await end(this.#driver);
    await end(this.#screen);
  }

  send(method, path, body) {
    return this.#request(method, `/session/${this.#session}${path}`, body);
  }

  async #request(method, path, body, signal) {
    const answer = await fetch(this.address + path, { method, body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined, headers: { 'content-type': 'application/json' }, signal });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path.split('/').slice(3).join('/')}: ${value.error}: ${value.message}`);
    return value;
  }

  #script(script) {
    return this.send('POST', '/execute/sync', { script, args: [] });
  }

  async #run(source) {
    const answer = await this.send('POST', '/execute/async', {
      script: `const done = arguments[0]; (async () => (${source}))().then((value) => done(value === undefined ? {} : { value }), (error) => done({ error: String(error?.message ?? error) }))`, args: [],
    });
    if (answer.error) throw new Error(answer.error);
    return answer.value;
  }

  #perform(...actions) {
    return this.send('POST', '/actions', { actions });
  }

  /** @returns {import('./remote-page.mjs').Driver} */
  #pageDriver() {
    /** @type {Set<string>} */ const held = new Set();
    const mouse = (...actions) => this.#perform({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
    return {
      navigate: (address) => this.send('POST', '/url', { url: address }),
      reload: () => this.send('POST', '/refresh'),
      run: (source) => this.#run(source),
      key: (character, down) => {
        held[down ? 'add' : 'delete'](character);
        return this.#perform({ type: 'key', id: 'keyboard', actions: [{ type: down ? 'keyDown' : 'keyUp', value: character }] });
      },
      moveMouse: (x, y) => mouse({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0, origin: 'viewport' }),
      mouseButton: (button, down) => mouse({ type: down ? 'pointerDown' : 'pointerUp', button }),
      clickTimes: (x, y, count) => mouse(...Array.from({ length: count }, () => [{ type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]).flat()),
      // WebKitWebDriver accepts a turn of the wheel and does nothing.
      wheel: (x, y, dx, dy) => this.#run(`(${turnWheel})(${JSON.stringify({ x, y, dx, dy, altKey: held.has(KEYS.alt), shiftKey: held.has(KEYS.shift) })})`),
      touch: () => Promise.reject(new Error(lacks.fingers)),
      screenshot: async (path) => {
        const picture = Buffer.from(await this.send('GET', '/screenshot'), 'base64');
        if (path) writeFileSync(path, picture);
        return picture;
      },
      close: () => this.close(),
    };
  }
}

/** Runs in the page. */
function turnWheel({ x, y, dx, dy, ...modifiers }) {
  const target = document.elementFromPoint(x, y);
  if (!target?.dispatchEvent(new WheelEvent('wheel', { clientX: x, clientY: y, deltaX: dx, deltaY: dy, ...modifiers, bubbles: true, cancelable: true, composed: true }))) return;
  target.closest('.stage, dialog')?.scrollBy(dx, dy);
}

/** @param {import('node:child_process').ChildProcess | null} child */
async function end(child) {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function touchScreen() {
  throw new Error(lacks.fingers);
}
