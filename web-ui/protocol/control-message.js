/** The JSON of the control socket (catseye.control.v1), both ways. */

/**
 * @typedef {object} VideoStatus
 * @property {'LIVE' | 'NO_SIGNAL' | 'CONNECTING' | 'NO_DEVICE'} state
 * @property {string} reason
 * @property {boolean} misconfigured a value of the device's configuration cannot be used; the reason names it
 * @property {number} width
 * @property {number} height
 * @property {number} fps
 * @property {string} codec
 * @property {string} input what the target sends, in words; empty if that is not known
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
 * @typedef {{type: 'pong', id: number, time: number}} PongMessage `time`: server's clock, µs since the epoch
 * @typedef {{type: 'control', holder: string, mine: boolean, asking: string, shared: boolean, others: number}} LeaseMessage `holder`: empty when control is free; `others`: people who have this computer open too
 * @typedef {'request' | 'grant' | 'deny' | 'take' | 'release'} Wish about who is in control
 * @typedef {StateMessage | LeaseMessage | LedsMessage | ErrorMessage | PongMessage} ServerMessage
 */

const VIDEO_STATES = new Set(['LIVE', 'NO_SIGNAL', 'CONNECTING', 'NO_DEVICE']);
const HID_STATES = new Set(['READY', 'OFFLINE', 'ABSENT']);

/**
 * @param {unknown} text
 * @returns {ServerMessage | null} null for a type this page does not know: newer servers may say more
 * @throws {SyntaxError} for what is no message at all
 */
export function parseServerMessage(text) {
  if (typeof text !== 'string') throw new SyntaxError('a control message must be text');
  const message = JSON.parse(text);
  if (message === null || typeof message !== 'object') throw new SyntaxError('a control message must be an object');
  switch (message.type) {
    case 'state': return {
      type: 'state', target: string(message.target), label: string(message.label) || string(message.target),
      video: toVideoStatus(message.video), hid: toHidStatus(message.hid),
      user: string(message.user), permissions: strings(message.permissions),
    };
    case 'control': return {
      type: 'control', holder: string(message.holder), mine: message.mine === true, asking: string(message.asking), shared: message.shared === true,
      others: number(message.others),
    };
    case 'leds': return {
      type: 'leds', known: message.known === true, numLock: message.numLock === true, capsLock: message.capsLock === true,
      scrollLock: message.scrollLock === true, compose: message.compose === true, kana: message.kana === true,
    };
    case 'error': return { type: 'error', code: string(message.code) || 'error', message: string(message.message) || 'The server reports an error.' };
    case 'pong': return { type: 'pong', id: number(message.id), time: number(message.time) };
    default: return null;
  }
}

/** @param {any} video @returns {VideoStatus} a state this page does not know counts as CONNECTING, with its reason */
export function toVideoStatus(video) {
  return {
    state: VIDEO_STATES.has(video?.state) ? video.state : 'CONNECTING',
    reason: string(video?.reason), misconfigured: video?.misconfigured === true, width: number(video?.width), height: number(video?.height),
    fps: number(video?.fps), codec: string(video?.codec), input: string(video?.input), viewers: number(video?.viewers),
  };
}

/** @param {any} hid @returns {HidStatus} */
export function toHidStatus(hid) {
  return { state: HID_STATES.has(hid?.state) ? hid.state : 'ABSENT', reason: string(hid?.reason), features: strings(hid?.features) };
}

/** @param {unknown} value */
function string(value) {
  return typeof value === 'string' ? value : '';
}

/** @param {unknown} value */
function number(value) {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** @param {unknown} value @returns {string[]} */
function strings(value) {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** What the page may say. Every function returns the text to send. */
export const clientMessage = {
  /** @param {string} code KeyboardEvent.code @param {boolean} down */
  key: (code, down) => JSON.stringify({ type: 'key', code, down }),

  /** @param {number} x 0..1 of the picture @param {number} y 0..1 @param {number} buttons mask */
  pointer: (x, y, buttons) => JSON.stringify({ type: 'pointer', x: fraction(x), y: fraction(y), buttons: buttons & 31 }),

  /** @param {number} dx @param {number} dy @param {number} buttons mask */
  move: (dx, dy, buttons) => JSON.stringify({ type: 'move', dx: Math.trunc(dx), dy: Math.trunc(dy), buttons: buttons & 31 }),

  /** @param {number} dx steps, positive to the right @param {number} dy steps, positive away from the user, as in HID */
  wheel: (dx, dy) => JSON.stringify({ type: 'wheel', dx: Math.trunc(dx), dy: Math.trunc(dy) }),

  /** @param {Wish} wish */
  wish: (wish) => JSON.stringify({ type: wish }),

  releaseAll: () => JSON.stringify({ type: 'releaseAll' }),

  /** @param {number} id */
  ping: (id) => JSON.stringify({ type: 'ping', id }),
};

/** Clamped, and no finer than a HID report's 1/32767 needs. @param {number} value */
function fraction(value) {
  return Math.round(Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0)) * 1e5) / 1e5;
}
