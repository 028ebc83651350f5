/** The user's preferences, stored in this browser. If storage is disabled or full, they are not kept. */

/** @param {string} name @returns {string | null} */
export function readPreference(name) {
  try {
    return localStorage.getItem(`catseye.${name}`);
  } catch {
    return null;
  }
}

/** A choice that ends with this tab, but not when the page is loaded again. @param {string} name @returns {string | null} */
export function readTabChoice(name) {
  try {
    return sessionStorage.getItem(`catseye.${name}`);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string | null} value null removes it */
export function saveTabChoice(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(`catseye.${name}`);
    else sessionStorage.setItem(`catseye.${name}`, value);
  } catch {
    // The choice then ends when the page is loaded again.
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
