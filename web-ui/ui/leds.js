import { define, h, setAttribute } from '../public/dom.js';
import { t } from '../public/text.js';

/** @typedef {'numLock' | 'capsLock' | 'scrollLock'} Lamp */

/** @type {{lamp: Lamp, short: string, name: string}[]} */
const LAMPS = [
  { lamp: 'numLock', short: t('leds.num'), name: t('leds.numLock') },
  { lamp: 'capsLock', short: t('leds.caps'), name: t('leds.capsLock') },
  { lamp: 'scrollLock', short: t('leds.scroll'), name: t('leds.scrollLock') },
];

/** @type {Record<'on' | 'off' | 'unknown', import('../public/text.js').MessageKey>} */
const STATES = { on: 'leds.on', off: 'leds.off', unknown: 'leds.unknown' };

/** The keyboard lights of the remote computer. `state` of each: on, off, unknown. */
export class CatseyeLeds extends HTMLElement {
  #lamps = LAMPS.map(({ lamp, short, name }) => ({ lamp, name, element: h('span', { class: 'led', state: 'unknown' }, h('i', { class: 'led-lamp' }), short) }));

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', t('leds.label'));
    this.append(...this.#lamps.map(({ element }) => element));
    this.showLeds(null);
  }

  /** @param {{known: boolean, numLock: boolean, capsLock: boolean, scrollLock: boolean} | null} leds null: not known */
  showLeds(leds) {
    for (const { lamp, name, element } of this.#lamps) {
      const state = leds?.known ? (leds[lamp] ? 'on' : 'off') : 'unknown';
      const text = t(STATES[state], { lamp: name });
      setAttribute(element, 'state', state);
      setAttribute(element, 'title', text);
      setAttribute(element, 'role', 'img');
      setAttribute(element, 'aria-label', text);
    }
  }
}

define('catseye-leds', CatseyeLeds);
