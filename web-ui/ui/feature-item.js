import { h, setAttribute, setText } from '../public/dom.js';
import { t } from '../public/text.js';
import { actionButton } from './access-section.js';
import { factList, textList } from './plugin-plan.js';
import { describeObstacle, describeOrigin, describePlan, describeState, isRunning } from './feature-text.js';

/**
 * @typedef {import('../protocol/features-api.js').Feature} Feature
 * @typedef {import('../protocol/features-api.js').FeaturePlan} FeaturePlan
 * @typedef {object} FeatureActions
 * @property {(feature: Feature) => void} plan
 * @property {(plan: FeaturePlan) => void} apply
 * @property {(plan: FeaturePlan) => void} discard
 * @typedef {{feature: Feature, plan: FeaturePlan | null, rollBack: string}} FeatureEntry
 */

/**
 * A feature in the list; its details and the plan for switching it unfold. An update keeps the focus unless something has changed.
 *
 * @param {FeatureActions} actions
 * @returns {{element: HTMLElement, update: (entry: FeatureEntry) => void}}
 */
export function createFeatureItem(actions) {
  const name = h('span', { class: 'plugin-name' });
  const state = h('span', { class: 'plugin-state' });
  const description = h('span', { class: 'plugin-reason' });
  const body = h('div', { class: 'plugin-body' });
  const element = h('details', { class: 'section-item plugin' }, h('summary', {}, name, state, description), body);
  let shown = '';
  /** The id of the plan that is shown. */ let planned = '';
  return {
    element,
    update: ({ feature, plan, rollBack }) => {
      const now = JSON.stringify([feature, plan, rollBack]);
      if (now === shown) return;
      shown = now;
      element.dataset.feature = feature.id;
      setAttribute(element, 'state', isRunning(feature) ? 'running' : feature.on ? 'waiting' : 'disabled');
      setText(name, feature.name);
      setText(state, describeState(feature));
      setText(description, feature.description);
      const heading = h('h3', { tabindex: -1 }, plan ? describePlan(plan) : '');
      body.replaceChildren(rollBack && h('p', { class: 'plugin-warning' }, rollBack), describeFacts(feature),
        plan ? describeChange(plan, heading, actions) : createSwitch(feature, actions));
      if (plan && plan.id !== planned) heading.focus();
      planned = plan?.id ?? '';
    },
  };
}

/** @param {Feature} feature */
function describeFacts(feature) {
  return factList([
    [t('features.name'), feature.id], [t('features.why'), describeOrigin(feature)],
    [t('features.bundles'), feature.bundles.map(({ name, running }) => feature.on && !running ? `${name} (${t('plugins.stopped')})` : name).join(', ')],
  ]);
}

/** @param {Feature} feature @param {FeatureActions} actions */
function createSwitch(feature, actions) {
  if (feature.obstacle) return h('p', { class: 'field-hint' }, describeObstacle(feature));
  const button = actionButton(feature.on ? t('features.switchOff') : t('features.switchOn'), () => actions.plan(feature));
  button.dataset.action = 'switch';
  return h('div', { class: 'section-actions' }, button);
}

/** @param {FeaturePlan} plan @param {HTMLElement} heading @param {FeatureActions} actions */
function describeChange(plan, heading, actions) {
  const apply = plan.applicable && actionButton(plan.on ? t('features.switchOnNow') : t('features.switchOffNow'), () => actions.apply(plan), 'button primary');
  if (apply) apply.dataset.action = 'apply';
  const cancel = actionButton(t('common.cancel'), () => actions.discard(plan));
  cancel.dataset.action = 'cancel';
  return h('section', { class: 'plugin-body feature-plan', 'aria-label': describePlan(plan) }, heading,
    plan.applicable ? h('p', { class: 'field-hint' }, t('features.nothingYet')) : h('p', { class: 'plugin-problem' }, t('features.notPossible')),
    textList(plan.problems, 'plugin-problem'), textList(plan.warnings, 'plugin-warning'),
    factList([
      [t('features.starts'), plan.starts.join(', ')], [t('features.stops'), plan.stops.join(', ')],
      ...plan.targets.map(({ target, viewers }) => [t('plugins.target'), t('plugins.targetViewers', { target, count: viewers })]),
    ]),
    h('div', { class: 'section-actions' }, apply, cancel));
}
