import { CODEC_JPEG } from './video-message.js';
import { PartReader } from './part-reader.js';

const RETRY_MILLIS = 2000;

/**
 * Receives pictures over plain HTTP, for networks that block WebSockets. It reads the parts itself, because an `<img>` shows a part of
 * such a stream late: Chromium when the next part begins, Firefox after seconds.
 *
 * @typedef {object} MjpegHandlers
 * @property {(frame: import('./video-message.js').VideoFrame) => void} onFrame
 * @property {() => void} onChange `shown` has changed
 */
export class MjpegStream {
  #id;
  #api;
  #clock;
  #handlers;
  #shown = false;
  #sequence = 0;
  /** @type {AbortController | null} null while closed */ #running = null;
  /** @type {unknown} */ #timer = null;

  /**
   * @param {{id: string, api: Pick<import('./api.js').Api, 'openMjpeg'>, clock: import('./clock.js').Clock}} options
   * @param {MjpegHandlers} handlers
   */
  constructor({ id, api, clock }, handlers) {
    this.#id = id;
    this.#api = api;
    this.#clock = clock;
    this.#handlers = handlers;
  }

  /** Whether the current connection has brought a picture. */
  get shown() {
    return this.#shown;
  }

  open() {
    if (this.#running) return;
    const running = new AbortController();
    this.#running = running;
    this.#receiveParts(running.signal).catch(() => {}).finally(() => this.#running === running && this.#onEnd());
  }

  /** Ends the connection. */
  close() {
    this.#clock.clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
    this.#setShown(false);
  }

  /** Replaces a connection that seems dead. */
  reopen() {
    this.close();
    this.open();
  }

  /** @param {AbortSignal} signal */
  async #receiveParts(signal) {
    const reader = (await this.#api.openMjpeg(this.#id, signal)).getReader();
    const parts = new PartReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      for (const part of parts.addBytes(value)) this.#onPart(part);
    }
  }

  /** @param {import('./part-reader.js').Part} part */
  #onPart({ headers, body }) {
    this.#setShown(true);
    this.#sequence += 1;
    const capturedMillis = Number(headers.get('x-timestamp')) * 1000;
    this.#handlers.onFrame({ codec: CODEC_JPEG, key: true, sequence: this.#sequence, capturedMillis, width: 0, height: 0, payload: body });
  }

  #onEnd() {
    this.close();
    this.#timer = this.#clock.setTimeout(() => this.open(), RETRY_MILLIS);
  }

  /** @param {boolean} shown */
  #setShown(shown) {
    if (this.#shown === shown) return;
    this.#shown = shown;
    this.#handlers.onChange();
  }
}
