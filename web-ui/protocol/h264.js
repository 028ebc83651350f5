/**
 * Parses H.264 as in frames of codec 2: one access unit in Annex B format, with parameter sets in key frames (ITU-T H.264, 7.3.1 and
 * annex B).
 */

const IDR = 5;
const SPS = 7;
const PPS = 8;
const DELIMITER = 9;

/**
 * @typedef {object} ParameterSets
 * @property {Uint8Array} sps
 * @property {Uint8Array[]} pps
 * @property {string} codec as in MIME types, such as avc1.42C028
 */

/**
 * The units of an access unit, without start codes.
 *
 * @param {Uint8Array} bytes
 * @returns {Uint8Array[]} views, not copies
 */
export function splitUnits(bytes) {
  /** @type {Uint8Array[]} */
  const units = [];
  let begin = -1;
  for (let at = 2; at < bytes.length; at++) {
    if (bytes[at] > 1) {
      at += 2;
    } else if (bytes[at] === 1 && bytes[at - 1] === 0 && bytes[at - 2] === 0) {
      if (begin >= 0) push(units, bytes, begin, at - 2);
      begin = at + 1;
      at += 2;
    }
  }
  if (begin >= 0) push(units, bytes, begin, bytes.length);
  return units;
}

/** @param {Uint8Array[]} units @param {Uint8Array} bytes @param {number} begin @param {number} until */
function push(units, bytes, begin, until) {
  let end = until;
  while (end > begin && bytes[end - 1] === 0) end -= 1;
  if (end > begin) units.push(bytes.subarray(begin, end));
}

/** @param {Uint8Array} unit */
const typeOf = (unit) => unit[0] & 0x1f;

/**
 * @param {Uint8Array} payload of a key frame
 * @returns {ParameterSets | null} null if it has none
 */
export function parameterSets(payload) {
  const units = splitUnits(payload);
  const sps = units.find((unit) => typeOf(unit) === SPS);
  const pps = units.filter((unit) => typeOf(unit) === PPS);
  if (!sps || sps.length < 4 || pps.length === 0) return null;
  const hex = [...sps.subarray(1, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase();
  return { sps, pps, codec: `avc1.${hex}` };
}

/** Whether these are equal. @param {ParameterSets | null} one @param {ParameterSets | null} other */
export function sameParameters(one, other) {
  if (!one || !other || one.pps.length !== other.pps.length) return false;
  return equal(one.sps, other.sps) && one.pps.every((unit, index) => equal(unit, other.pps[index]));
}

/** @param {Uint8Array} one @param {Uint8Array} other */
const equal = (one, other) => one.length === other.length && one.every((byte, index) => byte === other[index]);

/**
 * Converts an access unit to MP4 format: each unit follows its length. Units that are in the file header are omitted.
 *
 * @param {Uint8Array} payload
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function lengthPrefixed(payload) {
  const units = splitUnits(payload).filter((unit) => ![SPS, PPS, DELIMITER].includes(typeOf(unit)));
  const out = new Uint8Array(units.reduce((sum, unit) => sum + 4 + unit.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const unit of units) {
    view.setUint32(at, unit.length);
    out.set(unit, at + 4);
    at += 4 + unit.length;
  }
  return out;
}

/** Whether the content is a key frame, with which a decoder can start. @param {Uint8Array} payload */
export function isKeyFrame(payload) {
  return splitUnits(payload).some((unit) => typeOf(unit) === IDR);
}
