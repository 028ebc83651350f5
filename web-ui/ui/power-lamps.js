import { define, h, setAttribute } from '../public/dom.js';
import { t } from '../public/text.js';

/** The power and disk lights of the remote computer. Hidden unless a device sees them. `state` of each: on, off. */
export class CatseyePowerLamps extends HTMLElement {
  #power = createLamp('power', t('power.lamp'));
  #disk = createLamp('disk', t('power.diskLamp'));

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', t('power.lamps'));
    this.append(this.#power, this.#disk);
    this.showPower(null);
  }

  /** @param {import('../protocol/control-message.js').PowerMessage | null} power null without a power control */
  showPower(power) {
    const known = power !== null && power.state !== 'UNKNOWN';
    showLamp(this.#power, t('power.lamp'), known ? power.state === 'ON' : null);
    showLamp(this.#disk, t('power.diskLamp'), power?.diskActive ?? null);
    this.hidden = !known && (power?.diskActive ?? null) === null;
  }
}

/** @param {string} name @param {string} label */
function createLamp(name, label) {
  return h('span', { class: 'led', role: 'img', 'data-lamp': name, hidden: true }, h('i', { class: 'led-lamp' }), label);
}

/** @param {HTMLElement} lamp @param {string} name @param {boolean | null} lit null: unknown */
function showLamp(lamp, name, lit) {
  lamp.hidden = lit === null;
  const text = t(lit ? 'leds.on' : 'leds.off', { lamp: name });
  setAttribute(lamp, 'state', lit ? 'on' : 'off');
  setAttribute(lamp, 'title', text);
  setAttribute(lamp, 'aria-label', text);
}

define('catseye-power-lamps', CatseyePowerLamps);
