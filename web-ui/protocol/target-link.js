import { controlSocketUrl, videoSocketUrl } from './addresses.js';
import { ControlChannel } from './control-channel.js';
import { systemClock } from './clock.js';
import { LinkWatch, PICTURE_SILENCE_MILLIS } from './link-watch.js';
import { MjpegStream } from './mjpeg-stream.js';
import { POLL_MILLIS, StatePoll } from './state-poll.js';
import { VideoChannel } from './video-channel.js';

/** After this many consecutive failures of the video socket, while HTTP works, the page uses the plain HTTP stream. */
const FALLBACK_AFTER = 3;
/** The server reports at most this many frames per second for a still picture: the only frame of the last second. */
const STILL_FPS = 1;
/** A whole picture is requested at most this often: the connection is opened again for it. */
const REQUEST_PICTURE_MILLIS = 5000;
/** A connection for pictures that has been silent for this long, while frames flow, is replaced. */
const DEAD_VIDEO_MILLIS = 7000;

/**
 * The connection between this page and a target: both sockets, the session check after each connection loss, and the choice between the
 * video socket and the plain HTTP stream.
 *
 * @typedef {object} LinkHandlers
 * @property {(frame: import('./video-message.js').VideoFrame) => void} onFrame to be acknowledged with `acknowledge`
 * @property {(state: Omit<import('./control-message.js').StateMessage, 'user' | 'permissions'> & {user?: string, permissions?: string[]}) => void} onState
 * @property {(lease: import('./control-message.js').LeaseMessage | null) => void} [onLease] null if unknown again
 * @property {(leds: import('./control-message.js').LedsMessage | null) => void} onLeds null if unknown again
 * @property {(power: import('./control-message.js').PowerMessage | null) => void} [onPower] null if unknown again
 * @property {(media: import('./media-message.js').MediaMessage | null) => void} [onMedia] null if unknown again
 * @property {(typing: import('./control-message.js').TypingMessage) => void} [onTyping]
 * @property {(quality: import('./quality-message.js').QualityMessage) => void} [onQuality]
 * @property {(error: import('./control-message.js').ErrorMessage) => void} onError
 * @property {(problem: import('./control-message.js').Problem) => void} onProblem
 * @property {() => void} onChange `video`, `control`, `fallback`, `pictureSource`, `silent` or `pictureSilent` has changed
 * @property {() => void} [onSilent] the server or its pictures have stopped, so held keys and buttons must be discarded
 * @property {() => void} onControlLost the server has released all keys and buttons
 * @property {() => void} onLoggedOut
 * @property {(targets: {id: string, label: string}[]) => void} onTargets the targets that exist, after each connection and each change
 */
export class TargetLink {
  #handlers;
  #clock;
  #api;
  #id;
  #fallback = false;
  #running = false;
  #watch;
  /** Expects pictures while the server reports that frames flow. */ #pictureWatch;
  /** @type {unknown} */ #deadVideo = null;
  #framesFlow = false;
  #pictureRequestedAt = -Infinity;
  #pictureSeen = false;
  #paused = false;
  #reachable = true;
  /** Whether the target was among those that the server listed last. */ #exists = true;
  /** @type {Promise<void> | null} */ #check = null;
  #plain;
  #poll;

