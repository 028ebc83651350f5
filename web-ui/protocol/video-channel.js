import { VIDEO_PROTOCOL } from './addresses.js';
import { parseServerMessage } from './control-message.js';
import { ReconnectingSocket } from './reconnecting-socket.js';
import { qualityMessage, toQuality } from './quality-message.js';
import { VideoMessageError, acknowledgeMessage, parseVideoMessage } from './video-message.js';

/**
 * Receives pictures from the server. The server sends at most two unacknowledged frames, so every frame must be acknowledged exactly
 * once: by the receiver with {@link VideoChannel#acknowledge}, or here if the message is invalid.
 *
 * @typedef {object} VideoHandlers
 * @property {(frame: import('./video-message.js').VideoFrame) => void} onFrame
 * @property {(error: import('./control-message.js').ErrorMessage) => void} [onError]
 * @property {(problem: import('./control-message.js').Problem) => void} [onProblem]
 * @property {(down: {opened: boolean, failures: number, code: number, reason: string}) => void} [onDown]
 * @property {(quality: import('./quality-message.js').QualityMessage) => void} [onQuality]
 * @property {() => void} [onOpen]
 * @property {() => void} [onSign] the server sent any message
 * @property {() => void} [onChange]
 */
export class VideoChannel {
  #socket;
  #handlers;
  #attemptsWithoutPicture = 0;
  /** @type {import('./quality-message.js').Level | ''} */ #level = '';
  /** @type {import('./quality-message.js').Level | ''} in the address of the connection */ #addressed = '';

  /**
   * @param {{urlOf: (level: import('./quality-message.js').Level | '') => string, WebSocket?: any, clock?: import('./clock.js').Clock}} options
   * @param {VideoHandlers} handlers
   */
  constructor({ urlOf, WebSocket, clock }, handlers) {
    this.#handlers = handlers;
    // In the address, so that a slow line need not carry frames of another quality first.
    const url = () => urlOf(this.#addressed = this.#level);
    this.#socket = new ReconnectingSocket({ url, protocol: VIDEO_PROTOCOL, WebSocket, clock }, {
      onOpen: () => {
        handlers.onSign?.();
        if (this.#level && this.#level !== this.#addressed) this.#socket.sendText(qualityMessage(this.#level));
        handlers.onOpen?.();
      },
      onMessage: (data) => this.#onMessage(data),
      onDown: (down) => {
        this.#attemptsWithoutPicture += 1;
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

  /** The number of consecutive connections without a picture, which decides about the fallback. */
  get attemptsWithoutPicture() {
    return this.#attemptsWithoutPicture;
  }

  open() {
    this.#socket.open();
  }

  retryNow() {
    this.#socket.retryNow();
  }

  /** Abandons a connection that seems dead and reconnects. */
  abandonConnection() {
    this.#socket.abandonConnection('timeout');
  }

  close() {
    this.#attemptsWithoutPicture = 0;
    this.#socket.close();
  }

  /** @param {number} sequence of a frame that was drawn, or dropped in favour of a newer one */
  acknowledge(sequence) {
    this.#socket.sendText(acknowledgeMessage(sequence));
  }

  /** Applies to this connection and to later ones. @param {import('./quality-message.js').Level} level */
  chooseQuality(level) {
    this.#level = level;
    this.#socket.sendText(qualityMessage(level));
  }

  /** @param {unknown} data */
  #onMessage(data) {
    this.#handlers.onSign?.();
    if (typeof data === 'string') this.#onText(data);
    else if (data instanceof ArrayBuffer) this.#onPicture(data);
  }

  /** @param {ArrayBuffer} data */
  #onPicture(data) {
    let frame;
    try {
      frame = parseVideoMessage(data);
    } catch (error) {
      if (!(error instanceof VideoMessageError)) throw error;
      if (error.sequence !== null) this.acknowledge(error.sequence);
      this.#handlers.onProblem?.(error.problem);
      return;
    }
    this.#attemptsWithoutPicture = 0;
    this.#handlers.onFrame(frame);
  }

  /** @param {string} text */
  #onText(text) {
    try {
      const quality = toQuality(JSON.parse(text));
      if (quality) this.#handlers.onQuality?.(quality);
      const message = parseServerMessage(text);
      if (message?.type === 'error') this.#handlers.onError?.(message);
    } catch {
      // Other text is of a later version.
    }
  }
}
