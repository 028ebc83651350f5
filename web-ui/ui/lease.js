import { define, h, setAttribute, setText } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';

/**
 * @typedef {object} LeaseModel
 * @property {import('../protocol/control-message.js').LeaseMessage | null} lease null before the server has sent it
 * @property {string} user
 * @property {boolean} canControl the user has the permission, with or without the lease
 * @property {boolean} isAdmin
 *
 * @typedef {import('../protocol/control-message.js').LeaseAction} LeaseAction
 * @typedef {{state: 'watching' | 'waiting' | 'asked' | 'holding', text: string, actions: LeaseAction[]}} LeaseDescription
 */

/** @type {Record<LeaseAction, import('../public/text.js').MessageKey>} */
const LABELS = { request: 'lease.request', take: 'lease.take', grant: 'lease.grant', deny: 'lease.deny', release: 'lease.release' };

/** @param {LeaseAction} action */
export function leaseLabel(action) {
  return t(LABELS[action]);
}

/**
 * Describes who is in control and what the user can do about it.
 *
 * @param {LeaseModel} model
 * @returns {LeaseDescription | null} null: nothing to show, because no other user is concerned
 */
export function describeLease({ lease, user, canControl, isAdmin }) {
  if (!lease || !canControl || lease.shared) return null;
  if (lease.mine) return describeOwnLease(lease);
  if (!lease.holder) return null;
  /** @type {LeaseAction[]} */ const take = isAdmin ? ['take'] : [];
  if (lease.asking === user) return { state: 'waiting', text: t('lease.waiting', { user: lease.holder }), actions: take };
  return { state: 'watching', text: t('lease.watching', { user: lease.holder }), actions: ['request', ...take] };
}

/** @param {import('../protocol/control-message.js').LeaseMessage} lease @returns {LeaseDescription | null} */
function describeOwnLease({ asking, others }) {
  if (asking) return { state: 'asked', text: t('lease.asked', { user: asking }), actions: ['grant', 'deny'] };
  return others ? { state: 'holding', text: t('lease.holding', { count: others }), actions: ['release'] } : null;
}

/** Shows who is in control, with buttons to ask for control and to answer. `state`: none, watching, waiting, asked, holding. */
export class CatseyeLease extends HTMLElement {
  #text = h('p', { class: 'lease-text', role: 'status' });
  #buttons = h('div', { class: 'lease-buttons' });
  #hide = h('button', { class: 'icon-button', type: 'button', 'aria-label': t('notice.hide'), title: t('notice.hide'), onclick: () => this.#hideUntilChange() }, icon('close'));
  #shownActions = '';
  #hiddenText = '';

  connectedCallback() {
    if (!this.firstChild) this.append(this.#text, this.#buttons, this.#hide);
    if (!this.hasAttribute('state')) this.#render(null);
  }

  /** @param {LeaseModel} model */
  showLease(model) {
    this.#render(describeLease(model));
  }

  /** @param {LeaseDescription | null} description */
  #render(description) {
    setAttribute(this, 'state', description?.state ?? 'none');
    if (description?.text !== this.#hiddenText) this.#hiddenText = '';
    setAttribute(this, 'hidden', this.#hiddenText !== '');
    // A question needs an answer.
    setAttribute(this.#hide, 'hidden', description?.state === 'asked');
    setText(this.#text, description?.text ?? '');
    const actions = description?.actions ?? [];
    // The page renders often: the buttons are only replaced when they change, because the user may be about to press one.
    if (this.#shownActions === actions.join()) return;
    this.#shownActions = actions.join();
    this.#buttons.replaceChildren(...actions.map((action, index) => h('button', {
      class: index === 0 ? 'button primary' : 'button', type: 'button', 'data-action': action, onclick: () => this.#dispatchAction(action),
    }, leaseLabel(action))));
  }

  /** It covers a part of the picture. The user menu has the same actions. */
  #hideUntilChange() {
    this.#hiddenText = this.#text.textContent ?? '';
    setAttribute(this, 'hidden', true);
  }

  /** @param {LeaseAction} action */
  #dispatchAction(action) {
    this.dispatchEvent(new CustomEvent('catseye-command', { bubbles: true, detail: { command: 'lease', action } }));
  }
}

define('catseye-lease', CatseyeLease);
