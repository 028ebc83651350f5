import { define, h } from '../public/dom.js';
import { AccessSection, button, textField, when } from './access-section.js';
import { CatseyeRights, rightsWords } from './rights.js';

const DAY_MILLIS = 86_400_000;

/** Where people are logged in, and the API tokens of programs. */
export class CatseyeAccountSessions extends AccessSection {
  async load() {
    const [sessions, tokens] = await Promise.all([this.api.sessions(), this.api.tokens()]);
    this.content.replaceChildren(h('h3', {}, 'Logins'),
      h('ul', { class: 'section-list' }, ...sessions.map((session) => row(`${session.user} from ${session.address || 'somewhere'}${session.authenticator ? `, account of ${session.authenticator.toUpperCase()}` : ''}${session.current ? ' (this one)' : ''}`,
        `since ${when(session.created)}, last used ${when(session.used)}`, session.current ? null : button('End', () => this.attempt(() => this.api.endSession(session.id), 'Ended.'))))),
      h('h3', {}, 'API tokens'),
      h('ul', { class: 'section-list' }, ...tokens.map((token) => row(`${token.name} of ${token.user}`, `until ${when(token.expires)}: ${rightsWords(token.rights)}`,
        button('Revoke', () => this.attempt(() => this.api.revokeToken(token.id), 'Revoked.'))))),
      this.#form());
  }

  #form() {
    const name = textField('token-name', 'Name of a new token', { maxlength: '64' });
    const days = textField('token-days', 'Days until it ends', { type: 'number', min: '1', max: '3650', value: '90' });
    const rights = new CatseyeRights();
    rights.targets = this.scope?.targets ?? [];
    rights.value = { '*': ['VIEW'] };
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      let token = '';
      const done = await this.attempt(async () => {
        token = (await this.api.makeToken(name.input.value.trim(), rights.value, new Date(Date.now() + Number(days.input.value) * DAY_MILLIS))).token;
      }, 'The token is made.');
      if (done) this.content.prepend(h('p', {}, 'Copy the token now: it is shown this once. Send it as Authorization: Bearer.'), h('code', { class: 'secret' }, token));
    };
    return h('form', { class: 'section-form', onsubmit: submit }, name.field, days.field, rights, h('button', { class: 'button primary', type: 'submit' }, 'Make a token'));
  }
}

/** @param {string} title @param {string} detail @param {HTMLElement | null} action */
function row(title, detail, action) {
  return h('li', { class: 'section-row' }, h('span', {}, h('strong', {}, title), h('br'), h('span', { class: 'field-hint' }, detail)), action);
}

define('catseye-account-sessions', CatseyeAccountSessions);
