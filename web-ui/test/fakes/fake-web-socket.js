/**
 * A WebSocket that is stricter than a real one. It opens, closes and delivers messages only on request, even after it should have no
 * listeners. Its constructor can throw, and it can fire `error` and `close` more than once.
 */
export function fakeWebSockets() {
  /** @type {FakeWebSocket[]} */ const made = [];
  const mood = { constructorThrows: false };

  class FakeWebSocket {
    readyState = 0;
    bufferedAmount = 0;
    sent = [];
    onopen = null;
    onmessage = null;
    onclose = null;
    onerror = null;
    binaryType = 'blob';
    closeCalls = 0;

    constructor(url, protocol) {
      if (mood.constructorThrows) throw new DOMException('insecure', 'SecurityError');
      this.url = url;
      this.protocol = protocol;
      made.push(this);
    }

    send(text) {
      if (this.readyState !== 1) throw new DOMException('not open', 'InvalidStateError');
      this.sent.push(JSON.parse(text));
    }

    close() {
      this.closeCalls += 1;
      this.readyState = 2; // CLOSING; the close event arrives late or never
    }

    // Controls for the test.
    open() {
      this.readyState = 1;
      this.onopen?.({});
    }

    deliver(data) {
      this.onmessage?.({ data });
    }

    say(message) {
      this.deliver(JSON.stringify(message));
    }

    fail(code = 1006) {
      this.readyState = 3;
      this.onerror?.({});
      this.onclose?.({ code, reason: '' });
    }

    sentOf(type) {
      return this.sent.filter((message) => message.type === type);
    }
  }

  return { WebSocket: FakeWebSocket, made, mood, get last() { return made[made.length - 1]; } };
}

/** A video message. @param {Partial<{version: number, codec: number, flags: number, sequence: number, micros: bigint, width: number, height: number, announced: number, payload: number[]}>} values */
export function videoMessage({ version = 1, codec = 1, flags = 1, sequence = 7, micros = 1_700_000_000_000_000n, width = 1280, height = 720, announced, payload = [1, 2, 3] } = {}) {
  const bytes = new Uint8Array(32 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version);
  view.setUint8(1, codec);
  view.setUint8(2, flags);
  view.setUint32(4, sequence);
  view.setBigInt64(8, micros);
  view.setUint16(16, width);
  view.setUint16(18, height);
  view.setUint32(20, announced ?? payload.length);
  bytes.set(payload, 32);
  return bytes.buffer;
}
