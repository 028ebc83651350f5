/**
 * What the server reports about images, drives, uploads and downloads.
 *
 * @typedef {'cdrom' | 'disk'} MediaKind
 * @typedef {object} Drive
 * @property {string} drive id
 * @property {string} label
 * @property {string | null} image id; null for an empty drive
 * @property {string} name of the image; empty for an empty drive
 * @property {MediaKind | null} kind of the attached image; null for an empty drive
 * @property {boolean} readOnly
 * @property {'EMPTY' | 'ATTACHED' | 'LOCKED' | 'UNAVAILABLE'} state `LOCKED`: the remote computer prevents the removal
 * @property {string} reason why the drive is unavailable
 * @property {MediaKind[]} kinds that the drive can be
 * @property {boolean} writable the drive can give the remote computer an image to write to
 *
 * @typedef {{type: 'media', drives: Drive[]}} MediaMessage
 *
 * @typedef {object} Image
 * @property {string} id
 * @property {string} name
 * @property {number} bytes
 * @property {string} sha256 empty until the server has calculated it
 * @property {string} user who added it
 * @property {string} added ISO 8601
 * @property {{target: string, drive: string}[]} attached
 *
 * @typedef {{path: string, folder: boolean, bytes: number}} DiskFile
 * @typedef {{id: string, name: string, user: string, offset: number, length: number, expires: string}} PendingUpload an upload that is not complete
 * @typedef {'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED'} DownloadState
 * @typedef {{id: string, url: string, name: string, user: string, state: DownloadState, received: number, total: number, reason: string}} Download `total`: -1 if unknown
 * @typedef {{total: number, free: number, problem: string}} Space in bytes; `total`: -1 if unknown
 * @typedef {{images: Image[], uploads: PendingUpload[], downloads: Download[], space: Space}} Library
 */

const DRIVE_STATES = new Set(['EMPTY', 'ATTACHED', 'LOCKED', 'UNAVAILABLE']);
const DOWNLOAD_STATES = new Set(['RUNNING', 'DONE', 'FAILED', 'CANCELLED']);
const KINDS = new Set(['cdrom', 'disk']);

/** @param {any} drives @returns {Drive[]} an unknown state counts as UNAVAILABLE */
export function toDrives(drives) {
  return toObjects(drives).filter(({ drive }) => typeof drive === 'string' && drive).map(toDrive);
}

/** @param {any} value @returns {Drive} */
export function toDrive(value) {
  return {
    drive: toText(value?.drive), label: toText(value?.label) || toText(value?.drive), image: toText(value?.image) || null, name: toText(value?.name),
    kind: KINDS.has(value?.kind) ? value.kind : null, readOnly: value?.readOnly !== false, state: DRIVE_STATES.has(value?.state) ? value.state : 'UNAVAILABLE',
    reason: toText(value?.reason), kinds: Array.isArray(value?.kinds) ? value.kinds.filter((/** @type {any} */ kind) => KINDS.has(kind)) : [], writable: value?.writable === true,
  };
}

/** @param {any} files @returns {DiskFile[]} */
export function toDiskFiles(files) {
  return toObjects(files).filter(({ path }) => typeof path === 'string' && path).map(({ path, folder, bytes }) => ({ path, folder: folder === true, bytes: toNumber(bytes, 0) }));
}

/** @param {any} library @returns {Library} */
export function toLibrary(library) {
  return {
    images: toObjects(library?.images).filter(hasId).map(toImage),
    uploads: toObjects(library?.uploads).filter(hasId).map(({ id, name, user, offset, length, expires }) => ({
      id, name: toText(name), user: toText(user), offset: toNumber(offset, 0), length: toNumber(length, -1), expires: toText(expires),
    })),
    downloads: toObjects(library?.downloads).filter(hasId).map(toDownload),
    space: { total: toNumber(library?.space?.total, -1), free: toNumber(library?.space?.free, -1), problem: toText(library?.space?.problem) },
  };
}

/** @param {any} image @returns {Image} */
function toImage({ id, name, bytes, sha256, user, added, attached }) {
  return {
    id, name: toText(name) || id, bytes: toNumber(bytes, 0), sha256: toText(sha256), user: toText(user), added: toText(added),
    attached: toObjects(attached).map((place) => ({ target: toText(place.target), drive: toText(place.drive) })),
  };
}

/** @param {any} download @returns {Download} an unknown state counts as FAILED, so that no page waits for its end */
function toDownload({ id, url, name, user, state, received, total, reason }) {
  return {
    id, url: toText(url), name: toText(name) || toText(url), user: toText(user), state: DOWNLOAD_STATES.has(state) ? state : 'FAILED',
    received: toNumber(received, 0), total: toNumber(total, -1), reason: toText(reason),
  };
}

/** @param {any} value @returns {any[]} */
function toObjects(value) {
  return Array.isArray(value) ? value.filter((item) => item !== null && typeof item === 'object') : [];
}

/** @param {any} value */
function hasId({ id }) {
  return typeof id === 'string' && id !== '';
}

/** @param {unknown} value */
function toText(value) {
  return typeof value === 'string' ? value : '';
}

/** @param {unknown} value @param {number} otherwise */
function toNumber(value, otherwise) {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}
