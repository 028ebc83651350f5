import { t } from '../public/text.js';

/**
 * What the page shows about the connection: a state for machines, two lines for people. Pure functions of the known facts.
 *
 * @typedef {'connecting' | 'live' | 'no-signal' | 'no-device' | 'misconfigured' | 'paused' | 'silent' | 'lost'} StateName
 * @typedef {{state: StateName, headline: string, reason: string}} ConsoleState
 *
 * @typedef {object} ConnectionFacts
 * @property {boolean} paused
 * @property {{state: string, retryAt: number}} video the socket
 * @property {{state: string, retryAt: number}} control the socket
 * @property {boolean} everOpen a socket was open since the page was loaded
 * @property {import('../protocol/control-message.js').VideoStatus | null} status from the server; null while the connection is down
 * @property {boolean} picture a picture of this connection is on the page
 * @property {boolean} fallback the picture comes over plain HTTP
 * @property {boolean} missing the server has no such target
 * @property {string} problem why frames that arrive are not shown
 * @property {string} label
 * @property {boolean} silent a connection is open, but the server has stopped sending
 * @property {boolean} [pictureSilent] the server answers and reports that frames flow, but none arrives
 * @property {number | null} lastSignAt when the server last sent something: the picture was current until then
 * @property {number} now
 */

/** @param {ConnectionFacts} facts @returns {ConsoleState} */
export function consoleState(facts) {
  if (facts.paused) return { state: 'paused', headline: t('state.paused'), reason: t('reason.paused') };
  if (facts.missing) return missingState(facts);
  const controlUp = facts.control.state === 'open';
  const videoUp = facts.video.state === 'open' || (facts.fallback && facts.picture);
  if (!controlUp && !videoUp) return disconnectedState(facts, [facts.control, facts.video]);
  if (facts.silent) return { state: 'silent', headline: t('state.silent'), reason: t('reason.silent', { age: describeAge(facts) }) };
  const device = deviceState(facts);
  if (device) return device;
  if (facts.pictureSilent) return { state: 'silent', headline: t('state.pictureSilent'), reason: t('reason.pictureSilent', { age: describeAge(facts) }) };
  if (!videoUp) return disconnectedState(facts, [facts.video]);
  return pictureState(facts, controlUp);
}

/** @param {ConnectionFacts} facts @returns {ConsoleState} */
function missingState({ everOpen, label }) {
  if (!everOpen) return { state: 'no-device', headline: t('state.unknownTarget'), reason: t('reason.unknownTarget', { label }) };
  return { state: 'no-device', headline: t('state.removedTarget'), reason: t('reason.removedTarget', { label }) };
}

/** Both ends are connected, and the capture device works. @param {ConnectionFacts} facts @param {boolean} controlUp @returns {ConsoleState} */
function pictureState(facts, controlUp) {
  if (facts.problem && !facts.picture) return { state: 'connecting', headline: t('state.noPicture'), reason: facts.problem };
  if (facts.picture && (facts.status?.state === 'LIVE' || !controlUp)) return { state: 'live', headline: t('state.live'), reason: '' };
  if (facts.status?.state === 'LIVE') return connectingState(t('reason.firstPicture'));
  return connectingState(facts.status?.reason || t('reason.connecting', { label: facts.label }));
}

/** A problem of the capture device matters more than the way the picture would come. @param {ConnectionFacts} facts @returns {ConsoleState | null} */
function deviceState({ status }) {
  if (status?.state === 'NO_DEVICE') return { state: 'no-device', headline: t('state.noDevice'), reason: status.reason || t('reason.noDevice') };
  if (status?.state === 'NO_SIGNAL') return { state: 'no-signal', headline: t('state.noSignal'), reason: status.reason || t('reason.noSignal') };
  if (status?.misconfigured) return { state: 'misconfigured', headline: t('state.misconfigured'), reason: status.reason || t('reason.misconfigured') };
  return null;
}

/** @param {ConnectionFacts} facts @param {{state: string, retryAt: number}[]} links @returns {ConsoleState} */
function disconnectedState(facts, links) {
  const waiting = links.filter(({ state }) => state === 'waiting');
  if (!facts.everOpen && waiting.length === 0) return connectingState(t('reason.connecting', { label: facts.label }));
  const retry = describeRetry(waiting.map(({ retryAt }) => retryAt), facts.now);
  const reason = facts.lastSignAt === null ? retry : t('reason.notCurrent', { age: describeAge(facts), retry });
  return { state: 'lost', headline: t(facts.everOpen ? 'state.lost' : 'state.noConnection'), reason };
}

/** How old the picture is that is still shown. @param {ConnectionFacts} facts */
function describeAge({ lastSignAt, now }) {
  const seconds = Math.max(0, Math.floor((now - (lastSignAt ?? now)) / 1000));
  return seconds < 120 ? t('age.seconds', { seconds }) : t('age.minutes', { minutes: Math.floor(seconds / 60) });
}

/** @param {string} reason @returns {ConsoleState} */
function connectingState(reason) {
  return { state: 'connecting', headline: t('state.connecting'), reason };
}

/** @param {number[]} retries when the next attempts start @param {number} now */
export function describeRetry(retries, now) {
  const seconds = retries.length > 0 ? Math.ceil((Math.min(...retries) - now) / 1000) : 0;
  return seconds > 0 ? t('retry.inSeconds', { seconds }) : t('retry.now');
}

/**
 * The most important fact besides the state.
 *
 * @param {ConnectionFacts & {canControl: boolean, knowsPermissions: boolean, watchOnly?: boolean, hid: import('../protocol/control-message.js').HidStatus | null}} facts
 * @returns {{kind: 'info' | 'warning', text: string} | null}
 */
export function currentNotice(facts) {
  if (facts.paused || facts.missing || facts.silent || facts.pictureSilent) return null;
  if (facts.control.state !== 'open') return disconnectedNotice(facts);
  if (facts.knowsPermissions && !facts.canControl) return { kind: 'info', text: t('notice.viewOnly') };
  if (facts.watchOnly) return { kind: 'info', text: t('notice.watchOnly') };
  if (facts.status?.state === 'LIVE' && facts.status.stale && facts.picture) return { kind: 'warning', text: facts.status.reason || t('notice.stale') };
  if (facts.hid && facts.hid.state !== 'READY') {
    const reason = facts.hid.reason || t(facts.hid.state === 'ABSENT' ? 'notice.inputAbsent' : 'notice.inputOffline');
    return { kind: 'warning', text: t('notice.input', { reason }) };
  }
  return facts.fallback ? { kind: 'info', text: t('notice.plainHttp') } : null;
}

/** The control socket is down. @param {ConnectionFacts} facts @returns {{kind: 'warning', text: string} | null} */
function disconnectedNotice({ control, video, fallback, picture, now }) {
  if (fallback) return { kind: 'warning', text: t('notice.noWebSocket') };
  if (!picture || video.state !== 'open') return null;
  const retry = describeRetry(control.state === 'waiting' ? [control.retryAt] : [], now);
  return { kind: 'warning', text: t('notice.inputDisconnected', { retry }) };
}
