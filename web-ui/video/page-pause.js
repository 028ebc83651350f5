import { systemClock } from '../protocol/clock.js';

/** Pauses a page after a while in the background, and resumes as soon as it is visible again. */
export class PagePause {
  /** @type {unknown} */ #timer = null;
  #paused = false;
  #abort = new AbortController();

  /**
   * @param {{document: EventTarget & {visibilityState?: string}, afterMillis?: number, clock?: import('../protocol/clock.js').Clock}} options
   * @param {(paused: boolean) => void} onChange
   */
  constructor({ document, afterMillis = 10_000, clock = systemClock }, onChange) {
    const checkVisibility = () => {
      clock.clearTimeout(this.#timer);
      if (document.visibilityState !== 'hidden') this.#setPaused(false, onChange);
      else this.#timer = clock.setTimeout(() => this.#setPaused(true, onChange), afterMillis);
    };
    document.addEventListener('visibilitychange', checkVisibility, { signal: this.#abort.signal });
    this.#abort.signal.addEventListener('abort', () => clock.clearTimeout(this.#timer));
    checkVisibility();
  }

  get paused() {
    return this.#paused;
  }

  destroy() {
    this.#abort.abort();
  }

  /** @param {boolean} paused @param {(paused: boolean) => void} onChange */
  #setPaused(paused, onChange) {
    if (this.#paused === paused) return;
    this.#paused = paused;
    onChange(paused);
  }
}
