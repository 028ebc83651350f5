import { setAttribute } from '../public/dom.js';

const MAX_ZOOM = 8;
/** Below this a picture counts as not zoomed: fingers do not meet the exact size again. */
const MIN_ZOOM = 1.05;

/** Enlarges the picture inside of its stage, which scrolls then. Sets `zoomed` on the screen. */
export class PictureZoom {
  #screen;
  #stage;
  #layOut;
  #zoom = 1;

  /** @param {HTMLElement} screen @param {HTMLElement} stage @param {() => void} layOut gives the picture its size */
  constructor(screen, stage, layOut) {
    this.#screen = screen;
    this.#stage = stage;
    this.#layOut = layOut;
  }

  /** The picture is this many times as large. */
  get zoom() {
    return this.#zoom > MIN_ZOOM ? this.#zoom : 1;
  }

  /**
   * @param {number} factor
   * @param {import('../input/touch-gestures.js').Point} center stays where it is on the screen
   * @param {number} dx the picture also moves by this
   * @param {number} dy
   */
  zoomBy(factor, center, dx, dy) {
    const stage = this.#stage;
    const { left, top } = stage.getBoundingClientRect();
    const before = this.zoom;
    // Before the picture gets smaller, which can limit them.
    const { scrollLeft, scrollTop } = stage;
    this.#setZoom(this.#zoom * factor);
    const change = this.zoom / before;
    const x = center.x - left;
    const y = center.y - top;
    stage.scrollLeft = (scrollLeft + x - dx) * change - x;
    stage.scrollTop = (scrollTop + y - dy) * change - y;
  }

  reset() {
    this.#setZoom(1);
  }

  /** @param {number} zoom */
  #setZoom(zoom) {
    this.#zoom = Math.min(MAX_ZOOM, Math.max(1, zoom));
    setAttribute(this.#screen, 'zoomed', this.zoom > 1);
    this.#layOut();
  }
}
