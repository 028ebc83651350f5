import { define, h, setAttribute, setText } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { CatseyeLeds } from './leds.js';

/**
 * @typedef {object} StatusModel
 * @property {import('./console-state.js').StateName} state
 * @property {string} words
 * @property {string} keyboard what the keyboard does right now, in words
 * @property {boolean} captured
 * @property {string} resolution
 * @property {string} input what the computer sends, where that is known
 * @property {number | null} fps drawn here
 * @property {number | null} latencyMillis
 * @property {number | null} viewers
 * @property {string} codec
 */

/** The line of figures under the picture. Unknown figures are left out, not guessed. */
export class CatseyeStatus extends HTMLElement {
  leds = new CatseyeLeds();
  #words = h('span', { class: 'status-state' });
  #keyboardWords = h('span', {});
  #keyboard = h('span', { class: 'status-keyboard' }, icon('keyboard'), this.#keyboardWords);
  #resolution = figure('Resolution');
  #input = figure('What the computer sends to the capture device');
  #fps = figure('Pictures per second, drawn here');
  #latency = figure('From capture to drawn here');
  #viewers = figure('People watching');
  #codec = figure('Video format');

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'contentinfo');
    this.append(
      h('span', { class: 'status-main' }, this.#words, this.#keyboard),
      h('span', { class: 'status-figures' }, this.#resolution, this.#input, this.#fps, this.#latency, this.#viewers, this.#codec),
      this.leds,
    );
  }

  /** @param {StatusModel} model */
  show(model) {
    setAttribute(this, 'state', model.state);
    setText(this.#words, model.words);
    setText(this.#keyboardWords, model.keyboard);
    setAttribute(this.#keyboard, 'state', model.captured ? 'captured' : 'free');
    setAttribute(this.#keyboard, 'hidden', !model.keyboard);
    put(this.#resolution, model.resolution);
    put(this.#input, model.input);
    put(this.#fps, model.fps === null ? '' : `${model.fps < 9.95 ? model.fps.toFixed(1) : Math.round(model.fps)} fps`);
    put(this.#latency, model.latencyMillis === null ? '' : `${Math.round(model.latencyMillis)} ms`);
    put(this.#viewers, model.viewers === null ? '' : `${model.viewers} ${model.viewers === 1 ? 'viewer' : 'viewers'}`);
    put(this.#codec, model.codec);
  }
}

/** @param {string} title */
function figure(title) {
  return h('span', { class: 'figure', title, hidden: true });
}

/** @param {HTMLElement} element @param {string} text */
function put(element, text) {
  setText(element, text);
  setAttribute(element, 'hidden', !text);
}

define('catseye-status', CatseyeStatus);
