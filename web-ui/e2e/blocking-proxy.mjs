import { connect, createServer } from 'node:net';

/** A proxy between browser and product that refuses some connections, or stops passing on what the product sends, without closing anything. */
export class BlockingProxy {
  #port;
  #allows;
  #readTimeoutMillis;
  /** The connections that carried a stream over plain HTTP, with the longest time without data. @type {{longestPause: number}[]} */ streams = [];
  /** @type {Set<{kind: string, up: import('node:net').Socket, down: import('node:net').Socket}>} */ #connections = new Set();

  /**
   * @param {number} port of the product
   * @param {(connection: {kind: 'http' | 'video' | 'control'}) => boolean} [allows] others are closed
   * @param {number} [readTimeoutMillis] closes a connection on which the product sends nothing for so long; 0 for never
   */
  constructor(port, allows = () => true, readTimeoutMillis = 0) {
    this.#port = port;
    this.#allows = allows;
    this.#readTimeoutMillis = readTimeoutMillis;
  }

  async start() {
    this.server = createServer((down) => this.#accept(down));
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', () => resolve(undefined)));
    this.address = `http://localhost:${/** @type {import('node:net').AddressInfo} */ (this.server.address()).port}`;
    return this;
  }

  /** @param {'video' | 'control'} kind whose open connections no longer bring anything; new ones do */
  hold(kind) {
    for (const connection of this.#connections) if (connection.kind === kind) connection.up.pause();
  }

  async stop() {
    for (const { up, down } of this.#connections) {
      up.destroy();
      down.destroy();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The first bytes say what kind of connection it is: a browser uses a new one for each WebSocket. */
  #accept(down) {
    down.on('error', () => {});
    down.once('data', (first) => {
      const [, kind = 'http'] = String(first).match(/^GET \/api\/v1\/targets\/[^/]+\/(video|control)[ ?]/) ?? [];
      if (!this.#allows({ kind: /** @type {any} */ (kind) })) {
        down.destroy();
        return;
      }
      const up = connect(this.#port, '127.0.0.1');
      const connection = { kind, up, down };
      const watch = this.#watchPauses(up, down);
      this.#connections.add(connection);
      up.on('error', () => down.destroy());
      up.on('close', () => {
        down.destroy();
        this.#connections.delete(connection);
      });
      down.on('close', () => up.destroy());
      up.write(first);
      watch.onRequest(first);
      down.on('data', watch.onRequest);
      down.pipe(up);
      up.on('data', (data) => {
        watch.onData();
        down.write(data);
      });
    });
  }

  /** Measures the times without data, and closes the connection after one that is too long. */
  #watchPauses(up, down) {
    let last = performance.now();
    let stream = null;
    let timer;
    const restart = () => {
      clearTimeout(timer);
      if (this.#readTimeoutMillis > 0) timer = setTimeout(() => down.destroy(), this.#readTimeoutMillis);
    };
    up.on('close', () => clearTimeout(timer));
    return {
      onRequest: (data) => {
        restart();
        if (/^GET \S+\/video\.mjpeg/.test(String(data))) this.streams.push(stream = { longestPause: 0 });
      },
      onData: () => {
        restart();
        const now = performance.now();
        if (stream) stream.longestPause = Math.max(stream.longestPause, now - last);
        last = now;
      },
    };
  }
}
