import { spawn } from 'node:child_process';

/** What is written on a picture, and whether it contains a text. */

/** The program that recognizes characters (Debian: tesseract-ocr). */
export const TESSERACT = 'tesseract';
/** One error in as many characters of the wanted text is tolerated. */
const CHARACTERS_PER_ERROR = 7;
/** Characters that a console's font makes hard to tell apart. */
const LOOKALIKES = { o: '0', i: '1', l: '1', '|': '1', '!': '1', s: '5', z: '2', b: '8' };

/** Runs in the page: its picture, enlarged and dark on light, as the address of a PNG; empty if it is the one of the last call. */
export function enlargePicture() {
  const { canvas } = document.querySelector('catseye-screen');
  const { width, height } = canvas;
  const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, width, height).data.buffer);
  const last = window.lastPixels;
  if (last?.length === pixels.length && pixels.every((pixel, index) => pixel === last[index])) return '';
  window.lastPixels = pixels;
  let sum = 0;
  for (let index = 0; index < pixels.length; index += 97) sum += pixels[index] & 0xff;
  const dark = sum / Math.ceil(pixels.length / 97) < 128;
  const scale = height <= 480 ? 3 : 2;
  const large = Object.assign(document.createElement('canvas'), { width: scale * width, height: scale * height });
  const context = large.getContext('2d');
  context.filter = `grayscale(1) invert(${dark ? 1 : 0})`;
  context.drawImage(canvas, 0, 0, large.width, large.height);
  return large.toDataURL('image/png');
}

/** @param {Buffer} png @returns {Promise<string>} the lines of text on it */
export function recognize(png) {
  return new Promise((resolve, reject) => {
    // One thread: the virtual machines need the other processors. Mode 6 is one block of text, so that the lines of a screen stay lines.
    const program = spawn(TESSERACT, ['-', '-', '--psm', '6', '--dpi', '150'], { env: { ...process.env, OMP_THREAD_LIMIT: '1' }, stdio: ['pipe', 'pipe', 'ignore'] });
    let text = '';
    program.stdout.setEncoding('utf8').on('data', (part) => { text += part; });
    program.on('error', reject);
    program.on('close', () => resolve(text));
    program.stdin.on('error', () => {});
    program.stdin.end(png);
  });
}

/** Letters and digits only, with those that look alike made equal. */
export const fold = (text) => [...text.toLowerCase()].map((character) => LOOKALIKES[character] ?? character).join('').replace(/[^a-z0-9]/g, '');

/**
 * Whether a recognized text contains the wanted one, with as many errors as its length permits.
 *
 * @param {string} text @param {string | RegExp} wanted a pattern for texts that are short or whose punctuation counts
 */
export function resembles(text, wanted) {
  if (wanted instanceof RegExp) return wanted.test(text);
  const needle = fold(wanted);
  return countErrors(fold(text), needle) <= Math.floor(needle.length / CHARACTERS_PER_ERROR);
}

/** Sellers' algorithm: the least number of wrong, missing or additional characters at the best place in the text. */
function countErrors(text, needle) {
  let column = Array.from({ length: needle.length + 1 }, (_, row) => row);
  let best = needle.length;
  for (const character of text) {
    const next = [0];
    for (let row = 1; row <= needle.length; row++) {
      next.push(Math.min(column[row - 1] + (needle[row - 1] === character ? 0 : 1), column[row] + 1, next[row - 1] + 1));
    }
    column = next;
    best = Math.min(best, column[needle.length]);
  }
  return best;
}
