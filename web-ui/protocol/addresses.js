import { toAddress } from '../public/base.js';

/** The paths of the public API for {@link import('../public/http.js').request}, and the URLs of its sockets and streams. */

export const VIDEO_PROTOCOL = 'catseye.video.v1';
export const CONTROL_PROTOCOL = 'catseye.control.v1';

/** @param {string} id @param {string} resource */
const ofTarget = (id, resource) => `/api/v1/targets/${encodeURIComponent(id)}/${resource}`;

export const TARGETS = '/api/v1/targets';
export const SESSION = '/api/v1/session';

/**
 * The MJPEG stream. Browsers show a picture only when the next one begins, so this requests the last one twice.
 *
 * @param {string} id
 */
export const mjpegAddress = (id) => toAddress(`${ofTarget(id, 'video.mjpeg')}?dual_final_frames=1`);
/** @param {string} id */ export const checksPath = (id) => ofTarget(id, 'checks');
/** @param {string} id @param {string} check @param {string} action */
export const actionPath = (id, check, action) => `${checksPath(id)}/${encodeURIComponent(check)}/actions/${encodeURIComponent(action)}`;
/** @param {string} id */ export const powerPath = (id) => ofTarget(id, 'power');
/** @param {string} id */ export const textPath = (id) => ofTarget(id, 'text');
/** @param {string} id @param {string} text id of a text that is being typed */ export const typedTextPath = (id, text) => `${textPath(id)}/${encodeURIComponent(text)}`;
export const LAYOUTS = '/api/v1/layouts';
/** @param {string} layout */ export const layoutPath = (layout) => `${LAYOUTS}/${encodeURIComponent(layout)}`;
/** @param {string} id */ export const snapshotPath = (id) => ofTarget(id, 'snapshot.jpeg');

/**
 * @param {string} origin http(s)://host:port
 * @param {string} id
 * @param {string} [codecs] the codecs that this page supports, such as "jpeg"; empty for all
 */
export const videoSocketUrl = (origin, id, codecs = '') => toSocket(origin) + toAddress(ofTarget(id, 'video')) + (codecs ? `?codecs=${codecs}` : '');

/**
 * @param {string} origin
 * @param {string} id
 */
export const controlSocketUrl = (origin, id) => toSocket(origin) + toAddress(ofTarget(id, 'control'));

/** http: -> ws:, https: -> wss: @param {string} origin */
const toSocket = (origin) => origin.replace(/^http/, 'ws');
