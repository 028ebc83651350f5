/**
 * What the page says it is: one word for machines, two lines for people. A pure function of what is known.
 *
 * @typedef {'connecting' | 'live' | 'no-signal' | 'no-device' | 'misconfigured' | 'paused' | 'lost'} StateName
 * @typedef {{state: StateName, headline: string, reason: string}} ConsoleState
 *
 * @typedef {object} Known
 * @property {boolean} paused
 * @property {{state: string, retryAt: number}} video the socket
 * @property {{state: string, retryAt: number}} control the socket
 * @property {boolean} everOpen a socket was open since the page was loaded
 * @property {import('../protocol/control-message.js').VideoStatus | null} status from the server; null while it cannot say
 * @property {boolean} picture something of this connection is on the page
 * @property {boolean} fallback the picture comes over plain HTTP
 * @property {boolean} missing the server knows no such target
 * @property {string} problem why frames that arrive are not shown
 * @property {string} label
 * @property {number} now
 */

/** The server's words for a live picture; any others say that it stands still for a moment, and why. */
const ALL_IS_WELL = 'The picture is live.';

/** @param {Known} known @returns {ConsoleState} */
export function consoleState(known) {
  if (known.paused) return say('paused', 'Paused', 'This page was in the background. It goes on by itself.');
  if (known.missing) return say('no-device', 'Unknown target', `The server knows no target “${known.label}”.`);
  const controlUp = known.control.state === 'open';
  const videoUp = known.video.state === 'open' || (known.fallback && known.picture);
  if (!controlUp && !videoUp) return down(known, [known.control, known.video]);
  const device = deviceState(known);
  if (device) return device;
  if (!videoUp) return down(known, [known.video]);
  if (known.problem && !known.picture) return say('connecting', 'No picture', known.problem);
  if (known.picture && (known.status?.state === 'LIVE' || !controlUp)) return say('live', 'Live', '');
  if (known.status?.state === 'LIVE') return say('connecting', 'Connecting', 'Waiting for the first picture.');
  return say('connecting', 'Connecting', known.status?.reason || `Connecting to ${known.label}.`);
}

/** What the server says of the device matters more than how the picture would come. @param {Known} known */
function deviceState({ status }) {
  if (status?.state === 'NO_DEVICE') return say('no-device', 'No capture device', status.reason || 'Nothing that could take the picture is connected.');
  if (status?.state === 'NO_SIGNAL') return say('no-signal', 'No signal', status.reason || 'The distant computer sends no picture. It may be off or asleep.');
  if (status?.misconfigured) return say('misconfigured', 'Wrong setting', status.reason || 'The capture device’s configuration has a value that cannot be used.');
  return null;
}

/** @param {Known} known @param {{state: string, retryAt: number}[]} links */
function down(known, links) {
  const waiting = links.filter(({ state }) => state === 'waiting');
  if (!known.everOpen && waiting.length === 0) return say('connecting', 'Connecting', `Connecting to ${known.label}.`);
  const headline = known.everOpen ? 'Connection lost' : 'No connection';
  const held = known.picture || known.everOpen ? 'The picture is not current. ' : '';
  return say('lost', headline, held + retryWords(waiting.map(({ retryAt }) => retryAt), known.now));
}

/** @param {number[]} retries @param {number} now */
export function retryWords(retries, now) {
  if (retries.length === 0) return 'Trying again…';
  const seconds = Math.ceil((Math.min(...retries) - now) / 1000);
  return seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again…';
}

/** @param {StateName} state @param {string} headline @param {string} reason @returns {ConsoleState} */
function say(state, headline, reason) {
  return { state, headline, reason };
}

/**
 * The one thing, besides the state, that a person must know now.
 *
 * @param {Known & {canControl: boolean, knowsPermissions: boolean, hid: import('../protocol/control-message.js').HidStatus | null}} known
 * @returns {{kind: 'info' | 'warning', text: string} | null}
 */
export function notice(known) {
  if (known.paused || known.missing) return null;
  const controlUp = known.control.state === 'open';
  if (!controlUp && known.fallback) {
    return { kind: 'warning', text: 'The network lets no WebSocket through: the picture comes over plain HTTP, keyboard and mouse do not work.' };
  }
  if (!controlUp && known.picture && known.video.state === 'open') {
    const retries = known.control.state === 'waiting' ? [known.control.retryAt] : [];
    return { kind: 'warning', text: `Keyboard and mouse are not connected. ${retryWords(retries, known.now)}` };
  }
  if (!controlUp) return null;
  if (known.knowsPermissions && !known.canControl) return { kind: 'info', text: 'View only: you may look, but not type or point.' };
  if (known.status?.state === 'LIVE' && known.picture && known.status.reason && known.status.reason !== ALL_IS_WELL) {
    return { kind: 'warning', text: known.status.reason };
  }
  if (known.hid && known.hid.state !== 'READY') {
    return { kind: 'warning', text: `Keyboard and mouse: ${known.hid.reason || (known.hid.state === 'ABSENT' ? 'no device is connected' : 'the distant computer does not answer')}` };
  }
  if (known.fallback) return { kind: 'info', text: 'The picture comes over plain HTTP, because the video socket fails.' };
  return null;
}
