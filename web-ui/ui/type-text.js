import { define, h, setAttribute, setText } from '../public/dom.js';
import { systemClock } from '../protocol/clock.js';
import { Typist } from '../input/typist.js';
import { toStrokes } from '../input/us-layout.js';

/** Types a text on the distant computer, key by key: what copy and paste would do, if it could. `state`: idle, typing. */
export class CatseyeTypeText extends HTMLElement {
  /** @type {(code: string, down: boolean) => boolean} */ key = () => false;
  /** @type {(text: string) => void} */ onError = () => {};
  #typist = new Typist((code, down) => this.key(code, down), systemClock);
  #text = h('textarea', { id: 'catseye-type-text', rows: 6, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', oninput: () => this.#check() });
  #hint = h('p', { class: 'field-hint', role: 'status' });
  #progress = h('progress', { max: 1, value: 0, 'aria-label': 'Typed so far' });
  #go = h('button', { class: 'button primary', type: 'submit' }, 'Type');
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-type-text-title', onclose: () => this.#closed() },
    h('form', { method: 'dialog', onsubmit: (/** @type {Event} */ event) => this.#submit(event) },
      h('h2', { id: 'catseye-type-text-title' }, 'Type text'),
      h('label', { for: 'catseye-type-text', class: 'field-label' }, 'Typed on the distant computer as on a US English keyboard'),
      this.#text, this.#hint, this.#progress,
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button', type: 'button', onclick: () => this.#dialog.close() }, 'Cancel'), this.#go)));

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#dialog);
    this.#state('idle');
  }

  show() {
    this.#check();
    this.#dialog.showModal();
    this.#text.focus();
  }

  #check() {
    const { strokes, unknown } = toStrokes(this.#text.value);
    setText(this.#hint, unknown.length === 0 ? 'Line breaks become Enter. Nothing typed here is kept.'
      : `A US keyboard cannot type ${unknown.slice(0, 8).join(' ')}${unknown.length > 8 ? ' …' : ''}.`);
    setAttribute(this.#hint, 'state', unknown.length === 0 ? null : 'error');
    this.#go.disabled = strokes.length === 0 || unknown.length > 0;
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const { strokes, unknown } = toStrokes(this.#text.value);
    if (unknown.length > 0 || strokes.length === 0) return;
    this.#state('typing');
    this.#typist.type(strokes, (done, total) => {
      this.#progress.value = done / total;
    }, (complete) => {
      if (!complete) this.onError('Typing stopped: keyboard and mouse are not connected.');
      else this.#text.value = '';
      this.#dialog.close();
    });
  }

  #closed() {
    this.#typist.stop();
    this.#state('idle');
    this.dispatchEvent(new CustomEvent('catseye-typed', { bubbles: true }));
  }

  /** @param {'idle' | 'typing'} state */
  #state(state) {
    setAttribute(this, 'state', state);
    this.#progress.value = 0;
    this.#go.disabled = state === 'typing';
    this.#text.readOnly = state === 'typing';
  }
}

define('catseye-type-text', CatseyeTypeText);
