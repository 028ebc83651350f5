import { formatDateTime, t } from '../public/text.js';

/**
 * The texts for features.
 *
 * @typedef {import('../protocol/features-api.js').Feature} Feature
 * @typedef {import('../protocol/features-api.js').FeaturePlan} FeaturePlan
 * @typedef {import('../public/text.js').MessageKey} MessageKey
 */

/** @type {Record<'BASE' | 'COMMAND_LINE' | 'DEFAULT' | 'CHOSEN', MessageKey>} */
const ORIGINS = { BASE: 'features.always', COMMAND_LINE: 'features.fromCommandLine', DEFAULT: 'features.byDefault', CHOSEN: 'features.switchedOn' };

/** @type {Record<'BASE' | 'COMMAND_LINE' | 'START' | 'SAFE_MODE', MessageKey>} */
const OBSTACLES = { BASE: 'features.always', COMMAND_LINE: 'features.changeCommandLine', START: 'features.needsStart', SAFE_MODE: 'features.safeMode' };

/** Whether each bundle of a feature that is on runs. @param {Feature} feature */
export function isRunning({ on, bundles }) {
  return on && bundles.every(({ running }) => running);
}

/** @param {Feature} feature */
export function describeState(feature) {
  if (!feature.on) return t('features.off');
  return isRunning(feature) ? t('features.on') : t('features.notRunning');
}

/** @param {Feature} feature */
export function describeOrigin({ origin }) {
  return origin ? t(ORIGINS[origin]) : '';
}

/** @param {Feature} feature */
export function describeObstacle({ obstacle, id }) {
  return obstacle ? t(OBSTACLES[obstacle], { id }) : '';
}

/** @param {FeaturePlan} plan */
export function describePlan({ on, name }) {
  return on ? t('features.planOn', { name }) : t('features.planOff', { name });
}

/** @param {import('../protocol/features-api.js').FeatureResult} result @param {FeaturePlan} plan */
export function describeResult({ outcome, reason }, { on, name }) {
  if (outcome === 'KEPT') return on ? t('features.isOn', { name }) : t('features.isOff', { name });
  return outcome === 'ROLLED_BACK' ? t('features.rolledBack', { name, reason }) : t('features.restartNeeded', { name, reason });
}

/** @param {import('../protocol/features-api.js').FeatureRollBack} rollBack @param {string} name */
export function describeRollBack({ time, reason }, name) {
  return t('features.lastRollBack', { name, time: formatDateTime(time), reason });
}
