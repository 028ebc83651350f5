import { define, h } from '../public/dom.js';
import { formatDateTime, t } from '../public/text.js';
import { textField } from '../public/text-field.js';
import { AccessSection, actionButton } from './access-section.js';
import { CatseyeRights, describeRights } from './rights.js';

const DAY_MILLIS = 86_400_000;
const MAX_DAYS = 3650;
const DEFAULT_DAYS = 90;

/** The sessions of people and the API tokens of programs. */
export class CatseyeAccountSessions extends AccessSection {
  async loadContent() {
    const [sessions, tokens] = await Promise.all([this.api.listSessions(), this.api.listTokens()]);
    this.content.replaceChildren(h('h3', {}, t('sessions.title')),
      h('ul', { class: 'section-list' }, ...sessions.map((session) => this.#sessionRow(session))),
      h('h3', {}, t('tokens.title')),
      h('ul', { class: 'section-list' }, ...tokens.map((token) => this.#tokenRow(token))),
      this.#newTokenForm());
  }

  /** @param {import('../protocol/access-api.js').Login} session */
  #sessionRow(session) {
    const endSession = () => this.runAction(() => this.api.endSession(session.id), t('sessions.ended'));
    return listRow(describeSession(session), t('sessions.times', { created: formatDateTime(session.created), used: formatDateTime(session.used) }),
      session.current ? null : actionButton(t('sessions.end'), endSession));
  }

  /** @param {import('../protocol/access-api.js').Token} token */
  #tokenRow(token) {
    const revokeToken = () => this.runAction(() => this.api.revokeToken(token.id), t('tokens.revoked'));
    return listRow(t('tokens.owner', { name: token.name, user: token.user }),
      t('tokens.until', { expires: formatDateTime(token.expires), rights: describeRights(token.rights) }), actionButton(t('tokens.revoke'), revokeToken));
  }

  #newTokenForm() {
    const name = textField('token-name', t('tokens.name'), { maxlength: 64 });
    const days = textField('token-days', t('tokens.days'), { type: 'number', min: 1, max: MAX_DAYS, value: DEFAULT_DAYS });
    const rights = new CatseyeRights();
    rights.targets = this.scope?.targets ?? [];
    // A token can have only rights that its user has, and others may have theirs for single targets.
    rights.value = this.scope?.isAdmin ? { '*': ['VIEW'] } : Object.fromEntries(rights.targets.map(({ id }) => [id, [/** @type {const} */ ('VIEW')]]));
    const submitForm = async (/** @type {Event} */ event) => {
      event.preventDefault();
      let token = '';
      const expires = new Date(Date.now() + Number(days.input.value) * DAY_MILLIS);
      const done = await this.runAction(async () => {
        token = (await this.api.createToken(name.input.value.trim(), rights.value, expires)).token;
      }, t('tokens.created'));
      if (done) this.content.prepend(h('p', {}, t('tokens.copy')), h('code', { class: 'secret' }, token));
    };
    return h('form', { class: 'section-form', onsubmit: submitForm }, name.field, days.field, rights,
      h('button', { class: 'button primary', type: 'submit' }, t('tokens.create')));
  }
}

/** @param {import('../protocol/access-api.js').Login} session */
function describeSession({ user, address, authenticator, current }) {
  let login = t('sessions.userAndAddress', { user, address: address || t('sessions.unknownAddress') });
  if (authenticator) login = t('sessions.external', { login, authenticator: authenticator.toUpperCase() });
  return current ? t('sessions.current', { login }) : login;
}

/** @param {string} title @param {string} detail @param {HTMLElement | null} action */
function listRow(title, detail, action) {
  return h('li', { class: 'section-row' }, h('span', {}, h('strong', {}, title), h('br'), h('span', { class: 'field-hint' }, detail)), action);
}

define('catseye-account-sessions', CatseyeAccountSessions);
