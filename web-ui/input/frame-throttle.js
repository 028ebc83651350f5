/**
 * Runs a task at most once per animation frame.
 *
 * @typedef {{requestAnimationFrame: (callback: () => void) => any, cancelAnimationFrame: (handle: any) => void}} Frames
 */
export class FrameThrottle {
  /** @type {any} */ #handle = null;
  #task;
  #frames;

  /**
   * @param {() => void} task
   * @param {Frames} [frames]
   */
  constructor(task, frames = {
    requestAnimationFrame: (callback) => requestAnimationFrame(callback),
    cancelAnimationFrame: (handle) => cancelAnimationFrame(handle),
  }) {
    this.#task = task;
    this.#frames = frames;
  }

  schedule() {
    this.#handle ??= this.#frames.requestAnimationFrame(() => {
      this.#handle = null;
      this.#task();
    });
  }

  cancel() {
    if (this.#handle !== null) this.#frames.cancelAnimationFrame(this.#handle);
    this.#handle = null;
  }
}
