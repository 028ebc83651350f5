import { systemClock } from '../protocol/clock.js';

const RETRY_MILLIS = 2000;

/** Shows the picture in a plain `<img>` that loads endlessly, for networks that block WebSockets. */
export class MjpegView {
  /** @type {unknown} */ #timer = null;
  #path = '';
  #shown = false;
  #image;
  #clock;
  #onChange;

  /**
   * @param {HTMLImageElement} image
   * @param {(shown: boolean) => void} onChange whether there is a picture
   * @param {import('../protocol/clock.js').Clock} [clock]
   */
  constructor(image, onChange, clock = systemClock) {
    this.#image = image;
    this.#clock = clock;
    this.#onChange = onChange;
    image.addEventListener('load', () => this.#path && this.#setShown(true));
    image.addEventListener('error', () => this.#path && this.#onFailure());
  }

  get shown() {
    return this.#shown;
  }

  /** @param {string} path of the stream; empty to stop and close the connection */
  showStream(path) {
    if (path === this.#path) return;
    this.#path = path;
    this.#clock.clearTimeout(this.#timer);
    if (path) this.#image.src = path;
    else this.#image.removeAttribute('src');
    this.#setShown(false);
  }

  #onFailure() {
    this.#setShown(false);
    this.#image.removeAttribute('src');
    this.#timer = this.#clock.setTimeout(() => {
      if (this.#path) this.#image.src = this.#path;
    }, RETRY_MILLIS);
  }

  /** @param {boolean} shown */
  #setShown(shown) {
    if (this.#shown === shown) return;
    this.#shown = shown;
    this.#onChange(shown);
  }
}
