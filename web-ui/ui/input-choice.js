import { readPreference, readTabChoice, savePreference, saveTabChoice } from '../public/preferences.js';

/** How this browser's user wants to point: the mouse wheel, and whether the user only watches. */

/** @typedef {'slow' | 'normal' | 'fast'} WheelSpeed */
/** @typedef {{speed: WheelSpeed, reversed: boolean}} WheelChoice */

/** @type {Record<WheelSpeed, number>} steps per notch */
const STEPS = { slow: 0.5, normal: 1, fast: 3 };
export const WHEEL_SPEEDS = /** @type {WheelSpeed[]} */ (Object.keys(STEPS));

/** @returns {WheelChoice} */
export function readWheelChoice() {
  const speed = WHEEL_SPEEDS.find((known) => known === readPreference('wheel.speed')) ?? 'normal';
  return { speed, reversed: readPreference('wheel.direction') === 'reversed' };
}

/** @param {WheelChoice} choice */
export function saveWheelChoice({ speed, reversed }) {
  savePreference('wheel.speed', speed === 'normal' ? null : speed);
  savePreference('wheel.direction', reversed ? 'reversed' : null);
}

/** @param {WheelChoice} choice @returns {import('../input/wheel-steps.js').WheelSettings} */
export function wheelSettings({ speed, reversed }) {
  return { speed: STEPS[speed], reversed };
}

/** @param {string} target */
export function readWatchOnly(target) {
  return readPreference(`watch.${target}`) === 'on';
}

/** @param {string} target @param {boolean} on */
export function saveWatchOnly(target, on) {
  savePreference(`watch.${target}`, on ? 'on' : null);
}

/** @typedef {import('../input/jiggler.js').JiggleSettings} JiggleSettings */

export const JIGGLE_SECONDS = [30, 60, 120, 300];
export const JIGGLE_PIXELS = [2, 10, 50];

/** @returns {JiggleSettings} how often and how far the pointer moves by itself, if that is on */
export function readJiggleSettings() {
  const choose = (/** @type {number[]} */ known, /** @type {string} */ name, /** @type {number} */ usual) => known.find((value) => String(value) === readPreference(name)) ?? usual;
  return { seconds: choose(JIGGLE_SECONDS, 'jiggle.seconds', 60), pixels: choose(JIGGLE_PIXELS, 'jiggle.pixels', 10) };
}

/** @param {JiggleSettings} settings */
export function saveJiggleSettings({ seconds, pixels }) {
  savePreference('jiggle.seconds', String(seconds));
  savePreference('jiggle.pixels', String(pixels));
}

/** Ends with the tab: a computer that never locks should not be a surprise of another day. @param {string} target */
export function readJiggling(target) {
  return readTabChoice('jiggle') === target;
}

/** @param {string | null} target null: none */
export function saveJiggling(target) {
  saveTabChoice('jiggle', target);
}
