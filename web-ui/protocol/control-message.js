import { toDrives } from './media-message.js';

/** The JSON messages of the control socket (catseye.control.v1), in both directions. */

/**
 * @typedef {object} VideoStatus
 * @property {'LIVE' | 'NO_SIGNAL' | 'CONNECTING' | 'NO_DEVICE'} state
 * @property {string} reason
 * @property {boolean} misconfigured the device's configuration has an invalid value, which the reason names
 * @property {boolean} stale the live picture is frozen; the reason has the details
 * @property {number} width
 * @property {number} height
 * @property {number} fps
 * @property {string} codec
 * @property {string} input description of what the target sends; empty if unknown
 * @property {number} inputWidth of the picture that the target sends, which the capture device may scale; 0 if unknown
 * @property {number} inputHeight
 * @property {number} viewers
 *
 * @typedef {object} HidStatus
 * @property {'READY' | 'OFFLINE' | 'ABSENT'} state
 * @property {string} reason
 * @property {string[]} features
 *
 * @typedef {{type: 'state', target: string, label: string, video: VideoStatus, hid: HidStatus, user: string, permissions: string[]}} StateMessage
 * @typedef {{type: 'leds', known: boolean, numLock: boolean, capsLock: boolean, scrollLock: boolean, compose: boolean, kana: boolean}} LedsMessage
 * @typedef {{type: 'error', code: string, message: string}} ErrorMessage
 * @typedef {{code: 'bad_message' | 'bad_picture'} | {code: 'unknown_codec', codec: number} | {code: 'unsupported_version', server: number, page: number}} Problem what
 *   this page cannot use of what the server sent; the visible text is the page's
 * @typedef {{type: 'pong', id: number, time: number}} PongMessage `time`: server's clock, µs since the epoch
 * @typedef {{type: 'control', holder: string, mine: boolean, asking: string, shared: boolean, others: number}} LeaseMessage `holder`: empty when control is free; `others`: other viewers of this computer
 * @typedef {{type: 'typing', id: string, typed: number, total: number, state: 'TYPING' | 'DONE' | 'CANCELLED' | 'STOPPED', code: string, message: string}} TypingMessage a text
 *   of this user that the server types; `typed`: characters that have arrived; `code`: why it stopped early
 * @typedef {'press' | 'hold' | 'reset' | 'wake' | 'on' | 'off' | 'cycle'} PowerAction
 * @typedef {{type: 'power', state: 'ON' | 'OFF' | 'UNKNOWN', source: string, reason: string, diskActive: boolean | null, running: PowerAction | '', actions: PowerAction[]}} PowerMessage
 *   `reason`: why the state is unknown; `diskActive`: null if no device sees the disk LED; `actions`: what this user may do
 * @typedef {{type: 'targets', targets: {id: string, label: string}[]}} TargetsMessage all targets that this user may view
 * @typedef {'request' | 'grant' | 'deny' | 'take' | 'release'} LeaseAction changes who is in control
 * @typedef {StateMessage | LeaseMessage | LedsMessage | PowerMessage | TargetsMessage | import('./media-message.js').MediaMessage | TypingMessage | ErrorMessage | PongMessage} ServerMessage
 */

const VIDEO_STATES = new Set(['LIVE', 'NO_SIGNAL', 'CONNECTING', 'NO_DEVICE']);
const HID_STATES = new Set(['READY', 'OFFLINE', 'ABSENT']);
const POWER_STATES = new Set(['ON', 'OFF', 'UNKNOWN']);
const POWER_ACTIONS = new Set(['press', 'hold', 'reset', 'wake', 'on', 'off', 'cycle']);
const TYPING_STATES = new Set(['TYPING', 'DONE', 'CANCELLED', 'STOPPED']);

/**
 * @param {unknown} text
 * @returns {ServerMessage | null} null for an unknown type, because newer servers may have more
 * @throws {SyntaxError} if the text is not a valid message
 */
export function parseServerMessage(text) {
  if (typeof text !== 'string') throw new SyntaxError('a control message must be text');
  const message = JSON.parse(text);
  if (message === null || typeof message !== 'object') throw new SyntaxError('a control message must be an object');
  switch (message.type) {
    case 'state': return {
      type: 'state', target: toText(message.target), label: toText(message.label) || toText(message.target),
      video: toVideoStatus(message.video), hid: toHidStatus(message.hid),
      user: toText(message.user), permissions: toTexts(message.permissions),
    };
    case 'control': return {
      type: 'control', holder: toText(message.holder), mine: message.mine === true, asking: toText(message.asking), shared: message.shared === true,
      others: toNumber(message.others),
    };
    case 'leds': return {
      type: 'leds', known: message.known === true, numLock: message.numLock === true, capsLock: message.capsLock === true,
      scrollLock: message.scrollLock === true, compose: message.compose === true, kana: message.kana === true,
    };
    case 'power': return toPower(message);
    case 'targets': return { type: 'targets', targets: toTargets(message.targets) };
    case 'media': return { type: 'media', drives: toDrives(message.drives) };
    case 'typing': return toTyping(message);
    case 'error': return { type: 'error', code: toText(message.code) || 'error', message: toText(message.message) };
    case 'pong': return { type: 'pong', id: toNumber(message.id), time: toNumber(message.time) };
    default: return null;
  }
}

