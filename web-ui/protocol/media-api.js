import { HttpError, request, requestJson } from '../public/http.js';
import { DISKS, MEDIA, diskFilePath, diskFilesPath, downloadPath, drivePath, drivesPath, imagePath, uploadPath } from './addresses.js';
import { toDiskFiles, toDrives, toLibrary } from './media-message.js';

/** A drive may take a while: some boards disconnect the remote computer's USB port for a moment. */
const DRIVE_TIMEOUT_MILLIS = 45_000;
/** A disk is written completely when it is created, and its files are read by a program. */
const DISK_TIMEOUT_MILLIS = 300_000;

/** HTTP client for the image library and the drives of targets. Every method throws HttpError. */
export class MediaApi {
  #options;

  /** @param {{fetch?: typeof globalThis.fetch}} [options] */
  constructor(options = {}) {
    this.#options = options;
  }

  /** @returns {Promise<import('./media-message.js').Library>} */
  async readLibrary() {
    const library = await requestJson('GET', MEDIA, this.#options);
    if (!Array.isArray(library?.images)) throw new HttpError(200, 'bad_answer', 'The server sent no list of images.');
    return toLibrary(library);
  }

  /** @param {{url: string, sha256?: string, name?: string}} download */
  async startDownload(download) {
    await request('POST', MEDIA, { ...this.#options, body: download });
  }

  /** Cancels a running download, or removes an ended one from the list. @param {string} id */
  async cancelDownload(id) {
    await request('DELETE', downloadPath(id), this.#options);
  }

  /** @param {string} id of an incomplete upload */
  async deleteUpload(id) {
    await request('DELETE', uploadPath(id), this.#options);
  }

  /** @param {string} id @param {string} name */
  async renameImage(id, name) {
    await request('PATCH', imagePath(id), { ...this.#options, body: { name } });
  }

  /** @param {string} id */
  async deleteImage(id) {
    await request('DELETE', imagePath(id), this.#options);
  }

  /** @param {{name: string, label: string, bytes: number}} disk an empty one, for files */
  async createDisk(disk) {
    await request('POST', DISKS, { timeoutMillis: DISK_TIMEOUT_MILLIS, ...this.#options, body: disk });
  }

  /** @param {string} image id @returns {Promise<import('./media-message.js').DiskFile[]>} each folder before what is in it */
  async listDiskFiles(image) {
    return toDiskFiles(await requestJson('GET', diskFilesPath(image), { timeoutMillis: DISK_TIMEOUT_MILLIS, ...this.#options }));
  }

  /** Also a folder with what is in it. @param {string} image id @param {string} path */
  async deleteDiskFile(image, path) {
    await request('DELETE', diskFilePath(image, path), { timeoutMillis: DISK_TIMEOUT_MILLIS, ...this.#options });
  }

  /** @param {string} target id @returns {Promise<import('./media-message.js').Drive[]>} */
  async listDrives(target) {
    return toDrives(await requestJson('GET', drivesPath(target), this.#options));
  }

  /** @param {string} target id @param {string} drive @param {{image: string, kind: import('./media-message.js').MediaKind, readOnly: boolean}} medium */
  async attachImage(target, drive, medium) {
    await request('PUT', drivePath(target, drive), { timeoutMillis: DRIVE_TIMEOUT_MILLIS, ...this.#options, body: medium });
  }

  /** @param {string} target id @param {string} drive @param {boolean} force also if the remote computer has locked the drive */
  async ejectImage(target, drive, force) {
    await request('DELETE', drivePath(target, drive) + (force ? '?force=true' : ''), { timeoutMillis: DRIVE_TIMEOUT_MILLIS, ...this.#options });
  }
}
