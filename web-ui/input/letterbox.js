/**
 * Where the picture is inside its box when it is scaled to fit and centred (CSS `object-fit: contain`).
 *
 * @typedef {{left: number, top: number, width: number, height: number}} Box
 */

/**
 * @param {Box} box of the element, in CSS pixels
 * @param {{width: number, height: number}} picture its natural size
 * @returns {Box | null} null when there is no picture, or no room
 */
export function pictureBox(box, picture) {
  if (!(picture.width > 0 && picture.height > 0 && box.width > 0 && box.height > 0)) return null;
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { left: box.left + (box.width - width) / 2, top: box.top + (box.height - height) / 2, width, height };
}

/**
 * @param {number} clientX
 * @param {number} clientY
 * @param {Box} picture
 * @returns {{x: number, y: number}} 0..1 of the picture; what lies on the black bars counts as the nearest edge
 */
export function toFraction(clientX, clientY, picture) {
  return { x: clamp((clientX - picture.left) / picture.width), y: clamp((clientY - picture.top) / picture.height) };
}

/** @param {number} value */
function clamp(value) {
  return Math.min(1, Math.max(0, value));
}
