import { VIDEO_PROTOCOL } from './addresses.js';
import { parseServerMessage } from './control-message.js';
import { ReconnectingSocket } from './reconnecting-socket.js';
import { VideoMessageError, ackMessage, parseVideoMessage } from './video-message.js';

/**
 * Pictures from the server. The server keeps at most two unacknowledged, so every frame must be acknowledged exactly
 * once: by the receiver with {@link VideoChannel#ack}, or here when the message was damaged.
 *
 * @typedef {object} VideoHandlers
 * @property {(frame: import('./video-message.js').VideoFrame) => void} onFrame
 * @property {(error: {code: string, message: string}) => void} [onError]
 * @property {(down: {opened: boolean, failures: number, code: number, reason: string}) => void} [onDown]
 * @property {() => void} [onOpen]
 * @property {() => void} [onChange]
 */
export class VideoChannel {
  #socket;
  #handlers;
  #attemptsWithoutPicture = 0;

  /**
   * @param {{url: string, WebSocket?: any, clock?: import('./clock.js').Clock}} options
   * @param {VideoHandlers} handlers
   */
  constructor({ url, WebSocket, clock }, handlers) {
    this.#handlers = handlers;
    this.#socket = new ReconnectingSocket({ url, protocol: VIDEO_PROTOCOL, WebSocket, clock }, {
      onOpen: () => handlers.onOpen?.(),
      onMessage: (data) => this.#received(data),
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

  /** How often in a row the socket went down with no picture since: what the fall-back goes by. */
  get attemptsWithoutPicture() {
    return this.#attemptsWithoutPicture;
  }

  open() {
    this.#socket.open();
  }

  retryNow() {
    this.#socket.retryNow();
  }

  close() {
    this.#attemptsWithoutPicture = 0;
    this.#socket.close();
  }

  /** @param {number} sequence of a frame that was drawn, or dropped for a newer one */
  ack(sequence) {
    this.#socket.send(ackMessage(sequence));
  }

  /** @param {unknown} data */
  #received(data) {
    if (typeof data === 'string') this.#said(data);
    else if (data instanceof ArrayBuffer) this.#picture(data);
  }

  /** @param {ArrayBuffer} data */
  #picture(data) {
    let frame;
    try {
      frame = parseVideoMessage(data);
    } catch (error) {
      if (!(error instanceof VideoMessageError)) throw error;
      if (error.sequence !== null) this.ack(error.sequence);
      this.#handlers.onError?.({ code: 'bad_picture', message: error.message });
      return;
    }
    this.#attemptsWithoutPicture = 0;
    this.#handlers.onFrame(frame);
  }

  /** @param {string} text */
  #said(text) {
    try {
      const message = parseServerMessage(text);
      if (message?.type === 'error') this.#handlers.onError?.(message);
    } catch {
      // The video socket has nothing else to say in text.
    }
  }
}
