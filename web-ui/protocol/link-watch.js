import { systemClock } from './clock.js';

/**
 * How long no message may come before the link counts as silent. Pings are answered twice a second, so that this is three answers in a row;
 * round trips of 400 ms with jitter stay below it.
 */
export const SILENCE_MILLIS = 1500;
const CHECK_MILLIS = 150;
/** A check that comes this late means that the page itself was suspended: then messages may be waiting that it has not seen yet. */
const SUSPENDED_MILLIS = 600;

/** Notices that the server has stopped sending, long before a connection is reported as lost. */
export class LinkWatch {
  #clock;
  #onChange;
  /** @type {number | null} */ #lastSignAt = null;
  /** Like #lastSignAt, without the time in which the page was suspended. */ #countedFrom = 0;
  #checkedAt = 0;
  #silent = false;
  /** @type {unknown} */ #timer = null;

  /**
   * @param {(silent: boolean) => void} onChange
   * @param {import('./clock.js').Clock} [clock]
   */
  constructor(onChange, clock = systemClock) {
    this.#onChange = onChange;
    this.#clock = clock;
  }

  /** Whether the server should have sent something and did not. */
  get silent() {
    return this.#silent;
  }

  /** @returns {number | null} when the server last sent something, by the clock; null if it never did */
  get lastSignAt() {
    return this.#lastSignAt;
  }

  /** @param {boolean} watching whether messages are expected: a connection is open */
  setWatching(watching) {
    if (watching === (this.#timer !== null)) return;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
    this.#countedFrom = this.#checkedAt = this.#clock.now();
    this.#setSilent(false);
    if (watching) this.#scheduleCheck();
  }

  /** The server has sent something. */
  noteSign() {
    this.#lastSignAt = this.#countedFrom = this.#clock.now();
    this.#setSilent(false);
  }

  #scheduleCheck() {
    this.#timer = this.#clock.setTimeout(() => {
      this.#scheduleCheck();
      this.#checkSilence();
    }, CHECK_MILLIS);
  }

  #checkSilence() {
    const now = this.#clock.now();
    const passed = now - this.#checkedAt;
    this.#checkedAt = now;
    if (passed > SUSPENDED_MILLIS) this.#countedFrom = Math.max(this.#countedFrom, now - CHECK_MILLIS);
    else if (now - this.#countedFrom >= SILENCE_MILLIS) this.#setSilent(true);
  }

  /** @param {boolean} silent */
  #setSilent(silent) {
    if (this.#silent === silent) return;
    this.#silent = silent;
    this.#onChange(silent);
  }
}
