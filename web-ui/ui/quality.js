import { readPreference, savePreference } from '../public/preferences.js';
import { formatNumber, t } from '../public/text.js';
import { LEVELS, isLevel } from '../protocol/quality-message.js';
import { shownCodecs } from '../video/decoders.js';
import { describeCodec } from './problem-text.js';
import { CODEC_H264, CODEC_JPEG } from '../protocol/video-message.js';

/**
 * The choice of the picture's quality, and what the server reports about it in words.
 *
 * @typedef {import('../protocol/quality-message.js').Level} Level
 * @typedef {import('../protocol/quality-message.js').QualityMessage} QualityMessage
 */

/** @type {Record<Level, import('../public/text.js').MessageKey>} */
const NAMES = { auto: 'quality.auto', sharp: 'quality.sharp', balanced: 'quality.balanced', slow: 'quality.slow' };
/** @type {Record<Level, import('../public/text.js').MessageKey>} */
const DETAILS = { auto: 'quality.autoDetail', sharp: 'quality.sharpDetail', balanced: 'quality.balancedDetail', slow: 'quality.slowDetail' };

/** Each user's choice for each target, in this browser. @param {string} user @param {string} target */
const preferenceOf = (user, target) => `quality.${target}.${user}`;

/** @param {string} user @param {string} target @returns {Level} */
export function readLevel(user, target) {
  const level = readPreference(preferenceOf(user, target));
  return isLevel(level) ? level : 'auto';
}

/** @param {string} user @param {string} target @param {Level} level */
export function saveLevel(user, target, level) {
  savePreference(preferenceOf(user, target), level === 'auto' ? null : level);
}

/** @param {{level: Level, quality: QualityMessage | null}} model @param {(command: {command: 'quality', level: Level}) => void} send @returns {import('./menu.js').MenuGroup[]} */
export function qualityGroups({ level, quality }, send) {
  return [{
    title: quality?.codec ? t('quality.titleNow', { figures: describeFigures(quality) }) : t('quality.title'),
    items: LEVELS.map((own) => ({ label: t(NAMES[own]), detail: t(DETAILS[own]), checked: own === level, action: () => send({ command: 'quality', level: own }) })),
  }];
}

/** @param {QualityMessage} quality */
function describeFigures(quality) {
  const { codec, width, height, fps, kbps, slowLine } = quality;
  const figures = t('quality.figures', { codec: describeCodec(codec === 'h264' ? CODEC_H264 : CODEC_JPEG), width: String(width), height: String(height), fps: formatNumber(fps, fps < 10 ? 1 : 0), kbps: formatNumber(kbps, 0) });
  return [figures, slowLine > 0 ? t('quality.slowLine', { kbps: formatNumber(slowLine, 0) }) : '', describeCodecChoice(quality)].filter(Boolean).join('. ');
}

/** Why a lower quality is not H.264, which shows more on the same line. @param {QualityMessage} quality */
export function describeCodecChoice({ codec, delivered }) {
  if (delivered === 'sharp' || codec !== 'jpeg') return '';
  return t(shownCodecs === '' ? 'quality.jpegOfDevice' : 'quality.jpegOfBrowser');
}

/** The quality for the status line; empty for the picture as it comes. @param {QualityMessage | null} quality @returns {{text: string, title: string}} */
export function describeQuality(quality) {
  if (!quality) return { text: '', title: '' };
  const { delivered, encoder, reason, slowLine } = quality;
  const text = reason ? t('quality.notAvailable') : slowLine > 0 ? t('quality.slowLine', { kbps: formatNumber(slowLine, 0) }) : delivered === 'sharp' ? '' : t(NAMES[delivered]);
  const title = [reason, delivered === 'sharp' ? '' : t('quality.encodedBy', { quality: t(NAMES[delivered]), encoder }), describeCodecChoice(quality)].filter(Boolean).join(' ');
  return { text, title };
}
