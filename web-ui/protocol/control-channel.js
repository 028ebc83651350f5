import { CONTROL_PROTOCOL } from './addresses.js';
import { systemClock } from './clock.js';
import { clientMessage, parseServerMessage } from './control-message.js';
import { ReconnectingSocket } from './reconnecting-socket.js';
import { ServerClock } from './server-clock.js';

/** Above this many unsent bytes, pointer movement is dropped, because a late pointer is worse than a coarse one. */
const BACKLOG_LIMIT = 16 * 1024;
/** Short, so that a server that does not answer is detected soon: see LinkWatch. */
const PING_MILLIS = 500;
const FIRST_PINGS_MILLIS = 150;
const FIRST_PINGS = 4;
/** A link without any message for this long after a ping is considered dead, even if the TCP connection is open. */
const SILENCE_TIMEOUT_MILLIS = 7000;

/**
 * Sends keyboard and pointer input to the server and receives state, keyboard lights and errors. Keeps the link alive and compares clocks.
 *
 * @typedef {object} ControlHandlers
 * @property {(state: import('./control-message.js').StateMessage) => void} [onState]
 * @property {(lease: import('./control-message.js').LeaseMessage) => void} [onLease]
 * @property {(leds: import('./control-message.js').LedsMessage) => void} [onLeds]
 * @property {(power: import('./control-message.js').PowerMessage) => void} [onPower]
 * @property {(media: import('./media-message.js').MediaMessage) => void} [onMedia]
 * @property {(targets: import('./control-message.js').TargetsMessage) => void} [onTargets]
 * @property {(typing: import('./control-message.js').TypingMessage) => void} [onTyping]
 * @property {(error: import('./control-message.js').ErrorMessage) => void} [onError]
 * @property {(problem: import('./control-message.js').Problem) => void} [onProblem]
 * @property {(down: {opened: boolean, failures: number, code: number, reason: string}) => void} [onDown]
 * @property {() => void} [onOpen]
 * @property {() => void} [onSign] the server sent any message
 * @property {() => void} [onChange]
 */
export class ControlChannel {
  serverClock = new ServerClock();
  #socket;
  #clock;
  #handlers;
  #pings = 0;
  #lastMessageAt = 0;
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
      onOpen: () => this.#onOpen(),
      onMessage: (data) => this.#onMessage(data),
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

  /** @param {string} code @param {boolean} down @returns {boolean} whether it was sent */
  sendKey(code, down) {
    return this.#socket.sendText(clientMessage.keyChange(code, down));
  }

  /** @param {number} x @param {number} y @param {number} buttons @param {boolean} edge a button changed, so the message is never dropped */
  movePointerTo(x, y, buttons, edge) {
    return this.#hasRoomForMovement(edge) && this.#socket.sendText(clientMessage.pointerPosition(x, y, buttons));
  }

  /** @param {number} dx @param {number} dy @param {number} buttons @param {boolean} edge */
  movePointerBy(dx, dy, buttons, edge) {
    return this.#hasRoomForMovement(edge) && this.#socket.sendText(clientMessage.pointerMovement(dx, dy, buttons));
  }

  /** @param {number} dx @param {number} dy */
  turnWheel(dx, dy) {
    return this.#socket.sendText(clientMessage.wheelTurn(dx, dy));
  }

  /** @param {import('./control-message.js').LeaseAction} action */
  sendLeaseAction(action) {
    return this.#socket.sendText(clientMessage.leaseAction(action));
  }

  releaseAll() {
    return this.#socket.sendText(clientMessage.releaseAll());
  }

  /** @param {boolean} edge */
  #hasRoomForMovement(edge) {
    return edge || this.#socket.backlog < BACKLOG_LIMIT;
  }

  #onOpen() {
    this.#pings = 0;
    this.#waiting.clear();
    this.serverClock.reset();
    this.#onSign();
    this.#sendPing();
    this.#handlers.onOpen?.();
  }

  #sendPing() {
    const now = this.#clock.now();
    if (this.#waiting.size > 1 && now - this.#lastMessageAt > SILENCE_TIMEOUT_MILLIS) {
      this.#socket.abandonConnection('timeout');
      return;
    }
    this.#pings += 1;
    this.#waiting.set(this.#pings, now);
    this.#socket.sendText(clientMessage.pingRequest(this.#pings));
    this.#timer = this.#clock.setTimeout(() => this.#sendPing(), this.#pings < FIRST_PINGS ? FIRST_PINGS_MILLIS : PING_MILLIS);
  }

  #onSign() {
    this.#lastMessageAt = this.#clock.now();
    this.#handlers.onSign?.();
  }

  #stopPings() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting.clear();
  }

  /** @param {unknown} data */
  #onMessage(data) {
    this.#onSign();
    let message;
    try {
      message = parseServerMessage(data);
    } catch {
      this.#handlers.onProblem?.({ code: 'bad_message' });
      return;
    }
    if (message?.type === 'state') this.#handlers.onState?.(message);
    else if (message?.type === 'control') this.#handlers.onLease?.(message);
    else if (message?.type === 'leds') this.#handlers.onLeds?.(message);
    else if (message?.type === 'power') this.#handlers.onPower?.(message);
    else if (message?.type === 'media') this.#handlers.onMedia?.(message);
    else if (message?.type === 'targets') this.#handlers.onTargets?.(message);
    else if (message?.type === 'typing') this.#handlers.onTyping?.(message);
    else if (message?.type === 'error') this.#handlers.onError?.(message);
    else if (message?.type === 'pong') this.#onPong(message);
  }

  /** @param {import('./control-message.js').PongMessage} pong */
  #onPong({ id, time }) {
    const sent = this.#waiting.get(id);
    if (sent === undefined) return;
    for (const earlier of [...this.#waiting.keys()]) if (earlier <= id) this.#waiting.delete(earlier);
    this.serverClock.addReply(sent, this.#clock.now(), time);
  }
}
