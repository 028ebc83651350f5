import { define, h } from '../public/dom.js';
import { CatseyeConfirm } from '../public/confirm.js';
import { onProofRequired } from '../public/http.js';

/** The dialog that opens when the server wants to know again who the user is, before it makes a change. */
export class CatseyeProofDialog extends HTMLElement {
  /** @type {Promise<boolean> | null} */ #asking = null;
  #confirmed = false;
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-confirm-title' });

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
    onProofRequired(() => this.ask());
  }

  /** Several requests may wait for the same answer. @returns {Promise<boolean>} whether the user did */
  ask() {
    this.#asking ??= new Promise((resolve) => {
      this.#confirmed = false;
      const confirm = new CatseyeConfirm();
      confirm.addEventListener('catseye-confirmed', () => {
        this.#confirmed = true;
        this.#dialog.close();
      });
      // Made anew each time, and gone afterwards: what was typed is secret.
      this.#dialog.replaceChildren(confirm, h('div', { class: 'dialog-actions' }, h('button', { class: 'button', type: 'button', onclick: () => this.#dialog.close() }, 'Cancel')));
      this.#dialog.addEventListener('close', () => {
        this.#asking = null;
        this.#dialog.replaceChildren();
        resolve(this.#confirmed);
      }, { once: true });
      this.#dialog.showModal();
      confirm.reset();
    });
    return this.#asking;
  }
}

define('catseye-proof-dialog', CatseyeProofDialog);
