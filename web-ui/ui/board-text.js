import { formatRecentTime, t } from '../public/text.js';

/**
 * @typedef {import('../protocol/api.js').BoardCondition} BoardCondition
 * @typedef {{description: string, remedy: string}} BoardText
 */

/**
 * The texts for the conditions that this page knows, by id.
 *
 * @type {Record<string, (since: string, details: Record<string, string>) => [description: string, remedy: string]>}
 */
const TEXTS = {
  'under-voltage': (since) => [t('board.underVoltage', { since }), t('board.supplyRemedy')],
  'under-voltage-earlier': () => [t('board.underVoltageEarlier'), t('board.supplyRemedy')],
  'frequency-capped': (since) => [t('board.frequencyCapped', { since }), t('board.throttlingRemedy')],
  throttled: (since) => [t('board.throttled', { since }), t('board.throttlingRemedy')],
  'throttled-earlier': () => [t('board.throttledEarlier'), t('board.throttlingRemedy')],
  'temperature-limit': (since) => [t('board.temperatureLimit', { since }), t('board.coolingRemedy')],
  temperature: (since, { celsius = '', sensor = '' }) => [t('board.temperature', { since, celsius, sensor }), t('board.coolingRemedy')],
  'disk-space': (_since, { mebibytes = '' }) => [t('board.diskSpace', { mebibytes }), t('board.diskSpaceRemedy')],
  'home-read-only': (since) => [t('board.homeReadOnly', { since }), t('board.readOnlyRemedy')],
  'root-read-only': (since) => [t('board.rootReadOnly', { since }), t('board.readOnlyRemedy')],
  memory: (_since, { mebibytes = '' }) => [t('board.memory', { mebibytes }), t('board.memoryRemedy')],
  load: (since, { load = '', cores = '' }) => [t('board.load', { since, load, cores }), t('board.loadRemedy')],
  'clock-wrong': () => [t('board.clockWrong'), t('board.clockRemedy')],
  'clock-not-synchronized': () => [t('board.clockNotSynchronized'), t('board.clockRemedy')],
  'usb-over-current': () => [t('board.usbOverCurrent'), t('board.usbOverCurrentRemedy')],
  'usb-reconnects': (_since, { port = '' }) => [t('board.usbReconnects', { port }), t('board.usbReconnectsRemedy')],
  'java-unsupported': (_since, { version = '' }) => [t('board.javaUnsupported', { version }), t('board.javaUnsupportedRemedy')],
  'java-outdated': (_since, { version = '', date = '' }) => [t('board.javaOutdated', { version, date }), t('board.javaOutdatedRemedy')],
};

/** In the language of the page; a condition that is unknown here has the text of the server. @param {BoardCondition} condition @returns {BoardText} */
export function describeCondition({ id, since, description, remedy, details }) {
  const text = Object.hasOwn(TEXTS, id) ? TEXTS[id](formatRecentTime(since), details) : [description, remedy];
  return { description: text[0], remedy: text[1] };
}
