import { request } from '../public/http.js';
import { capturePath } from './addresses.js';

/**
 * @typedef {import('./settings-api.js').Settings} Settings
 * @typedef {{key: string, min: number, max: number, step: number, default: number, current?: number, lockReason?: string}} Control
 * @typedef {{width: number, height: number, fps: number, interlaced: boolean}} Timing
 * @typedef {{widthKey: string, heightKey: string, rateKey: string, sizes: {width: number, height: number, rates: number[]}[]}} Modes
 * @typedef {object} EdidContent
 * @property {string} hex
 * @property {string} version
 * @property {string} manufacturer
 * @property {number} product
 * @property {string} name
 * @property {string} serial
 * @property {number} year
 * @property {boolean} hdmi
 * @property {boolean} audio
 * @property {Timing} [preferred]
 * @property {Timing[]} timings
 * @property {number[]} unknownCodes
 *
 * @typedef {{key: string, presets: string[], problem?: string, current?: EdidContent}} Edid
 * @typedef {object} CaptureDevice
 * @property {string} device its name
 * @property {string} [problem]
 * @property {Control[]} controls
 * @property {Modes} [modes]
 * @property {Timing} [incoming]
 * @property {Edid} [edid]
 * @property {boolean} [configured] whether it has a configuration; the first change adds one
 * @property {Settings} [settings] only the settings that adjust the device; absent if there are none
 * @property {string} version of the settings
 */

/** HTTP client for the settings of a target's capture device. Every method throws HttpError. */
export class CaptureApi {
  #options;

  /** @param {{fetch?: typeof globalThis.fetch}} [options] */
  constructor(options = {}) {
    this.#options = options;
  }

  /** @param {string} target id @returns {Promise<CaptureDevice>} */
  readDevice(target) {
    return this.#request('GET', target, {});
  }

  /** @param {string} target id @param {import('./settings-api.js').Changes} values @param {string} version that the user saw @returns {Promise<CaptureDevice>} */
  saveValues(target, values, version) {
    return this.#request('PUT', target, { body: { values }, headers: { 'If-Match': `"${version}"` } });
  }

  /** @param {string} method @param {string} target @param {import('../public/http.js').RequestOptions} options @returns {Promise<CaptureDevice>} */
  async #request(method, target, options) {
    const response = await request(method, capturePath(target), { ...this.#options, ...options });
    return { ...(await response.json()), version: (response.headers.get('ETag') ?? '').replace(/^W\/|"/g, '') };
  }
}
