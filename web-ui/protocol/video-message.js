/**
 * One message of the video socket (catseye.video.v1): a 32-byte header, big-endian, then the picture.
 *
 * ```
 *  0 u8  version = 1        8 i64 capture time, µs since the epoch (server's clock)
 *  1 u8  codec              16 u16 width    18 u16 height
 *  2 u8  flags: bit 0 key,  20 u32 payload bytes
 *        bit 1 parts
 *  3 u8  0                  24 u64 reserved = 0
 *  4 u32 sequence           32 payload
 * ```
 *
 * With the flag for parts, the payload is: u16 number of parts, for each of them u16 top row and u16 rows, and a JPEG of the parts, one
 * below the other. The rest of the picture is that of the message before.
 */

const VERSION = 1;
export const HEADER_BYTES = 32;
export const CODEC_JPEG = 1;
export const CODEC_H264 = 2;
/** Steps that change the picture before (docs/protocol.md). */
export const CODEC_DRAWING = 3;

/**
 * @typedef {object} VideoFrame
 * @property {number} codec
 * @property {boolean} key
 * @property {number} sequence
 * @property {number} capturedMillis server's clock, milliseconds since the epoch
 * @property {number} width
 * @property {number} height
 * @property {Part[]} [parts] if the payload is a picture of these parts only; the others are as before
 * @property {Uint8Array<ArrayBuffer>} payload a view into the message, not a copy
 *
 * @typedef {{top: number, rows: number}} Part rows of the whole picture
 */

/** An invalid message. `sequence` is set if it could be read, so that the message can be acknowledged. */
export class VideoMessageError extends Error {
  /**
   * @param {string} message
   * @param {number | null} sequence
   * @param {import('./control-message.js').Problem} problem
   */
  constructor(message, sequence = null, problem = { code: 'bad_picture' }) {
    super(message);
    this.name = 'VideoMessageError';
    this.sequence = sequence;
    this.problem = problem;
  }
}

/**
 * @param {ArrayBuffer} message
 * @returns {VideoFrame}
 * @throws {VideoMessageError}
 */
export function parseVideoMessage(message) {
  if (message.byteLength < HEADER_BYTES) {
    throw new VideoMessageError(`A video message of ${message.byteLength} bytes is shorter than its header.`);
  }
  const view = new DataView(message);
  const version = view.getUint8(0);
  if (version !== VERSION) {
    throw new VideoMessageError(`Version ${version} of the video protocol is unknown.`, null, { code: 'unsupported_version', server: version, page: VERSION });
  }
  const sequence = view.getUint32(4);
  const bytes = view.getUint32(20);
  if (bytes !== message.byteLength - HEADER_BYTES) {
    throw new VideoMessageError(`A picture of ${bytes} bytes was announced, ${message.byteLength - HEADER_BYTES} came.`, sequence);
  }
  const parts = (view.getUint8(2) & 2) !== 0 ? parseParts(view, bytes, sequence) : undefined;
  const partBytes = parts ? 2 + 4 * parts.length : 0;
  return {
    ...(parts && { parts }),
    codec: view.getUint8(1),
    key: (view.getUint8(2) & 1) !== 0,
    sequence,
    capturedMillis: Number(view.getBigInt64(8)) / 1000,
    width: view.getUint16(16),
    height: view.getUint16(18),
    payload: new Uint8Array(message, HEADER_BYTES + partBytes, bytes - partBytes),
  };
}

/** @param {DataView} view @param {number} bytes of the payload @param {number} sequence @returns {Part[]} */
function parseParts(view, bytes, sequence) {
  const count = bytes < 2 ? Infinity : view.getUint16(HEADER_BYTES);
  if (2 + 4 * count > bytes) throw new VideoMessageError(`A picture of ${bytes} bytes is too short for its parts.`, sequence);
  return Array.from({ length: count }, (_, index) => {
    const at = HEADER_BYTES + 2 + 4 * index;
    return { top: view.getUint16(at), rows: view.getUint16(at + 2) };
  });
}

/** @param {number} sequence */
export function acknowledgeMessage(sequence) {
  return JSON.stringify({ type: 'ack', sequence });
}
