/**
 * Panels of plug-in bundles.
 *
 * A bundle serves an ES module and registers its URL with the server. The server adds it to the console page, together with an import
 * map in which `catseye/` is this folder. The module contains:
 *
 * ```js
 * import { registerPanel } from 'catseye/plugins.js';
 *
 * class AcmePower extends HTMLElement {
 *   static observedAttributes = ['target'];          // id of the target on the page; changes while the panel is open
 *   attributeChangedCallback() { ... fetch(`api/v1/targets/${this.getAttribute('target')}/...`) ... }
 * }
 * customElements.define('acme-power', AcmePower);
 * const withdraw = registerPanel({ id: 'acme.power', title: 'Power', element: 'acme-power', permission: 'POWER' });
 * ```
 *
 * Addresses in a panel are relative to the page, because a proxy may publish the page below a path.
 *
 * The page shows a menu entry. Choosing it creates the element in a panel beside the picture; closing the panel removes it. The element is
 * part of the page's own document, so a shadow root keeps the styles apart; the custom properties of ui/public/theme.css (`--surface`,
 * `--text`, `--accent`, ...) reach into it. The strict content security policy applies as well: no inline styles, no inline scripts, own
 * server only. `document.documentElement.lang` is the language of the page.
 *
 * @typedef {object} Panel
 * @property {string} id unique; by convention the bundle's name. A second one with the same id replaces the first
 * @property {string} title for the menu and the panel's head
 * @property {string} element tag name of a custom element
 * @property {string} [permission] VIEW, CONTROL, MEDIA, MEDIA_READ_ONLY, POWER or ADMIN: users without it do not see the entry. The server still checks each
 *   request
 * @property {boolean} [sheet] on a narrow page it opens at the bottom and covers only half of the page, so that the picture stays visible
 */

/** @type {Map<string, Panel>} */
const registered = new Map();
const changes = new EventTarget();

/**
 * @param {Panel} panel
 * @returns {() => void} removes the panel
 * @throws {TypeError} for a panel without id or title, or with an element name that cannot be a custom element
 */
export function registerPanel(panel) {
  const { id, title, element, permission } = panel ?? {};
  if (!isNonEmptyText(id)) throw new TypeError('a panel needs an id');
  if (!isNonEmptyText(title)) throw new TypeError(`panel ${id} needs a title`);
  if (!isNonEmptyText(element) || !/^[a-z][a-z0-9._]*-[a-z0-9._-]*$/.test(element)) {
    throw new TypeError(`panel ${id}: element must be the tag name of a custom element, such as "acme-power", not ${String(element)}`);
  }
  const registration = Object.freeze({ id, title, element, permission });
  registered.set(id, registration);
  changes.dispatchEvent(new Event('change'));
  return () => {
    if (registered.get(id) !== registration) return; // replaced in the meantime
    registered.delete(id);
    changes.dispatchEvent(new Event('change'));
  };
}

/** @param {string[]} permissions of the user @returns {Panel[]} in the order of registration */
export function permittedPanels(permissions) {
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
function isNonEmptyText(value) {
  return typeof value === 'string' && value !== '';
}
