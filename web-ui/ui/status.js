import { define, h, setAttribute, setText } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { formatNumber, t } from '../public/text.js';
import { CatseyeBoard } from './board.js';
import { CatseyeLeds } from './leds.js';
import { CatseyeMediaStatus } from './media-status.js';
import { CatseyePowerLamps } from './power-lamps.js';

/** Below this rate one decimal place is useful. */
const DECIMAL_BELOW_FPS = 9.95;

/**
 * @typedef {object} StatusModel
 * @property {import('./console-state.js').StateName} state
 * @property {string} headline
 * @property {string} label of the target, for narrow windows, where the toolbar has no room for it
 * @property {string} keyboard whether the keyboard is captured, as text
 * @property {boolean} captured
 * @property {string} resolution
 * @property {string} input what the computer sends, where that is known
 * @property {number | null} fps drawn here
 * @property {number | null} latencyMillis
 * @property {number | null} viewers
 * @property {string} codec
 * @property {string} quality of the picture, if it is not as it comes from the device
 * @property {string} qualityTitle more about it
 */

/** The line of figures under the picture. Unknown figures are left out. */
export class CatseyeStatus extends HTMLElement {
  leds = new CatseyeLeds();
  power = new CatseyePowerLamps();
  media = new CatseyeMediaStatus();
  board = new CatseyeBoard();
  #headline = h('span', { class: 'status-state' });
  #target = h('span', { class: 'status-target' });
  #keyboardText = h('span', { class: 'status-keyboard-text' });
  #keyboard = h('span', { class: 'status-keyboard' }, icon('keyboard'), this.#keyboardText);
  #resolution = createFigure(t('status.resolution'));
  #input = createFigure(t('status.inputTitle'));
  #fps = createFigure(t('status.fpsTitle'));
  #latency = createFigure(t('status.latencyTitle'));
  #viewers = createFigure(t('status.viewersTitle'));
  #codec = createFigure(t('status.codecTitle'));
  #quality = createFigure('');

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'contentinfo');
    this.append(
      h('span', { class: 'status-main' }, this.#headline, this.#target, this.#keyboard),
      h('span', { class: 'status-figures' }, this.#resolution, this.#input, this.#fps, this.#latency, this.#viewers, this.#codec, this.#quality),
      this.board, this.media, this.power, this.leds,
    );
  }

  /** @param {StatusModel} model */
  showStatus(model) {
    setAttribute(this, 'state', model.state);
    setText(this.#headline, model.headline);
    setText(this.#target, model.label);
    setText(this.#keyboardText, model.keyboard);
    setAttribute(this.#keyboard, 'state', model.captured ? 'captured' : 'free');
    setAttribute(this.#keyboard, 'hidden', !model.keyboard);
    showFigure(this.#resolution, model.resolution);
    showFigure(this.#input, model.input);
    showFigure(this.#fps, model.fps === null ? '' : t('status.fps', { fps: formatNumber(model.fps, model.fps < DECIMAL_BELOW_FPS ? 1 : 0) }));
    showFigure(this.#latency, model.latencyMillis === null ? '' : t('status.latency', { millis: Math.round(model.latencyMillis) }));
    showFigure(this.#viewers, model.viewers === null ? '' : t('status.viewers', { count: model.viewers }));
    showFigure(this.#codec, model.codec);
    showFigure(this.#quality, model.quality);
    setAttribute(this.#quality, 'title', model.qualityTitle);
  }
}

/** @param {string} title */
function createFigure(title) {
  return h('span', { class: 'figure', title, hidden: true });
}

/** @param {HTMLElement} element @param {string} text */
function showFigure(element, text) {
  setText(element, text);
  setAttribute(element, 'hidden', !text);
}

define('catseye-status', CatseyeStatus);
