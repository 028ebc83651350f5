import { describeError } from '../public/error-text.js';
import { t } from '../public/text.js';

const REVOKE_MILLIS = 10_000;

/**
 * Offers the newest picture to the user as a file.
 *
 * @param {import('../protocol/api.js').Api} api
 * @param {string} target id
 * @param {(text: string) => void} onFailure
 */
export async function saveSnapshot(api, target, onFailure) {
  try {
    saveBlob(await api.takeSnapshot(target), snapshotName(target, new Date()));
  } catch (error) {
    onFailure(t('console.notSaved', { error: describeError(error) }));
  }
}

/** @param {Blob} blob @param {string} name the file that the browser offers to save */
export function saveBlob(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_MILLIS); // some browsers read it after click() has returned
}

/** @param {string} target id @param {Date} date @returns {string} such as catseye-default-20240131-235959.jpeg, local time */
export function snapshotName(target, date) {
  const twoDigits = (/** @type {number} */ value) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${twoDigits(date.getMonth() + 1)}${twoDigits(date.getDate())}`;
  const time = `${twoDigits(date.getHours())}${twoDigits(date.getMinutes())}${twoDigits(date.getSeconds())}`;
  return `catseye-${target.replace(/[^\w.-]+/g, '_')}-${day}-${time}.jpeg`;
}
