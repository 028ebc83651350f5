import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { FakeAccess } from './fake-access.mjs';
import { FakeCapture } from './fake-capture.mjs';
import { FakeChecks } from './fake-checks.mjs';
import { FakeMedia } from './fake-media.mjs';
import { FakeSettings } from './fake-settings.mjs';
import { FakeFeatures } from './fake-features.mjs';
import { FakePlugins } from './fake-plugins.mjs';
import { FakeTyping } from './fake-typing.mjs';

/** A simulated server on the loopback address, with the states that tests need. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const CSP = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const FIRST = '/ui/public/first-scripts-of-the-test.js';
const ALL = ['VIEW', 'CONTROL', 'MEDIA', 'MEDIA_READ_ONLY', 'POWER', 'ADMIN'];
const FEATURES = ['KEYBOARD', 'ABSOLUTE_POINTER', 'RELATIVE_POINTER', 'CONSUMER', 'LEDS'];

export class FakeServer {
  password = 'correct horse';
  token = 'one-time-token';
  claimed = true;
  loggedIn = true;
  permissions = ALL;
  access = new FakeAccess();
  checks = new FakeChecks();
  settings = new FakeSettings();
  capture = new FakeCapture();
  /** How many sockets for the picture were opened. */ videoSockets = 0;
  plugins = new FakePlugins();
  features = new FakeFeatures();
  typing = new FakeTyping((target, message) => {
    for (const socket of this.#controls) if (socket.target === target) socket.send(JSON.stringify(message));
  });
  /** Images and drives. */ media = new FakeMedia((message) => {
    for (const socket of this.#controls) socket.send(JSON.stringify(message));
  });
  lease = { holder: '', mine: false, asking: '', shared: false };
  socketsBlocked = false;
  /** Keeps connections open without responding, like a suspended process. */ frozen = false;
  /** Sends no pictures, although the rest goes on, like a proxy that lost one connection. */ videoHeld = false;
  fps = 8;
  codec = 1;
  retryAfter = 0;
  /** Whether the user recently confirmed their identity. */ proved = true;
  targets = [{ id: 'default', label: 'Rack 3, server 7' }];
  video = { state: 'LIVE', reason: '', width: 1280, height: 720, fps: 29.9, codec: 'JPEG', input: '1920x1080p at 60/s', viewers: 1 };
  hid = { state: 'READY', reason: '', features: FEATURES };
  leds = { type: 'leds', known: true, numLock: true, capsLock: false, scrollLock: false, compose: false, kana: false };
  /** What needs attention at the board. */ boardConditions = [];
  boardRequests = 0;
  /** The power message; null without a power control. @type {any} */ power = null;
  /** The power actions that were requested. */ powerActions = [];
  /** How the next power actions are refused. @type {null | {status: number, code: string, message: string}} */ powerRefusal = null;
  importMap = '';
  importMapHash = '';
  host = '127.0.0.1';
  /** @type {{key: boolean, data: Buffer}[]} with codec 2: access units, over and over, beginning with a key frame */ clip = [];
  /** Scripts that run before those of each page, in engines whose driver cannot do this. @type {string[]} */ firstScripts = [];
  /** Answers of a test instead of the usual ones, by path. @type {Record<string, (request: any, response: any) => void>} */ routes = {};
  /** The paths of the pages that were opened. @type {string[]} */ visited = [];
  /** All messages of the control sockets except pings. */
  received = [];
  acks = 0;
  /** What pages have chosen. */ levels = [];
  /** What the message quality says instead. */ quality = {};
  #controls = new Set();
  #sequence = 0;
  #connections = new Set();
  #plain = new Set();

  /** @param {Buffer[]} pictures JPEGs, shown in turn */
  constructor(pictures) {
    this.pictures = pictures;
  }

  get address() {
    return `http://${this.host}:${this.port}`;
  }

  async start(port = this.port ?? 0) {
    this.http = createServer((request, response) => this.frozen || this.#answer(request, response).catch((error) => response.writeHead(500).end(String(error))));
    this.sockets = new WebSocketServer({ noServer: true, handleProtocols: (protocols) => [...protocols][0] });
    this.http.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
    this.http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    await new Promise((resolve, reject) => this.http.once('error', reject).listen(port, '127.0.0.1', resolve));
    this.port = this.http.address().port;
    return this;
  }

  /** Breaks every connection, like a power failure. */
  async stop() {
    for (const connection of this.#connections) connection.destroy();
    await new Promise((resolve) => this.http.close(resolve));
  }

  /** Changes the state of the target and sends it. */
  say(change) {
    if (change.video) this.video = { ...this.video, ...change.video };
    if (change.hid) this.hid = { ...this.hid, ...change.hid };
    if (change.lease) this.lease = change.lease;
    if (change.permissions) this.permissions = change.permissions;
    if ('power' in change) this.power = change.power && { ...this.power, ...change.power };
    if (change.leds) this.leds = { ...this.leds, ...change.leds };
    for (const socket of this.#controls) this.#greet(socket, socket.target);
  }

  error(code, message) {
    for (const socket of this.#controls) socket.send(JSON.stringify({ type: 'error', code, message }));
  }

  closeVideo() {
    for (const socket of this.sockets.clients) if (!this.#controls.has(socket)) socket.terminate();
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.address);
    if (/^text\/html/.test(request.headers.accept)) this.visited.push(url.pathname);
    if (this.routes[url.pathname]) return this.routes[url.pathname](request, response);
    if (url.pathname === FIRST) return this.#send(response, 200, 'text/javascript', this.firstScripts.join(';\n'));
    const api = url.pathname.match(/^\/api\/v1\/(.*)$/);
    if (api) return this.#api(request, response, api[1], url);
    if (url.pathname === '/system/console') return this.#send(response, 200, 'text/plain', 'Felix would be here');
    const guarded = !/^\/(login|setup|ui\/public\/.*|favicon.ico)$/.test(url.pathname);
    if (guarded && !this.claimed) return response.writeHead(302, { Location: '/setup' }).end();
    if (guarded && !this.loggedIn) {
      return url.pathname === '/' ? response.writeHead(302, { Location: '/login' }).end() : this.#send(response, 401, 'text/plain', 'log in first');
    }
    const path = { '/': 'index.html', '/login': 'login.html', '/setup': 'setup.html', '/confirm': 'confirm.html', '/settings': 'settings.html', '/plugins': 'plugins.html' }[url.pathname] ?? normalize(url.pathname).replace(/^\/ui\//, '');
    return this.#file(response, path);
  }

  async #file(response, path) {
    if (path.startsWith('/') || path.includes('..')) return this.#send(response, 404, 'text/plain', 'not found');
    try {
      let body = await readFile(join(ROOT, path));
      if (path === 'index.html') body = String(body).replace('<!-- catseye:importmap -->', this.importMap);
      if (extname(path) === '.html' && this.firstScripts.length > 0) body = String(body).replace('<head>', `<head><script src="${FIRST}"></script>`);
      this.#send(response, 200, TYPES[extname(path)] ?? 'application/octet-stream', body);
    } catch {
      this.#send(response, 404, 'text/plain', 'not found');
    }
  }

  #send(response, status, type, body, headers = {}) {
    const csp = this.importMapHash ? `${CSP}; script-src 'self' 'sha256-${this.importMapHash}'` : CSP;
    response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': csp, 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff', ...headers }).end(body);
  }

  #json(response, status, value, headers) {
    this.#send(response, status, 'application/json', JSON.stringify(value), headers);
  }

  #refuse(response, status, code, message, headers) {
    this.#json(response, status, { error: { code, message } }, headers);
  }

  async #api(request, response, path, url) {
    const what = `${request.method} ${path}`;
    if (what === 'POST session') return this.#login(response, await json(request));
    if (what === 'POST setup') return this.#setup(response, await json(request));
    if (!this.loggedIn) return this.#refuse(response, 401, 'unauthorized', 'Log in first.');
    if (what === 'GET session') return this.#json(response, 200, { user: 'admin', permissions: this.permissions });
    if (what === 'DELETE session') {
      this.loggedIn = false;
      return this.#json(response, 200, {});
    }
    if (what === 'GET session/proof') return this.#json(response, 200, { user: 'admin', recent: this.proved, secondFactor: Boolean(this.otp) });
    if (what === 'POST session/proof') return this.#prove(response, await json(request));
    if (request.method !== 'GET' && !this.proved && /^(users|roles|sessions|tokens|settings|plugins|features|targets\/[^/]*\/capture)/.test(path)) return this.#refuse(response, 403, 'proof_required', 'You logged in a while ago.');
    if (await this.media.answer(request, response, path)) return undefined;
    if (await this.plugins.answer(request, response, url) || await this.features.answer(request, response, url)) return undefined;
    const body = request.method === 'GET' ? null : await json(request);
    const settings = this.capture.answer(request.method, path, body, request.headers['if-match']) ?? this.settings.answer(request.method, path, body, request.headers['if-match']);
    if (settings) return settings.body === undefined ? response.writeHead(settings.status).end() : this.#json(response, settings.status, settings.body, settings.headers);
    const answer = this.access.answer(request.method, path, body) ?? this.typing.answer(request.method, path, body);
    if (answer) return answer.body === undefined ? response.writeHead(answer.status).end() : this.#json(response, answer.status, answer.body);
    if (what === 'GET targets') return this.#json(response, 200, this.targets.map((target) => ({ ...target, video: this.video, hid: this.hid })));
    if (what === 'GET board') {
      this.boardRequests++;
      return this.#json(response, 200, { monitored: true, conditions: this.boardConditions, figures: {} });
    }
    if (path.endsWith('/power') && request.method === 'POST') return this.#performPowerAction(response, body.action);
    const checked = this.checks.answer(request.method, path);
    if (checked) return checked.body === undefined ? response.writeHead(checked.status).end() : this.#json(response, checked.status, checked.body);
    if (path.endsWith('/snapshot.jpeg')) {
      return this.video.state === 'LIVE' ? this.#send(response, 200, 'image/jpeg', this.pictures[0]) : this.#refuse(response, 503, 'no_picture', this.video.reason || 'There is no picture.');
    }
    if (path.endsWith('/video.mjpeg')) return this.#mjpeg(request, response);
    return this.#refuse(response, 404, 'not_found', 'There is no such thing.');
  }

  #performPowerAction(response, action) {
    this.powerActions.push(action);
    if (this.powerRefusal) return this.#refuse(response, this.powerRefusal.status, this.powerRefusal.code, this.powerRefusal.message);
    return this.#json(response, 200, this.power);
  }

  #login(response, { user, password, otp = '' }) {
    if (this.retryAfter) return this.#refuse(response, 429, 'too_many_attempts', 'Too many attempts.', { 'Retry-After': String(this.retryAfter) });
    if (user !== 'admin' || password !== this.password) return this.#refuse(response, 401, 'bad_credentials', 'User or password is not right.');
    if (this.otp && !otp) return this.#refuse(response, 401, 'otp_required', 'This user also needs the code that the app shows, or a recovery code.');
    if (this.otp && otp !== this.otp) return this.#refuse(response, 401, 'bad_credentials', 'The code is wrong, or was used already. Wait for the next one.');
    this.loggedIn = true;
    return this.#json(response, 200, { user, permissions: this.permissions });
  }

  #prove(response, { password = '', otp = '' }) {
    if (this.retryAfter) return this.#refuse(response, 429, 'too_many_attempts', `Too many attempts. Try again in ${this.retryAfter} s.`, { 'Retry-After': String(this.retryAfter) });
    if (password !== this.password && !(this.otp && otp === this.otp)) return this.#refuse(response, 403, 'bad_credentials', password ? 'The password is wrong.' : 'The code is wrong.');
    this.proved = true;
    return response.writeHead(204).end();
  }

  #setup(response, { token, password }) {
    if (this.claimed) return this.#refuse(response, 409, 'claimed', 'This device has an owner already.');
    if (token !== this.token) return this.#refuse(response, 403, 'bad_credentials', 'This is not the setup token of this device.');
    if (password.length < 8) return this.#refuse(response, 400, 'weak_password', 'The password needs at least 8 characters.');
    Object.assign(this, { claimed: true, loggedIn: true, password });
    return this.#json(response, 200, {});
  }

  #mjpeg(request, response) {
    const forScripts = request.headers.accept === 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': forScripts ? 'application/octet-stream' : 'multipart/x-mixed-replace; boundary=frame' });
    response.write('--frame\r\n');
    this.#plain.add(response);
    request.on('close', () => this.#plain.delete(response));
    const send = (picture) => {
      if (this.frozen || this.videoHeld) return;
      response.write(`Content-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\nX-Timestamp: ${((performance.timeOrigin + performance.now() - 5) / 1000).toFixed(6)}\r\n\r\n`);
      response.write(picture);
      response.write('\r\n--frame\r\n');
    };
    if (this.stills) return this.#mjpegOfStills(request, send);
    const timer = setInterval(() => send(this.#picture()), 1000 / this.fps);
    request.on('close', () => clearInterval(timer));
  }

  /** A frame when the picture changes, and no other. */
  #mjpegOfStills(request, send) {
    const change = () => send(this.still);
    change();
    this.stills.on('change', change);
    request.on('close', () => this.stills.off('change', change));
  }

  /** How many streams of MJPEG are open. */
  get plainViewers() {
    return this.#plain.size;
  }

  breakPlain() {
    for (const response of this.#plain) response.destroy();
  }

  /** Makes MJPEG show only still pictures from now on, starting with `still`. @param {Buffer} still */
  showStill(still) {
    this.still = still;
    this.stills ??= new EventEmitter();
    this.stills.emit('change');
  }

  #picture() {
    return this.pictures[Math.floor(this.#sequence / 4) % this.pictures.length];
  }

  #upgrade(request, socket, head) {
    if (this.frozen) return;
    const [, id, kind, codecs, level] = request.url.match(/^\/api\/v1\/targets\/([^/]+)\/(video|control)(?:\?(?:codecs=([a-z0-9,]+))?&?(?:parts=draw)?&?(?:quality=([a-z]+))?)?$/) ?? [];
    if (!kind || this.socketsBlocked || !this.loggedIn || request.headers.origin !== this.address) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (client) => (kind === 'video' ? this.#watch(client, codecs, level) : this.#steer(client, decodeURIComponent(id))));
  }

  /** Like the real server: at most two unacknowledged frames, and an H.264 picture converted to JPEG on request. */
  #watch(socket, codecs, chosen) {
    this.videoSockets++;
    const rendered = codecs === 'jpeg';
    let unacknowledged = 0;
    const reportQuality = (level) => socket.send(JSON.stringify({
      type: 'quality', level, delivered: level === 'auto' ? 'sharp' : level, codec: 'jpeg', width: 1280, height: 720, fps: 24.8, kbps: 1234, delay: 20, slowLine: 0, encoder: '', reason: '', ...this.quality,
    }));
    const choose = (level) => {
      this.levels.push(level);
      reportQuality(level);
    };
    if (chosen) choose(chosen);
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'quality') {
        choose(message.level);
        return;
      }
      if (message.type !== 'ack') throw new Error(`unexpected: ${data}`);
      unacknowledged -= 1;
      this.acks += 1;
    });
    let position = 0;
    const timer = setInterval(() => {
      if (this.frozen || this.videoHeld || unacknowledged >= 2 || this.video.state !== 'LIVE') return;
      unacknowledged += 1;
      const { key, data } = this.clip.length > 0 && !rendered ? this.clip[position++ % this.clip.length] : { key: true, data: this.#picture() };
      socket.send(frame(rendered && this.codec === 2 ? 1 : this.codec, ++this.#sequence, this.video, data, key));
    }, 1000 / this.fps);
    socket.on('close', () => clearInterval(timer));
  }

  #steer(socket, target) {
    socket.target = target;
    this.#controls.add(socket);
    this.#greet(socket, target);
    socket.on('close', () => this.#controls.delete(socket));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'ping') this.frozen || socket.send(JSON.stringify({ type: 'pong', id: message.id, time: Date.now() * 1000 }));
      else this.received.push(message);
    });
  }

  #greet(socket, target) {
    const label = this.targets.find(({ id }) => id === target)?.label ?? target;
    socket.send(JSON.stringify({ type: 'state', target, label, video: this.video, hid: this.hid, user: 'admin', permissions: this.permissions }));
    socket.send(JSON.stringify({ type: 'control', ...this.lease }));
    socket.send(JSON.stringify(this.leds));
    socket.send(JSON.stringify({ type: 'targets', targets: this.targets }));
    if (this.media.drives && this.permissions.includes('MEDIA_READ_ONLY')) socket.send(JSON.stringify(this.media.message));
    if (this.power) socket.send(JSON.stringify({ type: 'power', ...this.power }));
  }
}

async function json(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : null;
}

/** The 32-byte header and the picture. */
function frame(codec, sequence, { width, height }, picture, key) {
  const header = Buffer.alloc(32);
  header.writeUInt8(1, 0);
  header.writeUInt8(codec, 1);
  header.writeUInt8(key ? 1 : 0, 2);
  header.writeUInt32BE(sequence, 4);
  header.writeBigInt64BE(BigInt(Math.round((performance.timeOrigin + performance.now() - 5) * 1000)), 8);
  header.writeUInt16BE(width, 16);
  header.writeUInt16BE(height, 18);
  header.writeUInt32BE(picture.length, 20);
  return Buffer.concat([header, picture]);
}
