import { readPreference, savePreference } from '../public/preferences.js';

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
