import { define, h, setAttribute } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';

/**
 * @typedef {object} MenuItem
 * @property {string} label
 * @property {string} [detail] smaller, behind the label
 * @property {string} [icon]
 * @property {boolean} [checked] makes it a radio item
 * @property {boolean} [toggle] it is a checkbox instead
 * @property {boolean} [disabled]
 * @property {boolean} [keepOpen] the menu stays open, so that the item can be used again
 * @property {string} [href] a link instead of an action
 * @property {() => void} [action]
 *
 * @typedef {{title?: string, layout?: 'chips', items: MenuItem[]}} MenuGroup
 */

/**
 * A button that opens a menu and follows the ARIA pattern of a menu button: arrows, Home, End, first letters, Escape.
 * `groups` is called each time the menu opens. Attributes: `label`, `icon`, `state` (open, closed).
 */
export class CatseyeMenu extends HTMLElement {
  /** @type {() => MenuGroup[]} */ groups = () => [];
  /** @type {HTMLButtonElement} */ #button = h('button', { class: 'tool', type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', onclick: () => this.toggleMenu() });
  #menu = h('div', { class: 'menu', role: 'menu', hidden: true, onkeydown: (/** @type {KeyboardEvent} */ event) => this.#handleKey(event) });
  #outside = new AbortController();

