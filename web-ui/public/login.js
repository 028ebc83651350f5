import { define, h, setAttribute } from './dom.js';
import { HttpError, requestJson } from './http.js';
import { logo } from './icons.js';
import { asSomebodyElse, isElsewhere, placeLabel, safeNext, wasEnded } from './next.js';
import { passwordField } from './password-field.js';

const SESSION = '/api/v1/session';

/**
 * Asks for user and password, and for the code where the user has a second factor, then goes where the visitor wanted to be. A visitor who is
 * logged in already is told so and goes on by a click only: any site can link here, with any page of ours as the destination.
 * `state`: idle, busy, code, refused, waiting, known.
 */
export class CatseyeLogin extends HTMLElement {
  #user = h('input', { id: 'user', name: 'user', type: 'text', value: 'admin', required: true, autocomplete: 'username', spellcheck: 'false', autocapitalize: 'off' });
  #password = passwordField('password', 'Password', 'current-password');
  #code = h('input', { id: 'code', name: 'code', type: 'text', inputmode: 'text', autocomplete: 'one-time-code', spellcheck: 'false', autocapitalize: 'off', maxlength: 32 });
  #codeField = h('div', { class: 'field', hidden: true }, h('label', { for: 'code', class: 'field-label' }, 'Code of your app, or a recovery code'), h('div', { class: 'field-box' }, this.#code));
  #button = h('button', { class: 'button primary wide', type: 'submit' }, 'Log in');
  #message = h('p', { class: 'form-message', role: 'alert' });
  /** @type {any} */ #timer = null;
  /** @type {Element | null} */ #form = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.append(h('form', { class: 'card', onsubmit: (/** @type {Event} */ event) => this.#submit(event) },
      h('div', { class: 'card-brand' }, logo(), h('span', { class: 'brand-name' }, 'Catseye')),
      h('h1', {}, 'Log in'),
      h('div', { class: 'field' }, h('label', { for: 'user', class: 'field-label' }, 'User'), h('div', { class: 'field-box' }, this.#user)),
      this.#password.field, this.#codeField, destination('After that you go to', this.#next), this.#message, this.#button));
    this.#state('idle', wasEnded(location.hash) ? 'You were logged out: your login expired, or somebody ended it or changed your rights. Log in again to go on.' : '');
    this.#password.input.focus();
    if (!this.hasAttribute('preview') && !asSomebodyElse(location.hash)) this.#showKnown();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  get #next() {
    return safeNext(location.hash, location.origin);
  }

  async #showKnown() {
    try {
      this.known((await requestJson('GET', SESSION)).user);
    } catch {
      // Not logged in, or not to be asked: then the form is right.
    }
  }

  /** Somebody is logged in. @param {string} user */
  known(user) {
    const heading = h('h1', { tabindex: -1 }, 'You are logged in as ', h('strong', {}, user));
    this.#form = this.#form ?? this.firstElementChild;
    this.replaceChildren(h('div', { class: 'card' }, h('div', { class: 'card-brand' }, logo(), h('span', { class: 'brand-name' }, 'Catseye')), heading,
      destination('The link that brought you here leads to', this.#next),
      h('a', { class: 'button primary wide', href: this.#next }, placeLabel(this.#next)),
      h('button', { class: 'button wide', type: 'button', onclick: () => this.#showForm() }, 'Log in as another user')));
    setAttribute(this, 'state', 'known');
    // Not the link: a key that is still held from the page before must not press it.
    heading.focus();
  }

  #showForm() {
    this.replaceChildren(/** @type {Element} */ (this.#form));
    this.#state('idle');
    this.#user.select();
    this.#user.focus();
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    this.#state('busy');
    try {
      const otp = this.#codeField.hidden ? {} : { otp: this.#code.value.trim() };
      await requestJson('POST', SESSION, { body: { user: this.#user.value.trim(), password: this.#password.input.value, ...otp } });
      this.#leave();
    } catch (error) {
      this.#refused(error instanceof HttpError ? error : new HttpError(0, 'error', String(error)));
    }
  }

  #leave() {
    location.replace(this.#next);
  }

  /** @param {HttpError} error */
  #refused(error) {
    if (error.code === 'otp_required') {
      this.askForCode(error.message);
      return;
    }
    if (error.status === 429) this.wait(error.message, error.retryAfterSeconds || 30);
    else this.refuse(error.status === 401 && error.code.startsWith('http_') ? 'User or password is not right.' : error.message);
    const wrong = this.#codeField.hidden ? this.#password.input : this.#code;
    wrong.select();
    wrong.focus();
  }

  /** The password was right; a second factor is asked for. @param {string} message */
  askForCode(message) {
    this.#codeField.hidden = false;
    this.#code.required = true;
    this.#state('code', message);
    this.#code.focus();
  }

  /** @param {string} message */
  refuse(message) {
    this.#state('refused', message);
  }

  /** Too many attempts: counts down, then lets try again. @param {string} message @param {number} seconds */
  wait(message, seconds) {
    const until = Date.now() + seconds * 1000;
    clearInterval(this.#timer);
    this.#state('waiting', message);
    const show = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      this.#button.textContent = left > 0 ? `Try again in ${left} s` : 'Log in';
      if (left > 0) return;
      clearInterval(this.#timer);
      this.#state('idle');
    };
    this.#timer = setInterval(show, 250);
    show();
  }

  /** @param {'idle' | 'busy' | 'code' | 'refused' | 'waiting'} state @param {string} [message] */
  #state(state, message = '') {
    setAttribute(this, 'state', state);
    this.#message.textContent = message;
    this.#button.disabled = state === 'busy' || state === 'waiting';
    if (state !== 'waiting') this.#button.textContent = state === 'busy' ? 'Logging in…' : 'Log in';
  }
}

/** Names the page that the address leads to, unless it is the usual one. @param {string} lead @param {string} next */
function destination(lead, next) {
  return isElsewhere(next) ? h('p', { class: 'destination' }, `${lead} `, h('span', { class: 'mono' }, next)) : null;
}

define('catseye-login', CatseyeLogin);
