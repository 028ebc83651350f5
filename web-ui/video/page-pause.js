import { systemClock } from '../protocol/clock.js';

/** A page nobody looks at: after a while in the background it pauses, and goes on the moment it is seen again. */
export class PagePause {
  /** @type {unknown} */ #timer = null;
  #paused = false;
  #abort = new AbortController();

  /**
   * @param {{document: EventTarget & {visibilityState?: string}, afterMillis?: number, clock?: import('../protocol/clock.js').Clock}} options
   * @param {(paused: boolean) => void} onChange
   */
  constructor({ document, afterMillis = 10_000, clock = systemClock }, onChange) {
    const look = () => {
      clock.clearTimeout(this.#timer);
      if (document.visibilityState !== 'hidden') this.#set(false, onChange);
      else this.#timer = clock.setTimeout(() => this.#set(true, onChange), afterMillis);
    };
    document.addEventListener('visibilitychange', look, { signal: this.#abort.signal });
    this.#abort.signal.addEventListener('abort', () => clock.clearTimeout(this.#timer));
    look();
  }

  get paused() {
    return this.#paused;
  }

  destroy() {
    this.#abort.abort();
  }

  /** @param {boolean} paused @param {(paused: boolean) => void} onChange */
  #set(paused, onChange) {
    if (this.#paused === paused) return;
    this.#paused = paused;
    onChange(paused);
  }
}
