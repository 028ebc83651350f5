import { define, h, setAttribute } from './dom.js';
import { HttpError, requestJson } from './http.js';
import { logo } from './icons.js';
import { passwordField } from './password-field.js';

/** Claims a new device: the one-time token proves access to the device, the password is for `admin`. `state`: idle, busy, refused, claimed. */
export class CatseyeSetup extends HTMLElement {
  #token = h('input', { id: 'token', name: 'token', type: 'text', required: true, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', class: 'mono' });
  #password = passwordField('password', 'New password for “admin”', 'new-password');
  #again = passwordField('again', 'The password again', 'new-password');
  #button = h('button', { class: 'button primary wide', type: 'submit' }, 'Claim this device');
  #message = h('p', { class: 'form-message', role: 'alert' });

  connectedCallback() {
    if (this.firstChild) return;
    this.append(h('form', { class: 'card', onsubmit: (/** @type {Event} */ event) => this.#submit(event) },
      h('div', { class: 'card-brand' }, logo(), h('span', { class: 'brand-name' }, 'Catseye')),
      h('h1', {}, 'Claim this device'),
      h('p', { class: 'card-lead' }, 'This Catseye has no owner yet. Its one-time setup token was printed when it started; it is in its log.'),
      // Password managers want to know whose password this is.
      h('input', { type: 'text', name: 'user', value: 'admin', autocomplete: 'username', hidden: true, readonly: true }),
      h('div', { class: 'field' }, h('label', { for: 'token', class: 'field-label' }, 'Setup token'), h('div', { class: 'field-box' }, this.#token)),
      this.#password.field, this.#again.field,
      h('p', { class: 'field-hint' }, 'Whoever has it controls the computer behind this device. At least 8 characters; four or five random words are good.'),
      this.#message, this.#button));
    this.#state('idle');
    if (!this.hasAttribute('preview')) {
      this.#takeToken();
      // The printed link, opened where this page is open already, changes the fragment only.
      window.addEventListener('hashchange', this.#onHash);
    }
    (this.#token.value ? this.#password.input : this.#token).focus();
  }

  disconnectedCallback() {
    window.removeEventListener('hashchange', this.#onHash);
  }

  #onHash = () => {
    this.#takeToken();
    this.#password.input.focus();
  };

  /** From the fragment, which never reaches a server or its log; and out of the address bar and history. */
  #takeToken() {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    if (token === null) return;
    this.#token.value = token;
    history.replaceState(null, '', location.pathname);
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    const password = this.#password.input.value;
    if (password !== this.#again.input.value) {
      this.refuse('The two passwords are not the same.');
      this.#again.input.focus();
      return;
    }
    this.#state('busy');
    try {
      await requestJson('POST', '/api/v1/setup', { body: { token: this.#token.value.trim(), password } });
      location.replace('/');
    } catch (error) {
      this.#refused(error instanceof HttpError ? error : new HttpError(0, 'error', String(error)));
    }
  }

  /** @param {HttpError} error */
  #refused(error) {
    if (error.status === 409) this.claimed();
    else {
      this.refuse(error.status === 403 && error.code.startsWith('http_') ? 'This is not the setup token of this device.' : error.message);
      (error.status === 403 ? this.#token : this.#password.input).focus();
    }
  }

  /** @param {string} message */
  refuse(message) {
    this.#state('refused', message);
  }

  claimed() {
    this.#state('claimed', 'This device has an owner already. ');
    this.#message.append(h('a', { href: '/login' }, 'Log in'));
  }

  /** @param {'idle' | 'busy' | 'refused' | 'claimed'} state @param {string} [message] */
  #state(state, message = '') {
    setAttribute(this, 'state', state);
    this.#message.textContent = message;
    this.#button.disabled = state === 'busy' || state === 'claimed';
    this.#button.textContent = state === 'busy' ? 'Claiming…' : 'Claim this device';
  }
}

define('catseye-setup', CatseyeSetup);
