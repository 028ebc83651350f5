import { toAddress } from './base.js';
import { define, h, setAttribute } from './dom.js';
import { destinationLabel, destinationNote } from './destination.js';
import { describeError } from './error-text.js';
import { HttpError, requestJson } from './http.js';
import { logo } from './icons.js';
import { asSomebodyElse, safeNext, wasEnded } from './next.js';
import { passwordField } from './password-field.js';
import { textField } from './text-field.js';
import { t } from './text.js';

const SESSION = '/api/v1/session';
/** The error codes for a wrong password or code. no_details is included because a proxy may remove the server's code. */
const WRONG = ['bad_credentials', 'no_details'];
const DEFAULT_RETRY_SECONDS = 30;
const COUNTDOWN_MILLIS = 250;

/**
 * Asks for user and password, and for a code if the user has a second factor, and then opens the requested page. A user who is already
 * logged in sees a message and must click to continue, because any site can link here with any of our pages as the destination.
 * `state`: idle, busy, code, refused, waiting, known.
 */
export class CatseyeLogin extends HTMLElement {
  #user = textField('user', t('login.user'), { name: 'user', value: 'admin', autocomplete: 'username' });
  #password = passwordField('password', t('common.password'), 'current-password');
  #code = textField('code', t('login.code'), { name: 'code', required: false, autocomplete: 'one-time-code', maxlength: 32 });
  #button = h('button', { class: 'button primary wide', type: 'submit' }, t('common.logIn'));
  #message = h('p', { class: 'form-message', role: 'alert' });
  /** @type {any} */ #timer = null;
  /** @type {Element | null} */ #form = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.#code.field.hidden = true;
    this.append(h('form', { class: 'card', onsubmit: (/** @type {Event} */ event) => this.#submitForm(event) },
      h('div', { class: 'card-brand' }, logo(), h('span', { class: 'brand-name' }, 'Catseye')),
      h('h1', {}, t('login.title')), this.#user.field, this.#password.field, this.#code.field,
      destinationNote(t('destination.afterwards'), this.#next), this.#message, this.#button));
    this.#setState('idle', wasEnded(location.hash) ? t('login.ended') : '');
    this.#password.input.focus();
    if (this.hasAttribute('preview')) return;
    document.title = t('common.pageTitle', { title: t('login.title') });
    if (!asSomebodyElse(location.hash)) this.#checkSession();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  get #next() {
    return safeNext(location.hash, location.origin);
  }

  async #checkSession() {
    try {
      this.showKnown((await requestJson('GET', SESSION)).user);
    } catch {
      // Not logged in, or the server does not respond: show the form.
    }
  }

  /** The user already has a session. @param {string} user */
  showKnown(user) {
    const heading = h('h1', { tabindex: -1 }, t('login.known', { user }));
    this.#form = this.#form ?? this.firstElementChild;
    this.replaceChildren(h('div', { class: 'card' }, h('div', { class: 'card-brand' }, logo(), h('span', { class: 'brand-name' }, 'Catseye')), heading,
      destinationNote(t('destination.ofLink'), this.#next),
      h('a', { class: 'button primary wide', href: toAddress(this.#next) }, destinationLabel(this.#next)),
      h('button', { class: 'button wide', type: 'button', onclick: () => this.#showForm() }, t('refusal.otherUser'))));
    setAttribute(this, 'state', 'known');
    // The link does not get the focus, because a key that is still held from the previous page must not activate it.
    heading.focus();
  }

  #showForm() {
    this.replaceChildren(/** @type {Element} */ (this.#form));
    this.#setState('idle');
    this.#user.input.select();
    this.#user.input.focus();
  }

  /** @param {Event} event */
  async #submitForm(event) {
    event.preventDefault();
    this.#setState('busy');
    try {
      const otp = this.#code.field.hidden ? {} : { otp: this.#code.input.value.trim() };
      await requestJson('POST', SESSION, { body: { user: this.#user.input.value.trim(), password: this.#password.input.value, ...otp } });
      this.#openNextPage();
    } catch (error) {
      this.#handleRefusal(error instanceof HttpError ? error : new HttpError(0, 'error', String(error)));
    }
  }

  #openNextPage() {
    location.replace(toAddress(this.#next));
  }

  /** @param {HttpError} error */
  #handleRefusal(error) {
    if (error.code === 'otp_required') {
      this.askForCode();
      return;
    }
    if (error.status === 429) this.waitAndRetry(error.retryAfterSeconds || DEFAULT_RETRY_SECONDS);
    else this.showRefusal(error.status === 401 && WRONG.includes(error.code) ? t(this.#code.field.hidden ? 'login.wrongPassword' : 'login.wrongCode') : describeError(error));
    const wrong = this.#code.field.hidden ? this.#password.input : this.#code.input;
    wrong.select();
    wrong.focus();
  }

  /** The password was correct, and the user has a second factor. */
  askForCode() {
    this.#code.field.hidden = false;
    this.#code.input.required = true;
    this.#setState('code', t('login.codeNeeded'));
    this.#code.input.focus();
  }

  /** @param {string} message */
  showRefusal(message) {
    this.#setState('refused', message);
  }

  /** Shows a countdown after too many attempts, then enables the form again. @param {number} seconds */
  waitAndRetry(seconds) {
    const until = Date.now() + seconds * 1000;
    clearInterval(this.#timer);
    this.#setState('waiting', t('login.tooManyAttempts'));
    const showCountdown = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      this.#button.textContent = left > 0 ? t('login.retryIn', { seconds: left }) : t('common.logIn');
      if (left > 0) return;
      clearInterval(this.#timer);
      this.#setState('idle');
    };
    this.#timer = setInterval(showCountdown, COUNTDOWN_MILLIS);
    showCountdown();
  }

  /** @param {'idle' | 'busy' | 'code' | 'refused' | 'waiting'} state @param {string} [message] */
  #setState(state, message = '') {
    setAttribute(this, 'state', state);
    this.#message.textContent = message;
    this.#button.disabled = state === 'busy' || state === 'waiting';
    if (state !== 'waiting') this.#button.textContent = t(state === 'busy' ? 'login.busy' : 'common.logIn');
  }
}

define('catseye-login', CatseyeLogin);
