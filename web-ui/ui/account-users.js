import { define, h } from '../public/dom.js';
import { passwordField } from '../public/password-field.js';
import { t } from '../public/text.js';
import { textField } from '../public/text-field.js';
import { AccessSection, actionButton, confirmingButton } from './access-section.js';
import { CatseyeRights, describeRights } from './rights.js';

/** @typedef {import('../protocol/access-api.js').Rights} Rights */

const MAX_NAME_LENGTH = 64;

/** Users and roles, for administrators. */
export class CatseyeAccountUsers extends AccessSection {
  async loadContent() {
    const [users, roles] = await Promise.all([this.api.listUsers(), this.api.listRoles()]);
    const names = ['admin', ...Object.keys(roles)];
    this.content.replaceChildren(h('h3', {}, t('users.title')), ...users.map((user) => this.#userItem(user, names)), this.#newUserForm(names),
      h('h3', {}, t('roles.title')), h('p', { class: 'field-hint' }, t('roles.hint')),
      ...Object.entries(roles).map(([name, rights]) => this.#roleItem(name, rights)), this.#newRoleForm());
  }

  /** @param {Rights} value */
  #rightsTable(value) {
    const rights = new CatseyeRights();
    rights.targets = this.scope?.targets ?? [];
    rights.value = value;
    return rights;
  }

  /** @param {import('../protocol/access-api.js').User} user @param {string[]} roleNames */
  #userItem(user, roleNames) {
    const rights = this.#rightsTable(user.rights);
    const roles = roleBoxes(roleNames, user.roles);
    const own = user.name === this.scope?.user;
    const saveRights = () => this.runAction(() => this.api.setGrants(user.name, { roles: roles.selected(), rights: rights.value }), t('users.rightsSaved', { user: user.name }));
    const switchOffFactor = () => this.runAction(() => this.api.removeSecondFactor(user.name), t('factor.isOff'));
    return h('details', { class: 'section-item', 'data-user': user.name },
      h('summary', {}, user.name, h('span', { class: 'field-hint' }, ` ${describeUser(user, own)}`)),
      roles.element, rights,
      h('div', { class: 'section-actions' },
        actionButton(t('users.saveRights'), saveRights, 'button primary'),
        own || !user.secondFactor ? null : actionButton(t('users.factorOff'), switchOffFactor),
        own ? null : this.#removeUserButton(user.name)),
      own ? null : this.#passwordForm(user.name));
  }

  /** @param {string} user */
  #removeUserButton(user) {
    return confirmingButton(t('users.remove'), t('users.removeQuestion', { name: user }),
      () => this.runAction(() => this.api.removeUser(user), t('users.removed', { user })));
  }

  /** @param {string} user */
  #passwordForm(user) {
    const password = passwordField(`password-of-${user}`, t('common.newPassword'), 'new-password');
    return h('div', { class: 'section-form' }, password.field,
      actionButton(t('users.setPassword'), () => this.runAction(() => this.api.setPassword(user, password.input.value), t('users.passwordSet', { user }))));
  }

  /** @param {string[]} roleNames */
  #newUserForm(roleNames) {
    const name = textField('new-user', t('common.name'), { maxlength: MAX_NAME_LENGTH });
    const password = passwordField('new-user-password', t('common.password'), 'new-password');
    const roles = roleBoxes(roleNames, []);
    const rights = this.#rightsTable({ '*': ['VIEW'] });
    const addUser = () => {
      const user = name.input.value.trim();
      this.runAction(() => this.api.addUser({ name: user, password: password.input.value, roles: roles.selected(), rights: rights.value }), t('users.added', { user }));
    };
    return newItemForm('user', t('users.add'), addUser, name.field, password.field, roles.element, rights);
  }

  /** @param {string} name @param {Rights} value */
  #roleItem(name, value) {
    const rights = this.#rightsTable(value);
    return h('details', { class: 'section-item', 'data-role': name }, h('summary', {}, name), rights, h('div', { class: 'section-actions' },
      actionButton(t('roles.save'), () => this.runAction(() => this.api.saveRole(name, rights.value), t('roles.saved', { role: name })), 'button primary'),
      confirmingButton(t('roles.remove'), t('users.removeQuestion', { name }), () => this.runAction(() => this.api.removeRole(name), t('roles.removed', { role: name })))));
  }

  #newRoleForm() {
    const name = textField('new-role', t('common.name'), { maxlength: MAX_NAME_LENGTH });
    const rights = this.#rightsTable({ '*': ['VIEW'] });
    const addRole = () => this.runAction(() => this.api.saveRole(name.input.value.trim(), rights.value), t('roles.added'));
    return newItemForm('role', t('roles.add'), addRole, name.field, rights);
  }
}

/** @param {'user' | 'role'} kind @param {string} title @param {() => void} add @param {...HTMLElement} fields */
function newItemForm(kind, title, add, ...fields) {
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    add();
  };
  return h('details', { class: 'section-item', 'data-new': kind }, h('summary', {}, title),
    h('form', { class: 'section-form', onsubmit }, ...fields, h('button', { class: 'button primary', type: 'submit' }, t('users.submit'))));
}

/** @param {import('../protocol/access-api.js').User} user @param {boolean} own */
function describeUser(user, own) {
  const roles = user.roles.length > 0 && t('users.roles', { count: user.roles.length, roles: user.roles.join(', ') });
  const grants = [roles, describeRights(user.rights)].filter(Boolean);
  return [own && t('users.you'), ...(grants.length > 0 ? grants : [t('users.noRights')]), user.secondFactor && t('users.factor')].filter(Boolean).join(' · ');
}

/** @param {string[]} names @param {string[]} granted */
function roleBoxes(names, granted) {
  const boxes = names.map((name) => h('input', { type: 'checkbox', value: name, checked: granted.includes(name) }));
  return {
    element: h('fieldset', { class: 'section-roles' }, h('legend', { class: 'field-label' }, t('roles.title')), ...boxes.map((box) => h('label', {}, box, ` ${box.value}`))),
    selected: () => boxes.filter((box) => box.checked).map((box) => box.value),
  };
}

define('catseye-account-users', CatseyeAccountUsers);
