import { toAddress } from '../public/base.js';
import { define, h, setAttribute } from '../public/dom.js';
import { icon, logo } from '../public/icons.js';
import { t } from '../public/text.js';
import { describeView, hasPowerMenu, keyGroups, mouseGroups, panelGroups, powerGroups, targetGroups, userGroups, viewGroups } from './toolbar-menus.js';
import { mediaGroups } from './media-menu.js';
import { CatseyeMenu } from './menu.js';

/**
 * @typedef {object} ToolbarModel
 * @property {{id: string, label: string}[]} targets
 * @property {string} target id
 * @property {string} label
 * @property {string} user
 * @property {boolean} canControl what the user types is sent
 * @property {boolean} mayControl the user has the permission
 * @property {boolean} watchOnly
 * @property {boolean} phoneKeyboard the on-screen keyboard is raised
 * @property {string[]} stickyModifiers codes of those that are down
 * @property {import('./input-choice.js').WheelChoice} wheel
 * @property {boolean} isAdmin
 * @property {'absolute' | 'relative'} mode
 * @property {('absolute' | 'relative')[]} modes that the target's devices support
 * @property {import('../video/picture-size.js').View} scale
 * @property {import('../video/picture-size.js').Shape} shape
 * @property {import('../protocol/quality-message.js').Level} level of the picture's quality, as chosen
 * @property {import('../protocol/quality-message.js').QualityMessage | null} quality what the server sends; null while unknown
 * @property {import('./lease.js').LeaseDescription | null} lease who is in control, if another user is concerned
 * @property {import('../protocol/control-message.js').PowerMessage | null} power
 * @property {boolean} systemKeys the keyboard has the keys Power, Sleep and Wake
 * @property {boolean} hasMedia the user may attach images
 * @property {import('../protocol/media-message.js').Drive[] | null} drives null while unknown
 * @property {{on: boolean, settings: import('../input/jiggler.js').JiggleSettings}} jiggle whether the pointer moves by itself
 * @property {boolean} fullscreen
 * @property {import('./plugins.js').Panel[]} panels
 *
 * @typedef {{command: 'combination', combination: import('../input/combinations.js').Combination, keepOpen?: boolean} | {command: 'mode', mode: 'absolute' | 'relative'}
 *   | {command: 'target', id: string} | {command: 'panel', id: string}
 *   | {command: 'scale', scale: import('../video/picture-size.js').View} | {command: 'shape', shape: import('../video/picture-size.js').Shape}
 *   | {command: 'statistics'} | {command: 'capture'} | {command: 'quality', level: import('../protocol/quality-message.js').Level}
 *   | {command: 'lease', action: import('../protocol/control-message.js').LeaseAction}
 *   | {command: 'power', action: import('../protocol/control-message.js').PowerAction}
 *   | {command: 'attach' | 'eject', drive: import('../protocol/media-message.js').Drive} | {command: 'jiggle', on: boolean} | {command: 'jiggle-settings', settings: import('../input/jiggler.js').JiggleSettings}
 *   | {command: 'language', language: string | null}
 *   | {command: 'wheel', wheel: import('./input-choice.js').WheelChoice} | {command: 'modifier', code: string}
 *   | {command: 'library' | 'media-menu' | 'type-text' | 'own-combinations' | 'watch-only' | 'phone-keyboard' | 'fullscreen' | 'snapshot' | 'account' | 'logout'}} Command
 */

