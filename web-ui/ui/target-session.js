import { systemClock } from '../protocol/clock.js';
import { TargetLink } from '../protocol/target-link.js';
import { CODEC_DRAWING } from '../protocol/video-message.js';
import { FramePump } from '../video/frame-pump.js';
import { FrameStats } from '../video/frame-stats.js';
import { shownCodecs } from '../video/decoders.js';
import { describeProblem } from './problem-text.js';

/**
 * One target on one screen: from the sockets to the canvas and from the keys to the sockets. The page creates a new session for each target
 * that the user chooses.
 *
 * @typedef {object} SessionHandlers
 * @property {() => void} onUpdate a visible fact has changed
 * @property {(sequence: number, latencyMillis: number | null) => void} onDrawn
 * @property {(typing: import('../protocol/control-message.js').TypingMessage) => void} onTyping
 * @property {(error: import('../protocol/control-message.js').ErrorMessage) => void} onError
 * @property {(problem: import('../protocol/control-message.js').Problem) => void} onProblem
 * @property {() => void} onLoggedOut
 * @property {(targets: {id: string, label: string}[]) => void} onTargets
 */
export class TargetSession {
  stats = new FrameStats();
  /** @type {any} the last state message; null while the connection is down */ server = null;
  /** @type {import('../protocol/control-message.js').LedsMessage | null} */ leds = null;
  /** @type {import('../protocol/control-message.js').LeaseMessage | null} who is in control */ lease = null;
  /** @type {import('../protocol/control-message.js').PowerMessage | null} null without a power control */ power = null;
  /** @type {import('../protocol/media-message.js').Drive[] | null} null while the server has not reported them */ drives = null;
  missing = false;
  /** The user wants to send nothing. */ watchOnly = false;
  label;
  /** @type {import('../protocol/quality-message.js').QualityMessage | null} null until the server has reported it */ quality = null;
  /** @type {import('../protocol/quality-message.js').Level} */ level = 'auto';
  /** @type {number | null} of the frame drawn last */ codec = null;
  #login;
  #everOpen = false;
  #picture = false;
  /** @type {'socket' | 'http' | ''} where the pictures come from */ #source = '';
  /** @type {import('../protocol/control-message.js').Problem | null} why frames are not shown */ #problem = null;
  #paused = false;
  #clock = systemClock;
  #screen;
  #handlers;
  #link;
  #pump;

