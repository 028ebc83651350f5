import { Backoff } from './backoff.js';
import { systemClock } from './clock.js';

/**
 * A WebSocket that comes back by itself. Whatever happens (refused, closed at once, never opened, constructor throws)
 * ends in exactly one `onDown` per attempt and a next attempt, until `close()`.
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
 * @property {string} url
 * @property {string} protocol the subprotocol
 * @property {any} [WebSocket] constructor
 * @property {import('./clock.js').Clock} [clock]
 * @property {number} [openTimeoutMillis]
 * @property {number} [stableMillis] an open socket counts as success only after this long: some doors open and slam
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

  /** Bytes not yet on their way. */
  get backlog() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  open() {
    if (this.#state === 'closed') this.#attempt();
  }

  /** Do not wait for the timer: the network came back, or the user asks. */
  retryNow() {
    if (this.#state === 'waiting') this.#attempt();
  }

  close() {
    this.#setTimer(null);
    this.#drop();
    this.#backoff.reset();
    this.#change('closed');
  }

  /** @param {string} text @returns {boolean} whether it was handed to an open socket */
  send(text) {
    if (this.#state !== 'open' || this.#socket.readyState !== 1) return false;
    this.#socket.send(text);
    return true;
  }

  /** Gives up on a connection that seems dead and starts over. @param {string} reason */
  abandon(reason) {
    if (this.#state === 'open' || this.#state === 'connecting') this.#down(4000, reason);
  }

  #attempt() {
    this.#drop();
    this.#opened = false;
    this.#change('connecting');
    this.#setTimer(() => this.#down(4001, 'no answer'), this.#options.openTimeoutMillis);
    const Constructor = this.#options.WebSocket ?? globalThis.WebSocket;
    try {
      this.#listen(new Constructor(this.#options.url, this.#options.protocol));
    } catch (error) {
      this.#down(4002, String(error));
    }
  }

  /** A socket that was given up may still call back: `mine` keeps it out. @param {any} socket */
  #listen(socket) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    const mine = () => this.#socket === socket;
    socket.onopen = () => mine() && this.#open();
    socket.onmessage = (/** @type {{data: any}} */ event) => mine() && this.#handlers.onMessage?.(event.data);
    socket.onclose = (/** @type {{code: number, reason: string}} */ event) => mine() && this.#down(event.code, event.reason);
    socket.onerror = () => {}; // always followed by close, which says more
  }

  #open() {
    this.#opened = true;
    this.#setTimer(() => this.#backoff.reset(), this.#options.stableMillis);
    this.#change('open');
    this.#handlers.onOpen?.();
  }

  /** @param {number} code @param {string} reason */
  #down(code, reason) {
    this.#drop();
    const wait = this.#backoff.next();
    this.#retryAt = this.#clock.now() + wait;
    this.#setTimer(() => this.#attempt(), wait);
    this.#change('waiting');
    this.#handlers.onDown?.({ opened: this.#opened, failures: this.#backoff.failures, code, reason });
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    try {
      socket.close();
    } catch {
      // Already gone: that is what was wanted.
    }
  }

  /** @param {SocketState} state */
  #change(state) {
    this.#state = state;
    this.#handlers.onChange?.();
  }

  /** One timer at a time: opening, becoming stable, waiting. @param {(() => void) | null} callback @param {number} [millis] */
  #setTimer(callback, millis = 0) {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = callback && this.#clock.setTimeout(callback, millis);
  }
}
