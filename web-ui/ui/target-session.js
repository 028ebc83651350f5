import { systemClock } from '../protocol/clock.js';
import { mjpegPath } from '../protocol/addresses.js';
import { TargetLink } from '../protocol/target-link.js';
import { FramePump } from '../video/frame-pump.js';
import { FrameStats } from '../video/frame-stats.js';
import { MjpegView } from '../video/mjpeg-view.js';
import { codecName, shownCodecs } from '../video/decoders.js';

/**
 * One target on one screen: from the sockets to the canvas and from the keys to the sockets. The page makes a new one
 * when another target is chosen.
 *
 * @typedef {object} SessionHandlers
 * @property {() => void} onUpdate something a person would see is different
 * @property {(sequence: number, latencyMillis: number | null) => void} onDrawn
 * @property {(error: {code: string, message: string}) => void} onError
 * @property {() => void} onLoggedOut
 * @property {(targets: import('../protocol/api.js').Target[]) => void} onTargets
 */
export class TargetSession {
  stats = new FrameStats();
  /** @type {any} the last state message; null while the server cannot say */ server = null;
  /** @type {import('../protocol/control-message.js').LedsMessage | null} */ leds = null;
  /** @type {import('../protocol/control-message.js').LeaseMessage | null} who is in control */ lease = null;
  missing = false;
  label;
  codec = '';
  #permissions;
  #everOpen = false;
  #picture = false;
  #problem = '';
  #paused = false;
  #clock = systemClock;
  #screen;
  #handlers;
  #link;
  #pump;
  #mjpeg;

  /**
   * @param {{id: string, label: string, permissions: string[], origin: string, api: import('../protocol/api.js').Api, screen: import('./screen.js').CatseyeScreen}} options
   * @param {SessionHandlers} handlers
   */
  constructor({ id, label, permissions, origin, api, screen }, handlers) {
    this.label = label;
    this.#permissions = permissions;
    this.#screen = screen;
    this.#handlers = handlers;
    this.#pump = new FramePump({
      draw: (picture) => screen.draw(picture),
      ack: (sequence) => this.#link.video.ack(sequence),
      onDrawn: (frame) => this.#drawn(frame),
      onProblem: (problem) => this.#cannotShow(problem),
    });
    this.#mjpeg = new MjpegView(screen.image, () => handlers.onUpdate());
    this.#link = new TargetLink({ id, origin, api, codecs: shownCodecs }, {
      onFrame: (frame) => this.#pump.offer(frame),
      onState: (state) => this.#stated(state),
      onLease: (lease) => this.#leased(lease),
      onLeds: (leds) => this.#lit(leds),
      onError: (error) => handlers.onError(error),
      onChange: () => this.#linkChanged(),
      onControlLost: () => screen.forget(),
      onLoggedOut: () => handlers.onLoggedOut(),
      onTargets: (targets) => this.#listed(targets),
    });
  }

  get id() {
    return this.#link.id;
  }

  /** @returns {string[]} */
  get permissions() {
    return this.server?.permissions ?? this.#permissions;
  }

  /** Has the right to. */
  get canControl() {
    return this.permissions.includes('CONTROL');
  }

  /** May type now: nobody else is in control. */
  get inControl() {
    return this.canControl && (!this.lease || this.lease.mine || this.lease.holder === '');
  }

  get control() {
    return this.#link.control;
  }

  /** @returns {Parameters<typeof import('./console-state.js').notice>[0]} */
  get known() {
    const { video, control, fallback } = this.#link;
    return {
      paused: this.#paused, video, control, fallback, missing: this.missing, everOpen: this.#everOpen, problem: this.#problem,
      status: this.server?.video ?? null, hid: this.server?.hid ?? null, label: this.label, now: this.#clock.now(),
      picture: fallback ? this.#mjpeg.shown : this.#picture, canControl: this.canControl,
      knowsPermissions: this.server !== null,
    };
  }

  open() {
    this.#link.open();
  }

  close() {
    this.#link.close();
    this.#pump.reset();
    this.#mjpeg.show('');
  }

  /** @param {boolean} paused */
  pause(paused) {
    this.#paused = paused;
    this.#link.pause(paused);
    this.#handlers.onUpdate();
  }

  retryNow() {
    this.#link.retryNow();
  }

  /** Keys and pointer, if this user may and the link is up. */
  sender() {
    /** @template {any[]} A @param {(...values: A) => unknown} send @returns {(...values: A) => boolean} */
    const guarded = (send) => (...values) => this.inControl && send(...values) === true;
    const { control } = this.#link;
    return {
      key: guarded(control.key.bind(control)),
      pointer: guarded(control.pointer.bind(control)),
      move: guarded(control.move.bind(control)),
      wheel: guarded(control.wheel.bind(control)),
      releaseAll: guarded(control.releaseAll.bind(control)),
    };
  }

  /** @param {import('../protocol/video-message.js').VideoFrame} frame */
  #drawn(frame) {
    const now = this.#clock.now();
    this.stats.drawn(now, this.#link.control.serverClock.age(frame.capturedMillis, now));
    this.codec = codecName(frame.codec);
    this.#problem = '';
    const first = !this.#picture;
    this.#picture = true;
    this.#handlers.onDrawn(frame.sequence, this.stats.latencyMillis);
    if (first) this.#handlers.onUpdate();
  }

  /** @param {{code: string, message: string}} problem */
  #cannotShow(problem) {
    this.#problem = problem.message;
    this.#handlers.onError(problem);
    this.#handlers.onUpdate();
  }

  #linkChanged() {
    const { video, control, fallback } = this.#link;
    if (video.state === 'open' || control.state === 'open') this.#everOpen = true;
    if (video.state !== 'open') {
      this.#pump.reset();
      this.stats.reset();
      this.#picture = false;
    }
    if (control.state !== 'open' && !fallback) this.server = null;
    this.#mjpeg.show(fallback ? mjpegPath(this.id) : '');
    this.#screen.source = fallback ? 'image' : 'canvas';
    this.#handlers.onUpdate();
  }

  /** @param {any} state */
  #stated(state) {
    // Over plain HTTP nobody says what the user may do: keep what was known.
    this.server = { ...state, permissions: state.permissions ?? this.permissions, user: state.user ?? this.server?.user };
    this.label = state.label;
    this.missing = false;
    this.#handlers.onUpdate();
  }

  /** @param {import('../protocol/control-message.js').LeaseMessage | null} lease */
  #leased(lease) {
    this.lease = lease;
    this.#handlers.onUpdate();
  }

  /** @param {import('../protocol/control-message.js').LedsMessage | null} leds */
  #lit(leds) {
    this.leds = leds;
    this.#handlers.onUpdate();
  }

  /** @param {import('../protocol/api.js').Target[]} targets */
  #listed(targets) {
    this.missing = !targets.some(({ id }) => id === this.id);
    this.#handlers.onTargets(targets);
  }
}