  /**
   * @param {{id: string, origin: string, api: import('./api.js').Api, codecs?: string, parts?: string, WebSocket?: any, clock?: import('./clock.js').Clock}} options
   * @param {LinkHandlers} handlers
   */
  constructor({ id, origin, api, codecs, parts, WebSocket, clock = systemClock }, handlers) {
    this.#id = id;
    this.#api = api;
    this.#clock = clock;
    this.#handlers = handlers;
    this.#watch = new LinkWatch((silent) => this.#onSilence(silent), clock);
    this.#pictureWatch = new LinkWatch((silent) => this.#onPictureSilence(silent), clock, PICTURE_SILENCE_MILLIS);
    const onSign = () => this.#watch.noteSign();
    const change = () => this.#onChange();
    const { onError, onProblem } = handlers;
    this.#plain = new MjpegStream({ id, api, clock }, { onFrame: (frame) => this.#onPlainPicture(frame), onChange: change });
    this.#poll = new StatePoll({ api, clock }, () => this.control.state !== 'open', (targets) => this.#onPolled(targets));
    this.video = new VideoChannel({ urlOf: (level) => videoSocketUrl(origin, id, codecs, parts, level), WebSocket, clock }, {
      onFrame: (frame) => this.#onPicture(frame), onQuality: (quality) => this.#onQuality(quality), onError, onProblem, onSign, onChange: change, onDown: () => this.#onSocketLost(),
    });
    this.control = new ControlChannel({ url: controlSocketUrl(origin, id), WebSocket, clock }, {
      onState: (state) => this.#onState(state),
      onLease: (lease) => handlers.onLease?.(lease),
      onLeds: (leds) => handlers.onLeds(leds),
      onPower: (power) => handlers.onPower?.(power),
      onMedia: (media) => handlers.onMedia?.(media),
      onTyping: (typing) => handlers.onTyping?.(typing),
      onTargets: ({ targets }) => this.#onTargets(targets),
      onError,
      onProblem,
      onSign,
      onChange: change,
      onDown: () => {
        // The other socket leads to the same server, which does not respond.
        if (this.#watch.silent) this.video.abandonConnection();
        handlers.onControlLost();
        handlers.onLease?.(null);
        handlers.onLeds(null);
        handlers.onPower?.(null);
        handlers.onMedia?.(null);
        this.#onSocketLost();
      },
    });
  }

  get id() {
    return this.#id;
  }

  /** Whether the picture currently uses plain HTTP. */
  get fallback() {
    return this.#fallback;
  }

  /** @returns {'socket' | 'http' | ''} the connection that may bring pictures; empty for none */
  get pictureSource() {
    if (this.#fallback) return this.#plain.shown ? 'http' : '';
    return this.video.state === 'open' ? 'socket' : '';
  }

  /** Whether the server has stopped sending although a connection is open: the picture may be old, and input may arrive late or never. */
  get silent() {
    return this.#watch.silent;
  }

  /** Whether the server answers and reports that frames flow, but none arrives: only the connection for pictures is dead. */
  get pictureSilent() {
    return this.#pictureWatch.silent && !this.#watch.silent;
  }

  /** @returns {number | null} when the server last sent something, by the clock; with `pictureSilent`, when it last sent a picture */
  get lastSignAt() {
    return this.#pictureWatch.silent ? this.#pictureWatch.lastSignAt : this.#watch.lastSignAt;
  }

  /** Whether the last HTTP request succeeded. */
  get reachable() {
    return this.#reachable;
  }

  open() {
    this.#running = true;
    this.control.open();
    if (!this.#paused) this.video.open();
  }

  close() {
    this.#running = false;
    this.#leaveFallback();
    this.video.close();
    this.control.close();
    this.#watch.setWatching(false);
    this.#pictureWatch.setWatching(false);
  }

  /**
   * Pauses the pictures while the page is hidden. The control socket stays open, so that the state is current afterwards.
   *
   * @param {boolean} paused
   */
  setPaused(paused) {
    if (this.#paused === paused) return;
    this.#paused = paused;
    if (paused) {
      this.video.close();
      this.#leaveFallback();
    } else if (this.#running) {
      this.video.open();
      this.retryNow();
    }
    this.#onChange();
  }

  /** @param {import('./quality-message.js').Level} level */
  chooseQuality(level) {
    this.video.chooseQuality(level);
  }

  retryNow() {
    this.video.retryNow();
    this.control.retryNow();
  }

  /** Opens the connection for pictures again, because it begins with a whole one. Has no effect soon after the last request. */
  requestPicture() {
    const now = this.#clock.now();
    if (this.#fallback || now - this.#pictureRequestedAt < REQUEST_PICTURE_MILLIS) return;
    this.#pictureRequestedAt = now;
    this.video.abandonConnection();
    this.video.retryNow();
  }

  /** @param {number} sequence of a frame that was drawn, or dropped in favour of a newer one */
  acknowledge(sequence) {
    if (!this.#fallback) this.video.acknowledge(sequence);
  }

  /** @param {import('./video-message.js').VideoFrame} frame of the socket */
  #onPicture(frame) {
    if (this.#fallback) this.#leaveFallback();
    this.#onFrame(frame);
  }

  /** @param {import('./quality-message.js').QualityMessage} quality */
  #onQuality(quality) {
    // An encoder sends nothing while the picture is still, even if the device repeats it.
    if (quality.delivered !== 'sharp') this.#pictureWatch.noteSign();
    this.#handlers.onQuality?.(quality);
  }

  /** @param {import('./video-message.js').VideoFrame} frame over HTTP */
  #onPlainPicture(frame) {
    this.#watch.noteSign();
    this.#onFrame(frame);
  }

  /** @param {import('./video-message.js').VideoFrame} frame */
  #onFrame(frame) {
    this.#pictureSeen = true;
    this.#pictureWatch.noteSign();
    this.#watchPictures();
    this.#handlers.onFrame(frame);
  }

  /**
   * Checks the session after a socket was closed. Only HTTP distinguishes a missing session (401) from a lost connection. One check
   * runs at a time.
   */
  #onSocketLost() {
    if (this.#running && !this.#check) {
      this.#check = this.#checkSession().finally(() => {
        this.#check = null;
      });
    }
  }

