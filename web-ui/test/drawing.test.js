import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Drawing } from '../video/drawing.js';

const u16 = (...values) => values.flatMap((value) => [value >> 8, value & 0xff]);

/** A canvas that notes what is done to it. */
function fakeContext() {
  const log = [];
  const context = {
    canvas: 'itself',
    drawImage: (...values) => log.push(['copy', context.imageSmoothingEnabled, ...values]),
    fillRect: (...values) => log.push(['fill', context.fillStyle, ...values]),
    createImageData: (width, height) => ({ width, height, data: new Uint8ClampedArray(4 * width * height) }),
    putImageData: ({ width, height, data }, x, y) => log.push(['put', x, y, width, height, [...new Uint32Array(data.buffer)].map((pixel) => pixel.toString(16))]),
  };
  return { log, context };
}

function draw(...steps) {
  const { log, context } = fakeContext();
  new Drawing().drawSteps(new Uint8Array(steps.flat()), context);
  return log;
}

test('copies without smoothing, and fills', () => {
  assert.deepEqual(draw(1, u16(0, 16, 3, 0, 1280, 704), 2, u16(260, 1, 2, 3), 255, 16, 0), [
    ['copy', false, 'itself', 0, 16, 1280, 704, 3, 0, 1280, 704], ['fill', 'rgb(255,16,0)', 260, 1, 2, 3]]);
});

test('tiles have as many bits for each pixel as their colours need, and each row begins with a new byte', () => {
  assert.deepEqual(draw(3, u16(5, 6, 3, 2), 2, 1, 2, 3, 0, 0, 255, 0b01000000, 0b11100000), [
    ['put', 5, 6, 3, 2, ['ff030201', 'ffff0000', 'ff030201', 'ffff0000', 'ffff0000', 'ffff0000']]]);
  assert.deepEqual(draw(3, u16(0, 0, 3, 1), 3, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0b00100100), [['put', 0, 0, 3, 1, ['ff010000', 'ff030000', 'ff020000']]]);
  assert.deepEqual(draw(3, u16(0, 0, 3, 1), 5, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0, 5, 0x40, 0x20), [['put', 0, 0, 3, 1, ['ff050000', 'ff010000', 'ff030000']]]);
  const colours = Array.from({ length: 17 }, (_, index) => [0, 0, index]).flat();
  assert.deepEqual(draw(3, u16(0, 0, 2, 1), 17, colours, 16, 3), [['put', 0, 0, 2, 1, ['ff100000', 'ff030000']]]);
  assert.deepEqual(draw(3, u16(0, 0, 2, 1), 0, 1, 2, 3, 4, 5, 6), [['put', 0, 0, 2, 1, ['ff030201', 'ff060504']]]);
  assert.deepEqual(draw(3, u16(0, 0, 2, 1), 1, 1, 2, 3), [['put', 0, 0, 2, 1, ['ff030201', 'ff030201']]]);
});

test('tiles have 64 pixels in each direction, and fewer at the right and lower edges', () => {
  const [[, x, y, width, height, pixels]] = draw(3, u16(1, 2, 65, 66), [1, 2, 3, 4].flatMap((colour) => [1, 0, 0, colour]));
  assert.deepEqual([x, y, width, height], [1, 2, 65, 66]);
  const at = (column, row) => pixels[row * 65 + column];
  assert.deepEqual([at(0, 0), at(63, 63), at(64, 63), at(63, 64), at(64, 65)], ['ff010000', 'ff010000', 'ff020000', 'ff030000', 'ff040000']);
});

test('damaged steps are refused', () => {
  for (const steps of [[9], [0], [1, 0], [2, ...u16(0, 0, 1, 1), 0, 0], [3, ...u16(0, 0, 2, 2), 2, 0, 0, 0], [3, ...u16(0, 0, 0xffff, 0xffff)], [2, ...u16(0, 0, 0, 4), 1, 2, 3]]) {
    assert.throws(() => draw(steps), Error, steps.join());
  }
});
