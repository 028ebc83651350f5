import { createHash } from 'node:crypto';

/** The image library, its uploads by tus, and the drives of the simulated server. */
export class FakeMedia {
  images = [
    { id: 'img1', name: 'debian-13.1.0-amd64-netinst.iso', bytes: 783_286_272, sha256: '1f2d0a6e4c9b7a3f58d1e0c6b4a29f7e3d5c8b1a0f9e7d6c5b4a39281706f5e4', user: 'admin', added: '2026-05-13T07:12:04Z', attached: [] },
    { id: 'img2', name: 'memtest.img', bytes: 14_680_064, sha256: 'a3b1c5d7e9f0123456789abcdef0123456789abcdef0123456789abcdef01234', user: 'eve', added: '2026-05-12T15:40:00Z', attached: [] },
  ];
  uploads = [];
  downloads = [];
  space = { total: 64e9, free: 12.3e9, problem: '' };
  drives = [
    { drive: 'cd', label: 'CD drive', image: null, name: '', kind: null, readOnly: true, state: 'EMPTY', reason: '', kinds: ['cdrom'], writable: false },
    { drive: 'usb', label: 'USB drive', image: null, name: '', kind: null, readOnly: true, state: 'EMPTY', reason: '', kinds: ['cdrom', 'disk'], writable: true },
  ];
  /** Uploaded content by the name of the image. @type {Record<string, Buffer>} */ contents = {};
  /** The files of disks by the id of the image: path and content; null for a folder. @type {Record<string, Map<string, Buffer | null>>} */ files = { img2: new Map() };
  /** What was requested, such as "PUT targets/default/media/cd", with the body. */ requests = [];
  /** The answer to the next changes. @type {null | {status: number, code: string, message: string}} */ refusal = null;
  /** PATCH requests wait after this many bytes, until `release()`. */ holdAfter = Infinity;
  /** Breaks connections to uploads instead of answering. */ broken = false;
  #send;
  #waiting = [];
  #next = 1;

  /** @param {(message: object) => void} send to all control sockets that may see drives */
  constructor(send) {
    this.#send = send;
  }

  get message() {
    return { type: 'media', drives: this.drives };
  }

  /** Changes a drive and sends it. */
  setDrive(drive, change) {
    this.drives = this.drives.map((each) => (each.drive === drive ? { ...each, ...change } : each));
    for (const image of this.images) image.attached = this.drives.filter((each) => each.image === image.id).map((each) => ({ target: 'default', drive: each.drive }));
    this.#send(this.message);
  }

