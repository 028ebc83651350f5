import { h, setAttribute, setText } from '../public/dom.js';
import { HttpError } from '../public/http.js';

/**
 * @typedef {object} AccessScope what a section works with
 * @property {import('../protocol/access-api.js').AccessApi} api
 * @property {string} user
 * @property {boolean} isAdmin
 * @property {{id: string, label: string}[]} targets
 */

/** A part of the account dialog: says in words what went wrong or well. `state`: idle, busy, refused, done. */
export class AccessSection extends HTMLElement {
  /** @type {AccessScope | null} */ scope = null;
  #message = h('p', { class: 'section-message', role: 'status' });
  content = h('div', { class: 'section-content' });

  connectedCallback() {
    if (!this.firstChild) this.append(this.#message, this.content);
  }

  get api() {
    return /** @type {AccessScope} */ (this.scope).api;
  }

  /** Shows what is there now. */
  async load() {}

  /**
   * Does something and shows again what is there.
   *
   * @param {() => Promise<unknown>} deed
   * @param {string} [done] what to say when it went well
   * @returns {Promise<boolean>}
   */
  async attempt(deed, done = '') {
    this.say('busy', '');
    try {
      await deed();
      await this.load();
      this.say(done ? 'done' : 'idle', done);
      return true;
    } catch (error) {
      this.say('refused', error instanceof HttpError ? error.message : String(error));
      return false;
    }
  }

  /** @param {'idle' | 'busy' | 'refused' | 'done'} state @param {string} text */
  say(state, text) {
    setAttribute(this, 'state', state);
    setText(this.#message, text);
  }
}

/** @param {string} time @returns {string} */
export function when(time) {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toLocaleString();
}

/** @param {string} id @param {string} label @param {Record<string, string | boolean>} [attributes] */
export function textField(id, label, attributes = {}) {
  const input = h('input', { id, type: 'text', required: true, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', ...attributes });
  return { input, field: h('div', { class: 'field' }, h('label', { for: id, class: 'field-label' }, label), h('div', { class: 'field-box' }, input)) };
}

/** @param {string} label @param {() => void} onclick @param {string} [kind] */
export function button(label, onclick, kind = 'button') {
  return h('button', { class: kind, type: 'button', onclick }, label);
}

/**
 * A button for what cannot be undone: the first press asks, a second one within the time does it.
 *
 * @param {string} label @param {string} question @param {() => void} deed @param {number} [millis] how long it asks
 */
export function askingButton(label, question, deed, millis = 5000) {
  /** @type {any} */ let asking = null;
  const rest = () => {
    clearTimeout(asking);
    asking = null;
    setText(element, label);
    setAttribute(element, 'state', null);
  };
  const element = h('button', { class: 'button', type: 'button' }, label);
  element.addEventListener('click', (event) => {
    if (event.detail > 1) return; // a double click is no answer
    const sure = asking !== null;
    rest();
    if (sure) {
      deed();
      return;
    }
    setText(element, question);
    setAttribute(element, 'state', 'asking');
    asking = setTimeout(rest, millis);
  });
  element.addEventListener('blur', rest);
  return element;
}
