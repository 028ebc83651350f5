import { request, requestJson } from '../public/http.js';

/** An upload over a slow line. */
const UPLOAD_TIMEOUT_MILLIS = 600_000;
/** The trial takes up to two minutes, if it is so configured. */
const TRIAL_TIMEOUT_MILLIS = 180_000;
/** A plug-in may need ten seconds to stop. */
const SWITCH_TIMEOUT_MILLIS = 30_000;

const PLUGINS = '/api/v1/plugins';

/**
 * @typedef {'RUNNING' | 'STARTING' | 'WAITING' | 'DISABLED' | 'NOT_USED' | 'REFUSED' | 'HELD' | 'FAILED'} PluginState
 * @typedef {'VIDEO' | 'INPUT' | 'DRIVE' | 'POWER' | 'SELF_CHECK' | 'RESOURCE' | 'PAGE' | 'SERVICE'} PartKind
 *
 * @typedef {object} Signature
 * @property {'TRUSTED' | 'UNKNOWN' | 'UNSIGNED' | 'DAMAGED'} kind
 * @property {string} signer the name in the certificate; empty unless TRUSTED or UNKNOWN
 * @property {string} fingerprint of the signer's certificate
 * @property {string} certificate PEM, if adding it to the trusted makers makes the jar trusted; otherwise empty
 * @property {string} reason why it is not trusted
 * @property {{name: string, fingerprint: string} | null} maker the trusted maker
 *
 * @typedef {object} PluginDescription what the jar says about itself
 * @property {string} id
 * @property {string} name
 * @property {string} version
 * @property {string} maker
 * @property {string} description
 * @property {string[] | null} permissions null: not declared
 * @property {Signature} signature
 *
 * @typedef {object} PluginFacts
 * @property {string} file
 * @property {string} installed ISO 8601
 * @property {PluginState} state
 * @property {string} reason
 * @property {boolean} enabled
 * @property {{kind: PartKind, label: string, target: string}[]} parts
 * @property {string[]} configurations
 * @property {{version: string, replaced: string}[]} keptVersions
 *
 * @typedef {object} BundleHealth what a bundle uses
 * @property {'OK' | 'OVER_LIMIT' | 'STOPPED' | 'STILL_RUNNING'} condition
 * @property {string} reason English sentences
 * @property {string} [since] ISO 8601
 * @property {{figure: string, measured: number, limit: number}[]} exceeded
 * @property {Partial<Record<'cpuPercentTenSeconds' | 'cpuPercentMinute' | 'callbackCpuPercentMinute' | 'cpuSeconds' | 'threads' | 'logLinesPerMinute' | 'droppedLogLines'
 *   | 'printedLinesPerMinute' | 'droppedPrintedLines' | 'exceptionsPerMinute' | 'frameSlots' | 'frameBytes', number>>} figures what is not known is missing
 *
 * @typedef {PluginDescription & PluginFacts & {health?: BundleHealth}} Plugin
 *
 * @typedef {{kind: 'UNTRUSTED' | 'CHANGED_MAKER' | 'OLDER_VERSION' | 'NEW_PERMISSIONS', detail: string}} Concern
 *
 * @typedef {object} PluginPlan
 * @property {string} id
 * @property {string} file
 * @property {'INSTALL' | 'UPDATE' | 'SAME_VERSION' | 'STEP_BACK'} kind
 * @property {string | null} installedVersion
 * @property {boolean} applicable
 * @property {PluginDescription} plugin
 * @property {string[]} problems
 * @property {string[]} warnings
 * @property {{target: string, viewers: number}[]} targets
 * @property {string[]} newPermissions
 * @property {Concern[]} concerns what the user has to agree to
 *
 * @typedef {{outcome: 'KEPT' | 'ROLLED_BACK' | 'RESTART_NEEDED' | 'OVERTAKEN', plugin: string, version: string, reason: string}} PluginResult
 * @typedef {{plugin: string, version: string, time: string, reason: string}} RollBack
 * @typedef {{plugins: Plugin[], product: {name: string, version: string, running: boolean, health?: BundleHealth}[], leftovers: {id: string, health: BundleHealth}[],
 *   rollBacks: RollBack[]}} PluginList
 */

/** HTTP client for plug-ins. Every method throws an HttpError. */
export class PluginsApi {
  #options;

  /** @param {{fetch?: typeof globalThis.fetch}} [options] */
  constructor(options = {}) {
    this.#options = options;
  }

  /** @returns {Promise<PluginList>} */
  listPlugins() {
    return requestJson('GET', PLUGINS, this.#options);
  }

  /** @param {File} file @returns {Promise<PluginPlan>} */
  planChange(file) {
    return requestJson('POST', `${PLUGINS}?file=${encodeURIComponent(file.name)}`, { ...this.#options, content: file, timeoutMillis: UPLOAD_TIMEOUT_MILLIS });
  }

  /** @param {string} id of a plan */
  async discardPlan(id) {
    await request('DELETE', `${PLUGINS}/plans/${encodeURIComponent(id)}`, this.#options);
  }

  /** With the signature as it is currently trusted. @param {string} id of a plan @returns {Promise<PluginPlan>} */
  findPlan(id) {
    return requestJson('GET', `${PLUGINS}/plans/${encodeURIComponent(id)}`, this.#options);
  }

  /** @param {string} id of a plan @param {boolean} untrusted whether the user agrees to its concerns @returns {Promise<PluginResult>} */
  applyPlan(id, untrusted) {
    return requestJson('POST', `${PLUGINS}/plans/${encodeURIComponent(id)}`, { ...this.#options, body: { untrusted }, timeoutMillis: TRIAL_TIMEOUT_MILLIS });
  }

  /** @param {string} id of a plug-in @param {string} version @returns {Promise<PluginResult>} */
  restoreVersion(id, version) {
    return requestJson('POST', `${PLUGINS}/${encodeURIComponent(id)}/rollback`, { ...this.#options, body: { version }, timeoutMillis: TRIAL_TIMEOUT_MILLIS });
  }

  /** @param {string} id of a plug-in @param {boolean} enabled */
  async setEnabled(id, enabled) {
    await request('PUT', `${PLUGINS}/${encodeURIComponent(id)}`, { ...this.#options, body: { enabled }, timeoutMillis: SWITCH_TIMEOUT_MILLIS });
  }

  /** @param {string} id of a plug-in @param {boolean} settings whether its configurations are deleted as well */
  async removePlugin(id, settings) {
    await request('DELETE', `${PLUGINS}/${encodeURIComponent(id)}?settings=${settings}`, { ...this.#options, timeoutMillis: SWITCH_TIMEOUT_MILLIS });
  }
}
