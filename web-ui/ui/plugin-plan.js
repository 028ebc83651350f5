import { define, h } from '../public/dom.js';
import { t } from '../public/text.js';
import { describePermissions, describePlan, describeSignature, planButton } from './plugin-text.js';

/** What a jar would change, with a button to do it. Calls `onConfirm` or `onCancel`. */
export class CatseyePluginPlan extends HTMLElement {
  onConfirm = () => {};
  onCancel = () => {};

  /** @param {import('../protocol/plugins-api.js').PluginPlan} plan */
  showPlan(plan) {
    const heading = h('h2', { id: 'catseye-plan-title', tabindex: -1 }, describePlan(plan));
    this.replaceChildren(h('section', { class: 'section-item plugin-plan', 'aria-labelledby': 'catseye-plan-title' }, heading,
      plan.applicable ? h('p', { class: 'field-hint' }, t('plugins.nothingYet')) : h('p', { class: 'plugin-problem' }, t('plugins.notApplicable')),
      textList(plan.problems, 'plugin-problem'), textList(plan.warnings, 'plugin-warning'),
      factList([
        [t('plugins.maker'), plan.plugin.maker], [t('plugins.description'), plan.plugin.description], [t('plugins.signature'), describeSignature(plan.plugin)],
        [t('plugins.permissions'), describePermissions(plan.plugin)],
        [t('plugins.newPermissions'), plan.installedVersion === null ? '' : plan.newPermissions.join(', ')],
        ...plan.targets.map(({ target, viewers }) => [t('plugins.target'), t('plugins.targetViewers', { target, count: viewers })]),
      ]),
      h('p', { class: 'field-hint' }, t('plugins.canDoAll')),
      h('div', { class: 'section-actions' },
        plan.applicable && h('button', { class: 'button primary', type: 'button', 'data-action': 'apply', onclick: () => this.onConfirm() }, planButton(plan)),
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
