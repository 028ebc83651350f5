import { controlSocketUrl, videoSocketUrl } from './addresses.js';
import { ControlChannel } from './control-channel.js';
import { systemClock } from './clock.js';
import { VideoChannel } from './video-channel.js';

/** So many video sockets in a row may fail, while HTTP works, before the page takes the plain HTTP stream. */
const FALLBACK_AFTER = 3;
const POLL_MILLIS = 3000;

/**
 * Everything between this page and one target: both sockets, the question "am I still logged in?" after each loss, and
 * the choice between the video socket and the plain HTTP stream.
 *
 * @typedef {object} LinkHandlers
 * @property {(frame: import('./video-message.js').VideoFrame) => void} onFrame to be acknowledged with `ack`
 * @property {(state: Omit<import('./control-message.js').StateMessage, 'user' | 'permissions'> & {user?: string, permissions?: string[]}) => void} onState
 * @property {(lease: import('./control-message.js').LeaseMessage | null) => void} [onLease] null: not known any more
 * @property {(leds: import('./control-message.js').LedsMessage | null) => void} onLeds null: not known any more
 * @property {(error: {code: string, message: string}) => void} onError
 * @property {() => void} onChange something of `video`, `control` or `fallback` is different
 * @property {() => void} onControlLost what was held is held no longer
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
    const change = () => handlers.onChange();
    const onError = handlers.onError;
    this.video = new VideoChannel({ url: videoSocketUrl(origin, id, codecs), WebSocket, clock }, {
      onFrame: (frame) => this.#picture(frame), onError, onChange: change, onDown: () => this.#lost(),
    });
    this.control = new ControlChannel({ url: controlSocketUrl(origin, id), WebSocket, clock }, {
      onState: (state) => handlers.onState(state),
      onLease: (lease) => handlers.onLease?.(lease),
      onLeds: (leds) => handlers.onLeds(leds),
      onError,
      onChange: change,
      onDown: () => {
        handlers.onControlLost();
        handlers.onLease?.(null);
        handlers.onLeds(null);
        this.#lost();
      },
    });
  }

  get id() {
    return this.#id;
  }

  /** Whether the picture should come over plain HTTP for now. */
  get fallback() {
    return this.#fallback;
  }

  /** Whether HTTP worked when it was last tried. */
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
  }

  /** Nobody looks: no pictures, but the control socket stays, so that state is right on return. @param {boolean} paused */
  pause(paused) {
    if (this.#paused === paused) return;
    this.#paused = paused;
    if (paused) {
      this.video.close();
      this.#leaveFallback();
    } else if (this.#running) {
      this.video.open();
      this.retryNow();
    }
    this.#handlers.onChange();
  }

  retryNow() {
    this.video.retryNow();
    this.control.retryNow();
  }

  /** @param {import('./video-message.js').VideoFrame} frame */
  #picture(frame) {
    if (this.#fallback) this.#leaveFallback();
    this.#handlers.onFrame(frame);
  }

  /** A socket went down: ask by HTTP why, once at a time. A WebSocket cannot say 401. */
  #lost() {
    if (this.#running && !this.#check) {
      this.#check = this.#askWhy().finally(() => {
        this.#check = null;
      });
    }
  }

  async #askWhy() {
    try {
      const session = await this.#api.session();
      if (!this.#running) return;
      if (!session) {
        this.close();
        this.#handlers.onLoggedOut();
        return;
      }
      const targets = await this.#api.targets();
      if (!this.#running) return;
      this.#reachable = true;
      this.#handlers.onTargets(targets);
      if (!this.#paused && this.video.attemptsWithoutPicture >= FALLBACK_AFTER && targets.some(({ id }) => id === this.#id)) {
        this.#enterFallback();
      }
    } catch {
      this.#reachable = false;
      this.#leaveFallback();
    }
    this.#handlers.onChange();
  }

  #enterFallback() {
    if (this.#fallback) return;
    this.#fallback = true;
    this.#pollState();
  }

  #leaveFallback() {
    if (!this.#fallback) return;
    this.#fallback = false;
    this.#clock.clearTimeout(this.#poll);
    this.#poll = null;
    this.#handlers.onChange();
  }

  /** With WebSockets blocked nobody tells the state: ask for it. */
  #pollState() {
    this.#poll = this.#clock.setTimeout(async () => {
      if (this.control.state !== 'open') await this.#askState();
      if (this.#fallback && this.#running) this.#pollState();
    }, POLL_MILLIS);
  }

  async #askState() {
    try {
      const targets = await this.#api.targets();
      const mine = targets.find(({ id }) => id === this.#id);
      if (!this.#running || !mine) return;
      this.#handlers.onTargets(targets);
      this.#handlers.onState({ type: 'state', target: mine.id, label: mine.label, video: mine.video, hid: mine.hid });
    } catch {
      // The sockets' own attempts notice and say so.
    }
  }
}
