import { define, h, setAttribute, setText } from '../public/dom.js';
import { icon } from '../public/icons.js';

/** @type {Record<string, string>} */
const ICONS = { connecting: 'connecting', 'no-signal': 'no-signal', 'no-device': 'unplugged', misconfigured: 'warning', paused: 'pause', silent: 'lost', lost: 'lost' };

/**
 * Covers the picture and explains why it is missing or not current. Clicks pass through it: the keyboard can wake a sleeping
 * computer.
 */
export class CatseyeOverlay extends HTMLElement {
  #icon = h('span', { class: 'overlay-icon' });
  #headline = h('strong', { class: 'overlay-headline' });
  #reason = h('span', { class: 'overlay-reason' });

  connectedCallback() {
    if (this.firstChild) return;
    this.append(h('div', { class: 'overlay-card', role: 'status' }, this.#icon,
      h('span', { class: 'overlay-text' }, this.#headline, this.#reason)));
  }

  /** @param {import('./console-state.js').ConsoleState} state */
  showState({ state, headline, reason }) {
    if (this.getAttribute('state') !== state) {
      setAttribute(this, 'state', state);
      const name = ICONS[state];
      this.#icon.replaceChildren(...(name ? [icon(name)] : []));
    }
    setText(this.#headline, state === 'live' ? '' : headline);
    setText(this.#reason, state === 'live' ? '' : reason);
  }
}

define('catseye-overlay', CatseyeOverlay);
