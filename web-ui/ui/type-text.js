import { define, h, setAttribute, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { HttpError } from '../public/http.js';
import { readPreference, savePreference } from '../public/preferences.js';
import { t } from '../public/text.js';
import { replaceableCharacters, toPlainText } from '../input/plain-characters.js';
import { toCharacters } from '../input/strokes.js';
import { CatseyeLayoutSelect } from './layout-select.js';
import { checkText } from './text-check.js';
import { TypingJob } from './typing-job.js';
import { describeEnd, describeRefusal } from './typing-text.js';

/** @typedef {import('../protocol/control-message.js').TypingMessage} TypingMessage */

/** The most characters a second. The server never types faster than the remote computer reads. @type {[string, number, import('../public/text.js').MessageKey][]} */
const SPEEDS = [['slow', 10, 'typing.slow'], ['normal', 40, 'typing.normal'], ['fast', 1000, 'typing.fast']];

/** Types a text on the remote computer, key by key, in place of copy and paste. `state`: idle, typing. */
export class CatseyeTypeText extends HTMLElement {
  /** @type {import('../protocol/api.js').Api | null} */ api = null;
  /** @type {(text: string) => void} */ onNotice = () => {};
  #target = '';
  /** @type {TypingJob | null} */ #job = null;
  #started = false;
  #layout = new CatseyeLayoutSelect({ id: 'catseye-type-layout', class: 'select', 'aria-describedby': 'catseye-type-layout-hint' });
  #text = h('textarea', { id: 'catseye-type-text', rows: 6, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', oninput: () => this.#checkText(), onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKeyDown(event) });
  #masked = h('input', { type: 'checkbox', id: 'catseye-type-masked', onchange: () => this.#showMasked() });
  #speed = h('select', { id: 'catseye-type-speed', class: 'select', onchange: () => savePreference(`typing.${this.#target}`, this.#speed.value) },
    ...SPEEDS.map(([name, , key]) => h('option', { value: name }, t(key))));
  #hint = h('p', { class: 'field-hint', role: 'status' });
  #plain = h('button', { class: 'button', type: 'button', hidden: true, onclick: () => this.#replaceCharacters() }, t('typing.replace'));
  #capsLock = h('p', { class: 'field-hint', role: 'status', state: 'warning', hidden: true }, t('typing.capsLock'));
  #progress = h('progress', { max: 1, value: 0, 'aria-label': t('typing.progress') });
  #result = h('p', { class: 'field-hint typing-result', role: 'status' });
  #cancel = h('button', { class: 'button', type: 'button', onclick: () => this.#cancelOrClose() }, t('common.cancel'));
  #submit = h('button', { class: 'button primary', type: 'submit' }, t('typing.submit'));
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-type-text-title', onclose: () => this.#onClose(), oncancel: (/** @type {Event} */ event) => this.#onEscape(event) },
    h('form', { method: 'dialog', onsubmit: (/** @type {Event} */ event) => this.#onSubmit(event) },
      h('h2', { id: 'catseye-type-text-title' }, t('typing.title')),
      h('div', { class: 'field' },
        h('label', { for: 'catseye-type-layout', class: 'field-label' }, t('typing.layout')), this.#layout,
        h('p', { id: 'catseye-type-layout-hint', class: 'field-hint' }, t('typing.layoutHint'))),
      h('div', { class: 'field' }, h('label', { for: 'catseye-type-text', class: 'field-label' }, t('typing.text')), this.#text, this.#hint, this.#plain, this.#capsLock),
      h('div', { class: 'typing-options' },
        h('label', { class: 'typing-masked' }, this.#masked, ' ', t('typing.mask')),
        h('label', { class: 'typing-speed' }, t('typing.speed'), ' ', this.#speed)),
      this.#progress, this.#result,
      h('div', { class: 'dialog-actions' }, this.#cancel, this.#submit)));

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#dialog);
    this.#layout.addEventListener('catseye-layout', () => this.#checkText());
    this.#layout.onError = (error) => this.#showResult('error', describeError(error));
    this.#setState('idle');
  }

  /** The target of the keys. A change stops the typing: text for one computer must not reach another. */
  set target(/** @type {string} */ id) {
    if (id === this.#target) return;
    if (this.#job && this.#isTyping) this.#cancelJob(this.#job);
    this.#job = null;
    this.#setState('idle');
    this.#dialog.close();
    this.#clearText();
    this.#target = id;
  }

  /** Caps Lock of the remote keyboard; false also if that is unknown. */
  set capsLock(/** @type {boolean} */ on) {
    this.#capsLock.hidden = !on;
  }

  /** A report of the control socket. A text that this page has not started is shown too: a script or another page of the user types it. @param {TypingMessage} report */
  showReport(report) {
    if (this.#job && (this.#isTyping || this.#job.id === report.id)) {
      this.#job.showReport(report);
      return;
    }
    if (report.state !== 'TYPING' || !this.api) return;
    this.#followJob(report);
    if (!this.#dialog.open) this.onNotice(t('typing.elsewhere', { count: report.total }));
  }

  openDialog() {
    this.#layout.source = this.api;
    this.#layout.showPreferred(this.#target, navigator.language);
    const speed = readPreference(`typing.${this.#target}`);
    this.#speed.value = SPEEDS.some(([name]) => name === speed) ? /** @type {string} */ (speed) : 'normal';
    if (!this.#isTyping) this.#showResult(null, '');
    this.#checkText();
    this.#dialog.showModal();
    if (this.#isTyping) this.#cancel.focus();
    else if (this.#layout.value) this.#text.focus();
    else this.#layout.focus();
  }

  get #isTyping() {
    return this.getAttribute('state') === 'typing';
  }

  #checkText() {
    const { layout } = this.#layout;
    const { state, description, replaceable } = layout ? checkText(this.#text.value, layout)
      : { state: 'warning', description: this.#layout.value ? '' : t('typing.layoutUnknown'), replaceable: [] };
    setText(this.#hint, description);
    setAttribute(this.#hint, 'state', state);
    this.#plain.hidden = replaceable.length === 0;
    this.#submit.disabled = this.#isTyping || !layout || this.#text.value === '' || state === 'error';
  }

  #replaceCharacters() {
    const { layout } = this.#layout;
    if (!layout) return;
    this.#text.value = toPlainText(this.#text.value, replaceableCharacters(this.#text.value, layout));
    this.#checkText();
    this.#text.focus();
  }

  #showMasked() {
    this.#text.classList.toggle('masked', this.#masked.checked);
  }

  #clearText() {
    this.#text.value = '';
    this.#checkText();
  }

  /** @param {KeyboardEvent} event */
  #onKeyDown(event) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    if (!this.#submit.disabled) this.#start();
  }

  /** @param {Event} event */
  #onSubmit(event) {
    event.preventDefault();
    if (!this.#submit.disabled) this.#start();
  }

  async #start() {
    const { api } = this;
    const { layout } = this.#layout;
    if (!api || !layout) return;
    const job = new TypingJob(api, this.#target, (progress) => this.#onProgress(job, progress));
    this.#job = job;
    this.#started = true;
    this.#setState('typing');
    this.#showResult(null, '');
    this.#cancel.focus();
    try {
      await job.start({ text: this.#text.value, layout: layout.id, rate: SPEEDS.find(([name]) => name === this.#speed.value)?.[1] ?? 40 });
    } catch (error) {
      if (this.#job === job) this.#onRefused(error);
    }
  }

  /** Nothing was typed, so the text stays. @param {unknown} error */
  #onRefused(error) {
    this.#job = null;
    this.#setState('idle');
    this.#showResult('error', error instanceof HttpError ? describeRefusal(error) : describeError(error));
    this.#text.focus();
  }

  /** @param {TypingMessage} report */
  #followJob(report) {
    if (!this.api) return;
    const job = new TypingJob(this.api, this.#target, (progress) => this.#onProgress(job, progress));
    this.#job = job;
    this.#started = false;
    this.#setState('typing');
    job.follow(report);
  }

  /** @param {TypingJob} job @param {TypingMessage} progress */
  #onProgress(job, progress) {
    if (progress.state !== 'TYPING' && (this.#job !== job || !this.#dialog.open)) {
      if (progress.state !== 'DONE') this.onNotice(describeEnd(progress));
    }
    if (this.#job !== job) return;
    this.#progress.value = progress.total > 0 ? progress.typed / progress.total : 0;
    if (progress.state === 'TYPING') this.#showResult(null, t('typing.typed', { typed: progress.typed, total: progress.total }));
    else this.#onEnd(progress);
  }

  /** @param {TypingMessage} progress */
  #onEnd(progress) {
    this.#job = null;
    if (this.#started) this.#text.value = this.#masked.checked || progress.state === 'DONE' ? '' : toCharacters(this.#text.value).slice(progress.typed).join('');
    this.#setState('idle');
    this.#checkText();
    if (progress.state === 'DONE') {
      this.#dialog.close();
      return;
    }
    this.#showResult('warning', this.#text.value && this.#started ? `${describeEnd(progress)} ${t('typing.rest')}` : describeEnd(progress));
    this.#text.focus();
  }

  /** @param {Event} event */
  #onEscape(event) {
    if (!this.#isTyping) return;
    event.preventDefault();
    this.#cancelOrClose();
  }

  #cancelOrClose() {
    if (this.#job && this.#isTyping) this.#cancelJob(this.#job);
    else this.#dialog.close();
  }

  /** @param {TypingJob} job */
  #cancelJob(job) {
    job.cancel().catch((error) => {
      if (this.#job === job) this.#showResult('error', describeError(error));
    });
  }

  #onClose() {
    if (this.#masked.checked) this.#clearText();
    this.dispatchEvent(new CustomEvent('catseye-typing-closed', { bubbles: true }));
  }

  /** @param {'error' | 'warning' | null} state @param {string} text */
  #showResult(state, text) {
    setText(this.#result, text);
    setAttribute(this.#result, 'state', state);
  }

  /** @param {'idle' | 'typing'} state */
  #setState(state) {
    setAttribute(this, 'state', state);
    const typing = state === 'typing';
    if (!typing) this.#progress.value = 0;
    this.#submit.disabled = typing || this.#text.value === '';
    this.#text.readOnly = typing;
    this.#layout.disabled = typing;
    this.#speed.disabled = typing;
    this.#masked.disabled = typing;
  }
}

define('catseye-type-text', CatseyeTypeText);
