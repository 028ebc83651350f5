import { formatDateTime, t } from '../public/text.js';

/**
 * The texts for plug-ins.
 *
 * @typedef {import('../protocol/plugins-api.js').Plugin} Plugin
 * @typedef {import('../protocol/plugins-api.js').PluginDescription} PluginDescription
 * @typedef {import('../protocol/plugins-api.js').PluginPlan} PluginPlan
 * @typedef {import('../protocol/plugins-api.js').PluginResult} PluginResult
 * @typedef {import('../public/text.js').MessageKey} MessageKey
 */

/** @type {Record<import('../protocol/plugins-api.js').PluginState, MessageKey>} */
const STATES = {
  RUNNING: 'plugins.running', STARTING: 'plugins.starting', WAITING: 'plugins.waiting', DISABLED: 'plugins.disabled', NOT_USED: 'plugins.notUsed', REFUSED: 'plugins.refused',
  HELD: 'plugins.held', FAILED: 'plugins.failed',
};

/** @type {Record<import('../protocol/plugins-api.js').PartKind, MessageKey>} */
const PARTS = {
  VIDEO: 'plugins.video', INPUT: 'plugins.input', DRIVE: 'plugins.drive', POWER: 'plugins.power', SELF_CHECK: 'plugins.selfCheck', RESOURCE: 'plugins.resource', PAGE: 'plugins.page',
  SERVICE: 'plugins.service',
};

/** @type {Record<'UNKNOWN' | 'UNSIGNED' | 'DAMAGED', MessageKey>} */
const MISTRUST = { UNKNOWN: 'plugins.markUnknown', UNSIGNED: 'plugins.markUnsigned', DAMAGED: 'plugins.markDamaged' };

/** @param {Plugin} plugin */
export function describeState({ state }) {
  return t(STATES[state]);
}

/** @param {Plugin['parts'][number]} part */
export function describePart({ kind, label, target }) {
  return [t(PARTS[kind]), label, target && t('plugins.ofTarget', { target })].filter(Boolean).join(' · ');
}

/** @param {PluginDescription} plugin */
export function describeSignature({ signature: { kind, signer, maker, reason } }) {
  if (kind === 'TRUSTED') return maker && maker.name !== signer ? t('plugins.trustedIssuer', { signer, maker: maker.name }) : t('plugins.trusted', { signer });
  if (kind === 'UNKNOWN') return [t('plugins.unknownSigner', { signer }), reason].filter(Boolean).join(' ');
  return [kind === 'DAMAGED' ? t('plugins.damagedSignature') : t('plugins.notSigned'), reason].filter(Boolean).join(' ');
}

/** A short mark for a plug-in without a trusted signature. @param {Plugin} plugin @returns {string} empty if it needs none */
export function describeMistrust({ signature: { kind } }) {
  return kind === 'TRUSTED' ? '' : t(MISTRUST[kind]);
}

/** In pairs of digits, as keytool and openssl print it. @param {string} fingerprint in hexadecimal */
export function formatFingerprint(fingerprint) {
  return /^[0-9a-f]{64}$/.test(fingerprint) ? (fingerprint.toUpperCase().match(/../g) ?? []).join(':') : fingerprint;
}

/** @param {import('../protocol/plugins-api.js').Concern} concern @returns {string} what the user has to agree to */
export function describeConcern({ kind, detail }) {
  if (kind === 'NEW_PERMISSIONS') return detail ? t('plugins.concernPermissions', { permissions: detail }) : t('plugins.concernUndeclared');
  if (kind === 'CHANGED_MAKER') return t('plugins.concernMaker', { maker: detail });
  return kind === 'OLDER_VERSION' ? t('plugins.concernOlder', { version: detail }) : t('plugins.concernUntrusted');
}

/** @param {PluginDescription} plugin */
export function describePermissions({ permissions }) {
  if (permissions === null) return t('plugins.notDeclared');
  return permissions.length > 0 ? permissions.join(', ') : t('plugins.noPermissions');
}

/** @param {PluginPlan} plan */
export function describePlan({ kind, plugin: { name, version }, installedVersion }) {
  if (kind === 'INSTALL') return t('plugins.planInstall', { name, version });
  if (kind === 'SAME_VERSION') return t('plugins.planSame', { name, version });
  return kind === 'STEP_BACK' ? t('plugins.planStepBack', { name, version, installed: installedVersion ?? '' })
    : t('plugins.planUpdate', { name, version, installed: installedVersion ?? '' });
}

/** @param {PluginPlan} plan */
export function planButton({ kind, plugin: { version } }) {
  return kind === 'INSTALL' ? t('plugins.install') : t('plugins.changeTo', { version });
}

/** @param {PluginResult} result @param {string} name */
export function describeResult({ outcome, version, reason }, name) {
  if (outcome === 'KEPT') return t('plugins.kept', { name, version });
  if (outcome === 'RESTART_NEEDED') return t('plugins.restartNeeded', { name, version, reason });
  return outcome === 'ROLLED_BACK' ? t('plugins.rolledBack', { name, version, reason }) : t('plugins.overtaken', { name, version, reason });
}

/** @param {import('../protocol/plugins-api.js').RollBack} rollBack @param {string} name */
export function describeRollBack({ version, time, reason }, name) {
  return t('plugins.lastRollBack', { name, version, time: formatDateTime(time), reason });
}
