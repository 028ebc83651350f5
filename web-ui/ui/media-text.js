import { formatNumber, t } from '../public/text.js';

/** @typedef {import('../protocol/media-message.js').Drive} Drive */

/** @type {import('../public/text.js').MessageKey[]} each a thousand times the one before */
const UNITS = ['size.bytes', 'size.kilobytes', 'size.megabytes', 'size.gigabytes', 'size.terabytes'];

/** @param {number} bytes @returns {string} such as 4.7 GB, as shops and disk makers count */
export function formatBytes(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return t(UNITS[unit], { value: formatNumber(value, unit > 0 && value < 9.995 ? 2 : unit > 0 && value < 99.95 ? 1 : 0) });
}

/** @param {string} text such as 700 MB or 1,5 GB @returns {number | null} null if it is no size */
export function parseBytes(text) {
  const [, value, unit] = /^(\d+(?:[.,]\d+)?)\s*([kmg])b$/i.exec(text.trim()) ?? [];
  return value ? Math.round(Number(value.replace(',', '.')) * 1000 ** ('kmg'.indexOf(unit.toLowerCase()) + 1)) : null;
}

/** @param {number | null} seconds @returns {string} empty while unknown */
export function formatTimeLeft(seconds) {
  if (seconds === null || !Number.isFinite(seconds)) return '';
  if (seconds < 60) return t('time.secondsLeft', { seconds: Math.max(1, Math.round(seconds)) });
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? t('time.minutesLeft', { minutes }) : t('time.hoursLeft', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** @param {number | null} bytesPerSecond @returns {string} empty while unknown */
export function formatSpeed(bytesPerSecond) {
  return bytesPerSecond === null ? '' : t('size.perSecond', { size: formatBytes(bytesPerSecond) });
}

/** @param {number} done @param {number} total @returns {string} empty while the total is unknown */
export function formatPercent(done, total) {
  return total > 0 ? t('view.percent', { percent: Math.floor((100 * done) / total) }) : '';
}

/** @param {string[]} parts @returns {string} those that are not empty */
export function joinFacts(parts) {
  return parts.filter(Boolean).join(' · ');
}

/** @param {Drive} drive @returns {string} what is in it, or why it cannot be used */
export function describeDrive({ state, name, readOnly, reason }) {
  switch (state) {
    case 'EMPTY': return t('drive.empty');
    case 'UNAVAILABLE': return reason || t('drive.unavailable');
    case 'LOCKED': return t('drive.locked', { name });
    default: return readOnly ? t('drive.attached', { name }) : t('drive.attachedWritable', { name });
  }
}

/** @param {Drive} drive */
export function isOccupied({ state }) {
  return state === 'ATTACHED' || state === 'LOCKED';
}

/** @param {import('../protocol/media-message.js').MediaKind} kind */
export function kindName(kind) {
  return t(kind === 'cdrom' ? 'drive.cdrom' : 'drive.disk');
}
