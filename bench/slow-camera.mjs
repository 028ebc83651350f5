// The rig's capture stick as the source of a clip: which picture it delivers at which time. Times are those of clockNow().
import { closeSync, constants, existsSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";

/** Milliseconds since the epoch, comparable between this process and a page. */
export const clockNow = () => performance.timeOrigin + performance.now();

/** The number of pictures of each clip, as clip.mjs draws them. */
export const CLIPS = { desktop: { size: "1280x720", length: 600 }, terminal: { size: "1280x721", length: 600, halves: [0, 300], restsAfter: 120 }, bios: { size: "1280x722", length: 1 } };
const FPS = 30;

/** Nothing else runs meanwhile. */
const sleepMillis = (millis) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis);

export class SlowCamera {
  #root;
  #control;
  /** The time of the picture with the number 0, if there was none left out. */
  #origin = NaN;

  /** @param {string} root the folder of v4l2cam */
  constructor(root) {
    this.#root = root;
    this.#control = openSync(`${root}/ctl`, constants.O_WRONLY);
  }

  #order(text) {
    writeSync(this.#control, `${text}\n`);
  }

  /** The number of the newest picture; -1 without one. */
  #sequence() {
    this.#order("status");
    sleepMillis(1);
    const file = `${this.#root}/status`;
    const found = existsSync(file) && /streaming 1 seq (\d+)/.exec(readFileSync(file, "latin1"));
    return found ? Number(found[1]) : -1;
  }

  /**
   * Finds out when pictures come, from the numbers of many moments of half a second: a picture cannot be newer than the moment.
   * @returns {number} by how many milliseconds the result differs from the one before
   */
  synchronize() {
    // It may be of the server before.
    rmSync(`${this.#root}/status`, { force: true });
    const end = clockNow() + 500;
    let earliest = Infinity;
    while (clockNow() < end || earliest === Infinity) {
      if (clockNow() > end + 10_000) throw new Error("the camera delivers no pictures");
      const sequence = this.#sequence();
      if (sequence >= 0) earliest = Math.min(earliest, clockNow() - (sequence * 1000) / FPS);
    }
    const moved = Math.abs(earliest - this.#origin);
    this.#origin = earliest;
    return moved;
  }

  play(clip) {
    this.#order(`size ${CLIPS[clip].size}`);
  }

  sequenceAt(time) {
    return Math.floor(((time - this.#origin) * FPS) / 1000);
  }

  timeOf(sequence) {
    return this.#origin + (sequence * 1000) / FPS;
  }

  /** The time of the next picture with this index in its clip. */
  nextTimeOf(clip, index, after = clockNow()) {
    const { length } = CLIPS[clip];
    const first = this.sequenceAt(after) + 1;
    return this.timeOf(first + ((((index - first) % length) + length) % length));
  }

  /** How old the picture with this index is at that time. */
  ageOf(clip, index, time) {
    const newest = this.sequenceAt(time);
    const { length } = CLIPS[clip];
    return time - this.timeOf(newest - ((((newest - index) % length) + length) % length));
  }

  close() {
    closeSync(this.#control);
  }
}
