import { request, requestJson } from '../public/http.js';

/** The trial takes up to two minutes, if it is so configured, and bundles may need twenty seconds to stop. */
const TRIAL_TIMEOUT_MILLIS = 180_000;

const FEATURES = '/api/v1/features';

/**
 * @typedef {object} Feature
 * @property {string} id
 * @property {string} name
 * @property {string} description may be empty
 * @property {boolean} on
 * @property {'BASE' | 'COMMAND_LINE' | 'DEFAULT' | 'CHOSEN' | null} origin why it is on
 * @property {'BASE' | 'COMMAND_LINE' | 'START' | 'SAFE_MODE' | null} obstacle why it cannot be switched while Catseye runs
 * @property {{name: string, version: string, running: boolean}[]} bundles
 *
 * @typedef {object} FeaturePlan
 * @property {string} id
 * @property {string} feature
 * @property {string} name
 * @property {boolean} on whether it would be switched on
 * @property {boolean} applicable
 * @property {string[]} problems
 * @property {string[]} warnings
 * @property {string[]} starts bundles
 * @property {string[]} stops bundles
 * @property {{target: string, viewers: number}[]} targets those that would lose a device
 *
 * @typedef {{outcome: 'KEPT' | 'ROLLED_BACK' | 'RESTART_NEEDED', feature: string, reason: string}} FeatureResult
 * @typedef {{feature: string, time: string, reason: string}} FeatureRollBack
 * @typedef {{features: Feature[], problem: string, rollBack: FeatureRollBack | null}} FeatureList
 */

/** HTTP client for the features of the product. Every method throws an HttpError. */
export class FeaturesApi {
  #options;

  /** @param {{fetch?: typeof globalThis.fetch}} [options] */
  constructor(options = {}) {
    this.#options = options;
  }

  /** @returns {Promise<FeatureList>} */
  listFeatures() {
    return requestJson('GET', FEATURES, this.#options);
  }

  /** @param {string} feature @param {boolean} on @returns {Promise<FeaturePlan>} */
  planSwitch(feature, on) {
    return requestJson('POST', FEATURES, { ...this.#options, body: { feature, on } });
  }

  /** @param {string} id of a plan @returns {Promise<FeatureResult>} */
  applyPlan(id) {
    return requestJson('POST', `${FEATURES}/plans/${encodeURIComponent(id)}`, { ...this.#options, timeoutMillis: TRIAL_TIMEOUT_MILLIS });
  }

  /** @param {string} id of a plan */
  async discardPlan(id) {
    await request('DELETE', `${FEATURES}/plans/${encodeURIComponent(id)}`, this.#options);
  }
}
