import { define, setAttribute, setText } from '../public/dom.js';

/** One line above the picture. `state`: info, warning; hidden without a notice. */
export class CatseyeNotice extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
    this.classList.add('notice');
    if (!this.firstChild) this.show(null);
  }

  /** @param {{kind: 'info' | 'warning', text: string} | null} notice */
  show(notice) {
    setAttribute(this, 'hidden', !notice);
    setAttribute(this, 'state', notice?.kind);
    setText(this, notice?.text ?? '');
  }
}

define('catseye-notice', CatseyeNotice);