  async #checkSession() {
    try {
      const session = await this.#api.readSession();
      if (!this.#running) return;
      if (!session) {
        this.close();
        this.#handlers.onLoggedOut();
        return;
      }
      const targets = await this.#api.listTargets();
      if (!this.#running) return;
      this.#watch.noteSign();
      this.#reachable = true;
      this.#handlers.onTargets(targets);
      if (!this.#paused && this.video.attemptsWithoutPicture >= FALLBACK_AFTER && targets.some(({ id }) => id === this.#id)) {
        this.#enterFallback();
      }
    } catch {
      this.#reachable = false;
      this.#leaveFallback();
    }
    this.#onChange();
  }

  #onChange() {
    const connected = this.video?.state === 'open' || this.control?.state === 'open' || this.#fallback;
    this.#watch.setWatching(this.#running && connected);
    this.#watchPictures();
    this.#handlers.onChange();
  }

  /** @param {Parameters<LinkHandlers['onState']>[0]} state */
  #onState(state) {
    const { video } = state;
    this.#framesFlow = video.state === 'LIVE' && !video.stale && video.fps > STILL_FPS;
    this.#watchPictures();
    this.#handlers.onState(state);
  }

  /** Pictures are expected once the connection has brought one, and as long as the server reports that frames flow. */
  #watchPictures() {
    if (!this.pictureSource) this.#pictureSeen = false;
    // A picture that was missed is still missing when no others follow.
    const expected = this.#framesFlow || this.#pictureWatch.silent;
    const told = this.control.state === 'open';
    this.#pictureWatch.silenceMillis = PICTURE_SILENCE_MILLIS + (told ? 0 : POLL_MILLIS);
    this.#pictureWatch.setWatching(this.#running && this.#pictureSeen && expected && (told || this.#fallback));
  }

  /** @param {boolean} silent */
  #onPictureSilence(silent) {
    this.#clock.clearTimeout(this.#deadVideo);
    if (silent) {
      this.#deadVideo = this.#clock.setTimeout(() => this.#replacePictureConnection(), DEAD_VIDEO_MILLIS - PICTURE_SILENCE_MILLIS);
      if (!this.#watch.silent) this.#discardHeld();
    }
    this.#handlers.onChange();
  }

  #replacePictureConnection() {
    if (this.#fallback) this.#plain.reopen();
    else this.video.abandonConnection();
  }

  /** @param {boolean} silent */
  #onSilence(silent) {
    if (silent) this.#discardHeld();
    this.#handlers.onChange();
  }

  #discardHeld() {
    this.#handlers.onSilent?.();
    // Late is better than never: if the server resumes soon, it must not keep holding keys that were released here in the meantime.
    this.control.releaseAll();
  }

  #enterFallback() {
    if (this.#fallback) return;
    this.#fallback = true;
    this.#plain.open();
    this.#poll.start();
  }

  #leaveFallback() {
    if (!this.#fallback) return;
    this.#fallback = false;
    this.#plain.close();
    this.#poll.stop();
    this.#onChange();
  }

  /** A target that is back has its pictures again. @param {{id: string, label: string}[]} targets */
  #onTargets(targets) {
    const exists = targets.some(({ id }) => id === this.#id);
    if (exists && !this.#exists) this.retryNow();
    this.#exists = exists;
    this.#handlers.onTargets(targets);
  }

  /** @param {import('./api.js').Target[]} targets */
  #onPolled(targets) {
    this.#watch.noteSign();
    this.#handlers.onTargets(targets);
    const mine = targets.find(({ id }) => id === this.#id);
    if (!mine) return;
    this.#onState({ type: 'state', target: mine.id, label: mine.label, video: mine.video, hid: mine.hid });
  }
}