/** The tools. Sends the user's choices as bubbling `catseye-command` events whose detail is a {@link Command}. */
export class CatseyeToolbar extends HTMLElement {
  /** @type {ToolbarModel} */ #model = {
    targets: [], target: '', label: '', user: '', canControl: false, mayControl: false, watchOnly: false, phoneKeyboard: false, stickyModifiers: [], wheel: { speed: 'normal', reversed: false },
    isAdmin: false, mode: 'absolute', modes: ['absolute', 'relative'], scale: 'fit', shape: 'sent', level: 'auto', quality: null, lease: null, power: null, systemKeys: false, hasMedia: false, drives: null,
    jiggle: { on: false, settings: { seconds: 60, pixels: 10 } }, fullscreen: false, panels: [],
  };
  #title = h('span', { class: 'target-label' });
  #targets = this.#createMenu(t('toolbar.target'), 'target', targetGroups);
  #keys = this.#createMenu(t('toolbar.keys'), 'keyboard', keyGroups);
  #mouse = this.#createMenu(t('toolbar.mouse'), 'pointer', mouseGroups);
  #power = this.#createMenu(t('toolbar.power'), 'power', powerGroups);
  #media = this.#createMenu(t('toolbar.media'), 'disc', mediaGroups);
  #panels = this.#createMenu(t('toolbar.panels'), 'panels', panelGroups);
  #user = this.#createMenu(t('toolbar.user'), 'user', userGroups);
  #view = this.#createMenu(t('view.title'), 'fit', viewGroups);
  #phone = this.#createTool('phone-keyboard', t('toolbar.phoneKeyboard'), { command: 'phone-keyboard' });
  #watch = this.#createTool('eye', t('toolbar.watchOnly'), { command: 'watch-only' });
  #fullscreen = this.#createTool('fullscreen', t('toolbar.fullscreen'), { command: 'fullscreen' });
  #snapshot = this.#createTool('camera', t('toolbar.snapshot'), { command: 'snapshot' });

  connectedCallback() {
    if (this.firstChild) return;
    this.setAttribute('role', 'toolbar');
    this.setAttribute('aria-label', t('toolbar.label'));
    this.append(
      h('a', { class: 'brand', href: toAddress('/'), 'aria-label': t('toolbar.brand') }, logo(), h('span', { class: 'brand-name' }, 'Catseye')),
      this.#title, this.#targets, h('span', { class: 'tool-gap' }),
      this.#phone, this.#keys, this.#mouse, this.#power, this.#media, this.#watch, this.#view, this.#fullscreen, this.#snapshot, this.#panels, this.#user,
    );
    this.showTools(this.#model);
  }

  focus() {
    this.#keys.hidden ? this.#user.focus() : this.#keys.focus();
  }

  openMedia() {
    if (!this.#media.isOpen) this.#media.toggleMenu();
  }

  /** @param {ToolbarModel} model */
  showTools(model) {
    this.#model = model;
    // The menu leads away from a target that no longer exists, too.
    const several = model.targets.length > 1 || model.targets.some(({ id }) => id !== model.target);
    this.#title.textContent = model.label;
    this.#title.hidden = several || !model.label;
    this.#targets.hidden = !several;
    this.#targets.setCaption(model.label || t('toolbar.target'));
    this.#keys.hidden = this.#mouse.hidden = this.#phone.hidden = !model.canControl;
    this.#power.hidden = !hasPowerMenu(model);
    this.#media.hidden = !model.hasMedia;
    setAttribute(this.#mouse, 'jiggling', model.jiggle.on);
    this.#watch.hidden = !model.mayControl;
    this.#showToggle(this.#watch, model.watchOnly, 'eye', 'eye');
    this.#showToggle(this.#phone, model.phoneKeyboard, 'phone-keyboard', 'phone-keyboard');
    setAttribute(this.#mouse, 'mode', model.mode);
    this.#panels.hidden = model.panels.length === 0;
    this.#user.setCaption(model.user || t('toolbar.user'));
    this.#view.setCaption(describeView(model.scale));
    this.#showToggle(this.#fullscreen, model.fullscreen, 'fullscreen', 'windowed');
  }

  /** @param {string} label @param {string} iconName @param {(model: ToolbarModel, send: (command: Command) => void) => import('./menu.js').MenuGroup[]} groups */
  #createMenu(label, iconName, groups) {
    const element = new CatseyeMenu();
    element.setAttribute('label', label);
    element.setAttribute('icon', iconName);
    element.groups = () => groups(this.#model, (command) => this.#sendCommand(command));
    return element;
  }

  /** @param {string} iconName @param {string} label @param {Command} command */
  #createTool(iconName, label, command) {
    return h('button', { class: 'tool', type: 'button', title: label, 'aria-label': label, 'data-icon': iconName, onclick: () => this.#sendCommand(command) },
      icon(iconName), h('span', { class: 'tool-label' }, label));
  }

  /** @param {HTMLElement} button @param {boolean} pressed @param {string} normalIcon @param {string} pressedIcon */
  #showToggle(button, pressed, normalIcon, pressedIcon) {
    setAttribute(button, 'aria-pressed', String(pressed));
    const iconName = pressed ? pressedIcon : normalIcon;
    if (button.dataset.icon === iconName) return;
    button.dataset.icon = iconName;
    button.querySelector('.icon')?.replaceWith(icon(iconName));
  }

  /** @param {Command} detail */
  #sendCommand(detail) {
    this.dispatchEvent(new CustomEvent('catseye-command', { bubbles: true, detail }));
  }
}

define('catseye-toolbar', CatseyeToolbar);
