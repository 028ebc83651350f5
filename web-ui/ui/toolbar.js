import { define, h, setAttribute } from '../public/dom.js';
import { icon, logo } from '../public/icons.js';
import { COMBINATIONS } from '../input/combinations.js';
import { CatseyeMenu } from './menu.js';

/**
 * @typedef {object} ToolbarModel
 * @property {{id: string, label: string}[]} targets
 * @property {string} target id
 * @property {string} label
 * @property {string} user
 * @property {boolean} canControl
 * @property {boolean} isAdmin
 * @property {'absolute' | 'relative'} mode
 * @property {('absolute' | 'relative')[]} modes the target's devices know
 * @property {'fit' | 'natural'} scale
 * @property {boolean} fullscreen
 * @property {import('./plugins.js').Panel[]} panels
 *
 * @typedef {{command: 'combination', codes: string[], stays?: boolean} | {command: 'mode', mode: 'absolute' | 'relative'}
 *   | {command: 'target', id: string} | {command: 'panel', id: string}
 *   | {command: 'lease', wish: import('../protocol/control-message.js').Wish}
 *   | {command: 'type-text' | 'scale' | 'fullscreen' | 'snapshot' | 'account' | 'logout'}} Command
 */

/** The tools. Says what is wanted as bubbling `catseye-command` events whose detail is a {@link Command}. */
export class CatseyeToolbar extends HTMLElement {
  /** @type {ToolbarModel} */ #model = {
    targets: [], target: '', label: '', user: '', canControl: false, isAdmin: false, mode: 'absolute', modes: ['absolute', 'relative'], scale: 'fit', fullscreen: false, panels: [],
  };
  #title = h('span', { class: 'target-label' });
  #targets = menu('Target', 'target', () => this.#targetGroups());
  #keys = menu('Keys', 'keyboard', () => this.#keyGroups());
  #mouse = menu('Mouse', 'pointer', () => this.#mouseGroups());
  #panels = menu('Panels', 'panels', () => [{ items: this.#model.panels.map(({ id, title }) => ({ label: title, action: () => this.#want({ command: 'panel', id }) })) }]);
  #user = menu('User', 'user', () => this.#userGroups());
  #scale = this.#tool('fit', 'Real size', { command: 'scale' });
  #fullscreen = this.#tool('fullscreen', 'Full screen', { command: 'fullscreen' });
  #snapshot = this.#tool('camera', 'Save picture', { command: 'snapshot' });

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'toolbar');
    this.setAttribute('aria-label', 'Console');
    this.append(
      h('a', { class: 'brand', href: '/', 'aria-label': 'Catseye, reload the console' }, logo(), h('span', { class: 'brand-name' }, 'Catseye')),
      this.#title, this.#targets, h('span', { class: 'tool-gap' }),
      this.#keys, this.#mouse, this.#scale, this.#fullscreen, this.#snapshot, this.#panels, this.#user,
    );
    this.show(this.#model);
  }

  focus() {
    this.#keys.hidden ? this.#user.focus() : this.#keys.focus();
  }

  /** @param {ToolbarModel} model */
  show(model) {
    this.#model = model;
    const several = model.targets.length > 1;
    this.#title.textContent = model.label;
    this.#title.hidden = several || !model.label;
    this.#targets.hidden = !several;
    this.#targets.caption(model.label || 'Target');
    this.#keys.hidden = this.#mouse.hidden = !model.canControl;
    setAttribute(this.#mouse, 'mode', model.mode);
    this.#panels.hidden = model.panels.length === 0;
    this.#user.caption(model.user || 'User');
    setAttribute(this.#scale, 'aria-pressed', String(model.scale === 'natural'));
    this.#picture(this.#scale, model.scale === 'natural' ? 'natural' : 'fit', 'Real size');
    setAttribute(this.#fullscreen, 'aria-pressed', String(model.fullscreen));
    this.#picture(this.#fullscreen, model.fullscreen ? 'windowed' : 'fullscreen', 'Full screen');
  }

  #targetGroups() {
    const { targets, target } = this.#model;
    return [{ title: 'Targets', items: targets.map(({ id, label }) => ({ label, detail: label === id ? '' : id, checked: id === target, action: () => this.#want({ command: 'target', id }) })) }];
  }

  /** @returns {import('./menu.js').MenuGroup[]} */
  #keyGroups() {
    return [
      ...COMBINATIONS.map(({ title, stays, items }) => ({
        title, layout: /** @type {'chips'} */ ('chips'),
        items: items.map(({ label, codes, detail }) => ({ label, detail, stays, action: () => this.#want({ command: 'combination', codes, stays }) })),
      })),
      { items: [{ label: 'Type text…', icon: 'text', action: () => this.#want({ command: 'type-text' }) }] },
    ];
  }

  /** @returns {import('./menu.js').MenuGroup[]} */
  #mouseGroups() {
    const { mode, modes } = this.#model;
    return [{
      title: 'Mouse mode',
      items: [
        { label: 'Absolute', detail: 'the pointer follows yours', checked: mode === 'absolute', disabled: !modes.includes('absolute'), action: () => this.#want({ command: 'mode', mode: 'absolute' }) },
        { label: 'Relative', detail: 'the picture takes the mouse', checked: mode === 'relative', disabled: !modes.includes('relative'), action: () => this.#want({ command: 'mode', mode: 'relative' }) },
      ],
    }];
  }

  /** @returns {import('./menu.js').MenuGroup[]} */
  #userGroups() {
    const { user, isAdmin } = this.#model;
    return [{
      title: user ? `Logged in as ${user}` : undefined,
      items: [
        ...(isAdmin ? [{ label: 'System console', icon: 'system', href: '/system/console', detail: 'new tab' }] : []),
        { label: isAdmin ? 'Account, users, audit…' : 'Account…', icon: 'user', action: () => this.#want({ command: 'account' }) },
        { label: 'Log out', icon: 'logout', action: () => this.#want({ command: 'logout' }) },
      ],
    }];
  }

  /** @param {string} name @param {string} label @param {Command} command */
  #tool(name, label, command) {
    return h('button', { class: 'tool', type: 'button', title: label, 'aria-label': label, 'data-icon': name, onclick: () => this.#want(command) },
      icon(name), h('span', { class: 'tool-label' }, label));
  }

  /** @param {HTMLElement} button @param {string} name @param {string} label */
  #picture(button, name, label) {
    if (button.dataset.icon === name) return;
    button.dataset.icon = name;
    button.replaceChildren(icon(name), h('span', { class: 'tool-label' }, label));
  }

  /** @param {Command} detail */
  #want(detail) {
    this.dispatchEvent(new CustomEvent('catseye-command', { bubbles: true, detail }));
  }
}

/** @param {string} label @param {string} name @param {() => import('./menu.js').MenuGroup[]} groups */
function menu(label, name, groups) {
  const element = new CatseyeMenu();
  element.setAttribute('label', label);
  element.setAttribute('icon', name);
  element.groups = groups;
  return element;
}

define('catseye-toolbar', CatseyeToolbar);