  connectedCallback() {
    if (this.firstChild) return;
    const label = this.getAttribute('label') ?? '';
    this.setAttribute('state', 'closed');
    this.#menu.setAttribute('aria-label', label);
    this.setCaption(label);
    this.#button.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' && !this.isOpen) {
        event.preventDefault();
        this.toggleMenu();
      }
    });
    this.append(this.#button, this.#menu);
  }

  disconnectedCallback() {
    this.closeMenu();
  }

  /** @param {string} text on the button; its name for screen readers also contains the label */
  setCaption(text) {
    if (this.#button.dataset.caption === text) return;
    this.#button.dataset.caption = text;
    const label = this.getAttribute('label') ?? text;
    this.#button.title = label;
    setAttribute(this.#button, 'aria-label', text === label ? text : t('menu.named', { label, value: text }));
    this.#button.replaceChildren(icon(this.getAttribute('icon') ?? 'panels'), h('span', { class: 'tool-label' }, text), icon('chevron'));
  }

  get isOpen() {
    return this.getAttribute('state') === 'open';
  }

  set disabled(/** @type {boolean} */ disabled) {
    this.#button.disabled = disabled;
    if (disabled) this.closeMenu();
  }

  focus() {
    this.#button.focus();
  }

  toggleMenu() {
    if (this.isOpen) {
      this.closeMenu();
      return;
    }
    this.#createGroups();
    this.#menu.hidden = false;
    this.setAttribute('state', 'open');
    this.#button.setAttribute('aria-expanded', 'true');
    this.#moveIntoWindow();
    this.#outside = new AbortController();
    const { signal } = this.#outside;
    document.addEventListener('pointerdown', (event) => !this.contains(/** @type {Node} */ (event.target)) && this.closeMenu(), { capture: true, signal });
    window.addEventListener('resize', () => this.closeMenu(), { signal });
    this.addEventListener('focusout', (event) => event.relatedTarget && !this.contains(/** @type {Node} */ (event.relatedTarget)) && this.closeMenu(), { signal });
    (this.#enabledItems().find((entry) => entry.getAttribute('role') === 'menuitemradio' && entry.getAttribute('aria-checked') === 'true') ?? this.#enabledItems()[0])?.focus();
  }

  #createGroups() {
    this.#menu.replaceChildren(...this.groups().map((group) => this.#createGroup(group)));
  }

  /** An item that keeps the menu open may have changed what is checked. */
  #refreshChecks() {
    const focused = this.#enabledItems().findIndex((entry) => entry === document.activeElement);
    const scrolled = this.#menu.scrollTop;
    this.#createGroups();
    this.#menu.scrollTop = scrolled;
    this.#enabledItems()[focused]?.focus({ preventScroll: true });
  }

  closeMenu() {
    if (!this.isOpen) return;
    this.#outside.abort();
    this.setAttribute('state', 'closed');
    this.#button.setAttribute('aria-expanded', 'false');
    this.#menu.hidden = true;
  }

  /** Places the menu under its button, and entirely inside the window. */
  #moveIntoWindow() {
    const button = this.#button.getBoundingClientRect();
    this.#menu.style.setProperty('left', '0'); // measured without a limit on its width
    const width = this.#menu.offsetWidth;
    const margin = 8;
    const left = Math.max(margin, Math.min(button.left, window.innerWidth - width - margin));
    this.#menu.style.setProperty('left', `${left}px`);
    this.#menu.style.setProperty('top', `${button.bottom + 4}px`);
    this.#menu.style.setProperty('max-height', `${Math.max(120, window.innerHeight - button.bottom - 4 - margin)}px`);
  }

  /** @param {MenuGroup} group */
  #createGroup({ title, layout, items }) {
    return h('div', { role: 'group', class: `menu-group ${layout ?? ''}`, 'aria-label': title },
      title && h('div', { class: 'menu-title', 'aria-hidden': 'true' }, title), ...items.map((item) => this.#createItem(item)));
  }

  /** @param {MenuItem} item */
  #createItem(item) {
    const checkable = item.checked !== undefined;
    const content = [
      checkable ? h('span', { class: 'menu-check' }, item.checked && icon('check')) : item.icon ? icon(item.icon) : null,
      h('span', { class: 'menu-label' }, item.label),
      item.detail ? h('span', { class: 'menu-detail' }, item.detail) : null,
    ];
    if (item.href) {
      return h('a', { class: 'menu-item', role: 'menuitem', tabindex: -1, href: item.href, target: '_blank', rel: 'noopener', onclick: () => this.closeMenu() }, ...content);
    }
    return h('button', {
      class: 'menu-item', type: 'button', tabindex: -1, disabled: item.disabled ?? false,
      role: checkable ? (item.toggle ? 'menuitemcheckbox' : 'menuitemradio') : 'menuitem', 'aria-checked': checkable ? String(item.checked) : null,
      onclick: () => {
        if (!item.keepOpen) {
          this.closeMenu();
          this.#button.focus();
        }
        item.action?.();
        if (item.keepOpen && checkable) this.#refreshChecks();
      },
    }, ...content);
  }

  /** @returns {HTMLElement[]} */
  #enabledItems() {
    return [...this.#menu.querySelectorAll('.menu-item:not([disabled])')].map((entry) => /** @type {HTMLElement} */ (entry));
  }

  /** @param {KeyboardEvent} event */
  #handleKey(event) {
    const items = this.#enabledItems();
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    /** @type {HTMLElement | undefined} */ let next;
    if (event.key === 'ArrowDown' || event.key === 'ArrowRight') next = items[(at + 1) % items.length];
    else if (event.key === 'ArrowUp' || event.key === 'ArrowLeft') next = items[(at - 1 + items.length) % items.length];
    else if (event.key === 'Home') next = items[0];
    else if (event.key === 'End') next = items[items.length - 1];
    else if (event.key === 'Tab') this.closeMenu();
    else if (event.key === 'Escape') {
      this.closeMenu();
      this.#button.focus();
    } else if (event.key.length === 1 && /\S/.test(event.key) && !event.ctrlKey && !event.metaKey) next = findByFirstLetter(event.key, items, at);
    else return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
    next?.focus();
  }
}

/** @param {string} letter @param {HTMLElement[]} items @param {number} at @returns {HTMLElement | undefined} the next item after this position that starts with the letter */
function findByFirstLetter(letter, items, at) {
  const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return order.find((item) => item.querySelector('.menu-label')?.textContent?.toLowerCase().startsWith(letter.toLowerCase()));
}

define('catseye-menu', CatseyeMenu);