  /**
   * @param {{id: string, label: string, login: import('../protocol/api.js').Session, origin: string, api: import('../protocol/api.js').Api, screen: import('./screen.js').CatseyeScreen}} options
   * @param {SessionHandlers} handlers
   */
  constructor({ id, label, login, origin, api, screen }, handlers) {
    this.label = label;
    this.#login = login;
    this.#screen = screen;
    this.#handlers = handlers;
    this.#pump = new FramePump({
      draw: (picture, parts) => screen.drawPicture(picture, parts),
      drawSteps: (steps) => screen.drawSteps(steps),
      acknowledge: (sequence) => this.#link.acknowledge(sequence),
      requestPicture: () => this.#link.requestPicture(),
      onDrawn: (frame) => this.#onDrawn(frame),
      onProblem: (problem) => this.#onPictureProblem(problem),
    });
    this.#link = new TargetLink({ id, origin, api, codecs: shownCodecs, parts: 'draw' }, {
      onFrame: (frame) => this.#pump.offerFrame(frame),
      onState: (state) => this.#onState(state),
      onLease: (lease) => this.#onLease(lease),
      onLeds: (leds) => this.#onLeds(leds),
      onPower: (power) => this.#onPower(power),
      onMedia: (media) => this.showDrives(media?.drives ?? null),
      onTyping: (typing) => handlers.onTyping(typing),
      onQuality: (quality) => this.#onQuality(quality),
      onError: (error) => handlers.onError(error),
      onProblem: (problem) => handlers.onProblem(problem),
      onChange: () => this.#onLinkChange(),
      onControlLost: () => screen.forgetHeld(),
      onSilent: () => screen.forgetHeld(),
      onLoggedOut: () => handlers.onLoggedOut(),
      onTargets: (targets) => this.#onTargets(targets),
    });
  }

  get id() {
    return this.#link.id;
  }

  /** @returns {string[]} */
  get permissions() {
    return this.server?.permissions ?? this.#login.permissions;
  }

  /** @returns {string} */
  get user() {
    return this.server?.user ?? this.#login.user;
  }

  get isAdmin() {
    return this.permissions.includes('ADMIN');
  }

  /** The user may attach images and eject them. */
  get canUseMedia() {
    return this.canWriteMedia || this.permissions.includes('MEDIA_READ_ONLY');
  }

  /** The user may also add images and give the remote computer images to write to. */
  get canWriteMedia() {
    return this.permissions.includes('MEDIA');
  }

  /** The user has the permission. */
  get canControl() {
    return this.permissions.includes('CONTROL');
  }

  /** What the user types is sent: no other user is in control, and this one does not only watch. */
  get inControl() {
    return this.canControl && !this.watchOnly && (!this.lease || this.lease.mine || this.lease.holder === '');
  }

  /** Input arrives: the user may type, and the server answers. Typing blindly is worse than not typing. */
  get canSend() {
    return this.inControl && this.#link.control.state === 'open' && !this.#link.silent && !this.#link.pictureSilent;
  }

  get control() {
    return this.#link.control;
  }

  /** @returns {Parameters<typeof import('./console-state.js').currentNotice>[0]} */
  get facts() {
    const { video, control, fallback, silent, pictureSilent, lastSignAt } = this.#link;
    return {
      paused: this.#paused, video, control, fallback, missing: this.missing, everOpen: this.#everOpen, problem: this.#problem ? describeProblem(this.#problem) : '',
      status: this.server?.video ?? null, hid: this.server?.hid ?? null, label: this.label, now: this.#clock.now(), silent, pictureSilent, lastSignAt,
      picture: this.#picture, canControl: this.canControl,
      knowsPermissions: this.server !== null, watchOnly: this.watchOnly,
    };
  }

  open() {
    this.#link.open();
  }

  /** @param {import('../protocol/quality-message.js').Level} level */
  chooseQuality(level) {
    this.level = level;
    this.quality = null;
    this.#link.chooseQuality(level);
  }

  close() {
    this.#link.close();
    this.#pump.reset();
  }

  /** @param {boolean} paused */
  setPaused(paused) {
    this.#paused = paused;
    this.#link.setPaused(paused);
    this.#handlers.onUpdate();
  }

  /** @param {boolean} on whether nothing is sent; a lease that the user holds is free then */
  setWatchOnly(on) {
    if (on && this.lease?.mine && !this.lease.shared) this.control.sendLeaseAction('release');
    this.watchOnly = on;
    this.#handlers.onUpdate();
  }

  retryNow() {
    this.#link.retryNow();
  }

  /** Sends keys and pointer, as long as the user is in control, the link is up and the server answers. Nothing is sent later. */
  createSender() {
    /** @template {any[]} A @param {(...values: A) => unknown} send @returns {(...values: A) => boolean} */
    const guarded = (send) => (...values) => this.canSend && send(...values) === true;
    const { control } = this.#link;
    return {
      sendKey: guarded(control.sendKey.bind(control)),
      movePointerTo: guarded(control.movePointerTo.bind(control)),
      movePointerBy: guarded(control.movePointerBy.bind(control)),
      turnWheel: guarded(control.turnWheel.bind(control)),
      releaseAll: guarded(control.releaseAll.bind(control)),
    };
  }

  /** @param {import('../protocol/video-message.js').VideoFrame} frame */
  #onDrawn(frame) {
    const now = this.#clock.now();
    this.stats.addDrawn(now, this.#link.control.serverClock.ageMillis(frame.capturedMillis, now));
    this.stats.addFrame(frame, this.quality?.delivered ?? 'sharp');
    if (frame.codec !== CODEC_DRAWING) this.codec = frame.codec;
    this.#problem = null;
    const first = !this.#picture;
    this.#picture = true;
    this.#handlers.onDrawn(frame.sequence, this.stats.latencyMillis);
    if (first) this.#handlers.onUpdate();
  }

  /** @param {import('../protocol/control-message.js').Problem} problem */
  #onPictureProblem(problem) {
    this.#problem = problem;
    this.#handlers.onProblem(problem);
    this.#handlers.onUpdate();
  }

  #onLinkChange() {
    const { video, control, fallback, pictureSource } = this.#link;
    if (video.state === 'open' || control.state === 'open') this.#everOpen = true;
    if (pictureSource !== this.#source) {
      this.#source = pictureSource;
      this.quality = null;
      this.#pump.reset();
      this.stats.reset();
      this.#picture = false;
    }
    if (control.state !== 'open' && !fallback) this.server = null;
    this.#handlers.onUpdate();
  }

  /** @param {any} state */
  #onState(state) {
    // The target list, which is used over plain HTTP, has no permissions: the known ones are kept.
    this.server = { ...state, permissions: state.permissions ?? this.permissions, user: state.user ?? this.user };
    this.label = state.label;
    this.#handlers.onUpdate();
  }

  /** @param {import('../protocol/control-message.js').LeaseMessage | null} lease null: unknown */
  #onLease(lease) {
    this.lease = lease;
    this.#handlers.onUpdate();
  }

  /** @param {import('../protocol/quality-message.js').QualityMessage} quality */
  #onQuality(quality) {
    this.quality = quality;
    this.#handlers.onUpdate();
  }

  /** @param {import('../protocol/control-message.js').LedsMessage | null} leds */
  #onLeds(leds) {
    this.leds = leds;
    this.#handlers.onUpdate();
  }

  /** @param {import('../protocol/control-message.js').PowerMessage | null} power */
  #onPower(power) {
    this.power = power;
    this.#handlers.onUpdate();
  }

  /** @param {import('../protocol/media-message.js').Drive[] | null} drives */
  showDrives(drives) {
    this.drives = drives;
    this.#handlers.onUpdate();
  }

  /** @param {{id: string, label: string}[]} targets */
  #onTargets(targets) {
    this.missing = !targets.some(({ id }) => id === this.id);
    this.#handlers.onTargets(targets);
    this.#handlers.onUpdate();
  }
}
