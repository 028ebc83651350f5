import { define, h } from '../public/dom.js';
import { t } from '../public/text.js';
import { confirmingButton } from './access-section.js';
import { describeConcern, describePermissions, describePlan, describeSignature, formatFingerprint, planButton } from './plugin-text.js';

/** What a jar would change, with a button to do it. Calls `onConfirm`, `onTrust` or `onCancel`. */
export class CatseyePluginPlan extends HTMLElement {
  /** Gets whether the user agrees to the concerns of the plan. @type {(untrusted: boolean) => void} */ onConfirm = () => {};
  /** The user trusts the signer from now on. */ onTrust = () => {};
  onCancel = () => {};

  /** @param {import('../protocol/plugins-api.js').PluginPlan} plan */
  showPlan(plan) {
    const heading = h('h2', { id: 'catseye-plan-title', tabindex: -1 }, describePlan(plan));
    const { signature } = plan.plugin;
    const agreed = h('input', { type: 'checkbox', required: true, 'data-consent': '' });
    const asks = plan.applicable && plan.concerns.length > 0;
    this.replaceChildren(h('form', { class: 'section-item plugin-plan', 'aria-labelledby': 'catseye-plan-title', onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      this.onConfirm(asks && agreed.checked);
    } }, heading,
      plan.applicable ? h('p', { class: 'field-hint' }, t('plugins.nothingYet')) : h('p', { class: 'plugin-problem' }, t('plugins.notApplicable')),
      textList(plan.problems, 'plugin-problem'), textList(plan.warnings, 'plugin-warning'),
      factList([
        [t('plugins.maker'), plan.plugin.maker], [t('plugins.description'), plan.plugin.description], [t('plugins.signature'), describeSignature(plan.plugin)],
        [t('plugins.fingerprint'), formatFingerprint(signature.fingerprint)],
        [t('plugins.permissions'), describePermissions(plan.plugin)],
        [t('plugins.newPermissions'), plan.installedVersion === null ? '' : plan.newPermissions.join(', ')],
        ...plan.targets.map(({ target, viewers }) => [t('plugins.target'), t('plugins.targetViewers', { target, count: viewers })]),
      ]),
      plan.applicable && signature.certificate && h('div', { class: 'plugin-trust' }, h('p', { class: 'field-hint' }, t('plugins.trustHint')),
        h('div', { class: 'section-actions' }, confirmingButton(t('plugins.trust'), t('plugins.trustQuestion'), () => this.onTrust()))),
      h('p', { class: 'field-hint' }, t('plugins.canDoAll')),
      asks && textList(plan.concerns.map(describeConcern), 'plugin-warning'),
      asks && h('label', { class: 'plugin-choice' }, agreed, ' ', t('plugins.agree')),
      h('div', { class: 'section-actions' },
        plan.applicable && h('button', { class: 'button primary', type: 'submit', 'data-action': 'apply' }, planButton(plan)),
        h('button', { class: 'button', type: 'button', 'data-action': 'cancel', onclick: () => this.onCancel() }, t('common.cancel')))));
    heading.focus();
  }

  clearPlan() {
    this.replaceChildren();
  }
}

/** @param {string[]} texts @param {string} kind */
export function textList(texts, kind) {
  return texts.length > 0 && h('ul', { class: kind }, ...texts.map((text) => h('li', {}, text)));
}

/** Facts without a value are left out. @param {string[][]} facts names with their values */
export function factList(facts) {
  return h('dl', { class: 'plugin-facts' }, ...facts.filter(([, value]) => value).flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

define('catseye-plugin-plan', CatseyePluginPlan);
