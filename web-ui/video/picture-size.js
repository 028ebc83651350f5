/**
 * Calculates the size at which the picture is drawn.
 *
 * @typedef {{width: number, height: number}} Size
 * @typedef {'fit' | '100' | '150' | '200'} View `fit`: as large as the room allows, or a little smaller and sharp; else percent of a device pixel for each pixel of the picture
 * @typedef {'sent' | '4:3' | '5:4' | '16:10' | '16:9'} Shape `sent`: the shape that the computer sends, where that is known, else the picture's own
 */

/** @type {View[]} */ export const VIEWS = ['fit', '100', '150', '200'];
/** @type {Shape[]} */ export const SHAPES = ['sent', '4:3', '5:4', '16:10', '16:9'];

/** With `fit`, a room that is larger than the picture by no more than this is not filled, if each pixel then has a whole number of device pixels. */
const MAX_SPARE = 1.125;

/** Frames have whole numbers of pixels, so that the shape of an unscaled picture may differ by a little. */
const SAME_SHAPE = 0.01;

/**
 * The picture in its shape. A capture device that scales always delivers the same size, whatever the computer sends: the height is kept
 * and the width follows.
 *
 * @param {Size} picture in its own pixels
 * @param {Shape} shape
 * @param {Size} sent what the computer sends; 0 if unknown
 * @returns {Size}
 */
export function shapedSize({ width, height }, shape, sent) {
  const ratio = shape === 'sent' ? sent.width / sent.height : ratioOf(shape);
  if (!Number.isFinite(ratio) || ratio <= 0 || Math.abs(ratio * height / width - 1) < SAME_SHAPE) return { width, height };
  return { width: height * ratio, height };
}

/**
 * @param {Size} room in CSS pixels
 * @param {Size} picture in its own pixels, after {@link shapedSize}
 * @param {View} view
 * @param {number} pixelRatio device pixels in a CSS pixel
 * @returns {Size | null} in CSS pixels; null when there is no picture, or no room
 */
export function drawnSize(room, picture, view, pixelRatio) {
  if (!(picture.width > 0 && picture.height > 0 && room.width > 0 && room.height > 0)) return null;
  const scale = view === 'fit' ? fittingScale(Math.min(room.width / picture.width, room.height / picture.height), pixelRatio) : Number(view) / 100 / pixelRatio;
  return { width: picture.width * scale, height: picture.height * scale };
}

/**
 * A little enlargement only blurs letters, and without a graphics card it takes the browser longer than all the rest of a picture.
 *
 * @param {number} largest that the room allows
 * @param {number} pixelRatio
 */
function fittingScale(largest, pixelRatio) {
  const sharp = Math.floor(largest * pixelRatio) / pixelRatio;
  return largest <= sharp * MAX_SPARE ? sharp : largest;
}

/** @param {string} shape such as 16:9 */
function ratioOf(shape) {
  const [width, height] = shape.split(':').map(Number);
  return width / height;
}
