import { until } from '../browser-test/page.mjs';

/**
 * Reads the tag of the virtual target's picture (docs/virtual-target.md has the format). Without pixels, it runs in the page and reads the page's
 * canvas.
 *
 * @param {Uint8ClampedArray | Uint8Array} [pixels] the upper left 768x16 pixels, RGBA
 * @returns {{sequence: number, scene: number, typed: string, x: number, y: number, buttons: number, leds: number, wheel: number, keys: number} | null}
 */
export function readTag(pixels) {
  const data = pixels ?? document.querySelector('catseye-screen').canvas.getContext('2d').getImageData(0, 0, 768, 16).data;
  const bit = (i) => {
    const at = 4 * (768 * (8 * Math.floor(i / 96) + 4) + 8 * (i % 96) + 4);
    return data[at] + data[at + 1] + data[at + 2] > 384 ? 1 : 0;
  };
  const number = (from, bits) => {
    let n = 0;
    for (let i = 0; i < bits; i++) n = 2 * n + bit(from + i);
    return n;
  };
  if (number(0, 4) !== 0b1010 || number(188, 4) !== 0b0101) return null;
  const bytes = Array.from({ length: 23 }, (_, i) => number(4 + 8 * i, 8));
  let crc = 0xffff;
  for (const byte of bytes.slice(0, 21)) {
    crc ^= byte << 8;
    for (let i = 0; i < 8; i++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  if (crc !== number(4 + 8 * 21, 16)) return null;
  return {
    sequence: number(4, 32), scene: bytes[4], typed: String.fromCharCode(...bytes.slice(5, 13)).replace(/\0+$/, ''),
    x: number(108, 16), y: number(124, 16), buttons: bytes[17], leds: bytes[18], wheel: bytes[19], keys: bytes[20],
  };
}

/** The meaning of the scene code in the tag. */
export const SCENE = { post: 1, setup: 2, menu: 3, booting: 4, console: 5, desktop: 6, medium: 8 };

/**
 * Waits until the tag of the page's picture has the expected content, and returns it.
 *
 * @param {import('playwright-core').Page} page
 * @param {(tag: NonNullable<ReturnType<typeof readTag>>) => boolean} wanted
 * @param {string} what text for the error
 */
export function awaitTag(page, wanted, what) {
  let last = null;
  return until(async () => {
    last = await page.evaluate(readTag).catch(() => null);
    return last && wanted(last) && last;
  }, () => `${what}; last: ${JSON.stringify(last)}`, 30_000);
}
