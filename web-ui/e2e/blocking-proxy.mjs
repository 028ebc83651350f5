import { connect, createServer } from 'node:net';

/** A proxy between browser and product that refuses some connections, or stops passing on what the product sends, without closing anything. */
export class BlockingProxy {
  #port;
  #allows;
  /** @type {Set<{kind: string, up: import('node:net').Socket, down: import('node:net').Socket}>} */ #connections = new Set();

  /**
   * @param {number} port of the product
   * @param {(connection: {kind: 'http' | 'video' | 'control'}) => boolean} [allows] others are closed
   */
  constructor(port, allows = () => true) {
    this.#port = port;
    this.#allows = allows;
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
      this.#connections.add(connection);
      up.on('error', () => down.destroy());
      up.on('close', () => {
        down.destroy();
        this.#connections.delete(connection);
      });
      down.on('close', () => up.destroy());
      up.write(first);
      down.pipe(up);
      up.on('data', (data) => down.write(data));
    });
  }
}
