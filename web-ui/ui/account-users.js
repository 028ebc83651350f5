import { define, h } from '../public/dom.js';
import { passwordField } from '../public/password-field.js';
import { AccessSection, askingButton, button, textField } from './access-section.js';
import { CatseyeRights, rightsWords } from './rights.js';

/** @typedef {import('../protocol/access-api.js').Rights} Rights */

/** Users and roles, for administrators. */
export class CatseyeAccountUsers extends AccessSection {
  async load() {
    const [users, roles] = await Promise.all([this.api.users(), this.api.roles()]);
    const names = ['admin', ...Object.keys(roles)];
    this.content.replaceChildren(h('h3', {}, 'Users'), ...users.map((user) => this.#user(user, names)), this.#newUser(names),
      h('h3', {}, 'Roles'), h('p', { class: 'field-hint' }, 'Named sets of rights. The role admin is built in and may do everything.'),
      ...Object.entries(roles).map(([name, rights]) => this.#role(name, rights)), this.#newRole());
  }

  /** @param {Rights} value */
  #rights(value) {
    const rights = new CatseyeRights();
    rights.targets = this.scope?.targets ?? [];
    rights.value = value;
    return rights;
  }

  /** @param {import('../protocol/access-api.js').User} user @param {string[]} roleNames */
  #user(user, roleNames) {
    const rights = this.#rights(user.rights);
    const roles = roleBoxes(roleNames, user.roles);
    const own = user.name === this.scope?.user;
    const password = passwordField(`password-of-${user.name}`, 'New password', 'new-password');
    return h('details', { class: 'section-item', 'data-user': user.name },
      h('summary', {}, user.name, h('span', { class: 'field-hint' }, ` ${summary(user, own)}`)),
      roles.element, rights,
      h('div', { class: 'section-actions' },
        button('Save rights', () => this.attempt(() => this.api.grant(user.name, { roles: roles.value(), rights: rights.value }), `The rights of ${user.name} are saved.`), 'button primary'),
        own || !user.secondFactor ? null : button('Switch off second factor', () => this.attempt(() => this.api.removeSecondFactor(user.name), 'The second factor is off.')),
        own ? null : askingButton('Remove user', `Remove ${user.name} for good?`, () => this.attempt(() => this.api.removeUser(user.name), `${user.name} is removed.`))),
      own ? null : h('div', { class: 'section-form' }, password.field,
        button('Set password', () => this.attempt(() => this.api.setPassword(user.name, password.input.value), `${user.name} has a new password.`))));
  }

  /** @param {string[]} roleNames */
  #newUser(roleNames) {
    const name = textField('new-user', 'Name', { maxlength: '64' });
    const password = passwordField('new-user-password', 'Password', 'new-password');
    const roles = roleBoxes(roleNames, []);
    const rights = this.#rights({ '*': ['VIEW'] });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const user = name.input.value.trim();
      this.attempt(() => this.api.addUser({ name: user, password: password.input.value, roles: roles.value(), rights: rights.value }), `${user} is added.`);
    };
    return h('details', { class: 'section-item', 'data-new': 'user' }, h('summary', {}, 'Add a user'),
      h('form', { class: 'section-form', onsubmit: submit }, name.field, password.field, roles.element, rights, h('button', { class: 'button primary', type: 'submit' }, 'Add')));
  }

  /** @param {string} name @param {Rights} value */
  #role(name, value) {
    const rights = this.#rights(value);
    return h('details', { class: 'section-item', 'data-role': name }, h('summary', {}, name), rights, h('div', { class: 'section-actions' },
      button('Save role', () => this.attempt(() => this.api.putRole(name, rights.value), `The role ${name} is saved.`), 'button primary'),
      askingButton('Remove role', `Remove ${name} for good?`, () => this.attempt(() => this.api.removeRole(name), `The role ${name} is removed.`))));
  }

  #newRole() {
    const name = textField('new-role', 'Name', { maxlength: '64' });
    const rights = this.#rights({ '*': ['VIEW'] });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.attempt(() => this.api.putRole(name.input.value.trim(), rights.value), 'The role is made.');
    };
    return h('details', { class: 'section-item', 'data-new': 'role' }, h('summary', {}, 'Add a role'),
      h('form', { class: 'section-form', onsubmit: submit }, name.field, rights, h('button', { class: 'button primary', type: 'submit' }, 'Add')));
  }
}

/** @param {import('../protocol/access-api.js').User} user @param {boolean} own */
function summary(user, own) {
  const roles = user.roles.length > 0 && `${user.roles.length > 1 ? 'roles' : 'role'} ${user.roles.join(', ')}`;
  const may = [roles, rightsWords(user.rights)].filter(Boolean);
  return [own && 'you', ...(may.length > 0 ? may : ['no rights']), user.secondFactor && 'second factor'].filter(Boolean).join(' · ');
}

/** @param {string[]} names @param {string[]} had */
function roleBoxes(names, had) {
  const boxes = names.map((name) => h('input', { type: 'checkbox', value: name, checked: had.includes(name) }));
  return {
    element: h('fieldset', { class: 'section-roles' }, h('legend', { class: 'field-label' }, 'Roles'), ...boxes.map((box) => h('label', {}, box, ` ${box.value}`))),
    value: () => boxes.filter((box) => box.checked).map((box) => box.value),
  };
}

define('catseye-account-users', CatseyeAccountUsers);
