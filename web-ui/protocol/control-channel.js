import { CONTROL_PROTOCOL } from './addresses.js';
import { systemClock } from './clock.js';
import { clientMessage, parseServerMessage } from './control-message.js';
import { ReconnectingSocket } from './reconnecting-socket.js';
import { ServerClock } from './server-clock.js';

/** Above this many bytes on the way, mere pointer movement is dropped: a late pointer is worse than a coarse one. */
const BACKLOG_LIMIT = 16 * 1024;
const PING_MILLIS = 2000;
const FIRST_PINGS_MILLIS = 150;
const FIRST_PINGS = 4;
/** A link that says nothing for this long after a ping is dead, whatever TCP believes. */
const SILENCE_MILLIS = 7000;

/**
 * Keys and pointer to the server; state, lamps and errors back. Keeps the link alive and the clocks compared.
 *
 * @typedef {object} ControlHandlers
 * @property {(state: import('./control-message.js').StateMessage) => void} [onState]
 * @property {(lease: import('./control-message.js').LeaseMessage) => void} [onLease]
 * @property {(leds: import('./control-message.js').LedsMessage) => void} [onLeds]
 * @property {(error: import('./control-message.js').ErrorMessage) => void} [onError]
 * @property {(down: {opened: boolean, failures: number, code: number, reason: string}) => void} [onDown]
 * @property {() => void} [onOpen]
 * @property {() => void} [onChange]
 */
export class ControlChannel {
  serverClock = new ServerClock();
  #socket;
  #clock;
  #handlers;
  #pings = 0;
  #lastHeard = 0;
  /** @type {Map<number, number>} ping id -> when sent */ #waiting = new Map();
  /** @type {unknown} */ #timer = null;

  /**
   * @param {{url: string, WebSocket?: any, clock?: import('./clock.js').Clock}} options
   * @param {ControlHandlers} handlers
   */
  constructor({ url, WebSocket, clock = systemClock }, handlers) {
    this.#clock = clock;
    this.#handlers = handlers;
    this.#socket = new ReconnectingSocket({ url, protocol: CONTROL_PROTOCOL, WebSocket, clock }, {
      onOpen: () => this.#opened(),
      onMessage: (data) => this.#received(data),
      onDown: (down) => {
        this.#stopPings();
        handlers.onDown?.(down);
      },
      onChange: () => handlers.onChange?.(),
    });
  }

  get state() {
    return this.#socket.state;
  }

  get retryAt() {
    return this.#socket.retryAt;
  }

  open() {
    this.#socket.open();
  }

  retryNow() {
    this.#socket.retryNow();
  }

  close() {
    this.#stopPings();
    this.#socket.close();
  }

  /** @param {string} code @param {boolean} down @returns {boolean} whether it left */
  key(code, down) {
    return this.#socket.send(clientMessage.key(code, down));
  }

  /** @param {number} x @param {number} y @param {number} buttons @param {boolean} edge a button changed: never dropped */
  pointer(x, y, buttons, edge) {
    return this.#mayMove(edge) && this.#socket.send(clientMessage.pointer(x, y, buttons));
  }

  /** @param {number} dx @param {number} dy @param {number} buttons @param {boolean} edge */
  move(dx, dy, buttons, edge) {
    return this.#mayMove(edge) && this.#socket.send(clientMessage.move(dx, dy, buttons));
  }

  /** @param {number} dx @param {number} dy */
  wheel(dx, dy) {
    return this.#socket.send(clientMessage.wheel(dx, dy));
  }

  /** @param {import('./control-message.js').Wish} wish */
  wish(wish) {
    return this.#socket.send(clientMessage.wish(wish));
  }

  releaseAll() {
    return this.#socket.send(clientMessage.releaseAll());
  }

  /** @param {boolean} edge */
  #mayMove(edge) {
    return edge || this.#socket.backlog < BACKLOG_LIMIT;
  }

  #opened() {
    this.#pings = 0;
    this.#waiting.clear();
    this.serverClock.reset();
    this.#lastHeard = this.#clock.now();
    this.#ping();
    this.#handlers.onOpen?.();
  }

  #ping() {
    const now = this.#clock.now();
    if (this.#waiting.size > 1 && now - this.#lastHeard > SILENCE_MILLIS) {
      this.#socket.abandon('silence');
      return;
    }
    this.#pings += 1;
    this.#waiting.set(this.#pings, now);
    this.#socket.send(clientMessage.ping(this.#pings));
    this.#timer = this.#clock.setTimeout(() => this.#ping(), this.#pings < FIRST_PINGS ? FIRST_PINGS_MILLIS : PING_MILLIS);
  }

  #stopPings() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting.clear();
  }

  /** @param {unknown} data */
  #received(data) {
    this.#lastHeard = this.#clock.now();
    let message;
    try {
      message = parseServerMessage(data);
    } catch {
      this.#handlers.onError?.({ type: 'error', code: 'bad_message', message: 'The server sent a message this page does not understand.' });
      return;
    }
    if (message?.type === 'state') this.#handlers.onState?.(message);
    else if (message?.type === 'control') this.#handlers.onLease?.(message);
    else if (message?.type === 'leds') this.#handlers.onLeds?.(message);
    else if (message?.type === 'error') this.#handlers.onError?.(message);
    else if (message?.type === 'pong') this.#pong(message);
  }

  /** @param {import('./control-message.js').PongMessage} pong */
  #pong({ id, time }) {
    const sent = this.#waiting.get(id);
    if (sent === undefined) return;
    for (const earlier of [...this.#waiting.keys()]) if (earlier <= id) this.#waiting.delete(earlier);
    this.serverClock.add(sent, this.#clock.now(), time);
  }
}
