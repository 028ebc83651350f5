import { define, h, setAttribute, setText } from '../public/dom.js';
import { systemClock } from '../protocol/clock.js';
import { LAYOUTS } from '../input/layouts.js';
import { Typist } from '../input/typist.js';
import { toStrokes } from '../input/strokes.js';
import { chooseLayout, layoutOf } from './layout-choice.js';

/** Types a text on the distant computer, key by key: what copy and paste would do, if it could. `state`: idle, typing. */
export class CatseyeTypeText extends HTMLElement {
  /** @type {(code: string, down: boolean) => boolean} */ key = () => false;
  /** @type {(text: string) => void} */ onError = () => {};
  #typist = new Typist((code, down) => this.key(code, down), systemClock);
  #target = '';
  #layout = h('select', { id: 'catseye-type-layout', class: 'select', 'aria-describedby': 'catseye-type-layout-hint', onchange: () => this.#choose() },
    ...Object.entries(LAYOUTS).map(([id, { name }]) => h('option', { value: id }, name)));
  #text = h('textarea', { id: 'catseye-type-text', rows: 6, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', oninput: () => this.#check() });
  #hint = h('p', { class: 'field-hint', role: 'status' });
  #capsLock = h('p', { class: 'field-hint', role: 'status', state: 'warning', hidden: true }, 'Caps Lock is on at the distant computer: capitals and small letters come out exchanged. Switch it off there first.');
  #progress = h('progress', { max: 1, value: 0, 'aria-label': 'Typed so far' });
  #go = h('button', { class: 'button primary', type: 'submit' }, 'Type');
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-type-text-title', onclose: () => this.#closed() },
    h('form', { method: 'dialog', onsubmit: (/** @type {Event} */ event) => this.#submit(event) },
      h('h2', { id: 'catseye-type-text-title' }, 'Type text'),
      h('div', { class: 'field' },
        h('label', { for: 'catseye-type-layout', class: 'field-label' }, 'Keyboard layout of the distant computer'), this.#layout,
        h('p', { id: 'catseye-type-layout-hint', class: 'field-hint' }, 'Must match what that computer is set to, whatever your own keyboard is: keys are sent, not letters.')),
      h('div', { class: 'field' }, h('label', { for: 'catseye-type-text', class: 'field-label' }, 'Text'), this.#text, this.#hint, this.#capsLock),
      this.#progress,
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button', type: 'button', onclick: () => this.#dialog.close() }, 'Cancel'), this.#go)));

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#dialog);
    this.#state('idle');
  }

  /** Whose keys these are. Another one stops the typing: what was meant for one computer must not reach the next. */
  set target(/** @type {string} */ id) {
    if (id === this.#target) return;
    this.#typist.stop();
    this.#dialog.close();
    this.#text.value = '';
    this.#target = id;
  }

  /** Of the distant keyboard; false also while nobody knows. */
  set capsLock(/** @type {boolean} */ on) {
    this.#capsLock.hidden = !on;
  }

  show() {
    this.#layout.value = layoutOf(this.#target, navigator.language);
    this.#check();
    this.#dialog.showModal();
    this.#text.focus();
  }

  #choose() {
    chooseLayout(this.#target, this.#layout.value);
    this.#check();
  }

  #check() {
    const { strokes, unknown, doubtful } = toStrokes(this.#text.value, this.#layout.value);
    const unknownWords = unknown.length > 0 && `This layout cannot type ${unknown.slice(0, 8).join(' ')}${unknown.length > 8 ? ' …' : ''}.`;
    const doubtfulWords = doubtful.length > 0 && `On Linux ${doubtful.join(' and ')} may come out as a straight quote.`;
    setText(this.#hint, unknownWords || doubtfulWords || 'Line breaks become Enter. Nothing typed here is kept.');
    setAttribute(this.#hint, 'state', unknownWords ? 'error' : doubtfulWords ? 'warning' : null);
    this.#go.disabled = strokes.length === 0 || unknown.length > 0;
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const { strokes, unknown } = toStrokes(this.#text.value, this.#layout.value);
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
    this.#layout.disabled = state === 'typing';
  }
}

define('catseye-type-text', CatseyeTypeText);
