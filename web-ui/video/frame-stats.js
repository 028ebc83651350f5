import { CODEC_DRAWING } from '../protocol/video-message.js';

/** Measures the frame rate and latency of recent pictures. */

const WINDOW_MILLIS = 2000;
const MAX_LATENCIES = 31;
const AGES_MILLIS = 10_000;
/** Sequence numbers have 32 bits; a larger gap is another hub. */
const MAX_GAP = 10_000;

export class FrameStats {
  /** @type {number[]} */ #times = [];
  /** @type {number[]} */ #latencies = [];
  /** Of the last ten seconds. @type {{at: number, latency: number}[]} */ #ages = [];
  /** @type {number | null} */ #sequence = null;
  /** The quality, codec and size of the last picture. */ #stream = '';
  /** Pictures that were not sent or not drawn, because a newer one came first. */
  skipped = 0;
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
    this.#ages.push({ at: nowMillis, latency: latencyMillis });
    this.#dropOldAges(nowMillis);
    this.#latencies.push(latencyMillis);
    if (this.#latencies.length > MAX_LATENCIES) this.#latencies.shift();
  }

  /**
   * A picture was drawn. The gap before it counts as skipped, unless it comes from another source than the last one. No drawing is ever
   * skipped: those that waited were sent as one message.
   *
   * @param {{sequence: number, codec: number, width: number, height: number}} frame its sequence has 32 bits
   * @param {string} quality as it is delivered
   */
  addFrame({ sequence, codec, width, height }, quality) {
    const stream = `${quality} ${codec} ${width}x${height}`;
    const follows = this.#sequence !== null && stream === this.#stream && codec !== CODEC_DRAWING;
    const gap = follows ? (sequence - Number(this.#sequence) - 1) >>> 0 : 0;
    if (gap < MAX_GAP) this.skipped += gap;
    this.#sequence = sequence;
    this.#stream = stream;
  }

  /** @param {number} nowMillis @returns {{p50: number, p95: number} | null} how old the pictures of the last ten seconds were when they were drawn */
  ages(nowMillis) {
    this.#dropOldAges(nowMillis);
    if (this.#ages.length === 0) return null;
    const sorted = this.#ages.map(({ latency }) => latency).sort((a, b) => a - b);
    return { p50: sorted[Math.floor(sorted.length / 2)], p95: sorted[Math.floor(sorted.length * 0.95)] };
  }

  reset() {
    this.#times = [];
    this.#ages = [];
    this.#sequence = null;
    this.skipped = 0;
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
  #dropOldAges(now) {
    while (this.#ages.length > 0 && this.#ages[0].at < now - AGES_MILLIS) this.#ages.shift();
  }

  /** @param {number} now */
  #dropOldTimes(now) {
    while (this.#times.length > 0 && this.#times[0] < now - WINDOW_MILLIS) this.#times.shift();
  }
}
