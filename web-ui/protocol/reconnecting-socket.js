import { Backoff } from './backoff.js';
import { systemClock } from './clock.js';

/**
 * A WebSocket that reconnects automatically. Every failure (refused, closed immediately, never opened, constructor throws) causes exactly
 * one `onDown` per attempt and then another attempt, until `close()`.
 *
 * @typedef {object} SocketHandlers
 * @property {() => void} [onOpen]
 * @property {(data: any) => void} [onMessage]
 * @property {(down: {opened: boolean, failures: number, code: number, reason: string}) => void} [onDown] `failures` in a row
 * @property {() => void} [onChange] `state` or `retryAt` changed
 *
 * @typedef {'closed' | 'connecting' | 'open' | 'waiting'} SocketState
 *
 * @typedef {object} SocketOptions
 * @property {string | (() => string)} url a function is called for each connection
 * @property {string} protocol the subprotocol
 * @property {any} [WebSocket] constructor
 * @property {import('./clock.js').Clock} [clock]
 * @property {number} [openTimeoutMillis]
 * @property {number} [stableMillis] an open socket counts as success only after this time: some proxies accept a connection and close it
 */
export class ReconnectingSocket {
  /** @type {any} */ #socket = null;
  /** @type {SocketState} */ #state = 'closed';
  /** @type {unknown} */ #timer = null;
  #opened = false;
  #retryAt = 0;
  #options;
  #clock;
  #handlers;
  #backoff;

  /**
   * @param {SocketOptions} options
   * @param {SocketHandlers} handlers
   */
  constructor(options, handlers) {
    this.#options = { openTimeoutMillis: 8000, stableMillis: 2000, ...options };
    this.#clock = options.clock ?? systemClock;
    this.#handlers = handlers;
    this.#backoff = new Backoff({ random: () => this.#clock.random() });
  }

  get state() {
    return this.#state;
  }

  /** When the next attempt starts, by the clock; only while `waiting`. */
  get retryAt() {
    return this.#retryAt;
  }

  /** The number of bytes that are not sent yet. */
  get backlog() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  open() {
    if (this.#state === 'closed') this.#connect();
  }

  /** Connects without waiting for the timer, because the network is back or the user asks for it. */
  retryNow() {
    if (this.#state === 'waiting') this.#connect();
  }

  close() {
    this.#setTimer(null);
    this.#detachSocket();
    this.#backoff.reset();
    this.#setState('closed');
  }

  /** @param {string} text @returns {boolean} whether the socket was open */
  sendText(text) {
    if (this.#state !== 'open' || this.#socket.readyState !== 1) return false;
    this.#socket.send(text);
    return true;
  }

  /** Abandons a connection that seems dead and reconnects. @param {string} reason */
  abandonConnection(reason) {
    if (this.#state === 'open' || this.#state === 'connecting') this.#scheduleRetry(4000, reason);
  }

  #connect() {
    this.#detachSocket();
    this.#opened = false;
    this.#setState('connecting');
    this.#setTimer(() => this.#scheduleRetry(4001, 'no answer'), this.#options.openTimeoutMillis);
    const Constructor = this.#options.WebSocket ?? globalThis.WebSocket;
    try {
      const { url, protocol } = this.#options;
      this.#attachSocket(new Constructor(typeof url === 'function' ? url() : url, protocol));
    } catch (error) {
      this.#scheduleRetry(4002, String(error));
    }
  }

  /** An abandoned socket may still call back; `isCurrent` ignores these calls. @param {any} socket */
  #attachSocket(socket) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    const isCurrent = () => this.#socket === socket;
    socket.onopen = () => isCurrent() && this.#onOpen();
    socket.onmessage = (/** @type {{data: any}} */ event) => isCurrent() && this.#handlers.onMessage?.(event.data);
    socket.onclose = (/** @type {{code: number, reason: string}} */ event) => isCurrent() && this.#scheduleRetry(event.code, event.reason);
    socket.onerror = () => {}; // a close event with the details always follows
  }

  #onOpen() {
    this.#opened = true;
    this.#setTimer(() => this.#backoff.reset(), this.#options.stableMillis);
    this.#setState('open');
    this.#handlers.onOpen?.();
  }

  /** @param {number} code @param {string} reason */
  #scheduleRetry(code, reason) {
    this.#detachSocket();
    const wait = this.#backoff.nextMillis();
    this.#retryAt = this.#clock.now() + wait;
    this.#setTimer(() => this.#connect(), wait);
    this.#setState('waiting');
    this.#handlers.onDown?.({ opened: this.#opened, failures: this.#backoff.failures, code, reason });
  }

  #detachSocket() {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    try {
      socket.close();
    } catch {
      // Already closed.
    }
  }

  /** @param {SocketState} state */
  #setState(state) {
    this.#state = state;
    this.#handlers.onChange?.();
  }

  /** One timer at a time: opening, becoming stable, waiting. @param {(() => void) | null} callback @param {number} [millis] */
  #setTimer(callback, millis = 0) {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = callback && this.#clock.setTimeout(callback, millis);
  }
}
