import { define, setAttribute, setText } from '../public/dom.js';

/** One line above the picture. `state`: info, warning; hidden without a notice. */
export class CatseyeNotice extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
    this.classList.add('notice');
    if (!this.firstChild) this.showNotice(null);
  }

  /** @param {{kind: 'info' | 'warning', text: string} | null} notice */
  showNotice(notice) {
    setAttribute(this, 'hidden', !notice);
    setAttribute(this, 'state', notice?.kind);
    setText(this, notice?.text ?? '');
  }
}

define('catseye-notice', CatseyeNotice);
