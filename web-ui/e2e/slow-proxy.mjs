import { connect, createServer } from 'node:net';

const TICK_MILLIS = 10;

/**
 * A line between browser and product that takes so many bytes a second to the browser. It passes on everything, later: what does not fit
 * stays with the product.
 */
export class SlowProxy {
  #port;
  /** @type {Set<import('node:net').Socket>} */ #sockets = new Set();
  /** @type {Set<import('node:net').Socket>} */ #waiting = new Set();
  #credit = 0;

  /** @param {number} port of the product @param {number} bytesPerSecond 0 for no limit */
  constructor(port, bytesPerSecond) {
    this.#port = port;
    this.bytesPerSecond = bytesPerSecond;
    /** @type {(bytes: number) => void} called for what goes to the browser */ this.onBytes = () => {};
  }

  async start() {
    this.server = createServer((down) => this.#accept(down));
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', () => resolve(undefined)));
    this.address = `http://localhost:${/** @type {import('node:net').AddressInfo} */ (this.server.address()).port}`;
    this.timer = setInterval(() => this.#passOn(), TICK_MILLIS);
    return this;
  }

  async stop() {
    clearInterval(this.timer);
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** @param {import('node:net').Socket} down */
  #accept(down) {
    const up = connect(this.#port, '127.0.0.1');
    for (const [socket, other] of [[up, down], [down, up]]) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        this.#waiting.delete(socket);
        other.destroy();
      });
    }
    down.pipe(up);
    up.on('readable', () => this.#waiting.add(up));
    up.on('end', () => down.end());
    /** @type {any} */ (up).other = down;
  }

  /** Each connection gets a part of what the line has taken since the last time. */
  #passOn() {
    this.#credit = this.bytesPerSecond ? Math.min(this.#credit + (this.bytesPerSecond * TICK_MILLIS) / 1000, this.bytesPerSecond / 10) : Infinity;
    for (const up of [...this.#waiting]) {
      const share = Math.floor(Math.min(this.#credit, up.readableLength, 16_384));
      if (share < 1) continue;
      const part = up.read(share);
      if (!part) continue;
      this.#credit -= part.length;
      this.onBytes(part.length);
      /** @type {any} */ (up).other.write(part);
      // The next one has its turn first.
      this.#waiting.delete(up);
      if (up.readableLength > 0) this.#waiting.add(up);
    }
  }
}
