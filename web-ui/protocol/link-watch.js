import { systemClock } from './clock.js';

/**
 * The link counts as silent after this long without a message. Pings are answered twice a second, so this means that three answers in a row
 * are missing. Round trips of 400 ms with jitter stay below it.
 */
export const SILENCE_MILLIS = 1500;
/**
 * The same for pictures, while the server reports that frames flow. It reports the end of the flow up to 1.25 s after the last frame, so
 * this must be longer.
 */
export const PICTURE_SILENCE_MILLIS = 1900;
const CHECK_MILLIS = 150;
/** A check that is this late means that the page itself was suspended, so that messages may be waiting to be processed. */
const SUSPENDED_MILLIS = 600;

/** Detects that something expected no longer comes, long before the connection is reported as lost. */
export class LinkWatch {
  #clock;
  #onChange;
  /** @type {number | null} */ #lastSignAt = null;
  /** Like #lastSignAt, excluding the time during which the page was suspended. */ #countedFrom = 0;
  #checkedAt = 0;
  #silent = false;
  /** @type {unknown} */ #timer = null;

  /**
   * @param {(silent: boolean) => void} onChange
   * @param {import('./clock.js').Clock} [clock]
   * @param {number} [silenceMillis]
   */
  constructor(onChange, clock = systemClock, silenceMillis = SILENCE_MILLIS) {
    /** The link counts as silent after this long without a message. */ this.silenceMillis = silenceMillis;
    this.#onChange = onChange;
    this.#clock = clock;
  }

  /** Whether an expected message from the server is overdue. */
  get silent() {
    return this.#silent;
  }

  /** @returns {number | null} when the server last sent something, by the clock; null if never */
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
    else if (now - this.#countedFrom >= this.silenceMillis) this.#setSilent(true);
  }

  /** @param {boolean} silent */
  #setSilent(silent) {
    if (this.#silent === silent) return;
    this.#silent = silent;
    this.#onChange(silent);
  }
}
