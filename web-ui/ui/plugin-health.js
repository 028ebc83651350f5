import { h, setText } from '../public/dom.js';
import { formatDateTime, formatNumber, t } from '../public/text.js';
import { factList } from './plugin-plan.js';

/**
 * What a plug-in uses, and whether that is too much.
 *
 * @typedef {import('../protocol/plugins-api.js').BundleHealth} BundleHealth
 * @typedef {import('../public/text.js').MessageKey} MessageKey
 */

const BYTES_PER_MEBIBYTE = 1 << 20;

/** @type {Record<string, MessageKey>} */
const LIMITS = {
  cpuPercentTenSeconds: 'plugins.limitCpu', threads: 'plugins.limitThreads', logLinesPerMinute: 'plugins.limitLog', printedLinesPerMinute: 'plugins.limitPrinted',
  exceptionsPerMinute: 'plugins.limitExceptions', frameSlots: 'plugins.limitFrames',
};

/** @param {BundleHealth} health */
function describeLimits({ exceeded }) {
  return exceeded.filter(({ figure }) => LIMITS[figure]).map(({ figure, measured, limit }) => t(LIMITS[figure], { measured, limit })).join(', ');
}

/** The condition as sentences; empty if all is well. @param {BundleHealth | undefined} health */
export function describeHealth(health) {
  if (!health || health.condition === 'OK') return '';
  const limits = describeLimits(health);
  if (health.condition === 'OVER_LIMIT') return t('plugins.overLimit', { limits });
  const stopped = limits && t('plugins.stoppedOverLimit', { limits, time: formatDateTime(health.since ?? '') });
  return health.condition === 'STOPPED' ? stopped : [stopped, t('plugins.stillRunning')].filter(Boolean).join(' ');
}

/** A figure that is missing is not known, and so is not shown. @param {BundleHealth['figures']} figures @returns {[string, string][]} */
function describeFigures(figures) {
  /** @param {number | undefined} value @param {(value: number) => string} describe */
  const ifKnown = (value, describe) => (value === undefined ? '' : describe(value));
  /** @param {number} [lines] @param {number} [dropped] */
  const describeLines = (lines, dropped) => [ifKnown(lines, (count) => t('plugins.perMinute', { count })), ifKnown(dropped || undefined, (count) => t('plugins.dropped', { count }))]
    .filter(Boolean).join(', ');
  return [
    [t('plugins.processor'), [ifKnown(figures.cpuPercentTenSeconds, (percent) => t('plugins.cpuTenSeconds', { percent: formatNumber(percent, 0) })),
      ifKnown(figures.cpuPercentMinute, (percent) => t('plugins.cpuMinute', { percent: formatNumber(percent, 0) })),
      ifKnown(figures.callbackCpuPercentMinute, (percent) => t('plugins.cpuCallbacks', { percent: formatNumber(percent, 0) }))].filter(Boolean).join(', ')],
    [t('plugins.threads'), ifKnown(figures.threads, (count) => formatNumber(count, 0))],
    [t('plugins.logLines'), describeLines(figures.logLinesPerMinute, figures.droppedLogLines)],
    [t('plugins.printedLines'), describeLines(figures.printedLinesPerMinute, figures.droppedPrintedLines)],
    [t('plugins.exceptions'), describeLines(figures.exceptionsPerMinute)],
    [t('plugins.frames'), ifKnown(figures.frameSlots, (count) => t('plugins.framesLent', { count, size: formatNumber((figures.frameBytes ?? 0) / BYTES_PER_MEBIBYTE, 1) }))],
  ];
}

/**
 * A note for the head of an item, and the figures for its details. Both change often, and contain nothing that can have the focus.
 *
 * @returns {{note: HTMLElement, figures: HTMLElement, update: (health: BundleHealth | undefined) => void}}
 */
export function createPluginHealth() {
  const note = h('span', { class: 'plugin-health' });
  const figures = h('div', { class: 'plugin-figures' });
  return {
    note,
    figures,
    update: (health) => {
      setText(note, describeHealth(health));
      figures.replaceChildren(...(health ? [factList(describeFigures(health.figures))] : []));
    },
  };
}
