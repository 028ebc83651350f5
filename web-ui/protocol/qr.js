/**
 * QR codes (ISO/IEC 18004) for short texts: byte mode, error correction level M, versions 1 to 10, so 213 bytes at most.
 * Terms are those of the standard.
 */

/** Per version: error correction codewords per block, number of blocks (level M; table 9). */
const BLOCKS = [[10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4], [18, 4], [22, 4], [22, 5], [26, 5]];
/** Per version: rows and columns of alignment patterns (annex E). */
const ALIGNMENT = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
const PENALTY = [3, 3, 40, 10];

/** @type {((x: number, y: number) => boolean)[]} which modules a mask inverts (table 10) */
const MASKS = [
  (x, y) => (x + y) % 2 === 0, (_, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0, (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/**
 * @param {string} text
 * @param {number} [mask] 0 to 7; without it the one with the least penalty
 * @returns {boolean[][]} rows of modules, true is dark; without the quiet zone of four modules around
 * @throws {RangeError} for a text that is too long
 */
export function qrCode(text, mask) {
  const bytes = new TextEncoder().encode(text);
  const version = BLOCKS.findIndex((_, index) => capacity(index + 1) >= bytes.length + (index < 9 ? 2 : 3)) + 1;
  if (version === 0) throw new RangeError('the text is too long for a QR code of this kind');
  const codewords = interleave(dataCodewords(bytes, version), version);
  const candidates = mask === undefined ? MASKS.map((_, index) => draw(version, codewords, index)) : [draw(version, codewords, mask)];
  return candidates.reduce((best, next) => (penalty(next) < penalty(best) ? next : best));
}

/** Modules for data and error correction, as bytes. @param {number} version */
function totalCodewords(version) {
  const align = version === 1 ? 0 : ALIGNMENT[version - 1].length;
  let modules = (16 * version + 128) * version + 64;
  if (align > 0) modules -= (25 * align - 10) * align - 55;
  if (version >= 7) modules -= 36;
  return Math.floor(modules / 8);
}

/** @param {number} version */
function capacity(version) {
  const [correction, blocks] = BLOCKS[version - 1];
  return totalCodewords(version) - correction * blocks;
}

/** @param {Uint8Array} bytes @param {number} version @returns {number[]} */
function dataCodewords(bytes, version) {
  /** @type {number[]} */ const bits = [];
  /** @param {number} value @param {number} count */
  const put = (value, count) => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((byte) => put(byte, 8));
  const most = capacity(version) * 8;
  put(0, Math.min(4, most - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < most; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Array.from({ length: bits.length / 8 }, (_, index) => bits.slice(index * 8, index * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0));
}

/** Adds error correction, and deals the blocks out codeword by codeword. @param {number[]} data @param {number} version @returns {number[]} */
function interleave(data, version) {
  const [correction, count] = BLOCKS[version - 1];
  const short = Math.floor(data.length / count);
  const longer = data.length % count;
  const divisor = generator(correction);
  let offset = 0;
  const blocks = Array.from({ length: count }, (_, index) => {
    const length = short + (index >= count - longer ? 1 : 0);
    const block = data.slice(offset, offset + length);
    offset += length;
    return { block, rest: remainder(block, divisor) };
  });
  const deal = (/** @type {(number | undefined)[][]} */ rows, /** @type {number} */ most) => Array.from({ length: most }, (_, index) => rows.map((row) => row[index]))
    .flat().filter((value) => value !== undefined);
  return /** @type {number[]} */ ([...deal(blocks.map(({ block }) => block), short + 1), ...deal(blocks.map(({ rest }) => rest), correction)]);
}

/** In GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1. @param {number} a @param {number} b */
function multiply(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> bit) & 1) * a;
  }
  return product;
}

/** The generator polynomial, without its leading 1. @param {number} degree @returns {number[]} */
function generator(degree) {
  const result = new Array(degree).fill(0);
  result[degree - 1] = 1;
  for (let i = 0, root = 1; i < degree; i++, root = multiply(root, 2)) {
    for (let j = 0; j < degree; j++) result[j] = multiply(result[j], root) ^ (result[j + 1] ?? 0);
  }
  return result;
}

/** @param {number[]} data @param {number[]} divisor @returns {number[]} */
function remainder(data, divisor) {
  const result = new Array(divisor.length).fill(0);
  for (const byte of data) {
    const factor = byte ^ result.shift();
    result.push(0);
    divisor.forEach((value, index) => {
      result[index] ^= multiply(value, factor);
    });
  }
  return result;
}

/** @param {number} version @param {number[]} codewords @param {number} mask @returns {boolean[][]} */
function draw(version, codewords, mask) {
  const size = version * 4 + 17;
  const dark = Array.from({ length: size }, () => new Array(size).fill(false));
  const fixed = Array.from({ length: size }, () => new Array(size).fill(false));
  /** @param {number} x @param {number} y @param {boolean} value */
  const set = (x, y, value) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    dark[y][x] = value;
    fixed[y][x] = true;
  };
  functionPatterns(version, size, set);
  information(version, size, mask, set);
  place(codewords, size, dark, fixed);
  return dark.map((row, y) => row.map((value, x) => (fixed[y][x] ? value : value !== MASKS[mask](x, y))));
}

/** @param {number} version @param {number} size @param {(x: number, y: number, value: boolean) => void} set */
function functionPatterns(version, size, set) {
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  /** @param {number} cx @param {number} cy @param {number} reach @param {number[]} rings that are light */
  const rings = (cx, cy, reach, ...rings) => {
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) set(cx + dx, cy + dy, !rings.includes(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  };
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) rings(x, y, 4, 2, 4);
  const at = ALIGNMENT[version - 1];
  const last = at.length - 1;
  at.forEach((x, i) => at.forEach((y, j) => {
    if (!((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0))) rings(x, y, 2, 1);
  }));
}

/** Format and version information. @param {number} version @param {number} size @param {number} mask @param {(x: number, y: number, value: boolean) => void} set */
function information(version, size, mask, set) {
  const format = ((mask << 10) | checked(mask, 10, 0x537)) ^ 0x5412;
  const bit = (/** @type {number} */ value, /** @type {number} */ index) => ((value >>> index) & 1) === 1;
  for (let i = 0; i < 15; i++) {
    const y = i < 6 ? i : i < 8 ? i + 1 : size - 15 + i;
    set(8, y, bit(format, i));
    const x = i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i;
    set(x, 8, bit(format, i));
  }
  set(8, size - 8, true);
  if (version < 7) return;
  const number = (version << 12) | checked(version, 12, 0x1f25);
  for (let i = 0; i < 18; i++) {
    set(size - 11 + (i % 3), Math.floor(i / 3), bit(number, i));
    set(Math.floor(i / 3), size - 11 + (i % 3), bit(number, i));
  }
}

/** The BCH check bits of a value. @param {number} value @param {number} bits @param {number} polynomial */
function checked(value, bits, polynomial) {
  let rest = value;
  for (let i = 0; i < bits; i++) rest = (rest << 1) ^ ((rest >>> (bits - 1)) * polynomial);
  return rest;
}

/** In pairs of columns from the right, up and down in turns. @param {number[]} codewords @param {number} size @param {boolean[][]} dark @param {boolean[][]} fixed */
function place(codewords, size, dark, fixed) {
  let index = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const upward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step++) {
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (fixed[y][x] || index >= codewords.length * 8) continue;
        dark[y][x] = ((codewords[index >>> 3] >>> (7 - (index & 7))) & 1) === 1;
        index++;
      }
    }
  }
}

/** How badly a scanner would read it (7.8.3). @param {boolean[][]} rows */
function penalty(rows) {
  const size = rows.length;
  const columns = rows.map((_, x) => rows.map((row) => row[x]));
  let sum = 0;
  for (const line of [...rows, ...columns]) {
    const text = line.map((value) => (value ? '1' : '0')).join('');
    for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) sum += PENALTY[0] + run.length - 5;
    sum += PENALTY[2] * ([...text.matchAll(/(?=10111010000)/g)].length + [...text.matchAll(/(?=00001011101)/g)].length);
  }
  for (let y = 0; y < size - 1; y++) {
    for (let x = 0; x < size - 1; x++) {
      if (rows[y][x] === rows[y][x + 1] && rows[y][x] === rows[y + 1][x] && rows[y][x] === rows[y + 1][x + 1]) sum += PENALTY[1];
    }
  }
  const share = (rows.flat().filter(Boolean).length * 100) / (size * size);
  return sum + PENALTY[3] * Math.floor(Math.abs(share - 50) / 5);
}
