import { toAddress } from './base.js';
import { define, h, setAttribute, setText } from './dom.js';
import { destinationLabel, destinationNote } from './destination.js';
import { describeError } from './error-text.js';
import { HttpError, request, requestJson } from './http.js';
import { logo } from './icons.js';
import { isElsewhere, loginAddress, safeNext } from './next.js';
import { passwordField } from './password-field.js';
import { t } from './text.js';
import { textField } from './text-field.js';

const PROOF = '/api/v1/session/proof';

/** @type {Record<string, {lead: import('./text.js').MessageKey, submit: import('./text.js').MessageKey}>} */
const PURPOSES = {
  page: { lead: 'confirm.page', submit: 'confirm.submit' },
  resend: { lead: 'confirm.resend', submit: 'confirm.submitAgain' },
  change: { lead: 'confirm.change', submit: 'confirm.submit' },
};

/**
 * Asks users who are logged in for their password or a code again. Attribute `purpose`: `page` opens the page in the URL, `resend` responds
 * to a form and makes the browser send it again, `change` (the default) is part of a dialog and only sends the event `catseye-confirmed`.
 * `state`: idle, busy, refused, recent, ended.
 */
export class CatseyeConfirm extends HTMLElement {
  #password = passwordField('confirm-password', t('common.password'), 'current-password');
  #code = textField('confirm-code', t('login.code'), { required: false, autocomplete: 'one-time-code', maxlength: 32 });
  #other = h('button', { class: 'button wide', type: 'button', hidden: true, onclick: () => this.#switchMethod() }, t('confirm.useCode'));
  #button = h('button', { class: 'button primary wide', type: 'submit' });
  #message = h('p', { class: 'form-message', role: 'alert' });
  // Password managers need the user name.
  #user = h('input', { type: 'text', name: 'user', autocomplete: 'username', hidden: true, readonly: true });
  #lead = h('p', { class: 'card-lead' });
  #heading = h('h1', { id: 'catseye-confirm-title', tabindex: -1 }, t('confirm.title'));

  connectedCallback() {
    if (this.firstChild) return;
    this.#code.field.hidden = true;
    const inDialog = this.#purpose === 'change';
    this.append(h('form', { class: inDialog ? 'confirm' : 'card', 'aria-labelledby': 'catseye-confirm-title', onsubmit: (/** @type {Event} */ event) => this.#submitForm(event) },
      inDialog ? null : h('div', { class: 'card-brand' }, logo(), h('span', { class: 'brand-name' }, 'Catseye')),
      this.#heading, this.#lead, this.#user,
      this.#purpose === 'page' ? destinationNote(t('destination.afterwards'), this.#next) : null,
      this.#password.field, this.#code.field, this.#message, this.#button, this.#other));
    this.resetForm();
    if (this.hasAttribute('preview')) return;
    if (this.#purpose !== 'change') document.title = t('common.pageTitle', { title: t('confirm.title') });
    this.#loadProof();
  }

  /** Resets the form. */
  resetForm() {
    this.#password.input.value = this.#code.input.value = '';
    setText(this.#lead, t(PURPOSES[this.#purpose].lead));
    this.#setState('idle');
    this.#field.focus();
  }

  get #purpose() {
    const purpose = this.getAttribute('purpose') ?? '';
    return purpose in PURPOSES ? purpose : 'change';
  }

  get #next() {
    return safeNext(location.hash, location.origin);
  }

  get #byCode() {
    return !this.#code.field.hidden;
  }

  get #field() {
    return this.#byCode ? this.#code.input : this.#password.input;
  }

  async #loadProof() {
    try {
      const { user, recent, secondFactor } = await requestJson('GET', PROOF);
      this.#user.value = String(user);
      if (this.#purpose === 'page') setText(this.#lead, t('confirm.loggedInAs', { user: String(user), lead: t(PURPOSES.page.lead) }));
      this.#other.hidden = secondFactor !== true;
      if (recent === true && this.#purpose === 'page') this.#showRecent(t('confirm.nothingToDo'));
    } catch (error) {
      if (error instanceof HttpError && error.status === 401) this.#showLoggedOut();
    }
  }

  /**
   * The user already confirmed, here or in another tab, or a link led here without need. The user must click to continue.
   *
   * @param {string} lead
   */
  #showRecent(lead) {
    this.#heading.textContent = t('confirm.done');
    this.#lead.textContent = lead;
    for (const part of [this.#password.field, this.#code.field, this.#other]) part.hidden = true;
    this.#button.replaceWith(h('a', { class: 'button primary wide', href: toAddress(this.#next) }, destinationLabel(this.#next)));
    setAttribute(this, 'state', 'recent');
    this.#heading.focus();
  }

  #showLoggedOut() {
    const page = this.#purpose === 'page';
    this.#setState('ended', `${t(page ? 'confirm.loggedOut' : 'confirm.loggedOutHere')} `);
    const address = page ? loginAddress({ pathname: toAddress(this.#next), search: '', hash: '' }) : toAddress('/login');
    this.#message.append(h('a', page ? { href: address } : { href: address, target: '_blank', rel: 'noopener' }, t('common.logIn')));
  }

  #switchMethod() {
    const byCode = !this.#byCode;
    this.#code.field.hidden = !byCode;
    this.#password.field.hidden = byCode;
    this.#code.input.required = byCode;
    this.#password.input.required = !byCode;
    setText(this.#other, t(byCode ? 'confirm.usePassword' : 'confirm.useCode'));
    this.#field.focus();
  }

  /** @param {Event} event */
  async #submitForm(event) {
    event.preventDefault();
    this.#setState('busy');
    try {
      await request('POST', PROOF, { body: this.#byCode ? { otp: this.#code.input.value.trim() } : { password: this.#password.input.value } });
      this.#onConfirmed();
    } catch (error) {
      if (error instanceof HttpError && error.status === 401) this.#showLoggedOut();
      else this.showRefusal(this.#describeRefusal(error));
    }
  }

  /** @param {unknown} error */
  #describeRefusal(error) {
    if (error instanceof HttpError && error.code === 'bad_credentials') return t(this.#byCode ? 'confirm.wrongCode' : 'confirm.wrongPassword');
    return describeError(error);
  }

  #onConfirmed() {
    const purpose = this.#purpose;
    this.#password.input.value = this.#code.input.value = '';
    if (purpose === 'page' && isElsewhere(this.#next)) location.replace(toAddress(this.#next));
    else if (purpose === 'page') this.#showRecent(t('confirm.closeTab'));
    else if (purpose === 'resend') location.reload();
    else this.dispatchEvent(new CustomEvent('catseye-confirmed'));
  }

  /** @param {string} message */
  showRefusal(message) {
    this.#setState('refused', message);
    this.#field.select();
    this.#field.focus();
  }

  /** @param {'idle' | 'busy' | 'refused' | 'ended'} state @param {string} [message] */
  #setState(state, message = '') {
    setAttribute(this, 'state', state);
    setText(this.#message, message);
    this.#button.disabled = state === 'busy' || state === 'ended';
    setText(this.#button, t(state === 'busy' ? 'confirm.busy' : PURPOSES[this.#purpose].submit));
  }
}

define('catseye-confirm', CatseyeConfirm);
