import { h, setAttribute, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';

/**
 * @typedef {object} AccessScope what a section works with
 * @property {import('../protocol/access-api.js').AccessApi} api
 * @property {string} user
 * @property {boolean} isAdmin
 * @property {{id: string, label: string}[]} targets
 */

/** A section of the account dialog, with a message that reports success or failure. `state`: idle, busy, refused, done. */
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

  /** Shows the current state of the server. Each section has its own. */
  async loadContent() {}

  /** Loads the content again and reports a failure. */
  async refreshContent() {
    return this.runAction(async () => {});
  }

  /**
   * Carries out a request and shows the new state.
   *
   * @param {() => Promise<unknown>} action
   * @param {string} [success] message after success
   * @returns {Promise<boolean>} whether it succeeded
   */
  async runAction(action, success = '') {
    this.showMessage('busy', '');
    try {
      await action();
      await this.loadContent();
      this.showMessage(success ? 'done' : 'idle', success);
      return true;
    } catch (error) {
      this.showMessage('refused', describeError(error));
      return false;
    }
  }

  /** @param {'idle' | 'busy' | 'refused' | 'done'} state @param {string} text */
  showMessage(state, text) {
    setAttribute(this, 'state', state);
    setText(this.#message, text);
  }
}

/** @param {string} label @param {() => void} onclick @param {string} [kind] */
export function actionButton(label, onclick, kind = 'button') {
  return h('button', { class: kind, type: 'button', onclick }, label);
}

/**
 * A button for an action that cannot be undone: the first press asks, a second one in time carries it out.
 *
 * @param {string} label @param {string} question @param {() => void} action @param {number} [millis] how long it asks
 */
export function confirmingButton(label, question, action, millis = 5000) {
  /** @type {any} */ let timer = null;
  const stopAsking = () => {
    clearTimeout(timer);
    timer = null;
    setText(element, label);
    setAttribute(element, 'state', null);
  };
  const element = h('button', { class: 'button', type: 'button' }, label);
  element.addEventListener('click', (event) => {
    if (event.detail > 1) return; // a double click is not a confirmation
    const confirmed = timer !== null;
    stopAsking();
    if (confirmed) {
      action();
      return;
    }
    setText(element, question);
    setAttribute(element, 'state', 'asking');
    timer = setTimeout(stopAsking, millis);
  });
  // A held Enter key would click again and again.
  element.addEventListener('keydown', (event) => {
    if (event.repeat) event.preventDefault();
  });
  element.addEventListener('blur', stopAsking);
  return element;
}
