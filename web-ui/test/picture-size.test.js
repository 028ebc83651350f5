import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnSize, shapedSize } from '../video/picture-size.js';

const FULL_HD = { width: 1920, height: 1080 };
const UNKNOWN = { width: 0, height: 0 };

for (const [what, shape, sent, expected] of [
  ['nothing known', 'sent', UNKNOWN, [1920, 1080]],
  ['the computer sends 4:3', 'sent', { width: 1024, height: 768 }, [1440, 1080]],
  ['the computer sends 5:4', 'sent', { width: 1280, height: 1024 }, [1350, 1080]],
  ['the computer sends 16:9 in another size', 'sent', { width: 1366, height: 768 }, [1920, 1080]],
  ['the user knows better', '4:3', { width: 1280, height: 720 }, [1440, 1080]],
  ['16:10', '16:10', UNKNOWN, [1728, 1080]],
  ['16:9', '16:9', { width: 1024, height: 768 }, [1920, 1080]],
]) {
  test(`the shape of a 1920x1080 picture: ${what}`, () => {
    const { width, height } = shapedSize(FULL_HD, shape, sent);
    assert.deepEqual([width, height], expected);
  });
}

test('a 16:9 input in a 4:3 picture is drawn wide', () => {
  const { width, height } = shapedSize({ width: 640, height: 480 }, 'sent', FULL_HD);
  assert.deepEqual([Math.round(width), height], [853, 480]);
});

test('fit leaves bars on one side pair only', () => {
  const { width, height } = drawnSize({ width: 1200, height: 1200 }, FULL_HD, 'fit', 2);
  assert.deepEqual([Math.round(width), Math.round(height)], [1200, 675]);
  assert.deepEqual(drawnSize({ width: 3000, height: 270 }, FULL_HD, 'fit', 1), { width: 480, height: 270 });
});

test('fit leaves a little room free when each pixel then has a whole number of device pixels', () => {
  const sizes = (ratio, ...widths) => widths.map((width) => drawnSize({ width, height: 5000 }, { width: 1280, height: 720 }, 'fit', ratio).width.toFixed(1)).map(Number);
  assert.deepEqual(sizes(1, 1279, 1280, 1300, 1440, 1450, 2500, 2600, 2880, 2900), [1279, 1280, 1280, 1280, 1450, 2500, 2560, 2560, 2900]);
  assert.deepEqual(sizes(2, 639, 640, 700, 740, 1300), [639, 640, 640, 740, 1280]);
  assert.deepEqual(sizes(1.5, 1280, 900), [1280, 853.3]);
});

test('100 % is one device pixel for each pixel of the picture', () => {
  assert.deepEqual(drawnSize({ width: 500, height: 500 }, FULL_HD, '100', 1), FULL_HD);
  assert.deepEqual(drawnSize({ width: 500, height: 500 }, FULL_HD, '100', 2), { width: 960, height: 540 });
  assert.deepEqual(drawnSize({ width: 500, height: 500 }, FULL_HD, '100', 1.5), { width: 1280, height: 720 });
  assert.deepEqual(drawnSize({ width: 500, height: 500 }, FULL_HD, '150', 2), { width: 1440, height: 810 });
  assert.deepEqual(drawnSize({ width: 500, height: 500 }, FULL_HD, '200', 1), { width: 3840, height: 2160 });
});

test('without a picture or without room nothing is drawn', () => {
  assert.equal(drawnSize({ width: 500, height: 500 }, UNKNOWN, 'fit', 1), null);
  assert.equal(drawnSize({ width: 500, height: 0 }, FULL_HD, '100', 1), null);
});
