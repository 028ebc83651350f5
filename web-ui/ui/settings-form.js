import { define, h, setAttribute, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { HttpError } from '../public/http.js';
import { t } from '../public/text.js';
import { actionButton, confirmingButton } from './access-section.js';
import { createField } from './settings-field.js';

/**
 * @typedef {import('../protocol/settings-api.js').Settings} Settings
 * @typedef {import('../protocol/settings-api.js').Changes} Changes
 *
 * @typedef {object} FormScope what a form works with
 * @property {import('../protocol/settings-api.js').SettingsApi} api
 * @property {(title: string, text: string, action: string) => Promise<boolean>} ask asks the user before a change
 */

/** Forms whose wrong values can keep users out. */
const RISKY_GROUP = 'web';
let forms = 0;

/**
 * The settings of one configuration, or of a new one. They are loaded when it is opened. `state`: idle, busy, refused, done.
 * Events: `catseye-settings-saved` with the PID, `catseye-settings-removed`.
 */
export class CatseyeSettingsForm extends HTMLElement {
  /** @type {FormScope | null} */ scope = null;
  /** The PID of the configuration; of the form for a new configuration. */ pid = '';
  /** Makes a new configuration. */ isNew = false;
  /** The name of a new configuration. */ suggestedName = '';
  /** Values that a new configuration begins with. @type {Record<string, string>} */ initial = {};
  #prefix = `setting-${++forms}`;
  #title = h('span', { class: 'settings-title' });
  #badge = h('span', { class: 'settings-badge', hidden: true }, t('settings.wrong'));
  #message = h('p', { class: 'section-message', role: 'status' });
  #content = h('form', { class: 'settings-fields', novalidate: true, onsubmit: (/** @type {Event} */ event) => {
    event.preventDefault();
    this.#saveChanges();
  } });
  #details = h('details', { class: 'section-item', ontoggle: () => this.#onToggle() }, h('summary', {}, this.#title, this.#badge), this.#message, this.#content);
  /** Whether the user typed something since it was opened. */ isTouched = false;
  /** @type {Settings | null} */ #settings = null;
  /** @type {import('./settings-field.js').SettingField[]} */ #fields = [];
  #name = h('input', { id: `${this.#prefix}-name`, type: 'text', required: true, maxlength: 64, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', 'aria-describedby': `${this.#prefix}-name-help` });
  #save = h('button', { class: 'button primary', type: 'submit' }, t('settings.save'));
  #discard = actionButton(t('settings.discard'), () => this.#discardChanges());

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#details);
    this.#content.addEventListener('input', () => { this.isTouched = true; });
  }

  /** @param {{title: string, problem?: string}} configured */
  showConfigured({ title, problem = '' }) {
    setText(this.#title, title);
    this.#badge.hidden = !problem;
  }

  openForm() {
    this.#details.open = true;
    this.#details.querySelector('summary')?.focus();
    this.#details.scrollIntoView({ block: 'start' });
  }

  /** Forgets what was typed. */
  closeForm() {
    this.#settings = null;
    this.#fields = [];
    this.isTouched = false;
    this.#content.replaceChildren();
    this.#details.open = false;
    this.#showMessage('idle', '');
  }

  get hasChanges() {
    return this.isNew ? this.isTouched : this.#fields.some((field) => field.isChanged());
  }

  #onToggle() {
    if (this.#details.open && !this.#settings) this.#loadSettings();
  }

  async #loadSettings() {
    this.#showMessage('busy', '');
    try {
      this.#showSettings(await this.#scope.api.readSettings(this.pid));
      this.#showMessage('idle', '');
    } catch (error) {
      this.#showMessage('refused', describeError(error));
    }
  }

  get #scope() {
    return /** @type {FormScope} */ (this.scope);
  }

  /** @param {Settings} settings */
  #showSettings(settings) {
    this.#settings = settings;
    const { form, fields, problem, unknown } = settings;
    const disabled = form.lockReason !== undefined;
    this.#fields = fields.map((field) => createField(this.#withProposal(field), { prefix: this.#prefix, disabled, onChange: () => this.#updateActions() }));
    this.#name.value = this.suggestedName;
    this.#content.replaceChildren(
      ...[form.lockReason, form.running ? '' : t('settings.notRunning'), problem].filter(Boolean).map((text) => h('p', { class: 'field-hint', state: 'warning' }, text)),
      ...(this.isNew ? [this.#nameField()] : []), ...this.#fields.map(({ element }) => element),
      ...unknown.map((setting) => this.#unknownRow(setting)),
      h('div', { class: 'section-actions', hidden: disabled }, this.#save, this.#discard, this.#removeButton(settings)),
      this.isNew ? '' : h('p', { class: 'field-hint' }, describeOrigin(settings)));
    this.#updateActions();
  }

  /** @param {import('../protocol/settings-api.js').Field} field a new configuration has the values that were chosen for it */
  #withProposal(field) {
    return this.isNew && Object.hasOwn(this.initial, field.id) ? { ...field, proposal: this.initial[field.id] } : field;
  }

  #nameField() {
    return h('div', { class: 'field setting' }, h('label', { for: this.#name.id, class: 'field-label' }, t('settings.newName')), h('div', { class: 'field-box' }, this.#name),
      h('p', { class: 'field-hint', id: `${this.#prefix}-name-help` }, t('settings.newNameHint')));
  }

  /** @param {{id: string, remedy: string}} setting */
  #unknownRow({ id, remedy }) {
    const row = h('div', { class: 'section-row settings-unknown', 'data-unknown': id }, h('p', { class: 'field-hint', state: 'warning' }, t('settings.unknown', { setting: id, remedy })),
      actionButton(t('settings.removeUnknown'), () => this.#send({ [id]: null }, [id], row)));
    return row;
  }

  /** @param {Settings} settings */
  #removeButton({ title, form, pid, stored, fields }) {
    const single = pid === form.pid;
    if (this.isNew || !stored || (single && !fields.some(({ value, set }) => value !== undefined || set))) return '';
    const label = t(single ? 'settings.reset' : 'settings.remove');
    const question = single ? t('settings.resetQuestion') : t('settings.removeQuestion', { name: title });
    return form.group === RISKY_GROUP ? actionButton(label, async () => {
      if (await this.#confirmRisk(question, label)) await this.#removeConfiguration();
    }) : confirmingButton(label, question, () => this.#removeConfiguration());
  }

  /** Asks before a change that can keep users out. @param {string} title @param {string} action on the button */
  #confirmRisk(title, action) {
    return this.#scope.ask(title, t('settings.riskyText'), action);
  }

  #updateActions() {
    const changed = this.hasChanges;
    this.#save.disabled = !changed && !this.isNew;
    this.#discard.disabled = !changed && !this.isNew;
  }

  #discardChanges() {
    if (this.isNew) {
      this.closeForm();
      return;
    }
    for (const field of this.#fields) field.discardChange();
    this.#showMessage('idle', '');
  }

  async #saveChanges() {
    if (this.#save.disabled) return;
    const changed = this.#fields.filter((field) => field.isChanged());
    const checked = this.isNew ? this.#fields : changed;
    const wrong = checked.map((field) => ({ field, mistake: field.findMistake() })).filter(({ mistake }) => mistake);
    for (const { field, mistake } of wrong) field.showMistake(mistake);
    if (wrong.length > 0) {
      wrong[0].field.focus();
      this.#showMessage('refused', t('settings.notSaved'));
      return;
    }
    await this.#send(Object.fromEntries(changed.map((field) => [field.id, field.readChange()])), changed.map(({ name }) => name));
  }

  /** @param {Changes} values @param {string[]} names of what is changed @param {HTMLElement} [row] of a setting that is removed from the file */
  async #send(values, names, row) {
    const settings = /** @type {Settings} */ (this.#settings);
    if (settings.form.group === RISKY_GROUP && !(await this.#confirmRisk(t('settings.risky'), t('settings.save')))) return;
    this.#showMessage('busy', '');
    this.#save.disabled = true;
    try {
      const saved = this.isNew ? await this.#scope.api.addConfiguration(this.pid, this.#name.value.trim(), values) : await this.#scope.api.saveSettings(this.pid, values, settings.version);
      this.#onSaved(saved, names, row);
    } catch (error) {
      this.#updateActions();
      this.#showRefusal(error);
    }
  }

  /** @param {Settings} saved @param {string[]} names @param {HTMLElement} [row] */
  #onSaved(saved, names, row) {
    if (this.isNew) this.closeForm();
    else {
      if (row && this.hasChanges) this.#keepChanges(saved, row);
      else this.#showSettings(saved);
      this.#showMessage('done', t('settings.saved', { names: names.join(', ') }));
      this.#details.querySelector('summary')?.focus({ preventScroll: true });
    }
    this.dispatchEvent(new CustomEvent('catseye-settings-saved', { bubbles: true, detail: { pid: saved.pid } }));
  }

  /** What the user typed in the fields is not saved yet, so only the row of the removed setting goes. @param {Settings} saved @param {HTMLElement} row */
  #keepChanges(saved, row) {
    this.#settings = saved;
    row.remove();
    this.#updateActions();
  }

  async #removeConfiguration() {
    this.#showMessage('busy', '');
    try {
      await this.#scope.api.removeConfiguration(this.pid, /** @type {Settings} */ (this.#settings).version);
      this.#settings = null;
      this.#showMessage('done', t('settings.removed'));
      this.dispatchEvent(new CustomEvent('catseye-settings-removed', { bubbles: true }));
      if (this.isConnected && this.#details.open) await this.#loadSettings();
    } catch (error) {
      this.#showRefusal(error);
    }
  }

  /** @param {unknown} error */
  #showRefusal(error) {
    const mistakes = error instanceof HttpError ? error.fields : {};
    const wrong = this.#fields.filter((field) => Object.hasOwn(mistakes, field.id));
    for (const field of wrong) field.showMistake(mistakes[field.id]);
    wrong[0]?.focus();
    this.#showMessage('refused', wrong.length > 0 ? t('settings.notSaved') : describeError(error));
    if (error instanceof HttpError && error.code === 'changed') this.#message.append(' ', actionButton(t('settings.loadAgain'), () => this.#loadSettings()));
  }

  /** @param {'idle' | 'busy' | 'refused' | 'done'} state @param {string} text */
  #showMessage(state, text) {
    setAttribute(this, 'state', state);
    setAttribute(this.#message, 'state', state);
    setText(this.#message, text);
  }
}

/** @param {Settings} settings */
function describeOrigin({ file, changedBy }) {
  return changedBy === undefined ? t('settings.file', { file }) : t(changedBy === 'file' ? 'settings.fileByEditor' : 'settings.fileByForm', { file });
}

define('catseye-settings-form', CatseyeSettingsForm);
