import { define, h, setAttribute } from '../public/dom.js';
import { t } from '../public/text.js';

/** @typedef {'numLock' | 'capsLock' | 'scrollLock'} Lamp */

/** @type {{lamp: Lamp, code: string, short: string, name: string}[]} */
const LAMPS = [
  { lamp: 'numLock', code: 'NumLock', short: t('leds.num'), name: t('leds.numLock') },
  { lamp: 'capsLock', code: 'CapsLock', short: t('leds.caps'), name: t('leds.capsLock') },
  { lamp: 'scrollLock', code: 'ScrollLock', short: t('leds.scroll'), name: t('leds.scrollLock') },
];

/** @type {Record<'on' | 'off' | 'unknown', import('../public/text.js').MessageKey>} */
const STATES = { on: 'leds.on', off: 'leds.off', unknown: 'leds.unknown' };

/**
 * The lamps of the remote computer's keyboard; pressing one presses its key there. `state` of each: on, off, unknown. Event:
 * `catseye-command` with the key.
 */
export class CatseyeLeds extends HTMLElement {
  #lamps = LAMPS.map(({ lamp, code, short, name }) => ({
    lamp, name, element: h('button', { class: 'led', type: 'button', state: 'unknown', 'data-code': code, onclick: () => this.#pressKey(code) }, h('i', { class: 'led-lamp' }), short),
  }));

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', t('leds.label'));
    this.append(...this.#lamps.map(({ element }) => element));
    this.showLeds(null);
  }

  /** Whether the keys can be pressed. */
  set enabled(/** @type {boolean} */ enabled) {
    for (const { element } of this.#lamps) element.disabled = !enabled;
  }

  /** @param {{known: boolean, numLock: boolean, capsLock: boolean, scrollLock: boolean} | null} leds null: not known */
  showLeds(leds) {
    for (const { lamp, name, element } of this.#lamps) {
      const state = leds?.known ? (leds[lamp] ? 'on' : 'off') : 'unknown';
      const text = t(STATES[state], { lamp: name });
      setAttribute(element, 'state', state);
      setAttribute(element, 'title', text);
      setAttribute(element, 'aria-label', text);
      setAttribute(element, 'aria-pressed', state === 'unknown' ? null : String(state === 'on'));
    }
  }

  /** @param {string} code */
  #pressKey(code) {
    this.dispatchEvent(new CustomEvent('catseye-command', { bubbles: true, detail: { command: 'combination', combination: { codes: [code] }, keepOpen: true } }));
  }
}

define('catseye-leds', CatseyeLeds);
