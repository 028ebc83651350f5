/**
 * Panels that plug-in bundles bring.
 *
 * A bundle serves an ES module and tells the server its address; the server adds it to the console page, and an import
 * map in which `catseye/` is this folder. The module says:
 *
 * ```js
 * import { registerPanel } from 'catseye/plugins.js';
 *
 * class AcmePower extends HTMLElement {
 *   static observedAttributes = ['target'];          // id of the target on the page; changes while the panel lives
 *   attributeChangedCallback() { ... fetch(`/api/v1/targets/${this.getAttribute('target')}/...`) ... }
 * }
 * customElements.define('acme-power', AcmePower);
 * const withdraw = registerPanel({ id: 'acme.power', title: 'Power', element: 'acme-power', permission: 'POWER' });
 * ```
 *
 * The page shows a menu entry and, when it is chosen, makes the element in a panel beside the picture. It is made when
 * the panel opens and removed when it closes. It lives in the page's own document, so a shadow root keeps the styles
 * apart; the custom properties of /ui/public/theme.css (`--surface`, `--text`, `--accent`, ...) reach into it. The
 * strict content security policy holds for it as well: no inline styles, no inline scripts, own server only.
 *
 * @typedef {object} Panel
 * @property {string} id unique; by convention the bundle's name. A second one with the same id replaces the first
 * @property {string} title for the menu and the panel's head
 * @property {string} element tag name of a custom element
 * @property {string} [permission] VIEW, CONTROL, MEDIA, POWER or ADMIN: without it the entry is not shown. This spares
 *   people dead entries; what they may do is decided by the server
 */

/** @type {Map<string, Panel>} */
const registered = new Map();
const changes = new EventTarget();

/**
 * @param {Panel} panel
 * @returns {() => void} takes it back
 * @throws {TypeError} for a panel without id or title, or with an element name that cannot be a custom element
 */
export function registerPanel(panel) {
  const { id, title, element, permission } = panel ?? {};
  if (!isText(id)) throw new TypeError('a panel needs an id');
  if (!isText(title)) throw new TypeError(`panel ${id} needs a title`);
  if (!isText(element) || !/^[a-z][a-z0-9._]*-[a-z0-9._-]*$/.test(element)) {
    throw new TypeError(`panel ${id}: element must be the tag name of a custom element, such as "acme-power", not ${String(element)}`);
  }
  const mine = Object.freeze({ id, title, element, permission });
  registered.set(id, mine);
  changes.dispatchEvent(new Event('change'));
  return () => {
    if (registered.get(id) !== mine) return; // replaced meanwhile: not ours to remove
    registered.delete(id);
    changes.dispatchEvent(new Event('change'));
  };
}

/** @param {string[]} permissions what the user may do @returns {Panel[]} in the order they came */
export function panels(permissions) {
  return [...registered.values()].filter(({ permission }) => !permission || permissions.includes(permission));
}

/**
 * @param {() => void} listener
 * @param {AddEventListenerOptions} [options]
 */
export function onPanelsChanged(listener, options) {
  changes.addEventListener('change', listener, options);
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === 'string' && value !== '';
}
