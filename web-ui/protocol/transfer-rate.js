/** The span over which the speed is measured: shorter and it jumps, longer and it lags behind. */
const WINDOW_MILLIS = 8000;
/** Before this, a speed would be a guess. */
const MIN_MILLIS = 500;

/** The speed of a transfer, from how far it is at which time. */
export class TransferRate {
  /** @type {{at: number, bytes: number}[]} oldest first */ #samples = [];

  /** After a pause, which does not count. */
  reset() {
    this.#samples = [];
  }

  /** @param {number} at milliseconds @param {number} bytes transferred so far */
  addSample(at, bytes) {
    const last = this.#samples[this.#samples.length - 1];
    // After an interruption the server may have less than was sent.
    if (last && bytes < last.bytes) this.reset();
    this.#samples.push({ at, bytes });
    while (this.#samples.length > 2 && at - this.#samples[1].at >= WINDOW_MILLIS) this.#samples.shift();
  }

  /** @returns {number | null} null while unknown */
  get bytesPerSecond() {
    const first = this.#samples[0];
    const last = this.#samples[this.#samples.length - 1];
    if (!first || last.at - first.at < MIN_MILLIS) return null;
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  }

  /** @param {number} bytes still to transfer @returns {number | null} null while unknown */
  secondsFor(bytes) {
    const speed = this.bytesPerSecond;
    return speed ? Math.ceil(bytes / speed) : null;
  }
}