  /** Uploads that were held continue. */
  release() {
    this.holdAfter = Infinity;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** @returns {Promise<boolean>} whether it was a request for media */
  async answer(request, response, path) {
    const [upload] = path.match(/^media\/uploads.*$/) ?? [];
    if (upload) return this.#tus(request, response, path.split('/')[2]);
    if (path.startsWith('media/disks/')) return this.#disk(request, response, path);
    const [, target, drive] = path.match(/^targets\/([^/]+)\/media(?:\/([^/?]+))?$/) ?? [];
    if (!target && !/^media(\/|$)/.test(path)) return false;
    const body = request.method === 'GET' ? null : JSON.parse((await readAll(request)).toString() || 'null');
    if (request.method !== 'GET') this.requests.push({ what: `${request.method} ${path}${new URL(request.url, 'http://x').search}`, body });
    const { status, json } = target ? this.#drive(request, drive && decodeURIComponent(drive), body) : this.#library(request.method, path, body);
    if (status === 204) response.writeHead(204).end();
    else if (Buffer.isBuffer(json)) response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment' }).end(json);
    else response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json));
    return true;
  }

  #refusedNext() {
    const refusal = this.refusal;
    this.refusal = null;
    return refusal && { status: refusal.status, json: { error: { code: refusal.code, message: refusal.message } } };
  }

  #drive(request, id, body) {
    if (!id) return { status: 200, json: this.drives };
    const refused = this.#refusedNext();
    if (refused) return refused;
    const drive = this.drives.find((each) => each.drive === id);
    if (request.method === 'DELETE') {
      if (drive.state === 'LOCKED' && !request.url.endsWith('?force=true')) return error(423, 'locked', 'The remote computer has locked the drive.');
      this.setDrive(id, { image: null, name: '', kind: null, readOnly: true, state: 'EMPTY' });
      return { status: 204 };
    }
    const image = this.images.find((each) => each.id === body.image);
    this.setDrive(id, { image: image.id, name: image.name, kind: body.kind, readOnly: body.readOnly, state: 'ATTACHED' });
    return { status: 200, json: this.drives.find((each) => each.drive === id) };
  }

  #library(method, path, body) {
    const [, id, rest] = path.split('/');
    if (method === 'GET' && !id) return { status: 200, json: { images: this.images, uploads: this.uploads.map(({ content, ...upload }) => ({ ...upload, offset: sizeOf(content) })), downloads: this.downloads, space: this.space } };
    if (method === 'GET') return { status: 200, json: this.contents[this.images.find((image) => image.id === id).name] ?? Buffer.from('content') };
    const refused = this.#refusedNext();
    if (refused) return refused;
    if (id === 'disks') {
      const disk = { id: `img${this.#next++}`, name: body.name, bytes: body.bytes, sha256: '', user: 'admin', added: new Date().toISOString(), attached: [] };
      this.images = [...this.images, disk];
      this.files[disk.id] = new Map();
      return { status: 201, json: disk };
    }
    if (method === 'POST') {
      const name = body.url.split('/').pop();
      this.downloads.push({ id: `d${this.#next++}`, url: body.url, name, user: 'admin', started: new Date().toISOString(), state: 'RUNNING', received: 3e6, total: 12e6, image: null, reason: '' });
      return { status: 202, json: this.downloads.at(-1) };
    }
    if (id === 'downloads') {
      this.downloads = this.downloads.filter((each) => each.id !== rest);
      return { status: 204 };
    }
    const image = this.images.find((each) => each.id === id);
    if (!image) return error(404, 'not_found', 'There is no such image.');
    if (method === 'PATCH') {
      image.name = body.name;
      return { status: 200, json: image };
    }
    this.images = this.images.filter((each) => each !== image);
    return { status: 204 };
  }

  /** The files of a disk. */
  async #disk(request, response, path) {
    const { method } = request;
    const [, , id, resource] = path.split('/');
    const name = new URL(request.url, 'http://x').searchParams.get('path');
    const content = await readAll(request);
    this.requests.push({ what: `${method} ${path}${name ? ` ${name}` : ''}` });
    const image = this.images.find((each) => each.id === id);
    const writable = this.drives.some((drive) => drive.image === id && !drive.readOnly);
    const files = this.files[id] ?? new Map();
    let result = this.#refusedNext();
    if (!result && (writable || (method !== 'GET' && image.attached.length > 0))) result = error(409, 'in_use', 'The image is in a drive. Eject it first.');
    if (!result && resource === 'files') result = { status: 200, json: [...files].sort().map(([each, bytes]) => ({ path: each, folder: bytes === null, bytes: bytes?.length ?? 0 })) };
    if (!result && method === 'GET') return Boolean(response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment' }).end(files.get(name)));
    if (!result && method === 'PUT') {
      const parts = name.split('/');
      for (let depth = 1; depth < parts.length; depth++) files.set(parts.slice(0, depth).join('/'), null);
      files.set(name, content);
    }
    if (!result && method === 'DELETE') for (const each of [...files.keys()]) if (each === name || each.startsWith(`${name}/`)) files.delete(each);
    response.writeHead(result?.status ?? 204, { 'Content-Type': 'application/json' }).end(result ? JSON.stringify(result.json) : '');
    return true;
  }

  async #tus(request, response, id) {
    const headers = { 'Tus-Resumable': '1.0.0', 'Cache-Control': 'no-store' };
    if (this.broken) return Boolean(request.socket.destroy());
    const upload = this.uploads.find((each) => each.id === id);
    this.requests.push({ what: `${request.method} media/uploads${id ? '/x' : ''}`, offset: request.headers['upload-offset'] });
    const refused = request.method === 'POST' && this.#refusedNext();
    if (refused) response.writeHead(refused.status, { ...headers, 'Content-Type': 'application/json' }).end(JSON.stringify(refused.json));
    else if (request.method === 'POST') this.#createUpload(request, response, headers);
    else if (!upload) response.writeHead(404, headers).end();
    else if (request.method === 'DELETE') {
      this.uploads = this.uploads.filter((each) => each !== upload);
      response.writeHead(204, headers).end();
    } else if (request.method === 'HEAD') response.writeHead(200, { ...headers, 'Upload-Offset': sizeOf(upload.content), 'Upload-Length': upload.length }).end();
    else await this.#append(request, response, headers, upload);
    return true;
  }

  /** As behind a proxy: the server does not know the address of the device. */
  #createUpload(request, response, headers) {
    const name = Buffer.from(request.headers['upload-metadata'].match(/filename ([^,]*)/)[1], 'base64').toString();
    const upload = { id: `u${this.#next++}`, name, user: 'admin', content: [], length: Number(request.headers['upload-length']), expires: new Date(Date.now() + 864e5).toISOString() };
    this.uploads.push(upload);
    response.writeHead(201, { ...headers, Location: `http://inner.example/api/v1/media/uploads/${upload.id}` }).end();
  }

  /** What has arrived is stored, even if the connection breaks. */
  async #append(request, response, headers, upload) {
    if (Number(request.headers['upload-offset']) !== sizeOf(upload.content)) return response.writeHead(409, headers).end();
    try {
      for await (const chunk of request) {
        upload.content.push(chunk);
        if (sizeOf(upload.content) >= this.holdAfter) await new Promise((resolve) => this.#waiting.push(resolve));
        if (this.broken) return request.socket.destroy();
      }
    } catch {
      return undefined; // the page has ended the request
    }
    const offset = sizeOf(upload.content);
    if (offset === upload.length) this.#finish(upload);
    return response.writeHead(204, { ...headers, 'Upload-Offset': offset }).end();
  }

  #finish({ id, name, content }) {
    this.uploads = this.uploads.filter((each) => each.id !== id);
    const all = Buffer.concat(content);
    this.contents[name] = all;
    const sha256 = createHash('sha256').update(all).digest('hex');
    this.images = [...this.images, { id: `img${this.#next++}`, name, bytes: all.length, sha256, user: 'admin', added: new Date().toISOString(), attached: [] }];
  }
}

/** @param {Buffer[]} chunks */
export const sizeOf = (chunks) => chunks.reduce((sum, { length }) => sum + length, 0);
const error = (status, code, message) => ({ status, json: { error: { code, message } } });

async function readAll(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
