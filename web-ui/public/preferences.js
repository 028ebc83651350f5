/** The user's preferences, stored in this browser. If storage is disabled or full, they are not kept. */

/** @param {string} name @returns {string | null} */
export function readPreference(name) {
  try {
    return localStorage.getItem(`catseye.${name}`);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string | null} value null removes it */
export function savePreference(name, value) {
  try {
    if (value === null) localStorage.removeItem(`catseye.${name}`);
    else localStorage.setItem(`catseye.${name}`, value);
  } catch {
    // The preference then applies to this page only.
  }
}
