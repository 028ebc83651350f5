/** The user's preferences, kept in this browser. Storage may be forbidden or full: then no preference is kept. */

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
    // The preference then holds for this page only.
  }
}
