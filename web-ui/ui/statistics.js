import { define, h, setText } from '../public/dom.js';
import { formatNumber, t } from '../public/text.js';
import { systemClock } from '../protocol/clock.js';
import { describeCodec } from './problem-text.js';
import { describeQuality } from './quality.js';

/** @typedef {import('../public/text.js').MessageKey} MessageKey */

/** The panel of this page, which is no plug-in: the View menu opens it. */
export const STATISTICS_PANEL = Object.freeze({ id: 'org.catseye.statistics', get title() { return t('statistics.title'); }, element: 'catseye-statistics' });

const UNKNOWN = '–';

/** @type {readonly MessageKey[]} */
const FIGURES = [
  'statistics.deviceFps', 'statistics.shownFps', 'statistics.picture', 'statistics.bitRate', 'statistics.line', 'statistics.age',
  'statistics.lost', 'statistics.skipped', 'statistics.viewers', 'statistics.encoder',
];

/** @param {number | null | undefined} fps */
const describeFps = (fps) => (fps === null || fps === undefined ? UNKNOWN : t('status.fps', { fps: formatNumber(fps, fps < 10 ? 1 : 0) }));

/** @param {number | undefined} kbps 0 or missing: unknown */
const describeRate = (kbps) => (kbps ? t('statistics.kbps', { kbps: formatNumber(kbps, 0) }) : UNKNOWN);

/**
 * The figures of a session, in words.
 *
 * @param {import('./target-session.js').TargetSession} session
 * @param {{width: number, height: number}} canvas
 * @returns {Partial<Record<MessageKey, string>>}
 */
export function describeStatistics({ quality, stats, server, codec }, canvas) {
  const now = systemClock.now();
  const age = stats.ages(now);
  return {
    'statistics.deviceFps': describeFps(quality?.deviceFps),
    'statistics.shownFps': describeFps(stats.framesPerSecond(now)),
    'statistics.picture': codec === null ? UNKNOWN : t('statistics.size', { codec: describeCodec(codec), width: String(canvas.width), height: String(canvas.height) }),
    'statistics.bitRate': describeRate(quality?.kbps),
    'statistics.line': describeRate(quality?.line),
    'statistics.age': age ? t('statistics.percentiles', { p50: formatNumber(age.p50, 0), p95: formatNumber(age.p95, 0) }) : UNKNOWN,
    'statistics.lost': quality ? formatNumber(quality.lost, 0) : UNKNOWN,
    'statistics.skipped': formatNumber(stats.skipped, 0),
    'statistics.viewers': server ? formatNumber(server.video.viewers, 0) : UNKNOWN,
    'statistics.encoder': describeEncoder(quality),
  };
}

/** @param {import('../protocol/quality-message.js').QualityMessage | null} quality */
function describeEncoder(quality) {
  if (!quality) return UNKNOWN;
  return describeQuality(quality).title || t('statistics.noEncoder');
}

/**
 * How the picture comes to this page, and how long the remote computer takes to react. Event: `catseye-measure-reaction`, when the user asks
 * for a measurement.
 */
export class CatseyeStatistics extends HTMLElement {
  #values = new Map(FIGURES.map((key) => [key, h('dd', { 'data-figure': key }, UNKNOWN)]));
  #reaction = h('p', { class: 'statistics-reaction', role: 'status' });
  #measure = h('button', { class: 'button', type: 'button', onclick: () => this.dispatchEvent(new CustomEvent('catseye-measure-reaction', { bubbles: true })) }, t('statistics.measure'));

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      h('dl', { class: 'statistics-figures' }, ...[...this.#values].map(([key, value]) => h('div', {}, h('dt', {}, t(key)), value))),
      h('p', { class: 'field-hint' }, t('statistics.measureHint')), this.#measure, this.#reaction,
    );
  }

  /** @param {Partial<Record<MessageKey, string>>} figures */
  showStatistics(figures) {
    for (const [key, value] of this.#values) setText(value, figures[key] ?? UNKNOWN);
  }

  /** @param {'running' | 'refused' | number | null} result milliseconds; null: nothing changed */
  showReaction(result) {
    this.#measure.toggleAttribute('disabled', result === 'running');
    setText(this.#reaction, describeReaction(result));
  }
}

/** @param {'running' | 'refused' | number | null} result */
function describeReaction(result) {
  if (result === 'running') return t('statistics.measuring');
  if (result === 'refused') return t('statistics.refused');
  return result === null ? t('statistics.noReaction') : t('statistics.reaction', { millis: formatNumber(result, 0) });
}

define('catseye-statistics', CatseyeStatistics);
