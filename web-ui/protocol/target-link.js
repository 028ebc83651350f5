import { controlSocketUrl, videoSocketUrl } from './addresses.js';
import { ControlChannel } from './control-channel.js';
import { systemClock } from './clock.js';
import { LinkWatch, PICTURE_SILENCE_MILLIS } from './link-watch.js';
import { VideoChannel } from './video-channel.js';

/** After this many consecutive failures of the video socket, while HTTP works, the page uses the plain HTTP stream. */
const FALLBACK_AFTER = 3;
/** Without sockets, the responses to these requests are the only sign that the server is alive: see LinkWatch. */
const POLL_MILLIS = 500;
/** The server reports at most this many frames per second for a still picture: the only frame of the last second. */
const STILL_FPS = 1;
/** A video connection that has been silent for this long, while frames flow, is replaced. */
const DEAD_VIDEO_MILLIS = 7000;

/**
 * The connection between this page and a target: both sockets, the session check after each connection loss, and the choice between the
 * video socket and the plain HTTP stream.
 *
 * @typedef {object} LinkHandlers
 * @property {(frame: import('./video-message.js').VideoFrame) => void} onFrame to be acknowledged with `ack`
 * @property {(state: Omit<import('./control-message.js').StateMessage, 'user' | 'permissions'> & {user?: string, permissions?: string[]}) => void} onState
 * @property {(lease: import('./control-message.js').LeaseMessage | null) => void} [onLease] null if unknown again
 * @property {(leds: import('./control-message.js').LedsMessage | null) => void} onLeds null if unknown again
 * @property {(power: import('./control-message.js').PowerMessage | null) => void} [onPower] null if unknown again
 * @property {(typing: import('./control-message.js').TypingMessage) => void} [onTyping]
 * @property {(error: import('./control-message.js').ErrorMessage) => void} onError
 * @property {(problem: import('./control-message.js').Problem) => void} onProblem
 * @property {() => void} onChange `video`, `control`, `fallback`, `silent` or `pictureSilent` has changed
 * @property {() => void} [onSilent] the server or its pictures have stopped, so held keys and buttons must be discarded
 * @property {() => void} onControlLost the server has released all keys and buttons
 * @property {() => void} onLoggedOut
 * @property {(targets: import('./api.js').Target[]) => void} onTargets
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
  #pictureSeen = false;
  #paused = false;
  #reachable = true;
  /** @type {Promise<void> | null} */ #check = null;
  /** @type {unknown} */ #poll = null;

  /**
   * @param {{id: string, origin: string, api: import('./api.js').Api, codecs?: string, WebSocket?: any, clock?: import('./clock.js').Clock}} options
   * @param {LinkHandlers} handlers
   */
  constructor({ id, origin, api, codecs, WebSocket, clock = systemClock }, handlers) {
    this.#id = id;
    this.#api = api;
    this.#clock = clock;
    this.#handlers = handlers;
    this.#watch = new LinkWatch((silent) => this.#onSilence(silent), clock);
    this.#pictureWatch = new LinkWatch((silent) => this.#onPictureSilence(silent), clock, PICTURE_SILENCE_MILLIS);
    const onSign = () => this.#watch.noteSign();
    const change = () => this.#onChange();
    const { onError, onProblem } = handlers;
    this.video = new VideoChannel({ url: videoSocketUrl(origin, id, codecs), WebSocket, clock }, {
      onFrame: (frame) => this.#onPicture(frame), onError, onProblem, onSign, onChange: change, onDown: () => this.#onSocketLost(),
    });
    this.control = new ControlChannel({ url: controlSocketUrl(origin, id), WebSocket, clock }, {
      onState: (state) => this.#onState(state),
      onLease: (lease) => handlers.onLease?.(lease),
      onLeds: (leds) => handlers.onLeds(leds),
      onPower: (power) => handlers.onPower?.(power),
      onTyping: (typing) => handlers.onTyping?.(typing),
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

  /** Whether the server has stopped sending although a connection is open: the picture may be old, and input may arrive late or never. */
  get silent() {
    return this.#watch.silent;
  }

  /** Whether the server answers and reports that frames flow, but none arrives: only the video connection is dead. */
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
    this.#clock.clearTimeout(this.#poll);
    this.#poll = null;
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

  retryNow() {
    this.video.retryNow();
    this.control.retryNow();
  }

  /** @param {import('./video-message.js').VideoFrame} frame */
  #onPicture(frame) {
    if (this.#fallback) this.#leaveFallback();
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

  /** @param {import('./control-message.js').StateMessage} state */
  #onState(state) {
    const { video } = state;
    this.#framesFlow = video.state === 'LIVE' && !video.stale && video.fps > STILL_FPS;
    this.#watchPictures();
    this.#handlers.onState(state);
  }

  /** Pictures are expected once the connection has brought one, and as long as the server reports that frames flow. */
  #watchPictures() {
    if (this.video?.state !== 'open') this.#pictureSeen = false;
    // A picture that was missed is still missing when no others follow.
    const expected = this.#framesFlow || this.#pictureWatch.silent;
    this.#pictureWatch.setWatching(this.#running && this.#pictureSeen && expected && this.control?.state === 'open');
  }

  /** @param {boolean} silent */
  #onPictureSilence(silent) {
    this.#clock.clearTimeout(this.#deadVideo);
    if (silent) {
      this.#deadVideo = this.#clock.setTimeout(() => this.video.abandonConnection(), DEAD_VIDEO_MILLIS - PICTURE_SILENCE_MILLIS);
      if (!this.#watch.silent) this.#discardHeld();
    }
    this.#handlers.onChange();
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
    this.#scheduleStatePoll();
  }

  #leaveFallback() {
    if (!this.#fallback) return;
    this.#fallback = false;
    this.#clock.clearTimeout(this.#poll);
    this.#poll = null;
    this.#onChange();
  }

  /** Polls the state over HTTP, because blocked WebSockets deliver no state messages. */
  #scheduleStatePoll() {
    this.#poll = this.#clock.setTimeout(async () => {
      if (this.control.state !== 'open') await this.#fetchState();
      if (this.#fallback && this.#running) this.#scheduleStatePoll();
    }, POLL_MILLIS);
  }

  async #fetchState() {
    try {
      const targets = await this.#api.listTargets();
      this.#watch.noteSign();
      const mine = targets.find(({ id }) => id === this.#id);
      if (!this.#running || !mine) return;
      this.#handlers.onTargets(targets);
      this.#handlers.onState({ type: 'state', target: mine.id, label: mine.label, video: mine.video, hid: mine.hid });
    } catch {
      // The attempts of the sockets report the failure.
    }
  }
}
