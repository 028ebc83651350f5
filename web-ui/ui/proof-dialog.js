import { define, h } from '../public/dom.js';
import { CatseyeConfirm } from '../public/confirm.js';
import { onProofRequired } from '../public/http.js';
import { t } from '../public/text.js';

/** The dialog that opens when the user must confirm their identity before a change. */
export class CatseyeProofDialog extends HTMLElement {
  /** @type {Promise<boolean> | null} */ #asking = null;
  #confirmed = false;
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-confirm-title' });

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
    onProofRequired(() => this.askForProof());
  }

  /** Several requests may wait for the same answer. @returns {Promise<boolean>} whether the user confirmed */
  askForProof() {
    this.#asking ??= new Promise((resolve) => {
      this.#confirmed = false;
      const confirm = new CatseyeConfirm();
      confirm.addEventListener('catseye-confirmed', () => {
        this.#confirmed = true;
        this.#dialog.close();
      });
      // Created each time and removed afterwards, because the input is secret.
      this.#dialog.replaceChildren(confirm, h('div', { class: 'dialog-actions' }, h('button', { class: 'button', type: 'button', onclick: () => this.#dialog.close() }, t('common.cancel'))));
      this.#dialog.addEventListener('close', () => {
        this.#asking = null;
        this.#dialog.replaceChildren();
        resolve(this.#confirmed);
      }, { once: true });
      this.#dialog.showModal();
      confirm.resetForm();
    });
    return this.#asking;
  }
}

define('catseye-proof-dialog', CatseyeProofDialog);
