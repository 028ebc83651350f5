import { define, h, setAttribute } from '../public/dom.js';

/** @typedef {'numLock' | 'capsLock' | 'scrollLock'} Lamp */

/** @type {[Lamp, string, string][]} */
const LAMPS = [['numLock', 'Num', 'Num Lock'], ['capsLock', 'Caps', 'Caps Lock'], ['scrollLock', 'Scroll', 'Scroll Lock']];

/** The lamps of the distant computer's keyboard. `state` of each: on, off, unknown. */
export class CatseyeLeds extends HTMLElement {
  #lamps = LAMPS.map(([lamp, short, name]) => ({ lamp, name, element: h('span', { class: 'led', state: 'unknown' }, h('i', { class: 'led-lamp' }), short) }));

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', 'Keyboard lamps');
    this.append(...this.#lamps.map(({ element }) => element));
    this.show(null);
  }

  /** @param {{known: boolean, numLock: boolean, capsLock: boolean, scrollLock: boolean} | null} leds null: nobody knows */
  show(leds) {
    for (const { lamp, name, element } of this.#lamps) {
      const state = leds?.known ? (leds[lamp] ? 'on' : 'off') : 'unknown';
      setAttribute(element, 'state', state);
      setAttribute(element, 'title', `${name}: ${state}`);
      setAttribute(element, 'role', 'img');
      setAttribute(element, 'aria-label', `${name}: ${state}`);
    }
  }
}

define('catseye-leds', CatseyeLeds);
