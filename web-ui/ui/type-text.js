import { define, h, setAttribute, setText } from '../public/dom.js';
import { t } from '../public/text.js';
import { systemClock } from '../protocol/clock.js';
import { Typist } from '../input/typist.js';
import { toStrokes } from '../input/strokes.js';
import { layoutOptions, preferredLayout, saveLayout } from './layout-choice.js';

/** So many untypable characters are listed. */
const MAX_LISTED = 8;

/** Types a text on the remote computer, key by key, in place of copy and paste. `state`: idle, typing. */
export class CatseyeTypeText extends HTMLElement {
  /** @type {(code: string, down: boolean) => boolean} */ sendKey = () => false;
  /** @type {(text: string) => void} */ onError = () => {};
  #typist = new Typist((code, down) => this.sendKey(code, down), systemClock);
  #target = '';
  #layout = h('select', { id: 'catseye-type-layout', class: 'select', 'aria-describedby': 'catseye-type-layout-hint', onchange: () => this.#selectLayout() },
    ...layoutOptions().map(({ id, name }) => h('option', { value: id }, name)));
  #text = h('textarea', { id: 'catseye-type-text', rows: 6, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', oninput: () => this.#checkText() });
  #hint = h('p', { class: 'field-hint', role: 'status' });
  #capsLock = h('p', { class: 'field-hint', role: 'status', state: 'warning', hidden: true }, t('typing.capsLock'));
  #progress = h('progress', { max: 1, value: 0, 'aria-label': t('typing.progress') });
  #submit = h('button', { class: 'button primary', type: 'submit' }, t('typing.submit'));
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-type-text-title', onclose: () => this.#onClose() },
    h('form', { method: 'dialog', onsubmit: (/** @type {Event} */ event) => this.#startTyping(event) },
      h('h2', { id: 'catseye-type-text-title' }, t('typing.title')),
      h('div', { class: 'field' },
        h('label', { for: 'catseye-type-layout', class: 'field-label' }, t('typing.layout')), this.#layout,
        h('p', { id: 'catseye-type-layout-hint', class: 'field-hint' }, t('typing.layoutHint'))),
      h('div', { class: 'field' }, h('label', { for: 'catseye-type-text', class: 'field-label' }, t('typing.text')), this.#text, this.#hint, this.#capsLock),
      this.#progress,
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button', type: 'button', onclick: () => this.#dialog.close() }, t('common.cancel')), this.#submit)));

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#dialog);
    this.#setState('idle');
  }

  /** The target of the keys. A change stops the typing: text for one computer must not reach another. */
  set target(/** @type {string} */ id) {
    if (id === this.#target) return;
    this.#typist.stop();
    this.#dialog.close();
    this.#text.value = '';
    this.#target = id;
  }

  /** Caps Lock of the remote keyboard; false also if that is unknown. */
  set capsLock(/** @type {boolean} */ on) {
    this.#capsLock.hidden = !on;
  }

  openDialog() {
    this.#layout.value = preferredLayout(this.#target, navigator.language);
    this.#checkText();
    this.#dialog.showModal();
    this.#text.focus();
  }

  #selectLayout() {
    saveLayout(this.#target, this.#layout.value);
    this.#checkText();
  }

  #checkText() {
    const { strokes, unknown, doubtful } = toStrokes(this.#text.value, this.#layout.value);
    const listed = unknown.slice(0, MAX_LISTED).join(' ') + (unknown.length > MAX_LISTED ? ' …' : '');
    const state = unknown.length > 0 ? 'error' : doubtful.length > 0 ? 'warning' : null;
    const text = state === 'error' ? t('typing.untypable', { characters: listed })
      : state === 'warning' ? t('typing.doubtful', { characters: doubtful.join(' '), count: doubtful.length }) : t('typing.hint');
    setText(this.#hint, text);
    setAttribute(this.#hint, 'state', state);
    this.#submit.disabled = strokes.length === 0 || unknown.length > 0;
  }

  /** @param {Event} event */
  #startTyping(event) {
    event.preventDefault();
    const { strokes, unknown } = toStrokes(this.#text.value, this.#layout.value);
    if (unknown.length > 0 || strokes.length === 0) return;
    this.#setState('typing');
    this.#typist.typeStrokes(strokes, (done, total) => {
      this.#progress.value = done / total;
    }, (complete) => {
      if (!complete) this.onError(t('typing.stopped'));
      else this.#text.value = '';
      this.#dialog.close();
    });
  }

  #onClose() {
    this.#typist.stop();
    this.#setState('idle');
    this.dispatchEvent(new CustomEvent('catseye-typing-closed', { bubbles: true }));
  }

  /** @param {'idle' | 'typing'} state */
  #setState(state) {
    setAttribute(this, 'state', state);
    this.#progress.value = 0;
    this.#submit.disabled = state === 'typing';
    this.#text.readOnly = state === 'typing';
    this.#layout.disabled = state === 'typing';
  }
}

define('catseye-type-text', CatseyeTypeText);
