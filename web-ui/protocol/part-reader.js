/**
 * Splits a stream of parts that announce their length, such as video.mjpeg. A part is complete with its last byte: unlike a reader of
 * boundaries, this one does not wait for the next part.
 *
 * @typedef {{headers: Map<string, string>, body: Uint8Array<ArrayBuffer>}} Part names of headers are in lower case
 */

const MAX_HEAD_BYTES = 4096;
/** Far more than the JPEG of any screen. */
const MAX_BODY_BYTES = 32 << 20;
const CR = 13;
const LF = 10;

export class PartReader {
  #head = new Uint8Array(MAX_HEAD_BYTES);
  #headBytes = 0;
  /** @type {Part | null} the part whose body is incomplete */ #part = null;
  #bodyBytes = 0;

  /**
   * @param {Uint8Array} chunk
   * @returns {Part[]} the parts that are complete now
   * @throws {Error} if this is no such stream
   */
  addBytes(chunk) {
    /** @type {Part[]} */ const complete = [];
    for (let at = 0; at < chunk.length;) {
      at += this.#part ? this.#addToBody(this.#part, chunk.subarray(at)) : this.#addToHead(chunk.subarray(at));
      if (this.#part && this.#bodyBytes === this.#part.body.length) {
        complete.push(this.#part);
        this.#part = null;
      }
    }
    return complete;
  }

  /** @param {Part} part @param {Uint8Array} bytes @returns {number} how many were used */
  #addToBody({ body }, bytes) {
    const used = bytes.subarray(0, body.length - this.#bodyBytes);
    body.set(used, this.#bodyBytes);
    this.#bodyBytes += used.length;
    return used.length;
  }

  /** The boundary and the headers, up to the empty line. @param {Uint8Array} bytes @returns {number} how many were used */
  #addToHead(bytes) {
    for (let at = 0; at < bytes.length; at++) {
      if (this.#headBytes === MAX_HEAD_BYTES) throw new Error(`No part begins within ${MAX_HEAD_BYTES} bytes.`);
      this.#head[this.#headBytes++] = bytes[at];
      if (this.#endsWithEmptyLine()) {
        this.#startPart(parseHeaders(this.#head.subarray(0, this.#headBytes)));
        return at + 1;
      }
    }
    return bytes.length;
  }

  #endsWithEmptyLine() {
    const [head, end] = [this.#head, this.#headBytes];
    return end >= 4 && head[end - 1] === LF && head[end - 2] === CR && head[end - 3] === LF && head[end - 4] === CR;
  }

  /** @param {Map<string, string>} headers */
  #startPart(headers) {
    const length = headers.get('content-length') ?? '';
    if (!/^\d{1,9}$/.test(length) || Number(length) > MAX_BODY_BYTES) throw new Error(`A part has the length '${length}'.`);
    this.#part = { headers, body: new Uint8Array(Number(length)) };
    this.#headBytes = this.#bodyBytes = 0;
  }
}

/** @param {Uint8Array} head @returns {Map<string, string>} */
function parseHeaders(head) {
  const lines = String.fromCharCode(...head).split('\r\n').filter((line) => line.includes(':'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
}
