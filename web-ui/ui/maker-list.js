import { define, h, setAttribute, setText } from '../public/dom.js';
import { ignoreMissing } from '../public/http.js';
import { formatDateTime, t } from '../public/text.js';
import { MakersApi } from '../protocol/makers-api.js';
import { actionButton, confirmingButton } from './access-section.js';
import { KeyedRows } from './keyed-rows.js';
import { formatFingerprint } from './plugin-text.js';
import { createSection, refreshSection, runAction } from './section-action.js';

/** @typedef {import('../protocol/makers-api.js').Maker} Maker */

/** More is no certificate, and the server refuses it. */
const MAX_FILE_BYTES = 8 << 10;

/** The trusted makers of plug-ins. `state`: idle, busy, refused, done, as its message. The page calls `refresh`. */
export class CatseyeMakerList extends HTMLElement {
  #api = new MakersApi();
  #message = h('p', { class: 'section-message', role: 'status', tabindex: -1 });
  #section = createSection(this, this.#message, () => this.#load());
  #problem = h('p', { class: 'plugin-warning', hidden: true });
  #empty = h('p', { class: 'field-hint', hidden: true }, t('makers.none'));
  #list = h('div', { class: 'section-list' });
  #text = h('textarea', { class: 'field-input maker-text', id: 'catseye-maker-text', rows: 4, spellcheck: false, autocomplete: 'off' });
  #file = h('input', { type: 'file', accept: '.pem,.crt,.cer', hidden: true, 'aria-label': t('makers.choose'), onchange: () => this.#onChosen() });
  #rows = new KeyedRows(this.#list, () => this.#createRow());

  connectedCallback() {
    if (!this.firstChild) {
      this.append(h('section', { class: 'feature-section', 'aria-labelledby': 'catseye-makers-title' }, h('h2', { id: 'catseye-makers-title' }, t('makers.title')),
        h('p', { class: 'field-hint' }, t('makers.hint')), this.#message, this.#problem, this.#empty, this.#list,
        h('details', { class: 'section-item' }, h('summary', {}, t('makers.add')),
          h('div', { class: 'plugin-body' }, h('label', { for: 'catseye-maker-text' }, t('makers.paste')), this.#text,
            h('div', { class: 'section-actions' }, actionButton(t('makers.addNow'), () => this.#add(this.#text.value), 'button primary'),
              actionButton(t('makers.choose'), () => this.#file.click()), this.#file)))));
    }
  }

  refresh() {
    return refreshSection(this, this.#section);
  }

  async #load() {
    const { makers, problem } = await this.#api.listMakers();
    this.#rows.showRows(makers.map((maker) => ({ key: maker.fingerprint, item: maker })));
    this.#empty.hidden = makers.length > 0;
    setText(this.#problem, problem);
    this.#problem.hidden = problem === '';
    setAttribute(this, 'loaded', true);
  }

  /** @returns {{element: HTMLElement, update: (maker: Maker) => void}} */
  #createRow() {
    /** @type {Maker | null} */ let shown = null;
    const name = h('span', { class: 'plugin-name' });
    const facts = h('span', { class: 'maker-facts' });
    const problem = h('span', { class: 'plugin-problem' });
    const element = h('div', { class: 'section-item maker' }, h('div', { class: 'maker-text-part' }, name, facts, problem), h('div', { class: 'section-actions' },
      confirmingButton(t('makers.remove'), t('makers.removeQuestion'), () => shown && this.#remove(shown))));
    return {
      element,
      update: (maker) => {
        shown = maker;
        element.dataset.maker = maker.fingerprint;
        setText(name, maker.name);
        setText(problem, maker.problem);
        setText(facts, maker.expires === null ? '' : `${formatFingerprint(maker.fingerprint)} · ${describeExpiry(maker.expires)}`);
      },
    };
  }

  async #onChosen() {
    const [file] = this.#file.files ?? [];
    this.#file.value = '';
    if (!file) return;
    if (file.size > MAX_FILE_BYTES) this.#section.showMessage('refused', t('makers.tooLarge'));
    else await this.#add(await file.text());
  }

  /** @param {string} pem */
  async #add(pem) {
    await this.#run(async () => {
      const { name } = await this.#api.addMaker(pem);
      this.#text.value = '';
      return t('makers.added', { name });
    });
    this.#message.focus();
  }

  /** @param {Maker} maker */
  async #remove({ fingerprint, name }) {
    await this.#run(async () => {
      await this.#api.removeMaker(fingerprint).catch(ignoreMissing);
      return t('makers.removed', { name });
    });
    this.#message.focus();
  }

  /** @param {() => Promise<string>} action resolves to the message about its success */
  #run(action) {
    return runAction(this.#section, '', action);
  }
}

/** @param {string} expires */
function describeExpiry(expires) {
  const time = formatDateTime(expires);
  return new Date(expires).getTime() < Date.now() ? t('makers.expired', { time }) : t('makers.expires', { time });
}

define('catseye-maker-list', CatseyeMakerList);
