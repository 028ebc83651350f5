import { define, h, setAttribute, setText } from '../public/dom.js';
import { t } from '../public/text.js';
import { KeyedRows } from './keyed-rows.js';
import { CatseyeSettingsForm } from './settings-form.js';

/** @typedef {import('../protocol/settings-api.js').Form} Form */

const PRODUCT_PREFIX = /^Catseye: /;
/** The form of the computers themselves. */
export const TARGET_FORM = 'org.catseye.core.target';

/** A kind of settings: its description, its configurations, and a form for a new one. */
export class CatseyeSettingsKind extends HTMLElement {
  /** @type {import('./settings-form.js').FormScope | null} */ scope = null;
  /** @type {Form | null} */ #form = null;
  #title = h('h3', {});
  #description = h('p', { class: 'field-hint' });
  #list = h('div', { class: 'settings-list' });
  #added = new CatseyeSettingsForm();
  /** @type {string | null} */ #target = null;
  /** @type {KeyedRows<{title: string, problem?: string, pid: string}>} */
  #rows = new KeyedRows(this.#list, ({ pid }) => {
    const element = new CatseyeSettingsForm();
    element.pid = pid;
    element.scope = this.scope;
    setAttribute(element, 'data-pid', pid);
    return { element, update: (configured) => element.showConfigured(configured) };
  });

  connectedCallback() {
    if (!this.firstChild) this.append(this.#title, this.#description, this.#list, this.#added);
  }

  /** @param {Form} form @param {string | null} target the id of the target whose configurations are shown; null for all */
  showForm(form, target) {
    this.#form = form;
    if (target !== this.#target && !this.#added.isTouched) this.#added.closeForm();
    this.#target = target;
    const title = form.title.replace(PRODUCT_PREFIX, '');
    setAttribute(this, 'data-form', form.pid);
    setText(this.#title, capitalize(title));
    setText(this.#description, form.description);
    const shown = form.configurations.filter((configured) => target === null || configured.target === target);
    this.#rows.showRows(shown.map((configured) => ({ key: configured.pid, item: { ...configured, title: titleOf(configured, form) } })));
    this.#added.hidden = !form.several || form.lockReason !== undefined;
    if (form.several) this.#prepareNew(form, title, target);
  }

  /** @param {Form} form @param {string} title @param {string | null} target */
  #prepareNew(form, title, target) {
    const names = form.configurations.map(({ pid }) => pid.slice(form.pid.length + 1));
    let number = 1;
    while (names.includes(String(number))) number++;
    Object.assign(this.#added, { pid: form.pid, scope: this.scope, isNew: true, suggestedName: String(number), initial: initialValues(form, target) });
    setAttribute(this.#added, 'data-new', form.pid);
    this.#added.showConfigured({ title: t('settings.add', { kind: title }) });
  }

  /** Opens the form of a configuration. @param {string} pid @returns {boolean} whether it is here */
  openConfiguration(pid) {
    const form = [...this.#list.children].find((child) => /** @type {CatseyeSettingsForm} */ (child).pid === pid);
    if (form instanceof CatseyeSettingsForm) form.openForm();
    return form !== undefined;
  }

  /** Opens the form for a new configuration. @param {Record<string, string>} initial values to begin with */
  openNew(initial) {
    this.#added.initial = initial;
    this.#added.openForm();
  }

  get hasChanges() {
    return [...this.#list.children, this.#added].some((child) => /** @type {CatseyeSettingsForm} */ (child).hasChanges);
  }

  /** @param {string} search in lower case @returns {boolean} */
  matches(search) {
    const form = this.#form;
    if (!form || !search) return true;
    const texts = [form.pid, form.title, form.description, ...form.fieldNames, ...form.configurations.flatMap(({ pid, title }) => [pid, title])];
    return search.split(/\s+/).every((word) => texts.some((text) => text.toLowerCase().includes(word)));
  }
}

/** A new device belongs to the computer that is shown. A new computer needs an id of its own. @param {Form} form @param {string | null} target @returns {Record<string, string>} */
function initialValues({ pid }, target) {
  return pid === TARGET_FORM ? { id: '' } : target === null ? {} : { 'kvm.target': target };
}

/** Only one configuration of its kind needs no name of its own. @param {import('../protocol/settings-api.js').Configured} configured @param {Form} form */
function titleOf({ pid, title }, form) {
  return title === form.title ? t('settings.theSettings') : pid === form.pid || title === pid.slice(form.pid.length + 1) ? title : t('settings.titled', { title, name: pid.slice(form.pid.length + 1) });
}

/** @param {string} text */
function capitalize(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

define('catseye-settings-kind', CatseyeSettingsKind);
