import { define, h, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { t } from '../public/text.js';
import { powerLabel } from './toolbar-menus.js';

/** @typedef {import('../protocol/control-message.js').PowerAction} PowerAction */

/** After these the computer has lost what was not saved. @type {Set<PowerAction>} */
const INTERRUPTING = new Set(['hold', 'reset', 'off', 'cycle']);

/** Performs power actions, and asks before those that interrupt the computer. */
export class CatseyePower extends HTMLElement {
  /** @type {(kind: 'success' | 'error', text: string) => void} */ onNotice = () => {};
  #title = h('h2', { id: 'catseye-power-title' });
  #confirm = h('button', { class: 'button primary', type: 'submit', value: 'confirmed' });
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-power-title', 'aria-describedby': 'catseye-power-text', onclose: () => this.dispatchEvent(new CustomEvent('catseye-typing-closed', { bubbles: true })) },
    h('form', { method: 'dialog' }, this.#title, h('p', { id: 'catseye-power-text' }, t('power.consequence')),
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button', type: 'button', autofocus: true, onclick: () => this.#dialog.close() }, t('common.cancel')), this.#confirm)));

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
  }

  /**
   * The target is the one of the question, even if the user chooses another one meanwhile.
   *
   * @param {{id: string, label: string}} target @param {PowerAction} action @param {import('../protocol/api.js').Api} api
   */
  async performAction({ id, label }, action, api) {
    if (INTERRUPTING.has(action) && !(await this.#askUser(label, action))) return;
    try {
      await api.performPowerAction(id, action);
      this.onNotice('success', t('power.done', { action: powerLabel(action) }));
    } catch (error) {
      this.onNotice('error', describeError(error));
    }
  }

  /** @param {string} label @param {PowerAction} action @returns {Promise<boolean>} */
  #askUser(label, action) {
    setText(this.#title, t('power.confirm', { action: powerLabel(action), label }));
    setText(this.#confirm, powerLabel(action));
    this.#dialog.returnValue = '';
    this.#dialog.showModal();
    return new Promise((resolve) => {
      this.#dialog.addEventListener('close', () => resolve(this.#dialog.returnValue === 'confirmed'), { once: true });
    });
  }
}

define('catseye-power', CatseyePower);
