import { define, h, setAttribute, setText } from '../public/dom.js';
import { icon } from '../public/icons.js';

/** @type {Record<string, string>} */
const ICONS = { connecting: 'connecting', 'no-signal': 'no-signal', 'no-device': 'unplugged', misconfigured: 'warning', paused: 'pause', lost: 'lost' };

/**
 * Says, over the picture, why there is none, or why it is not current. Lets every click through: a sleeping computer is
 * woken by its keyboard.
 */
export class CatseyeOverlay extends HTMLElement {
  #icon = h('span', { class: 'overlay-icon' });
  #headline = h('strong', { class: 'overlay-headline' });
  #reason = h('span', { class: 'overlay-reason' });

  connectedCallback() {
    if (this.firstChild) return;
    this.append(h('div', { class: 'overlay-card', role: 'status' }, this.#icon,
      h('span', { class: 'overlay-words' }, this.#headline, this.#reason)));
  }

  /** @param {import('./console-state.js').ConsoleState} state */
  show({ state, headline, reason }) {
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
