import { define, h, setAttribute, setText } from '../public/dom.js';
import { ignoreMissing, isMissing } from '../public/http.js';
import { t } from '../public/text.js';
import { FeaturesApi } from '../protocol/features-api.js';
import { createFeatureItem } from './feature-item.js';
import { describeResult, describeRollBack } from './feature-text.js';
import { KeyedRows } from './keyed-rows.js';
import { createSection, refreshSection, runAction } from './section-action.js';

/**
 * @typedef {import('../protocol/features-api.js').Feature} Feature
 * @typedef {import('../protocol/features-api.js').FeaturePlan} FeaturePlan
 */

/** The features of the product, with a switch for each. `state`: idle, busy, refused, done, as its message. The page calls `refresh`. */
export class CatseyeFeatureList extends HTMLElement {
  #api = new FeaturesApi();
  #message = h('p', { class: 'section-message', role: 'status', tabindex: -1 });
  #section = createSection(this, this.#message, () => this.#load());
  #problem = h('p', { class: 'plugin-warning', hidden: true });
  #list = h('div', { class: 'section-list' });
  /** What is shown, by id. */ #features = /** @type {Feature[]} */ ([]);
  #rollBack = /** @type {import('../protocol/features-api.js').FeatureRollBack | null} */ (null);
  #plan = /** @type {FeaturePlan | null} */ (null);
  #rows = new KeyedRows(this.#list, () => createFeatureItem({
    plan: (feature) => this.#makePlan(feature), apply: (plan) => this.#applyPlan(plan), discard: (plan) => this.#discardPlan(plan),
  }));

  connectedCallback() {
    if (!this.firstChild) {
      this.append(h('section', { class: 'feature-section', 'aria-labelledby': 'catseye-features-title' }, h('h2', { id: 'catseye-features-title' }, t('features.title')),
        h('p', { class: 'field-hint' }, t('features.hint')), this.#message, this.#problem, this.#list));
    }
  }

  refresh() {
    return refreshSection(this, this.#section);
  }

  async #load() {
    const { features, problem, rollBack } = await this.#api.listFeatures();
    // Nobody switches the base. Its bundles are listed below.
    this.#features = features.filter(({ obstacle }) => obstacle !== 'BASE');
    this.#rollBack = rollBack;
    setText(this.#problem, problem);
    this.#problem.hidden = problem === '';
    this.#showRows();
    setAttribute(this, 'loaded', true);
  }

  #showRows() {
    this.#rows.showRows(this.#features.map((feature) => ({ key: feature.id, item: { feature, plan: this.#plan?.feature === feature.id ? this.#plan : null,
      rollBack: this.#rollBack?.feature === feature.id ? describeRollBack(this.#rollBack, feature.name) : '' } })));
  }

  /** @param {Feature} feature */
  async #makePlan(feature) {
    await this.#run('', async () => {
      const before = this.#plan;
      this.#plan = await this.#api.planSwitch(feature.id, !feature.on);
      if (before) await this.#api.discardPlan(before.id).catch(ignoreMissing);
      return '';
    });
  }

  /** @param {FeaturePlan} plan */
  async #applyPlan(plan) {
    await this.#run(t('features.trying', { name: plan.name }), async () => {
      try {
        const result = await this.#api.applyPlan(plan.id);
        this.#plan = null;
        const text = describeResult(result, plan);
        if (result.outcome !== 'KEPT') throw new Error(text);
        return text;
      } catch (error) {
        if (isMissing(error)) this.#plan = null;
        throw error;
      }
    });
    this.#message.focus();
  }

  /** @param {FeaturePlan} plan */
  async #discardPlan(plan) {
    await this.#run('', async () => {
      this.#plan = null;
      await this.#api.discardPlan(plan.id).catch(ignoreMissing);
      return '';
    });
    /** @type {HTMLElement | null} */ (this.querySelector(`[data-feature="${plan.feature}"] [data-action="switch"]`))?.focus();
  }

  /** @param {string} meanwhile @param {() => Promise<string>} action resolves to the message about its success */
  #run(meanwhile, action) {
    return runAction(this.#section, meanwhile, action);
  }
}

define('catseye-feature-list', CatseyeFeatureList);
