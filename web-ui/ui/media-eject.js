import { define, h, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { HttpError } from '../public/http.js';
import { t } from '../public/text.js';

/** @typedef {import('../protocol/media-message.js').Drive} Drive */

/** Ejects images, and asks before it does so by force. */
export class CatseyeMediaEject extends HTMLElement {
  /** @type {(kind: 'success' | 'error', text: string) => void} */ onNotice = () => {};
  #title = h('h2', { id: 'catseye-eject-title' });
  #reason = h('p', {});
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-eject-title', 'aria-describedby': 'catseye-eject-text', onclose: () => this.dispatchEvent(new CustomEvent('catseye-typing-closed', { bubbles: true })) },
    h('form', { method: 'dialog' }, this.#title,
      h('div', { id: 'catseye-eject-text', class: 'media-facts' }, this.#reason, h('p', { class: 'field-hint' }, t('drive.forceMeaning'))),
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button', type: 'button', autofocus: true, onclick: () => this.#dialog.close() }, t('common.cancel')),
        h('button', { class: 'button primary', type: 'submit', value: 'confirmed' }, t('drive.force')))));

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
  }

  /** The target is the one of the question, even if the user chooses another one meanwhile. @param {string} target id @param {Drive} drive @param {import('../protocol/media-api.js').MediaApi} api */
  async ejectImage(target, drive, api) {
    try {
      await api.ejectImage(target, drive.drive, false);
      this.onNotice('success', t('drive.ejected', { name: drive.name, drive: drive.label }));
    } catch (error) {
      if (!(error instanceof HttpError && error.status === 423)) this.onNotice('error', describeError(error));
      else if (await this.#askUser(drive, describeError(error))) await this.#ejectByForce(target, drive, api);
    }
  }

  /** @param {string} target id @param {Drive} drive @param {import('../protocol/media-api.js').MediaApi} api */
  async #ejectByForce(target, drive, api) {
    try {
      await api.ejectImage(target, drive.drive, true);
      this.onNotice('success', t('drive.ejected', { name: drive.name, drive: drive.label }));
    } catch (error) {
      this.onNotice('error', describeError(error));
    }
  }

  /** @param {Drive} drive @param {string} reason @returns {Promise<boolean>} */
  #askUser(drive, reason) {
    setText(this.#title, t('drive.forceQuestion', { name: drive.name, drive: drive.label }));
    setText(this.#reason, reason);
    this.#dialog.returnValue = '';
    this.#dialog.showModal();
    return new Promise((resolve) => {
      this.#dialog.addEventListener('close', () => resolve(this.#dialog.returnValue === 'confirmed'), { once: true });
    });
  }
}

define('catseye-media-eject', CatseyeMediaEject);
