import { define, h } from '../public/dom.js';
import { passwordField } from '../public/password-field.js';
import { t } from '../public/text.js';
import { textField } from '../public/text-field.js';
import { AccessSection } from './access-section.js';
import { CatseyeQrCode } from './qr-code.js';

/** The user's own password and second factor. */
export class CatseyeAccountSelf extends AccessSection {
  #current = passwordField('account-old', t('password.current'), 'current-password');
  #next = passwordField('account-next', t('common.newPassword'), 'new-password');
  #factor = h('div', { class: 'section-content' });

  async loadContent() {
    const user = await this.api.readUser(this.#user);
    if (!this.content.firstChild) {
      this.content.append(
        h('form', { class: 'section-form', onsubmit: (/** @type {Event} */ event) => this.#changePassword(event) }, h('h3', {}, t('common.password')),
          h('p', { class: 'field-hint' }, t('password.hint')),
          this.#current.field, this.#next.field, h('button', { class: 'button primary', type: 'submit' }, t('password.change'))),
        h('h3', {}, t('factor.title')), this.#factor);
    }
    this.#showFactor(user.secondFactor);
  }

  /** @param {Event} event */
  async #changePassword(event) {
    event.preventDefault();
    const [current, next] = [this.#current.input, this.#next.input];
    const done = await this.runAction(() => this.api.setPassword(this.#user, next.value, current.value), t('password.changed'));
    if (done) current.value = next.value = '';
  }

  get #user() {
    return /** @type {string} */ (this.scope?.user);
  }

  /** @param {boolean} on */
  #showFactor(on) {
    const password = passwordField('account-factor', t('common.password'), 'current-password');
    const submitForm = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (on) this.runAction(() => this.api.removeSecondFactor(this.#user, password.input.value), t('factor.isOff'));
      else this.#beginEnrolment(password.input.value);
    };
    this.#factor.replaceChildren(h('form', { class: 'section-form', onsubmit: submitForm },
      h('p', { class: 'field-hint' }, t(on ? 'factor.on' : 'factor.off')), password.field,
      h('button', { class: on ? 'button' : 'button primary', type: 'submit' }, t(on ? 'factor.switchOff' : 'factor.switchOn'))));
  }

  /** @param {string} password */
  async #beginEnrolment(password) {
    /** @type {{secret: string, qr: string[]}} */ let enrolment = { secret: '', qr: [] };
    const begun = await this.runAction(async () => {
      enrolment = await this.api.beginSecondFactor(this.#user, password);
    });
    if (begun) this.#confirmEnrolment(enrolment);
  }

  /** @param {{secret: string, qr: string[]}} enrolment */
  #confirmEnrolment({ secret, qr }) {
    const code = textField('account-code', t('factor.code'), { inputmode: 'numeric', autocomplete: 'one-time-code' });
    const picture = new CatseyeQrCode();
    picture.rows = qr;
    const submitForm = async (/** @type {Event} */ event) => {
      event.preventDefault();
      /** @type {string[]} */ let codes = [];
      const done = await this.runAction(async () => {
        codes = (await this.api.confirmSecondFactor(this.#user, code.input.value.trim())).recoveryCodes;
      }, t('factor.isOn'));
      if (done) this.#factor.prepend(h('p', {}, t('factor.recovery')), h('pre', { class: 'secret' }, codes.join('\n')));
    };
    this.#factor.replaceChildren(h('form', { class: 'section-form', onsubmit: submitForm }, h('p', {}, t('factor.scan')),
      picture, h('code', { class: 'secret' }, secret), code.field, h('button', { class: 'button primary', type: 'submit' }, t('factor.confirm'))));
    code.input.focus();
  }
}

define('catseye-account-self', CatseyeAccountSelf);
