import { define, h, setAttribute } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';
import { systemClock } from '../protocol/clock.js';
import { MODIFIER_CODES } from '../input/combinations.js';
import { replaceableCharacters, toPlainText, visibleName } from '../input/plain-characters.js';
import { StrokeQueue } from '../input/stroke-queue.js';
import { toStrokes } from '../input/strokes.js';
import { TextEntry } from '../input/text-entry.js';
import { keyName } from './key-names.js';
import { CatseyeLayoutSelect } from './layout-select.js';
import { VisibleHeight } from './visible-height.js';

/** Keys that on-screen keyboards lack. */
const KEYS = ['Escape', 'Tab', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'ArrowRight', 'Delete'];

/**
 * The on-screen keyboard of a phone or tablet: a field that raises it, and a row of keys that it lacks. What it writes is typed with the chosen
 * layout. `state`: closed, open. Event: `catseye-command` for the sticky modifiers.
 */
export class CatseyePhoneKeyboard extends HTMLElement {
  /** @type {(code: string, down: boolean) => boolean} */ sendKey = () => false;
  /** @type {(text: string) => void} */ onError = () => {};
  /** @type {import('./layout-select.js').LayoutSource | null} */ api = null;
  #target = '';
  #viewport = new VisibleHeight();
  #queue = new StrokeQueue((code, down) => this.sendKey(code, down), systemClock);
  #field = h('input', { class: 'phone-field', type: 'text', 'aria-label': t('phone.field'), autocapitalize: 'off', autocomplete: 'off', autocorrect: 'off', spellcheck: 'false' });
  #layout = new CatseyeLayoutSelect({ class: 'select phone-layout', 'aria-label': t('typing.layout') });
  #modifiers = MODIFIER_CODES.map((code) => ({ code, button: this.#createKey(code, () => this.#dispatchModifier(code)) }));

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('state', 'closed');
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', t('phone.keys'));
    this.append(this.#field, h('div', { class: 'phone-keys', role: 'group', 'aria-label': t('phone.keys') },
      ...this.#modifiers.map(({ button }) => button), ...KEYS.map((code) => this.#createKey(code, () => this.#addKey(code, []))), this.#layout,
      h('button', { class: 'icon-button', type: 'button', 'aria-label': t('phone.close'), title: t('phone.close'), onclick: () => this.closeKeyboard() }, icon('close'))));
    new TextEntry(this.#field, { onText: (text) => this.#typeText(text), onKey: (code, modifiers) => this.#addKey(code, modifiers) });
    this.#layout.addEventListener('change', () => this.#field.focus({ preventScroll: true }));
    this.#layout.onError = (error) => this.onError(describeError(error));
    this.addEventListener('focusout', (event) => this.#onFocusOut(/** @type {Element | null} */ (event.relatedTarget)));
  }

  get isOpen() {
    return this.getAttribute('state') === 'open';
  }

  /** The target of the keys. @param {string} id */
  set target(id) {
    if (id === this.#target) return;
    this.#target = id;
    this.closeKeyboard();
  }

  /** Must be called while a press of the user is handled: otherwise phones do not raise their keyboard. */
  toggleKeyboard() {
    if (this.isOpen) {
      this.closeKeyboard();
      return;
    }
    this.setAttribute('state', 'open');
    this.#viewport.followViewport();
    this.#layout.source = this.api;
    this.#layout.showPreferred(this.#target, navigator.language);
    this.#field.focus({ preventScroll: true });
  }

  closeKeyboard() {
    this.#queue.clear();
    this.#viewport.releaseViewport();
    this.setAttribute('state', 'closed');
    this.#field.blur();
  }

  /** @param {Element | null} next where the focus goes; null: nowhere in the page */
  #onFocusOut(next) {
    // The button that raises the keyboard also closes it.
    if (next && !this.contains(next) && !next.closest('[data-icon="phone-keyboard"]')) this.closeKeyboard();
  }

  /** @param {string[]} active codes of the sticky modifiers that are down */
  showModifiers(active) {
    for (const { code, button } of this.#modifiers) setAttribute(button, 'aria-pressed', String(active.includes(code)));
  }

  /** @param {string} code @param {() => void} action */
  #createKey(code, action) {
    // The press must not take the focus: the keyboard would go down.
    return h('button', { class: 'button phone-key', type: 'button', 'data-code': code, onpointerdown: (/** @type {Event} */ event) => event.preventDefault(), onmousedown: (/** @type {Event} */ event) => event.preventDefault(),
      onclick: action }, keyName(code));
  }

  /** @param {string} code */
  #dispatchModifier(code) {
    this.dispatchEvent(new CustomEvent('catseye-command', { bubbles: true, detail: { command: 'modifier', code } }));
  }

  /** @param {string} code @param {string[]} modifiers */
  #addKey(code, modifiers) {
    this.#queue.addStrokes([{ code, modifiers }]);
  }

  /** @param {string} text */
  #typeText(text) {
    const { layout } = this.#layout;
    if (!layout) {
      this.onError(t('typing.layoutUnknown'));
      return;
    }
    // Phones put typographic quotes and dashes without being asked.
    const { strokes, unknown } = toStrokes(toPlainText(text, replaceableCharacters(text, layout)), layout);
    if (unknown.length > 0) this.onError(t('typing.untypable', { characters: unknown.map(visibleName).join(' ') }));
    this.#queue.addStrokes(strokes);
  }
}

define('catseye-phone-keyboard', CatseyePhoneKeyboard);
