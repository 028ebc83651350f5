import { define, h, setAttribute, setText } from '../public/dom.js';

/**
 * @typedef {object} LeaseModel
 * @property {import('../protocol/control-message.js').LeaseMessage | null} lease null while nobody said
 * @property {string} user
 * @property {boolean} canControl has the right, whoever has the lease
 * @property {boolean} isAdmin
 *
 * @typedef {import('../protocol/control-message.js').Wish} Wish
 * @typedef {{state: 'watching' | 'waiting' | 'asked' | 'holding', text: string, wishes: Wish[]}} LeaseWords
 */

/** @type {Record<Wish, string>} */
const LABELS = { request: 'Ask for control', take: 'Take control', grant: 'Give control', deny: 'Keep it', release: 'Release control' };

/**
 * What there is to say of who is in control; null when there is nothing: who is alone need not know of leases.
 *
 * @param {LeaseModel} model
 * @returns {LeaseWords | null}
 */
export function leaseWords({ lease, user, canControl, isAdmin }) {
  if (!lease || !canControl || lease.shared) return null;
  if (lease.mine) {
    if (lease.asking) return { state: 'asked', text: `${lease.asking} asks for control. Without an answer within 30 seconds it stays with you.`, wishes: ['grant', 'deny'] };
    return lease.others ? { state: 'holding', text: `You control this computer. ${lease.others === 1 ? 'Somebody else watches' : `${lease.others} others watch`}.`, wishes: ['release'] } : null;
  }
  if (!lease.holder) return null;
  /** @type {Wish[]} */ const take = isAdmin ? ['take'] : [];
  if (lease.asking === user) return { state: 'waiting', text: `You asked ${lease.holder} for control. Waiting for the answer.`, wishes: take };
  return { state: 'watching', text: `${lease.holder} controls this computer. You watch.`, wishes: ['request', ...take] };
}

/** Says who is in control, and lets people ask and answer. `state`: none, watching, waiting, asked, holding. */
export class CatseyeLease extends HTMLElement {
  #text = h('p', { class: 'lease-text', role: 'status' });
  #buttons = h('div', { class: 'lease-buttons' });
  #shown = '';

  connectedCallback() {
    if (!this.firstChild) this.append(this.#text, this.#buttons);
    if (!this.hasAttribute('state')) this.#say(null);
  }

  /** @param {LeaseModel} model */
  show(model) {
    this.#say(leaseWords(model));
  }

  /** @param {LeaseWords | null} words */
  #say(words) {
    setAttribute(this, 'state', words?.state ?? 'none');
    setText(this.#text, words?.text ?? '');
    const wishes = words?.wishes ?? [];
    // Buttons stay the same while they mean the same: the page renders often, and somebody may be about to press.
    if (this.#shown === wishes.join()) return;
    this.#shown = wishes.join();
    this.#buttons.replaceChildren(...wishes.map((wish, index) => h('button', {
      class: index === 0 ? 'button primary' : 'button', type: 'button', 'data-wish': wish, onclick: () => this.#wish(wish),
    }, LABELS[wish])));
  }

  /** @param {Wish} wish */
  #wish(wish) {
    this.dispatchEvent(new CustomEvent('catseye-command', { bubbles: true, detail: { command: 'lease', wish } }));
  }
}

define('catseye-lease', CatseyeLease);
