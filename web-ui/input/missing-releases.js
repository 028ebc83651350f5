import { systemClock } from '../protocol/clock.js';

/** A dead key without further events is released after this time, before most computers start to repeat it. */
const DEAD_KEY_MILLIS = 200;
const MIN_SILENCE_MILLIS = 1000;
/** A repeating key without an event for this many of its repeat intervals is no longer held. */
const SILENT_INTERVALS = 4;

/**
 * Releases keys whose release the browser never reports. It uses only two indications:
 *
 * - The release of a dead key may be missing. It is released with the next key, or after a short time.
 * - A key that stopped repeating although no other key was used was released. Keys that never repeated are ignored, because some systems do
 *   not repeat. Earlier keys are ignored as well, because only the last key repeats.
 *
 * If such a key repeats later, it is still held and is pressed again.
 */
export class MissingReleases {
  #held;
  #clock;
  #onRelease;
  /** @type {{code: string, timer: unknown} | null} */ #dead = null;
  /** @type {{code: string, at: number, longest: number, timer: unknown} | null} the key that repeats */ #repeating = null;
  /** @type {Set<string>} released here rather than by an event */ #assumed = new Set();

  /**
   * @param {import('./held-keys.js').HeldKeys} held
   * @param {import('../protocol/clock.js').Clock} [clock]
   * @param {(code: string) => void} [onRelease]
   */
  constructor(held, clock = systemClock, onRelease = () => {}) {
    this.#held = held;
    this.#clock = clock;
    this.#onRelease = onRelease;
  }

  /** Call before a key is pressed. @param {string} code */
  beforePress(code) {
    this.#stopRepeating();
    this.releaseDeadKey();
    this.#assumed.delete(code);
  }

  /** Call after a press. @param {string} code @param {boolean} dead whether it is a dead key of the user's layout */
  afterPress(code, dead) {
    if (dead) this.#watchDead(code);
  }

  /** @param {string} code */
  handleRelease(code) {
    this.#stopRepeating();
    this.#assumed.delete(code);
    if (this.#dead?.code === code) this.#forgetDead();
  }

  /** The key is still held. @param {string} code @param {boolean} dead */
  handleRepeat(code, dead) {
    if (this.#assumed.delete(code)) this.#held.pressKey(code);
    if (!this.#held.isHeld(code)) return;
    if (dead) this.#watchDead(code);
    else this.#watchRepeat(code);
  }

  /** Releases a key without a release event. @param {string} code */
  assumeReleased(code) {
    if (!this.#held.isHeld(code)) return;
    this.#held.releaseKey(code);
    this.#assumed.add(code);
    this.#onRelease(code);
  }

  forgetAll() {
    this.#stopRepeating();
    this.#forgetDead();
    this.#assumed.clear();
  }

  /** @param {string} code */
  #watchDead(code) {
    this.#forgetDead();
    this.#dead = { code, timer: this.#clock.setTimeout(() => this.releaseDeadKey(), DEAD_KEY_MILLIS) };
  }

  /** Call before a press: a dead key, even the same one, has been released in the meantime. */
  releaseDeadKey() {
    const code = this.#dead?.code;
    this.#forgetDead();
    if (code !== undefined) this.assumeReleased(code);
  }

  #forgetDead() {
    this.#clock.clearTimeout(this.#dead?.timer);
    this.#dead = null;
  }

  /** @param {string} code */
  #watchRepeat(code) {
    const now = this.#clock.now();
    const known = this.#repeating?.code === code ? this.#repeating : null;
    const longest = Math.max(known?.longest ?? 0, known ? now - known.at : 0);
    this.#stopRepeating();
    // The first repetition does not give an interval yet.
    const timer = known ? this.#clock.setTimeout(() => this.#onSilence(code), Math.max(MIN_SILENCE_MILLIS, longest * SILENT_INTERVALS)) : null;
    this.#repeating = { code, at: now, longest, timer };
  }

  /** @param {string} code */
  #onSilence(code) {
    this.#repeating = null;
    this.assumeReleased(code);
  }

  #stopRepeating() {
    this.#clock.clearTimeout(this.#repeating?.timer);
    this.#repeating = null;
  }
}
