import { lengthPrefixed } from '../protocol/h264.js';

/** Fragmented MP4 (ISO/IEC 14496-12 and -15) with one H.264 track, one frame per fragment; times in milliseconds. */

const TIMESCALE = 1000;
const TRACK = 1;
/** sample_depends_on and sample_is_non_sync_sample. */
const KEY = 0x02000000;
const NOT_KEY = 0x01010000;

/** @param {string} type @param {...(number | number[] | Uint8Array)} parts a number is one byte */
function box(type, ...parts) {
  const bytes = parts.map((part) => (typeof part === 'number' ? [part] : part));
  const size = 8 + bytes.reduce((sum, part) => sum + part.length, 0);
  const out = new Uint8Array(size);
  out.set([...u32(size), ...[...type].map((letter) => letter.charCodeAt(0))]);
  let at = 8;
  for (const part of bytes) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** @param {number} value */
const u16 = (value) => [(value >> 8) & 0xff, value & 0xff];
/** @param {number} value */
const u32 = (value) => [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
/** @param {number} value a whole number up to 2^53 */
const u64 = (value) => [...u32(Math.floor(value / 2 ** 32)), ...u32(value % 2 ** 32)];
/** @param {number} count */
const zeros = (count) => new Uint8Array(count);
const MATRIX = [...u32(0x10000), ...zeros(12), ...u32(0x10000), ...zeros(12), ...u32(0x40000000)];

/**
 * Creates the header of the stream. It has no duration, so players treat it as live.
 *
 * @param {{sps: Uint8Array, pps: Uint8Array[], width: number, height: number}} parameters
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function initSegment({ sps, pps, width, height }) {
  const avcC = box('avcC', 1, sps[1], sps[2], sps[3], 0xff, 0xe1, u16(sps.length), sps, pps.length,
    ...pps.flatMap((unit) => [u16(unit.length), unit]));
  const avc1 = box('avc1', zeros(6), u16(1), zeros(16), u16(width), u16(height), u32(0x480000), u32(0x480000), zeros(4), u16(1),
    zeros(32), u16(0x18), u16(0xffff), avcC);
  const table = box('stbl', box('stsd', u32(0), u32(1), avc1), box('stts', zeros(8)), box('stsc', zeros(8)), box('stsz', zeros(12)), box('stco', zeros(8)));
  const media = box('mdia', box('mdhd', zeros(12), u32(TIMESCALE), u32(0), u16(0x55c4), u16(0)),
    box('hdlr', zeros(8), [...'vide'].map((letter) => letter.charCodeAt(0)), zeros(13)),
    box('minf', box('vmhd', u32(1), zeros(8)), box('dinf', box('dref', u32(0), u32(1), box('url ', u32(1)))), table));
  const track = box('trak', box('tkhd', u32(3), zeros(8), u32(TRACK), zeros(20), zeros(4), MATRIX, u16(width), u16(0), u16(height), u16(0)), media);
  const movie = box('moov', box('mvhd', zeros(12), u32(TIMESCALE), u32(0), u32(0x10000), u16(0x100), zeros(10), MATRIX, zeros(24), u32(TRACK + 1)),
    track, box('mvex', box('trex', u32(0), u32(TRACK), u32(1), u32(0), u32(0), u32(0))));
  return join(box('ftyp', [...'isom'].map((letter) => letter.charCodeAt(0)), u32(0x200), [...'isomiso5avc1'].map((letter) => letter.charCodeAt(0))), movie);
}

/**
 * One frame.
 *
 * @param {{number: number, time: number, duration: number, key: boolean, payload: Uint8Array}} frame `number` counts up from 1
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function mediaSegment({ number, time, duration, key, payload }) {
  const sample = lengthPrefixed(payload);
  /** @param {number} offset of the sample from the beginning */
  const head = (offset) => box('moof', box('mfhd', u32(0), u32(number)), box('traf',
    // default-base-is-moof
    box('tfhd', u32(0x020000), u32(TRACK)),
    box('tfdt', u32(0x01000000), u64(time)),
    // data offset, and duration, size and flags of each sample
    box('trun', u32(0x000701), u32(1), u32(offset), u32(duration), u32(sample.length), u32(key ? KEY : NOT_KEY))));
  const length = head(0).length;
  return join(head(length + 8), box('mdat', sample));
}

/** @param {Uint8Array} one @param {Uint8Array} other */
function join(one, other) {
  const out = new Uint8Array(one.length + other.length);
  out.set(one);
  out.set(other, one.length);
  return out;
}
