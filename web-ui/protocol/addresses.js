import { toAddress } from '../public/base.js';

/** The paths of the public API for {@link import('../public/http.js').request}, and the URLs of its sockets and streams. */

export const VIDEO_PROTOCOL = 'catseye.video.v1';
export const CONTROL_PROTOCOL = 'catseye.control.v1';

/** @param {string} id @param {string} resource */
const ofTarget = (id, resource) => `/api/v1/targets/${encodeURIComponent(id)}/${resource}`;

export const TARGETS = '/api/v1/targets';
export const SESSION = '/api/v1/session';
export const BOARD = '/api/v1/board';

/** @param {string} id */ export const mjpegPath = (id) => ofTarget(id, 'video.mjpeg');
/** @param {string} id */ export const checksPath = (id) => ofTarget(id, 'checks');
/** @param {string} id @param {string} check @param {string} action */
export const actionPath = (id, check, action) => `${checksPath(id)}/${encodeURIComponent(check)}/actions/${encodeURIComponent(action)}`;
/** @param {string} id */ export const capturePath = (id) => ofTarget(id, 'capture');
/** @param {string} id */ export const powerPath = (id) => ofTarget(id, 'power');
/** @param {string} id */ export const textPath = (id) => ofTarget(id, 'text');
/** @param {string} id @param {string} text id of a text that is being typed */ export const typedTextPath = (id, text) => `${textPath(id)}/${encodeURIComponent(text)}`;
export const LAYOUTS = '/api/v1/layouts';
/** @param {string} layout */ export const layoutPath = (layout) => `${LAYOUTS}/${encodeURIComponent(layout)}`;
/** @param {string} id */ export const drivesPath = (id) => ofTarget(id, 'media');
/** @param {string} id @param {string} drive */ export const drivePath = (id, drive) => `${drivesPath(id)}/${encodeURIComponent(drive)}`;
export const MEDIA = '/api/v1/media';
export const UPLOADS = `${MEDIA}/uploads`;
/** @param {string} upload id */ export const uploadPath = (upload) => `${UPLOADS}/${encodeURIComponent(upload)}`;
/** @param {string} download id */ export const downloadPath = (download) => `${MEDIA}/downloads/${encodeURIComponent(download)}`;
/** @param {string} image id */ export const imagePath = (image) => `${MEDIA}/${encodeURIComponent(image)}`;
export const DISKS = `${MEDIA}/disks`;
/** @param {string} image id */ export const diskFilesPath = (image) => `${DISKS}/${encodeURIComponent(image)}/files`;
/** @param {string} image id @param {string} path on the disk */ export const diskFilePath = (image, path) => `${DISKS}/${encodeURIComponent(image)}/file?path=${encodeURIComponent(path)}`;
/** @param {string} image id */ export const imageContentPath = (image) => `${imagePath(image)}/content`;
/** @param {string} id */ export const snapshotPath = (id) => ofTarget(id, 'snapshot.jpeg');

/**
 * @param {string} origin http(s)://host:port
 * @param {string} id
 * @param {string} [codecs] the codecs that this page supports, such as "jpeg"; empty for all
 * @param {string} [parts] `true`: the server may send only the changed parts of a picture; `draw`: also drawings
 * @param {import('./quality-message.js').Level | ''} [quality] from the first frame on
 */
export const videoSocketUrl = (origin, id, codecs = '', parts = '', quality = '') => {
  const query = [codecs && `codecs=${codecs}`, parts && `parts=${parts}`, quality && `quality=${quality}`].filter(Boolean).join('&');
  return toSocket(origin) + toAddress(ofTarget(id, 'video')) + (query && `?${query}`);
};

/**
 * @param {string} origin
 * @param {string} id
 */
export const controlSocketUrl = (origin, id) => toSocket(origin) + toAddress(ofTarget(id, 'control'));

/** http: -> ws:, https: -> wss: @param {string} origin */
const toSocket = (origin) => origin.replace(/^http/, 'ws');
