import { systemClock } from '../protocol/clock.js';

/**
 * @typedef {import('../protocol/control-message.js').TypingMessage} TypingMessage
 * @typedef {Pick<import('../protocol/api.js').Api, 'startTyping' | 'readTyping' | 'cancelTyping'>} TypingApi
 */

/** The control socket reports the progress; without a report for so long, the server is asked. */
const ASK_MILLIS = 1500;

/** One text that the server types, from its start to its end. */
export class TypingJob {
  #api;
  #target;
  #onProgress;
  #clock;
  /** @type {TypingMessage | null} */ #progress = null;
  /** Reports that came before the server had answered the request. @type {Map<string, TypingMessage>} */ #early = new Map();
  #cancelled = false;
  /** @type {unknown} */ #timer = null;

  /**
   * @param {TypingApi} api
   * @param {string} target
   * @param {(progress: TypingMessage) => void} onProgress also for the end
   * @param {{setTimeout: (callback: () => void, millis: number) => unknown, clearTimeout: (timer: any) => void}} [clock]
   */
  constructor(api, target, onProgress, clock = systemClock) {
    this.#api = api;
    this.#target = target;
    this.#onProgress = onProgress;
    this.#clock = clock;
  }

  get isTyping() {
    return this.#progress?.state === 'TYPING';
  }

  get id() {
    return this.#progress?.id ?? '';
  }

  /** @param {{text: string, layout: string, rate: number}} body @throws {import('../public/http.js').HttpError} nothing is typed then */
  async start(body) {
    this.follow(await this.#api.startTyping(this.#target, body));
    const early = this.#early.get(this.id);
    this.#early.clear();
    if (early) this.showReport(early);
    if (this.#cancelled) await this.cancel();
  }

  /** Follows a text that is already being typed. @param {TypingMessage} progress */
  follow(progress) {
    this.#setProgress(progress);
  }

  /** @param {TypingMessage} report of the control socket */
  showReport(report) {
    if (!this.#progress) this.#early.set(report.id, report);
    else if (this.isTyping && report.id === this.id && report.typed >= this.#progress.typed) this.#setProgress(report);
  }

  /** The end is reported like progress. A text that has not begun ends as soon as it begins. */
  async cancel() {
    this.#cancelled = true;
    if (!this.isTyping) return;
    await this.#api.cancelTyping(this.#target, this.id);
    await this.#ask();
  }

  /** @param {TypingMessage} progress */
  #setProgress(progress) {
    this.#progress = progress;
    this.#clock.clearTimeout(this.#timer);
    if (this.isTyping) this.#timer = this.#clock.setTimeout(() => this.#ask().catch(() => this.#retry()), ASK_MILLIS);
    this.#onProgress(progress);
  }

  /** The server cannot be reached at the moment; it types on meanwhile. */
  #retry() {
    if (this.isTyping) this.#timer = this.#clock.setTimeout(() => this.#ask().catch(() => this.#retry()), ASK_MILLIS);
  }

  async #ask() {
    const progress = await this.#api.readTyping(this.#target, this.id);
    if (this.isTyping) this.#setProgress(progress);
  }
}
