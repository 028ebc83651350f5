import { systemClock } from './clock.js';

/** The server reads the board every few seconds; its conditions last for minutes. */
export const BOARD_POLL_MILLIS = 15_000;

/** Requests the health of the board regularly. Stop it while the page is hidden. */
export class BoardPoll {
  #api;
  #clock;
  #onConditions;
  /** @type {unknown} null while stopped */ #timer = null;

  /**
   * @param {{api: Pick<import('./api.js').Api, 'listBoardConditions'>, clock?: import('./clock.js').Clock}} options
   * @param {(conditions: import('./api.js').BoardCondition[]) => void} onConditions
   */
  constructor({ api, clock = systemClock }, onConditions) {
    this.#api = api;
    this.#clock = clock;
    this.#onConditions = onConditions;
  }

  /** The first request follows immediately. */
  start() {
    this.stop();
    this.#schedule(0);
  }

  stop() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** @param {number} millis */
  #schedule(millis) {
    const timer = this.#clock.setTimeout(async () => {
      await this.#requestConditions(timer);
      if (this.#timer === timer) this.#schedule(BOARD_POLL_MILLIS);
    }, millis);
    this.#timer = timer;
  }

  /** @param {unknown} timer that started this */
  async #requestConditions(timer) {
    try {
      const conditions = await this.#api.listBoardConditions();
      if (this.#timer === timer) this.#onConditions(conditions);
    } catch {
      // The sockets report a lost connection. What was shown stays until the next answer.
    }
  }
}
