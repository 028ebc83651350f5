/**
 * Time, randomness and timers in one object, so that tests can replace them.
 *
 * @typedef {object} Clock
 * @property {() => number} now milliseconds since the epoch; never jumps, unlike Date.now()
 * @property {(callback: () => void, millis: number) => unknown} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} random 0 (inclusive) .. 1 (exclusive)
 */

/** @type {Clock} */
export const systemClock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout: (callback, millis) => globalThis.setTimeout(callback, millis),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
  random: Math.random,
};
