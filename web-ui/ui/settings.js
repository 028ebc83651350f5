import { define, h, setAttribute, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { HttpError } from '../public/http.js';
import { loginAddress } from '../public/next.js';
import { t } from '../public/text.js';
import { SettingsApi } from '../protocol/settings-api.js';
import { KeyedRows } from './keyed-rows.js';
import { createPageHead } from './page-head.js';
import { CatseyeProofDialog } from './proof-dialog.js';
import { CatseyeQuestionDialog } from './question-dialog.js';
import { CatseyeSettingsKind, TARGET_FORM } from './settings-kind.js';

/** @typedef {import('../protocol/settings-api.js').Form} Form */

/** The groups in their order. @type {Record<import('../protocol/settings-api.js').Group, import('../public/text.js').MessageKey>} */
const GROUPS = {
  computers: 'settings.computers', input: 'settings.input', power: 'settings.power', media: 'settings.media', web: 'settings.web', board: 'settings.board', other: 'settings.other',
};
/** Their devices can be added to a computer. */
const DEVICE_GROUPS = ['computers', 'power'];
const OWN_PREFIX = 'org.catseye.';

/**
 * The settings page. `#target=ID` shows only the settings of one computer, `#pid=PID` opens a form. `state`: loading, ready, refused.
 */
export class CatseyeSettings extends HTMLElement {
  #api = new SettingsApi();
  #question = new CatseyeQuestionDialog();
  #message = h('p', { class: 'section-message', role: 'status' }, t('settings.loading'));
  #search = h('input', { id: 'settings-search', type: 'search', autocomplete: 'off', spellcheck: 'false', oninput: () => this.#filterForms() });
  #onlyTarget = h('p', { class: 'section-message settings-only', hidden: true });
  #nav = h('nav', { class: 'settings-nav', 'aria-label': t('settings.groups') });
  #groups = h('div', { class: 'settings-groups' });
  #nothing = h('p', { class: 'field-hint', role: 'status', hidden: true }, t('settings.nothingFound'));
  /** @type {Form[]} */ #forms = [];
  /** @type {Map<string, {element: HTMLElement, link: HTMLElement, rows: KeyedRows<Form>, list: HTMLElement}>} */ #sections = new Map();
  #opened = false;

  connectedCallback() {
    if (this.firstChild) return;
    document.title = t('common.pageTitle', { title: t('settings.page') });
    this.append(
      createPageHead(t('settings.page'),
        h('div', { class: 'field settings-search' }, h('label', { class: 'visually-hidden', for: 'settings-search' }, t('settings.search')), h('div', { class: 'field-box' }, this.#search))),
      h('main', {}, this.#message, this.#onlyTarget, this.#nav, this.#nothing, this.#groups), this.#question, new CatseyeProofDialog());
    this.#search.placeholder = t('settings.search');
    this.#createGroups();
    this.addEventListener('catseye-settings-saved', (event) => this.#onSaved(/** @type {CustomEvent} */ (event).detail.pid));
    this.addEventListener('catseye-settings-removed', () => this.#loadForms());
    window.addEventListener('hashchange', () => {
      this.#opened = false;
      this.#showForms();
    });
    window.addEventListener('beforeunload', (event) => this.#hasChanges && event.preventDefault());
    this.#loadForms();
  }

  #createGroups() {
    for (const [group, title] of Object.entries(GROUPS)) {
      const list = h('div', { class: 'settings-kinds' });
      const heading = h('h2', { id: `settings-${group}`, tabindex: -1 }, t(title));
      const element = h('section', { class: 'settings-group', 'aria-labelledby': heading.id, 'data-group': group, hidden: true }, heading, list);
      const link = h('button', { class: 'button small', type: 'button', hidden: true, onclick: () => {
        heading.scrollIntoView({ block: 'start' });
        heading.focus({ preventScroll: true });
      } }, t(title));
      this.#sections.set(group, { element, link, list, rows: new KeyedRows(list, () => this.#createKind()) });
      this.#groups.append(element);
      this.#nav.append(link);
    }
  }

  #createKind() {
    const element = new CatseyeSettingsKind();
    element.scope = { api: this.#api, ask: (title, text, action) => this.#question.askUser(title, text, action) };
    return { element, update: (/** @type {Form} */ form) => element.showForm(form, this.#target) };
  }

  /** The computer whose settings are shown; null for all. */
  get #target() {
    return new URLSearchParams(location.hash.slice(1)).get('target');
  }

  get #kinds() {
    return [...this.querySelectorAll('catseye-settings-kind')].map((kind) => /** @type {CatseyeSettingsKind} */ (kind));
  }

  get #hasChanges() {
    return this.#kinds.some((kind) => kind.hasChanges);
  }

  async #loadForms() {
    try {
      this.#forms = await this.#api.listForms();
      this.#showMessage('ready', '');
      this.#showForms();
    } catch (error) {
      if (error instanceof HttpError && error.status === 401) location.replace(loginAddress(location));
      else this.#showMessage('refused', describeError(error));
    }
  }

  #showForms() {
    const target = this.#target;
    const label = this.#forms.flatMap(({ pid, configurations }) => (pid === TARGET_FORM ? configurations : [])).find((configured) => configured.target === target)?.title ?? target ?? '';
    this.#onlyTarget.replaceChildren(t('settings.onlyTarget', { name: label }), ' ', h('a', { href: '#' }, t('settings.showAll')));
    this.#onlyTarget.hidden = target === null;
    const shown = this.#forms.filter((form) => target === null || (form.several && DEVICE_GROUPS.includes(form.group)) || form.configurations.some((configured) => configured.target === target));
    for (const [group, { rows }] of this.#sections) {
      rows.showRows(shown.filter((form) => form.group === group).sort(compareForms).map((form) => ({ key: form.pid, item: form })));
    }
    this.#filterForms();
    if (!this.#opened && this.#forms.length > 0) this.#openFromAddress(target);
    this.#opened = true;
  }

  /** @param {string | null} target */
  #openFromAddress(target) {
    const pid = new URLSearchParams(location.hash.slice(1)).get('pid');
    if (pid !== null) this.#kinds.some((kind) => kind.openConfiguration(pid));
    if (target === null) return;
    const named = this.#forms.find((form) => form.pid === TARGET_FORM)?.configurations.find((configured) => configured.target === target);
    const kind = this.#kinds.find((each) => each.dataset.form === TARGET_FORM);
    if (named) kind?.openConfiguration(named.pid);
    else kind?.openNew({ id: target });
  }

  #filterForms() {
    const search = this.#search.value.trim().toLowerCase();
    let found = false;
    for (const { element, link, list } of this.#sections.values()) {
      for (const kind of list.children) /** @type {CatseyeSettingsKind} */ (kind).hidden = !(/** @type {CatseyeSettingsKind} */ (kind).matches(search));
      element.hidden = link.hidden = [...list.children].every((kind) => /** @type {HTMLElement} */ (kind).hidden);
      found ||= !element.hidden;
    }
    this.#nothing.hidden = found || this.#forms.length === 0;
  }

  /** @param {string} pid */
  async #onSaved(pid) {
    const isNew = !this.#forms.some(({ configurations }) => configurations.some((configured) => configured.pid === pid));
    await this.#loadForms();
    if (isNew) this.#kinds.some((kind) => kind.openConfiguration(pid));
  }

  /** @param {'ready' | 'refused'} state @param {string} text */
  #showMessage(state, text) {
    setAttribute(this, 'state', state);
    setAttribute(this.#message, 'state', state);
    setText(this.#message, text);
  }
}

/** Names of computers first, then Catseye's own, then by title. @param {Form} one @param {Form} other */
function compareForms(one, other) {
  return rankOf(one) - rankOf(other) || one.title.localeCompare(other.title);
}

/** @param {Form} form */
function rankOf({ pid }) {
  return pid === TARGET_FORM ? 0 : pid.startsWith(OWN_PREFIX) ? 1 : 2;
}

define('catseye-settings', CatseyeSettings);
