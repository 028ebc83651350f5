import { define, h, setAttribute } from '../public/dom.js';
import { icon } from '../public/icons.js';

/**
 * @typedef {object} MenuItem
 * @property {string} label
 * @property {string} [detail] smaller, behind the label
 * @property {string} [icon]
 * @property {boolean} [checked] makes it one of a choice
 * @property {boolean} [disabled]
 * @property {boolean} [stays] leaves the menu open, to be used again
 * @property {string} [href] a link instead of an action
 * @property {() => void} [action]
 *
 * @typedef {{title?: string, layout?: 'chips', items: MenuItem[]}} MenuGroup
 */

/**
 * A button that opens a menu, by the rules of the ARIA menu button: arrows, Home, End, first letters, Escape.
 * `groups` is asked anew each time it opens. Attributes: `label`, `icon`, `state` (open, closed).
 */
export class CatseyeMenu extends HTMLElement {
  /** @type {() => MenuGroup[]} */ groups = () => [];
  /** @type {HTMLButtonElement} */ #button = h('button', { class: 'tool', type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', onclick: () => this.toggle() });
  #menu = h('div', { class: 'menu', role: 'menu', hidden: true, onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) });
  #outside = new AbortController();

  connectedCallback() {
    if (this.firstChild) return;
    const label = this.getAttribute('label') ?? '';
    this.setAttribute('state', 'closed');
    this.#menu.setAttribute('aria-label', label);
    this.caption(label);
    this.#button.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' && !this.open) {
        event.preventDefault();
        this.toggle();
      }
    });
    this.append(this.#button, this.#menu);
  }

  disconnectedCallback() {
    this.close();
  }

  /** @param {string} text what the button says; its name for screen readers stays with it */
  caption(text) {
    if (this.#button.dataset.caption === text) return;
    this.#button.dataset.caption = text;
    this.#button.title = this.getAttribute('label') ?? text;
    setAttribute(this.#button, 'aria-label', text === this.getAttribute('label') ? text : `${this.getAttribute('label')}: ${text}`);
    this.#button.replaceChildren(icon(this.getAttribute('icon') ?? 'panels'), h('span', { class: 'tool-label' }, text), icon('chevron'));
  }

  get open() {
    return this.getAttribute('state') === 'open';
  }

  set disabled(/** @type {boolean} */ disabled) {
    this.#button.disabled = disabled;
    if (disabled) this.close();
  }

  focus() {
    this.#button.focus();
  }

  toggle() {
    if (this.open) {
      this.close();
      return;
    }
    this.#menu.replaceChildren(...this.groups().map((group) => this.#group(group)));
    this.#menu.hidden = false;
    this.setAttribute('state', 'open');
    this.#button.setAttribute('aria-expanded', 'true');
    this.#place();
    this.#outside = new AbortController();
    const { signal } = this.#outside;
    document.addEventListener('pointerdown', (event) => !this.contains(/** @type {Node} */ (event.target)) && this.close(), { capture: true, signal });
    window.addEventListener('resize', () => this.close(), { signal });
    this.addEventListener('focusout', (event) => event.relatedTarget && !this.contains(/** @type {Node} */ (event.relatedTarget)) && this.close(), { signal });
    (this.#entries().find((entry) => entry.getAttribute('aria-checked') === 'true') ?? this.#entries()[0])?.focus();
  }

  close() {
    if (!this.open) return;
    this.#outside.abort();
    this.setAttribute('state', 'closed');
    this.#button.setAttribute('aria-expanded', 'false');
    this.#menu.hidden = true;
  }

  /** Under its button, but never over the edge of the window. */
  #place() {
    const button = this.#button.getBoundingClientRect();
    this.#menu.style.setProperty('left', '0'); // measured with all the room there is
    const width = this.#menu.offsetWidth;
    const margin = 8;
    const left = Math.max(margin, Math.min(button.left, window.innerWidth - width - margin));
    this.#menu.style.setProperty('left', `${left}px`);
    this.#menu.style.setProperty('top', `${button.bottom + 4}px`);
    this.#menu.style.setProperty('max-height', `${Math.max(120, window.innerHeight - button.bottom - 4 - margin)}px`);
  }

  /** @param {MenuGroup} group */
  #group({ title, layout, items }) {
    return h('div', { role: 'group', class: `menu-group ${layout ?? ''}`, 'aria-label': title },
      title && h('div', { class: 'menu-title', 'aria-hidden': 'true' }, title), ...items.map((item) => this.#item(item)));
  }

  /** @param {MenuItem} item */
  #item(item) {
    const choice = item.checked !== undefined;
    const content = [
      choice ? h('span', { class: 'menu-check' }, item.checked && icon('check')) : item.icon ? icon(item.icon) : null,
      h('span', { class: 'menu-label' }, item.label),
      item.detail ? h('span', { class: 'menu-detail' }, item.detail) : null,
    ];
    if (item.href) {
      return h('a', { class: 'menu-item', role: 'menuitem', tabindex: -1, href: item.href, target: '_blank', rel: 'noopener', onclick: () => this.close() }, ...content);
    }
    return h('button', {
      class: 'menu-item', type: 'button', tabindex: -1, disabled: item.disabled ?? false,
      role: choice ? 'menuitemradio' : 'menuitem', 'aria-checked': choice ? String(item.checked) : null,
      onclick: () => {
        if (!item.stays) {
          this.close();
          this.#button.focus();
        }
        item.action?.();
      },
    }, ...content);
  }

  /** @returns {HTMLElement[]} */
  #entries() {
    return [...this.#menu.querySelectorAll('.menu-item:not([disabled])')].map((entry) => /** @type {HTMLElement} */ (entry));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const entries = this.#entries();
    const at = entries.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    /** @type {HTMLElement | undefined} */ let next;
    if (event.key === 'ArrowDown' || event.key === 'ArrowRight') next = entries[(at + 1) % entries.length];
    else if (event.key === 'ArrowUp' || event.key === 'ArrowLeft') next = entries[(at - 1 + entries.length) % entries.length];
    else if (event.key === 'Home') next = entries[0];
    else if (event.key === 'End') next = entries[entries.length - 1];
    else if (event.key === 'Tab') this.close();
    else if (event.key === 'Escape') {
      this.close();
      this.#button.focus();
    } else if (event.key.length === 1 && /\S/.test(event.key) && !event.ctrlKey && !event.metaKey) next = startingWith(event.key, entries, at);
    else return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
    next?.focus();
  }
}

/** The next entry, after the one at `at`, that starts with the letter. @param {string} letter @param {HTMLElement[]} entries @param {number} at */
function startingWith(letter, entries, at) {
  const order = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
  return order.find((entry) => entry.querySelector('.menu-label')?.textContent?.toLowerCase().startsWith(letter.toLowerCase()));
}

define('catseye-menu', CatseyeMenu);
