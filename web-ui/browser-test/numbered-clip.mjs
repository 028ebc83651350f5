import { spawn, spawnSync } from 'node:child_process';

/**
 * H.264 with the number of each frame in the picture: sixteen bars across the top, highest bit on the left, white for 1. Created by
 * ffmpeg when the test runs.
 */

export const WIDTH = 640;
export const HEIGHT = 360;
const BAR = WIDTH / 16;
const BAR_HEIGHT = 64;

export const ffmpegPossible = () => spawnSync('ffmpeg', ['-hide_banner', '-h', 'encoder=libx264']).stdout?.includes('libx264') ?? false;

/** @param {number} number of the frame; a block moves below the bars */
function picture(number) {
  const luma = Buffer.alloc(WIDTH * HEIGHT, 60);
  for (let bit = 0; bit < 16; bit++) {
    const white = (number >> (15 - bit)) & 1;
    for (let y = 0; y < BAR_HEIGHT; y++) luma.fill(white ? 235 : 16, y * WIDTH + bit * BAR, y * WIDTH + (bit + 1) * BAR);
  }
  const left = (number * 7) % (WIDTH - 80);
  for (let y = 150; y < 230; y++) luma.fill(180, y * WIDTH + left, y * WIDTH + left + 80);
  return luma;
}

/**
 * @param {{frames: number, gop: number, output: string[]}} options `output`: output arguments of ffmpeg; `-` is collected
 * @returns {Promise<Buffer>}
 */
export async function encode({ frames, gop, output }) {
  const ffmpeg = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'gray', '-video_size', `${WIDTH}x${HEIGHT}`,
    '-framerate', '30', '-i', '-', '-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'veryfast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p',
    '-g', String(gop), '-x264-params', `aud=1:keyint=${gop}:scenecut=0`, ...output], { stdio: ['pipe', 'pipe', 'inherit'] });
  const chunks = [];
  ffmpeg.stdout.on('data', (chunk) => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => ffmpeg.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`ffmpeg ended with ${code}`)))));
  for (let number = 0; number < frames; number++) {
    if (!ffmpeg.stdin.write(picture(number))) await new Promise((resolve) => ffmpeg.stdin.once('drain', resolve));
  }
  ffmpeg.stdin.end();
  await ended;
  return Buffer.concat(chunks);
}

/** @returns {Promise<{key: boolean, data: Buffer}[]>} access units, numbered from 0 */
export async function numberedClip(frames = 120, gop = 60) {
  const stream = await encode({ frames, gop, output: ['-f', 'h264', '-'] });
  const delimiter = Buffer.from([0, 0, 0, 1, 9]);
  const units = [];
  for (let at = stream.indexOf(delimiter); at >= 0;) {
    const next = stream.indexOf(delimiter, at + 5);
    const data = stream.subarray(at, next < 0 ? stream.length : next);
    units.push({ data, key: data.includes(Buffer.from([0, 0, 1, 0x65])) });
    at = next;
  }
  return units;
}

/** The number in the page's picture, or -1. Runs in the page. */
export function readNumber() {
  const { canvas } = document.querySelector('catseye-screen');
  if (canvas.width !== 640) return -1;
  const { data } = canvas.getContext('2d').getImageData(0, 0, 640, 64);
  let number = 0;
  for (let bit = 0; bit < 16; bit++) {
    const light = data[4 * (32 * 640 + bit * 40 + 20)];
    if (light > 90 && light < 165) return -1;
    number = 2 * number + (light > 128 ? 1 : 0);
  }
  return number;
}

/** Reads the number in the page's picture until `count` different ones were seen, or until a timeout. */
export async function drawnNumbers(page, count, millis = 20_000) {
  const seen = [];
  for (const end = Date.now() + millis; seen.length < count && Date.now() < end;) {
    const number = await page.evaluate(readNumber).catch(() => -1);
    if (number >= 0 && number !== seen.at(-1)) seen.push(number);
    await page.waitForTimeout(20);
  }
  return seen;
}

/** How many numbers are greater than their predecessor; the clip restarts from time to time. */
export const upwards = (seen) => seen.filter((number, index) => index > 0 && number > seen[index - 1]).length;
