/** What this browser remembers of how its user likes it. Storage may be forbidden or full: then nothing is remembered. */

/** @param {string} name @returns {string | null} */
export function recall(name) {
  try {
    return localStorage.getItem(`catseye.${name}`);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(`catseye.${name}`, value);
  } catch {
    // Then not.
  }
}
