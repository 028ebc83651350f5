/**
 * Estimates the server's clock from pings. A delayed reply is inaccurate, so the offset of the fastest of the last replies is used. Its
 * error is at most half of that round trip.
 */
export class ServerClock {
  /** @type {{rtt: number, offset: number}[]} */ #samples = [];

  /** @param {{keep?: number}} [options] the number of replies to keep; old ones are dropped, because clocks drift */
  constructor({ keep = 64 } = {}) {
    this.keep = keep;
  }

  /**
   * @param {number} sentMillis own clock
   * @param {number} receivedMillis own clock
   * @param {number} serverMicros the server's clock, µs since the epoch
   */
  addReply(sentMillis, receivedMillis, serverMicros) {
    const rtt = receivedMillis - sentMillis;
    if (!(rtt >= 0) || !(serverMicros > 0)) return;
    this.#samples.push({ rtt, offset: serverMicros / 1000 - (sentMillis + receivedMillis) / 2 });
    if (this.#samples.length > this.keep) this.#samples.shift();
  }

  /** Forgets all replies, because a new connection may lead to another server or to one with a corrected clock. */
  reset() {
    this.#samples = [];
  }

  /** @returns {number | null} milliseconds to add to the own clock; null before the first reply */
  get offsetMillis() {
    return this.#bestSample()?.offset ?? null;
  }

  /** @returns {number | null} */
  get rttMillis() {
    return this.#bestSample()?.rtt ?? null;
  }

  /**
   * @param {number} serverMillis a moment by the server's clock
   * @param {number} ownMillis a later moment by the own clock
   * @returns {number | null} milliseconds between; never negative, because the estimate is only accurate to half a round trip
   */
  ageMillis(serverMillis, ownMillis) {
    const offset = this.offsetMillis;
    return offset === null ? null : Math.max(0, ownMillis + offset - serverMillis);
  }

  #bestSample() {
    return this.#samples.reduce((/** @type {{rtt: number, offset: number} | undefined} */ best, sample) =>
      (best === undefined || sample.rtt < best.rtt ? sample : best), undefined);
  }
}
