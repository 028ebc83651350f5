import assert from 'node:assert/strict';
import { test } from 'node:test';
import jsqr from 'jsqr';
import { qrCode } from '../protocol/qr.js';

const URI = 'otpauth://totp/Catseye:admin%20on%20raspberrypi?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Catseye&algorithm=SHA1&digits=6&period=30';
const SCALE = 4;
const QUIET = 4;

/** What another's scanner reads in it. @param {boolean[][]} rows */
function scanned(rows) {
  const size = (rows.length + 2 * QUIET) * SCALE;
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (rows[Math.floor(y / SCALE) - QUIET]?.[Math.floor(x / SCALE) - QUIET]) pixels.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
    }
  }
  return (jsqr.default ?? jsqr)(pixels, size, size)?.data;
}

test('a scanner reads what was written, in every version and with every mask', () => {
  const versions = new Set();
  for (let length = 2; length <= 213; length += 10) {
    const text = URI.repeat(2).slice(0, length);
    const mask = (length / 2) % 8;
    for (const rows of [qrCode(text), qrCode(text, mask)]) {
      versions.add((rows.length - 17) / 4);
      assert.equal(scanned(rows), text, `${length} bytes, mask ${mask}`);
    }
  }
  assert.deepEqual([...versions].sort((a, b) => a - b), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.equal(scanned(qrCode('Grün ✓')), 'Grün ✓');
});

test('a text that does not fit is refused', () => {
  assert.equal(qrCode('x'.repeat(213)).length, 57);
  assert.throws(() => qrCode('x'.repeat(214)), RangeError);
});
