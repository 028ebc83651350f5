import { define, h, setAttribute, setText } from '../public/dom.js';
import { t } from '../public/text.js';
import { systemClock } from '../protocol/clock.js';
import { Typist } from '../input/typist.js';
import { havePlain, toPlainText, visibleName } from '../input/plain-characters.js';
import { toStrokes } from '../input/strokes.js';
import { layoutOptions, preferredLayout, saveLayout } from './layout-choice.js';

/** So many untypable characters are listed. */
const MAX_LISTED = 8;

/** Of a text, while no layout is chosen. @type {ReturnType<typeof toStrokes>} */
const NOTHING = { strokes: [], unknown: [], doubtful: [] };

/** @param {string[]} unknown @param {string[]} doubtful @returns {{state: string | null, text: string}} */
function describeText(unknown, doubtful) {
  if (unknown.length > 0) {
    const listed = unknown.slice(0, MAX_LISTED).map(visibleName).join(' ') + (unknown.length > MAX_LISTED ? ' …' : '');
    return { state: 'error', text: t('typing.untypable', { characters: listed }) };
  }
  if (doubtful.length > 0) return { state: 'warning', text: t('typing.doubtful', { characters: doubtful.join(' '), count: doubtful.length }) };
  return { state: null, text: t('typing.hint') };
}

/** Types a text on the remote computer, key by key, in place of copy and paste. `state`: idle, typing. */
export class CatseyeTypeText extends HTMLElement {
  /** @type {(code: string, down: boolean) => boolean} */ sendKey = () => false;
  /** @type {(text: string) => void} */ onError = () => {};
  #typist = new Typist((code, down) => this.sendKey(code, down), systemClock);
  #target = '';
  #layout = h('select', { id: 'catseye-type-layout', class: 'select', 'aria-describedby': 'catseye-type-layout-hint', onchange: () => this.#selectLayout() },
    h('option', { value: '', disabled: true, hidden: true }, t('typing.chooseLayout')), ...layoutOptions().map(({ id, name }) => h('option', { value: id }, name)));
  #text = h('textarea', { id: 'catseye-type-text', rows: 6, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', oninput: () => this.#checkText() });
  #hint = h('p', { class: 'field-hint', role: 'status' });
  #plain = h('button', { class: 'button', type: 'button', hidden: true, onclick: () => this.#replaceCharacters() }, t('typing.replace'));
  #capsLock = h('p', { class: 'field-hint', role: 'status', state: 'warning', hidden: true }, t('typing.capsLock'));
  #progress = h('progress', { max: 1, value: 0, 'aria-label': t('typing.progress') });
  #submit = h('button', { class: 'button primary', type: 'submit' }, t('typing.submit'));
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-type-text-title', onclose: () => this.#onClose() },
    h('form', { method: 'dialog', onsubmit: (/** @type {Event} */ event) => this.#startTyping(event) },
      h('h2', { id: 'catseye-type-text-title' }, t('typing.title')),
      h('div', { class: 'field' },
        h('label', { for: 'catseye-type-layout', class: 'field-label' }, t('typing.layout')), this.#layout,
        h('p', { id: 'catseye-type-layout-hint', class: 'field-hint' }, t('typing.layoutHint'))),
      h('div', { class: 'field' }, h('label', { for: 'catseye-type-text', class: 'field-label' }, t('typing.text')), this.#text, this.#hint, this.#plain, this.#capsLock),
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
    this.#layout.value = preferredLayout(this.#target, navigator.language) ?? '';
    this.#checkText();
    this.#dialog.showModal();
    if (this.#layout.value) this.#text.focus();
    else this.#layout.focus();
  }

  #selectLayout() {
    saveLayout(this.#target, this.#layout.value);
    this.#checkText();
  }

  #checkText() {
    const layout = this.#layout.value;
    const { strokes, unknown, doubtful } = layout ? toStrokes(this.#text.value, layout) : NOTHING;
    const { state, text } = layout ? describeText(unknown, doubtful) : { state: 'warning', text: t('typing.layoutUnknown') };
    setText(this.#hint, text);
    setAttribute(this.#hint, 'state', state);
    this.#plain.hidden = !havePlain(unknown);
    this.#submit.disabled = strokes.length === 0 || unknown.length > 0;
  }

  #replaceCharacters() {
    this.#text.value = toPlainText(this.#text.value, toStrokes(this.#text.value, this.#layout.value).unknown);
    this.#checkText();
    this.#text.focus();
  }

  /** @param {Event} event */
  #startTyping(event) {
    event.preventDefault();
    if (!this.#layout.value) return;
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
