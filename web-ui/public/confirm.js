import { define, h, setAttribute, setText } from './dom.js';
import { HttpError, request, requestJson } from './http.js';
import { logo } from './icons.js';
import { isElsewhere, loginAddress, placeLabel, safeNext } from './next.js';
import { passwordField } from './password-field.js';

const PROOF = '/api/v1/session/proof';

/** @type {Record<string, {lead: string, label: string}>} */
const PURPOSES = {
  page: { lead: 'You logged in a while ago. To change users, bundles or settings, enter your password again.', label: 'Confirm' },
  resend: { lead: 'Nothing was changed yet, because you logged in a while ago. Enter your password; your browser then sends the form again.', label: 'Confirm and send again' },
  change: { lead: 'You logged in a while ago. Enter your password to go on with this change.', label: 'Confirm' },
};

/**
 * Asks users who are logged in for their password or a code again. Attribute `purpose`: `page` goes on to the page in the address, `resend` is the
 * answer to a form and has the browser send it again, `change` (the default) is part of a dialog and only sends the event `catseye-confirmed`.
 * `state`: idle, busy, refused, recent, ended.
 */
export class CatseyeConfirm extends HTMLElement {
  #password = passwordField('confirm-password', 'Password', 'current-password');
  #code = h('input', { id: 'confirm-code', type: 'text', autocomplete: 'one-time-code', spellcheck: 'false', autocapitalize: 'off', maxlength: 32 });
  #codeField = h('div', { class: 'field', hidden: true }, h('label', { for: 'confirm-code', class: 'field-label' }, 'Code of your app, or a recovery code'), h('div', { class: 'field-box' }, this.#code));
  #other = h('button', { class: 'button wide', type: 'button', hidden: true, onclick: () => this.#switch() }, 'Use a code instead');
  #button = h('button', { class: 'button primary wide', type: 'submit' });
  #message = h('p', { class: 'form-message', role: 'alert' });
  // Password managers need to know whose password this is.
  #user = h('input', { type: 'text', name: 'user', autocomplete: 'username', hidden: true, readonly: true });
  #lead = h('p', { class: 'card-lead' });
  #heading = h('h1', { id: 'catseye-confirm-title', tabindex: -1 }, 'Confirm that it is you');

  connectedCallback() {
    if (this.firstChild) return;
    const inDialog = this.#purpose === 'change';
    this.append(h('form', { class: inDialog ? 'confirm' : 'card', 'aria-labelledby': 'catseye-confirm-title', onsubmit: (/** @type {Event} */ event) => this.#submit(event) },
      inDialog ? null : h('div', { class: 'card-brand' }, logo(), h('span', { class: 'brand-name' }, 'Catseye')),
      this.#heading, this.#lead, this.#user,
      this.#purpose === 'page' && isElsewhere(this.#next) ? h('p', { class: 'destination' }, 'After that you go to ', h('span', { class: 'mono' }, this.#next)) : null,
      this.#password.field, this.#codeField, this.#message, this.#button, this.#other));
    this.reset();
    if (!this.hasAttribute('preview')) this.#learn();
  }

  /** As if nothing had been typed yet. */
  reset() {
    this.#password.input.value = this.#code.value = '';
    setText(this.#lead, PURPOSES[this.#purpose].lead);
    this.#state('idle');
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
    return !this.#codeField.hidden;
  }

  get #field() {
    return this.#byCode ? this.#code : this.#password.input;
  }

  async #learn() {
    try {
      const { user, recent, secondFactor } = await requestJson('GET', PROOF);
      this.#user.value = String(user);
      if (this.#purpose === 'page') setText(this.#lead, `You are logged in as ${user}. ${PURPOSES.page.lead}`);
      this.#other.hidden = secondFactor !== true;
      if (recent === true && this.#purpose === 'page') this.#showRecent('There is nothing to do on this page.');
    } catch (error) {
      if (error instanceof HttpError && error.status === 401) this.#ended();
    }
  }

  /** Here, in another tab, or a link led here without need. Nothing goes on by itself. @param {string} lead */
  #showRecent(lead) {
    this.#heading.textContent = 'You have confirmed that it is you';
    this.#lead.textContent = lead;
    for (const part of [this.#password.field, this.#codeField, this.#other]) part.hidden = true;
    this.#button.replaceWith(h('a', { class: 'button primary wide', href: this.#next }, placeLabel(this.#next)));
    setAttribute(this, 'state', 'recent');
    this.#heading.focus();
  }

  #ended() {
    this.#state('ended', 'You are logged out. ');
    const page = this.#purpose === 'page';
    const address = page ? loginAddress({ pathname: this.#next, search: '', hash: '' }) : '/login';
    this.#message.append(h('a', page ? { href: address } : { href: address, target: '_blank', rel: 'noopener' }, 'Log in'), page ? '' : ' in a new tab, then try again here.');
  }

  #switch() {
    const byCode = !this.#byCode;
    this.#codeField.hidden = !byCode;
    this.#password.field.hidden = byCode;
    this.#code.required = byCode;
    this.#password.input.required = !byCode;
    setText(this.#other, byCode ? 'Use the password instead' : 'Use a code instead');
    this.#field.focus();
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    this.#state('busy');
    try {
      await request('POST', PROOF, { body: this.#byCode ? { otp: this.#code.value.trim() } : { password: this.#password.input.value } });
      this.#confirmed();
    } catch (error) {
      if (error instanceof HttpError && error.status === 401) this.#ended();
      else this.refuse(error instanceof HttpError ? error.message : String(error));
    }
  }

  #confirmed() {
    const purpose = this.#purpose;
    this.#password.input.value = this.#code.value = '';
    if (purpose === 'page' && isElsewhere(this.#next)) location.replace(this.#next);
    else if (purpose === 'page') this.#showRecent('You can close this tab and go on where you were.');
    else if (purpose === 'resend') location.reload();
    else this.dispatchEvent(new CustomEvent('catseye-confirmed'));
  }

  /** @param {string} message */
  refuse(message) {
    this.#state('refused', message);
    this.#field.select();
    this.#field.focus();
  }

  /** @param {'idle' | 'busy' | 'refused' | 'ended'} state @param {string} [message] */
  #state(state, message = '') {
    setAttribute(this, 'state', state);
    setText(this.#message, message);
    this.#button.disabled = state === 'busy' || state === 'ended';
    setText(this.#button, state === 'busy' ? 'Checking…' : PURPOSES[this.#purpose].label);
  }
}

define('catseye-confirm', CatseyeConfirm);
