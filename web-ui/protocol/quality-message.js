/**
 * The quality of the picture, on the video socket: the page says which one it wants, the server reports twice a second what it sends.
 *
 * @typedef {'auto' | 'sharp' | 'balanced' | 'slow'} Level
 *
 * @typedef {object} QualityMessage
 * @property {'quality'} type
 * @property {Level} level the page's choice
 * @property {Exclude<Level, 'auto'>} delivered
 * @property {string} codec jpeg or h264; empty without a picture
 * @property {number} width of the pictures that are sent
 * @property {number} height
 * @property {number} fps pictures per second that were acknowledged
 * @property {number} kbps their bit rate, in kbit/s
 * @property {number} delay from sending to the acknowledgement, in milliseconds
 * @property {number} slowLine what the line took when it was too slow for a better picture, in kbit/s; 0 if it was not
 * @property {number} line what the line takes, in kbit/s; 0 if unknown
 * @property {number} deviceFps pictures per second from the device
 * @property {number} lost pictures that the device lost
 * @property {string} encoder the name of what encodes the pictures; empty for those of the device
 * @property {string} reason why this is not the chosen quality; empty if it is
 */

/** @type {readonly Level[]} */ export const LEVELS = ['auto', 'sharp', 'balanced', 'slow'];

/** @param {Level} level */
export function qualityMessage(level) {
  return JSON.stringify({ type: 'quality', level });
}

/** @param {unknown} level @returns {level is Level} */
export function isLevel(level) {
  return LEVELS.some((known) => known === level);
}

/** @param {any} message @returns {QualityMessage | null} null if it is another message */
export function toQuality(message) {
  if (message?.type !== 'quality' || !isLevel(message.level)) return null;
  return {
    type: 'quality', level: message.level, delivered: isLevel(message.delivered) && message.delivered !== 'auto' ? message.delivered : 'sharp',
    codec: toText(message.codec), width: toNumber(message.width), height: toNumber(message.height), fps: toNumber(message.fps), kbps: toNumber(message.kbps),
    delay: toNumber(message.delay), slowLine: toNumber(message.slowLine),
    line: toNumber(message.line), deviceFps: toNumber(message.deviceFps), lost: toNumber(message.lost), encoder: toText(message.encoder), reason: toText(message.reason),
  };
}

/** @param {unknown} value */
const toText = (value) => (typeof value === 'string' ? value : '');
/** @param {unknown} value */
const toNumber = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
