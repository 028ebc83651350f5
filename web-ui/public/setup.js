import { toAddress } from './base.js';
import { define, h, setAttribute } from './dom.js';
import { describeError } from './error-text.js';
import { HttpError, requestJson } from './http.js';
import { logo } from './icons.js';
import { passwordField } from './password-field.js';
import { textField } from './text-field.js';
import { t } from './text.js';

/** The error codes for a wrong token, including the one without details, because a proxy may remove the server's code. */
const WRONG = ['bad_credentials', 'no_details'];

/** Claims a new device: the one-time token proves access to the device, the password is for `admin`. `state`: idle, busy, refused, claimed. */
export class CatseyeSetup extends HTMLElement {
  #token = textField('token', t('setup.token'), { name: 'token', class: 'mono' });
  #password = passwordField('password', t('setup.password'), 'new-password');
  #repeated = passwordField('again', t('setup.repeat'), 'new-password');
  #button = h('button', { class: 'button primary wide', type: 'submit' }, t('setup.title'));
  #message = h('p', { class: 'form-message', role: 'alert' });

  connectedCallback() {
    if (this.firstChild) return;
    this.append(h('form', { class: 'card', onsubmit: (/** @type {Event} */ event) => this.#submitForm(event) },
      h('div', { class: 'card-brand' }, logo(), h('span', { class: 'brand-name' }, 'Catseye')),
      h('h1', {}, t('setup.title')),
      h('p', { class: 'card-lead' }, t('setup.lead')),
      // Password managers need the name of the user whose password this is.
      h('input', { type: 'text', name: 'user', value: 'admin', autocomplete: 'username', hidden: true, readonly: true }),
      this.#token.field, this.#password.field, this.#repeated.field,
      h('p', { class: 'field-hint' }, t('setup.hint')),
      this.#message, this.#button));
    this.#setState('idle');
    if (!this.hasAttribute('preview')) {
      document.title = t('common.pageTitle', { title: t('setup.pageTitle') });
      this.#takeTokenFromAddress();
      // Opening the printed link in a tab that already shows this page changes only the fragment.
      window.addEventListener('hashchange', this.#onHashChange);
    }
    (this.#token.input.value ? this.#password.input : this.#token.input).focus();
  }

  disconnectedCallback() {
    window.removeEventListener('hashchange', this.#onHashChange);
  }

  #onHashChange = () => {
    this.#takeTokenFromAddress();
    this.#password.input.focus();
  };

  /** Reads the token from the fragment, which is never sent to the server, and removes it from the address bar and the history. */
  #takeTokenFromAddress() {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    if (token === null) return;
    this.#token.input.value = token;
    history.replaceState(null, '', location.pathname);
  }

  /** @param {Event} event */
  async #submitForm(event) {
    event.preventDefault();
    const password = this.#password.input.value;
    if (password !== this.#repeated.input.value) {
      this.showRefusal(t('setup.mismatch'));
      this.#repeated.input.focus();
      return;
    }
    this.#setState('busy');
    try {
      await requestJson('POST', '/api/v1/setup', { body: { token: this.#token.input.value.trim(), password } });
      location.replace(toAddress('/'));
    } catch (error) {
      this.#handleRefusal(error instanceof HttpError ? error : new HttpError(0, 'error', String(error)));
    }
  }

  /** @param {HttpError} error */
  #handleRefusal(error) {
    if (error.status === 409) this.showClaimed();
    else {
      const wrongToken = error.status === 403 && WRONG.includes(error.code);
      this.showRefusal(wrongToken ? t('setup.wrongToken') : describeError(error));
      (wrongToken ? this.#token.input : this.#password.input).focus();
    }
  }

  /** @param {string} message */
  showRefusal(message) {
    this.#setState('refused', message);
  }

  /** The device already has an owner, so this page cannot claim it. */
  showClaimed() {
    this.#setState('claimed', `${t('setup.claimed')} `);
    this.#message.append(h('a', { href: toAddress('/login') }, t('common.logIn')));
  }

  /** @param {'idle' | 'busy' | 'refused' | 'claimed'} state @param {string} [message] */
  #setState(state, message = '') {
    setAttribute(this, 'state', state);
    this.#message.textContent = message;
    this.#button.disabled = state === 'busy' || state === 'claimed';
    this.#button.textContent = t(state === 'busy' ? 'setup.busy' : 'setup.title');
  }
}

define('catseye-setup', CatseyeSetup);
