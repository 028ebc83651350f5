import { systemClock } from './clock.js';

/** Without sockets, the responses to these requests are the only sign that the server is alive: see LinkWatch. */
export const POLL_MILLIS = 500;

/** Requests the list of targets regularly over HTTP, because blocked WebSockets deliver no state messages. */
export class StatePoll {
  #api;
  #clock;
  #onTargets;
  /** @type {(() => boolean)} */ #isNeeded;
  /** @type {unknown} null while stopped */ #timer = null;

  /**
   * @param {{api: Pick<import('./api.js').Api, 'listTargets'>, clock?: import('./clock.js').Clock}} options
   * @param {() => boolean} isNeeded whether to send the next request
   * @param {(targets: import('./api.js').Target[]) => void} onTargets
   */
  constructor({ api, clock = systemClock }, isNeeded, onTargets) {
    this.#api = api;
    this.#clock = clock;
    this.#isNeeded = isNeeded;
    this.#onTargets = onTargets;
  }

  start() {
    this.stop();
    const timer = this.#clock.setTimeout(async () => {
      if (this.#isNeeded()) await this.#requestTargets(timer);
      if (this.#timer === timer) this.start();
    }, POLL_MILLIS);
    this.#timer = timer;
  }

  stop() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** @param {unknown} timer that started this */
  async #requestTargets(timer) {
    try {
      const targets = await this.#api.listTargets();
      if (this.#timer === timer) this.#onTargets(targets);
    } catch {
      // The attempts of the sockets report the failure.
    }
  }
}
