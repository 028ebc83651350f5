/**
 * A text field that receives what an on-screen keyboard writes: these report no keys, only changes of a text.
 *
 * The field always holds {@link FILLER}, so that there is something to delete. On-screen keyboards replace the word that is being written again
 * and again; only the difference is typed.
 *
 * @typedef {EventTarget & {value: string, setSelectionRange: (start: number, end: number) => void}} Field
 *
 * @typedef {object} TextEntryHandlers
 * @property {(text: string) => void} onText
 * @property {(code: string, modifiers: string[]) => void} onKey a key that writes no character, or with Ctrl, Alt or Meta
 */

const FILLER = '  ';

/** Keys that write nothing, by KeyboardEvent.key; some keyboards report no code for them. */
const NAMED_KEYS = ['Enter', 'Tab', 'Escape', 'Backspace', 'Delete', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown', 'Insert'];

/** @type {Record<string, string>} InputEvent.inputType -> key */
const INPUT_KEYS = { deleteContentBackward: 'Backspace', deleteWordBackward: 'Backspace', deleteContentForward: 'Delete', insertLineBreak: 'Enter', insertParagraph: 'Enter' };

export class TextEntry {
  #field;
  #handlers;
  /** The word that is being written, as typed so far. */ #composed = '';
  /** Between the first change of a word and the end of its composition the field must not be touched. */ #composing = false;
  #abort = new AbortController();

  /**
   * @param {Field} field
   * @param {TextEntryHandlers} handlers
   */
  constructor(field, handlers) {
    this.#field = field;
    this.#handlers = handlers;
    const { signal } = this.#abort;
    field.addEventListener('keydown', (event) => this.#onKeyDown(/** @type {KeyboardEvent} */ (event)), { signal });
    field.addEventListener('beforeinput', (event) => this.#onBeforeInput(/** @type {InputEvent} */ (event)), { signal });
    field.addEventListener('compositionend', (event) => this.#onCompositionEnd(/** @type {CompositionEvent} */ (event)), { signal });
    field.addEventListener('focus', () => this.resetField(), { signal });
    field.addEventListener('input', () => this.#composing || this.resetField(), { signal });
  }

  destroy() {
    this.#abort.abort();
  }

  resetField() {
    this.#composed = '';
    this.#composing = false;
    this.#field.value = FILLER;
    this.#field.setSelectionRange(FILLER.length, FILLER.length);
  }

  /** @param {KeyboardEvent} event */
  #onKeyDown(event) {
    event.stopPropagation();
    const { key, code, keyCode, isComposing } = event;
    // 229: the keyboard reports no key; what it writes follows as a change of the text.
    if (keyCode === 229 || isComposing) return;
    const modifiers = [...(event.ctrlKey ? ['ControlLeft'] : []), ...(event.altKey ? ['AltLeft'] : []), ...(event.metaKey ? ['MetaLeft'] : [])];
    const altGraph = event.getModifierState?.('AltGraph');
    if (NAMED_KEYS.includes(key) || /^F\d+$/.test(key)) this.#sendKey(event, key, [...modifiers, ...(event.shiftKey ? ['ShiftLeft'] : [])]);
    else if (modifiers.length > 0 && !altGraph && key.length === 1 && code) this.#sendKey(event, code, modifiers);
  }

  /** @param {Event} event @param {string} code @param {string[]} modifiers */
  #sendKey(event, code, modifiers) {
    event.preventDefault();
    this.resetField();
    this.#handlers.onKey(code, modifiers);
  }

  /** @param {InputEvent} event */
  #onBeforeInput(event) {
    const { inputType, data } = event;
    if (inputType === 'insertCompositionText' || inputType === 'insertFromComposition' || inputType === 'deleteCompositionText') {
      this.#composing = true;
      this.#typeDifference(data ?? '');
      return;
    }
    if (event.cancelable) event.preventDefault();
    const key = INPUT_KEYS[inputType];
    if (key) this.#handlers.onKey(key, []);
    else if (inputType === 'insertReplacementText' || inputType.startsWith('insert')) this.#insertText(data ?? event.dataTransfer?.getData('text/plain') ?? '');
  }

  /** @param {string} text */
  #insertText(text) {
    this.#composed = '';
    if (text) this.#handlers.onText(text);
  }

  /** @param {CompositionEvent} event */
  #onCompositionEnd({ data }) {
    if (data !== null) this.#typeDifference(data);
    this.resetField();
  }

  /** @param {string} word the whole word that is being written */
  #typeDifference(word) {
    const before = [...this.#composed];
    const after = [...word];
    let same = 0;
    while (same < before.length && before[same] === after[same]) same += 1;
    this.#composed = word;
    for (let count = before.length; count > same; count--) this.#handlers.onKey('Backspace', []);
    const added = after.slice(same).join('');
    if (added) this.#handlers.onText(added);
  }
}
