/** Measures the frame rate and latency of recent pictures. */

const WINDOW_MILLIS = 2000;
const MAX_LATENCIES = 31;

export class FrameStats {
  /** @type {number[]} */ #times = [];
  /** @type {number[]} */ #latencies = [];
  /** Excludes the first picture of a viewer, which may have been captured long before. */
  #first = true;

  /**
   * @param {number} nowMillis when it was drawn
   * @param {number | null} latencyMillis null if the clocks have not been compared yet
   */
  addDrawn(nowMillis, latencyMillis) {
    this.#times.push(nowMillis);
    this.#dropOldTimes(nowMillis);
    const first = this.#first;
    this.#first = false;
    if (latencyMillis === null || first) return;
    this.#latencies.push(latencyMillis);
    if (this.#latencies.length > MAX_LATENCIES) this.#latencies.shift();
  }

  reset() {
    this.#times = [];
    this.#latencies = [];
    this.#first = true;
  }

  /** @param {number} nowMillis @returns {number} pictures per second over the last two seconds */
  framesPerSecond(nowMillis) {
    this.#dropOldTimes(nowMillis);
    const [first] = this.#times;
    if (this.#times.length < 2) return 0;
    return ((this.#times.length - 1) * 1000) / Math.max(1, nowMillis - first);
  }

  /** @returns {number | null} the median of the last pictures, so that one late picture has no effect */
  get latencyMillis() {
    if (this.#latencies.length === 0) return null;
    const sorted = [...this.#latencies].sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  }

  /** @param {number} now */
  #dropOldTimes(now) {
    while (this.#times.length > 0 && this.#times[0] < now - WINDOW_MILLIS) this.#times.shift();
  }
}
