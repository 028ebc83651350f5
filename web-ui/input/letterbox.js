/**
 * The position of the picture in the window.
 *
 * @typedef {{left: number, top: number, width: number, height: number}} Box in client coordinates
 */

/**
 * @param {number} clientX
 * @param {number} clientY
 * @param {Box} picture
 * @returns {{x: number, y: number}} 0..1 of the picture; clamped to the edge during a drag outside the picture
 */
export function toFraction(clientX, clientY, picture) {
  return { x: clamp((clientX - picture.left) / picture.width), y: clamp((clientY - picture.top) / picture.height) };
}

/** @param {number} value */
function clamp(value) {
  return Math.min(1, Math.max(0, value));
}