/** @param {any} video @returns {VideoStatus} an unknown state counts as CONNECTING, with its reason */
export function toVideoStatus(video) {
  return {
    state: VIDEO_STATES.has(video?.state) ? video.state : 'CONNECTING',
    reason: toText(video?.reason), misconfigured: video?.misconfigured === true, stale: video?.stale === true, width: toNumber(video?.width), height: toNumber(video?.height),
    fps: toNumber(video?.fps), codec: toText(video?.codec), input: toText(video?.input), inputWidth: toNumber(video?.inputWidth ?? video?.input?.width), inputHeight: toNumber(video?.inputHeight ?? video?.input?.height),
    viewers: toNumber(video?.viewers),
  };
}

/** @param {any} typing @returns {TypingMessage} an unknown state counts as STOPPED, so that no page waits for its end */
export function toTyping(typing) {
  return {
    type: 'typing', id: toText(typing?.id), typed: toNumber(typing?.typed), total: toNumber(typing?.total),
    state: TYPING_STATES.has(typing?.state) ? typing.state : 'STOPPED', code: toText(typing?.code), message: toText(typing?.message),
  };
}

/** @param {any} power @returns {PowerMessage} without the actions that this page does not know */
export function toPower(power) {
  return {
    type: 'power', state: POWER_STATES.has(power?.state) ? power.state : 'UNKNOWN', source: toText(power?.source), reason: toText(power?.reason),
    diskActive: typeof power?.diskActive === 'boolean' ? power.diskActive : null, running: POWER_ACTIONS.has(power?.running) ? power.running : '',
    actions: /** @type {PowerAction[]} */ (toTexts(power?.actions).filter((action) => POWER_ACTIONS.has(action))),
  };
}

/** @param {unknown} targets @returns {{id: string, label: string}[]} */
function toTargets(targets) {
  return (Array.isArray(targets) ? targets : []).filter((target) => toText(target?.id) !== '').map(({ id, label }) => ({ id, label: toText(label) || id }));
}

/** @param {any} hid @returns {HidStatus} */
export function toHidStatus(hid) {
  return { state: HID_STATES.has(hid?.state) ? hid.state : 'ABSENT', reason: toText(hid?.reason), features: toTexts(hid?.features) };
}

/** @param {unknown} value */
function toText(value) {
  return typeof value === 'string' ? value : '';
}

/** @param {unknown} value */
function toNumber(value) {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** @param {unknown} value @returns {string[]} */
function toTexts(value) {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Messages to the server. Each function returns the text to send. */
export const clientMessage = {
  /** @param {string} code KeyboardEvent.code @param {boolean} down */
  keyChange: (code, down) => JSON.stringify({ type: 'key', code, down }),

  /** @param {number} x 0..1 of the picture @param {number} y 0..1 @param {number} buttons mask */
  pointerPosition: (x, y, buttons) => JSON.stringify({ type: 'pointer', x: roundFraction(x), y: roundFraction(y), buttons: buttons & 31 }),

  /** @param {number} dx @param {number} dy @param {number} buttons mask */
  pointerMovement: (dx, dy, buttons) => JSON.stringify({ type: 'move', dx: Math.trunc(dx), dy: Math.trunc(dy), buttons: buttons & 31 }),

  /** @param {number} dx steps, positive to the right @param {number} dy steps, positive away from the user, as in HID */
  wheelTurn: (dx, dy) => JSON.stringify({ type: 'wheel', dx: Math.trunc(dx), dy: Math.trunc(dy) }),

  /** @param {LeaseAction} action */
  leaseAction: (action) => JSON.stringify({ type: action }),

  releaseAll: () => JSON.stringify({ type: 'releaseAll' }),

  /** @param {number} id */
  pingRequest: (id) => JSON.stringify({ type: 'ping', id }),
};

/** Clamped, and no finer than a HID report's 1/32767 needs. @param {number} value */
function roundFraction(value) {
  return Math.round(Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0)) * 1e5) / 1e5;
}
