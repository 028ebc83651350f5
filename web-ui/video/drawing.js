/**
 * Draws the steps of a drawing (docs/protocol.md) into a canvas, in place: a small change needs no decoder and is visible at once. One step
 * is u8 kind and u16 values, big-endian:
 *
 * ```
 * 1 copy   from x, from y, x, y, width, height
 * 2 fill   x, y, width, height, RGB
 * 3 tiles  x, y, width, height, then tiles of 64x64, row by row: u8 number of colours, RGB of each, and the pixels as indexes of 0, 1, 2,
 *          4 or 8 bits, each row from a new byte on; without colours, the RGB of each pixel
 * ```
 */

const COPY = 1;
const FILL = 2;
const TILES = 3;
const TILE = 64;
const MAX_SIDE = 16_384;
const OPAQUE = 0xff000000;
const TOO_SHORT = 'the steps end too early';

export class Drawing {
  #palette = new Uint32Array(256);
  /** @type {Uint8Array} */ #steps = new Uint8Array(0);
  #at = 0;

  /**
   * @param {Uint8Array} steps
   * @param {CanvasRenderingContext2D} context of the canvas with the picture before
   * @throws {Error} if the steps are damaged
   */
  drawSteps(steps, context) {
    this.#steps = steps;
    this.#at = 0;
    while (this.#at < steps.length) {
      const kind = this.#u8();
      if (kind === COPY) this.#copy(context);
      else if (kind === FILL) this.#fill(context);
      else if (kind === TILES) this.#drawTiles(context);
      else throw new Error(`unknown step ${kind}`);
    }
  }

  /** @param {CanvasRenderingContext2D} context */
  #copy(context) {
    const fromX = this.#u16();
    const fromY = this.#u16();
    const { x, y, width, height } = this.#rectangle();
    // Firefox blurs a copy of a canvas to itself otherwise.
    context.imageSmoothingEnabled = false;
    context.drawImage(context.canvas, fromX, fromY, width, height, x, y, width, height);
    context.imageSmoothingEnabled = true;
  }

  /** @param {CanvasRenderingContext2D} context */
  #fill(context) {
    const { x, y, width, height } = this.#rectangle();
    context.fillStyle = `rgb(${this.#u8()},${this.#u8()},${this.#u8()})`;
    context.fillRect(x, y, width, height);
  }

  /** @param {CanvasRenderingContext2D} context */
  #drawTiles(context) {
    const { x, y, width, height } = this.#rectangle();
    const image = context.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    for (let top = 0; top < height; top += TILE) {
      for (let left = 0; left < width; left += TILE) {
        this.#readTile(pixels, top * width + left, width, Math.min(TILE, width - left), Math.min(TILE, height - top));
      }
    }
    context.putImageData(image, x, y);
  }

  /** @param {Uint32Array} pixels @param {number} at @param {number} stride @param {number} width @param {number} height */
  #readTile(pixels, at, stride, width, height) {
    const colours = this.#u8();
    const palette = this.#palette;
    for (let i = 0; i < colours; i++) palette[i] = this.#colour();
    const bits = colours === 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8;
    for (let row = at; row < at + height * stride; row += stride) {
      if (colours === 0) {
        for (let i = row; i < row + width; i++) pixels[i] = this.#colour();
      } else if (colours === 1) {
        pixels.fill(palette[0], row, row + width);
      } else {
        this.#readIndexes(pixels, row, width, bits);
      }
    }
  }

  /** @param {Uint32Array} pixels @param {number} row @param {number} width @param {number} bits */
  #readIndexes(pixels, row, width, bits) {
    const palette = this.#palette;
    const steps = this.#steps;
    const mask = (1 << bits) - 1;
    let at = this.#at;
    let held = 0;
    let left = 0;
    for (let i = row; i < row + width; i++) {
      if (left === 0) {
        held = steps[at++];
        left = 8;
      }
      left -= bits;
      pixels[i] = palette[(held >> left) & mask];
    }
    if (at > steps.length) throw new Error(TOO_SHORT);
    this.#at = at;
  }

  #rectangle() {
    const area = { x: this.#u16(), y: this.#u16(), width: this.#u16(), height: this.#u16() };
    if (area.width === 0 || area.height === 0 || area.width > MAX_SIDE || area.height > MAX_SIDE) throw new Error('an area without pixels');
    return area;
  }

  /** A pixel of a canvas, on computers with the lowest byte first: all that browsers run on. */
  #colour() {
    const red = this.#u8();
    const green = this.#u8();
    return (OPAQUE | (this.#u8() << 16) | (green << 8) | red) >>> 0;
  }

  #u16() {
    return (this.#u8() << 8) | this.#u8();
  }

  #u8() {
    if (this.#at >= this.#steps.length) throw new Error(TOO_SHORT);
    return this.#steps[this.#at++];
  }
}
