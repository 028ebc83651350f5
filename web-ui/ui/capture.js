import { toAddress } from '../public/base.js';
import { define, h, setAttribute, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { HttpError } from '../public/http.js';
import { t } from '../public/text.js';
import { CaptureApi } from '../protocol/capture-api.js';
import { createEdidRow, describeTiming } from './capture-edid.js';
import { createControlRow, createFieldRow, createRateRow, createSizeRow } from './capture-row.js';

/**
 * @typedef {import('../protocol/capture-api.js').CaptureDevice} CaptureDevice
 * @typedef {import('../protocol/settings-api.js').Field} Field
 * @typedef {import('./capture-row.js').CaptureRow} CaptureRow
 */

/** The panel of this page, which is no plug-in: the View menu opens it. */
export const CAPTURE_PANEL = Object.freeze({ id: 'org.catseye.capture', get title() { return t('capture.title'); }, element: 'catseye-capture', sheet: true });

/** A moving slider sends at most this often. */
const SEND_MILLIS = 200;
/** How soon a change from elsewhere is shown. */
const REFRESH_MILLIS = 3000;

/**
 * The settings of the capture device that a target uses. A change applies at once. Attribute: `target`, its id. `state`: loading, ready,
 * empty (nothing to adjust), refused.
 */
export class CatseyeCapture extends HTMLElement {
  static observedAttributes = ['target'];
  /** Replaced by the gallery. */ api = new CaptureApi();
  #name = h('p', { class: 'capture-device' });
  #incoming = h('p', { class: 'field-hint' });
  #message = h('p', { class: 'section-message', role: 'status' });
  #form = h('div', { class: 'capture-rows' });
  #foot = h('p', { class: 'field-hint capture-foot' });
  /** @type {CaptureRow[]} */ #rows = [];
  /** What the rows were made for. */ #shape = '';
  /** Values that are not sent yet, by key. @type {Map<string, string>} */ #pending = new Map();
  #sending = false;
  #lastSent = 0;
  #version = '';
  #loading = false;
  /** Why the last change was refused, unless a row shows it. */ #refusal = '';
  /** @type {any} */ #refreshTimer = null;
  /** @type {any} */ #sendTimer = null;

  get target() {
    return this.getAttribute('target') ?? '';
  }

  connectedCallback() {
    if (!this.firstChild) this.append(this.#name, this.#incoming, this.#message, this.#form, this.#foot);
    this.#refreshTimer = setInterval(() => this.#loadDevice(), REFRESH_MILLIS);
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    clearInterval(this.#refreshTimer);
    clearTimeout(this.#sendTimer);
  }

  attributeChangedCallback() {
    if (!this.isConnected || !this.target) return;
    this.#pending.clear();
    this.#refusal = '';
    this.#shape = '';
    this.#form.replaceChildren();
    this.#showMessage('loading', t('capture.loading'));
    this.#loadDevice();
  }

  async #loadDevice() {
    if (!this.target || this.#loading || this.#isBusy || document.hidden) return;
    const { target } = this;
    this.#loading = true;
    try {
      const device = await this.api.readDevice(target);
      // The page may show another target by now, or the user may have changed something.
      if (target === this.target && !this.#isBusy) this.showDevice(device);
    } catch (error) {
      if (target === this.target) this.#showMessage('refused', describeError(error));
    } finally {
      this.#loading = false;
    }
    if (target !== this.target) this.#loadDevice();
  }

  get #isBusy() {
    return this.#sending || this.#pending.size > 0;
  }

  /** @param {CaptureDevice} device */
  showDevice(device) {
    const { settings, problem = '' } = device;
    this.#version = device.version;
    setText(this.#name, device.device);
    setText(this.#incoming, device.incoming ? t('capture.incoming', { timing: describeTiming(device.incoming) }) : '');
    const fields = new Map((settings?.fields ?? []).map((field) => [field.id, field]));
    this.#makeRows(device, fields);
    for (const row of this.#rows) {
      if (!row.isEditing && !row.keys.some((key) => this.#pending.has(key))) row.showValues(device, fields);
    }
    this.#showFoot(device);
    const trouble = settings?.form.lockReason ?? (problem || settings?.problem || '');
    if (this.#refusal) this.#showMessage('refused', this.#refusal);
    else this.#showMessage(settings ? 'ready' : 'empty', trouble);
  }

  /** Another device or other settings get other rows. @param {CaptureDevice} device @param {Map<string, Field>} fields */
  #makeRows(device, fields) {
    const shape = JSON.stringify([this.target, [...fields.keys()], device.controls.map(({ key }) => key), device.modes?.widthKey, device.edid?.key]);
    if (shape === this.#shape) return;
    this.#shape = shape;
    this.#rows = [...fields.values()].map((field) => this.#createRow(device, field)).filter((row) => row !== null);
    this.#form.replaceChildren(...this.#rows.map(({ element }) => element));
  }

  /** @param {CaptureDevice} device @param {Field} field @returns {CaptureRow | null} null: another row shows this setting too */
  #createRow({ controls, modes, edid }, field) {
    /** @param {Record<string, string>} values */
    const change = (values) => this.#changeValues(values);
    if (controls.some(({ key }) => key === field.id)) return createControlRow(field, change);
    if (field.id === modes?.widthKey) return createSizeRow(modes, change);
    if (field.id === modes?.heightKey) return null;
    if (field.id === modes?.rateKey) return createRateRow(modes, change);
    return field.id === edid?.key ? createEdidRow(field, change, () => this.target) : createFieldRow(field, change);
  }

  /** @param {CaptureDevice} device */
  #showFoot({ settings, configured }) {
    if (!settings) {
      this.#foot.replaceChildren();
      return;
    }
    const link = h('a', { href: toAddress(`/settings#pid=${encodeURIComponent(settings.pid)}`), target: '_blank', rel: 'noopener' }, t('capture.allSettings'));
    this.#foot.replaceChildren(configured ? t('capture.file', { file: settings.file }) : t('capture.notConfigured'), ' ', link);
  }

  /** @param {Record<string, string>} values by key */
  #changeValues(values) {
    for (const [key, value] of Object.entries(values)) this.#pending.set(key, value);
    if (!this.#sending && this.#sendTimer === null) {
      this.#sendTimer = setTimeout(() => this.#sendPending(), Math.max(0, this.#lastSent + SEND_MILLIS - performance.now()));
    }
  }

  /** One request at a time; the newest value of each setting counts. */
  async #sendPending() {
    this.#sendTimer = null;
    const { target } = this;
    const values = Object.fromEntries(this.#pending);
    this.#pending.clear();
    this.#sending = true;
    this.#lastSent = performance.now();
    try {
      const device = await this.api.saveValues(target, values, this.#version);
      if (target === this.target) this.#showSaved(device, Object.keys(values));
    } catch (error) {
      if (target === this.target) await this.#showRefusal(error, Object.keys(values));
    } finally {
      this.#sending = false;
    }
    if (this.#pending.size > 0) this.#changeValues({});
  }

  /** @param {CaptureDevice} device @param {string[]} keys */
  #showSaved(device, keys) {
    this.#refusal = '';
    for (const row of this.#rows) if (row.keys.some((key) => keys.includes(key))) row.showMistake('');
    this.showDevice(device);
  }

  /** @param {unknown} error @param {string[]} keys that were sent */
  async #showRefusal(error, keys) {
    const fields = error instanceof HttpError ? error.fields : {};
    const wrong = this.#rows.filter((row) => row.keys.some((key) => Object.hasOwn(fields, key)));
    for (const row of wrong) row.showMistake(row.keys.map((key) => fields[key]).filter(Boolean).join(' '));
    if (wrong.length > 0) return;
    this.#refusal = describeError(error);
    if (error instanceof HttpError && error.code === 'changed') {
      // The values of the other user are shown, and this user decides again.
      const device = await this.api.readDevice(this.target).catch(() => null);
      keys.forEach((key) => this.#pending.delete(key));
      if (device) this.showDevice(device);
    }
    this.#showMessage('refused', this.#refusal);
  }

  /** @param {'loading' | 'ready' | 'empty' | 'refused'} state @param {string} text */
  #showMessage(state, text) {
    setAttribute(this, 'state', state);
    setAttribute(this.#message, 'state', state === 'refused' ? 'refused' : null);
    setText(this.#message, text);
  }
}

define('catseye-capture', CatseyeCapture);
