import { define, h } from '../public/dom.js';
import { passwordField } from '../public/password-field.js';
import { AccessSection, textField } from './access-section.js';
import { CatseyeQrCode } from './qr-code.js';

/** The own password and second factor. */
export class CatseyeAccountSelf extends AccessSection {
  #old = passwordField('account-old', 'Present password', 'current-password');
  #next = passwordField('account-next', 'New password', 'new-password');
  #factor = h('div', { class: 'section-content' });

  async load() {
    const user = await this.api.user(/** @type {string} */ (this.scope?.user));
    if (!this.content.firstChild) {
      this.content.append(
        h('form', { class: 'section-form', onsubmit: (/** @type {Event} */ event) => this.#changePassword(event) }, h('h3', {}, 'Password'),
          h('p', { class: 'field-hint' }, 'A new password logs you out everywhere else, and ends your API tokens.'),
          this.#old.field, this.#next.field, h('button', { class: 'button primary', type: 'submit' }, 'Change password')),
        h('h3', {}, 'Second factor'), this.#factor);
    }
    this.#showFactor(user.secondFactor);
  }

  /** @param {Event} event */
  async #changePassword(event) {
    event.preventDefault();
    const done = await this.attempt(() => this.api.setPassword(this.#user, this.#next.input.value, this.#old.input.value), 'The password is changed.');
    if (done) this.#old.input.value = this.#next.input.value = '';
  }

  get #user() {
    return /** @type {string} */ (this.scope?.user);
  }

  /** @param {boolean} on */
  #showFactor(on) {
    const password = passwordField('account-factor', 'Password', 'current-password');
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (on) this.attempt(() => this.api.removeSecondFactor(this.#user, password.input.value), 'The second factor is off.');
      else this.#begin(password.input.value);
    };
    this.#factor.replaceChildren(h('form', { class: 'section-form', onsubmit: submit },
      h('p', { class: 'field-hint' }, on ? 'On: a login asks for the code of your app.' : 'Off: a password is all that a login needs.'), password.field,
      h('button', { class: on ? 'button' : 'button primary', type: 'submit' }, on ? 'Switch off' : 'Switch on…')));
  }

  /** @param {string} password */
  #begin(password) {
    /** @type {{secret: string, qr: string[]}} */ let enrolment = { secret: '', qr: [] };
    this.attempt(async () => {
      enrolment = await this.api.beginSecondFactor(this.#user, password);
    }).then((done) => done && this.#confirm(enrolment));
  }

  /** @param {{secret: string, qr: string[]}} enrolment */
  #confirm({ secret, qr }) {
    const code = textField('account-code', 'Code that the app shows', { inputmode: 'numeric', autocomplete: 'one-time-code' });
    const picture = new CatseyeQrCode();
    picture.rows = qr;
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      /** @type {string[]} */ let codes = [];
      const done = await this.attempt(async () => {
        codes = (await this.api.confirmSecondFactor(this.#user, code.input.value.trim())).recoveryCodes;
      }, 'The second factor is on.');
      if (done) this.#factor.prepend(h('p', {}, 'Keep these recovery codes on paper. Each is good for one login without the app; they are shown this once.'), h('pre', { class: 'secret' }, codes.join('\n')));
    };
    this.#factor.replaceChildren(h('form', { class: 'section-form', onsubmit: submit }, h('p', {}, 'Scan this with an authenticator app, or type the secret into it. Then enter the code that it shows.'),
      picture, h('code', { class: 'secret' }, secret), code.field, h('button', { class: 'button primary', type: 'submit' }, 'Confirm')));
    code.input.focus();
  }
}

define('catseye-account-self', CatseyeAccountSelf);
