/** The delay before the next attempt: doubles each time, with jitter, so that many viewers do not reconnect at the same time. */
export class Backoff {
  #failures = 0;

  /**
   * @param {{minMillis?: number, maxMillis?: number, random?: () => number}} [options] default 0.25 s .. 5 s
   */
  constructor({ minMillis = 250, maxMillis = 5000, random = Math.random } = {}) {
    this.minMillis = minMillis;
    this.maxMillis = maxMillis;
    this.random = random;
  }

  get failures() {
    return this.#failures;
  }

  /** Counts a failure. @returns {number} milliseconds to wait, always within min .. max */
  nextMillis() {
    const full = Math.min(this.maxMillis, this.minMillis * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 30);
    return Math.max(this.minMillis, Math.round(full * (0.5 + this.random() / 2)));
  }

  reset() {
    this.#failures = 0;
  }
}
