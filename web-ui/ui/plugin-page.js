import { define, h, setAttribute, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { HttpError, ignoreMissing, isMissing } from '../public/http.js';
import { icon } from '../public/icons.js';
import { loginAddress } from '../public/next.js';
import { t } from '../public/text.js';
import { MakersApi } from '../protocol/makers-api.js';
import { PluginsApi } from '../protocol/plugins-api.js';
import { CatseyeFeatureList } from './feature-list.js';
import { watchFileDrops } from './file-drop.js';
import { KeyedRows } from './keyed-rows.js';
import { CatseyeMakerList } from './maker-list.js';
import { createPageHead } from './page-head.js';
import { describeHealth } from './plugin-health.js';
import { createPluginItem } from './plugin-item.js';
import { CatseyePluginPlan } from './plugin-plan.js';
import { CatseyePluginRemoval } from './plugin-removal.js';
import { describeResult, describeRollBack } from './plugin-text.js';
import { CatseyeProofDialog } from './proof-dialog.js';
import { runAction } from './section-action.js';

/**
 * @typedef {import('../protocol/plugins-api.js').Plugin} Plugin
 * @typedef {import('../protocol/plugins-api.js').PluginList} PluginList
 */

/** States change without the user, too. */
const REFRESH_MILLIS = 3000;

/** The page of the plug-ins, for administrators. `state`: idle, busy, refused, done, as its message. */
export class CatseyePluginPage extends HTMLElement {
  #api = new PluginsApi();
  #makersApi = new MakersApi();
  #makers = new CatseyeMakerList();
  #abort = new AbortController();
  #plan = new CatseyePluginPlan();
  /** The id of the plan that is shown. */ #shown = '';
  #removal = new CatseyePluginRemoval();
  #message = h('p', { class: 'section-message', role: 'status', tabindex: -1 });
  #progress = h('progress', { class: 'plugin-progress', hidden: true, 'aria-label': t('plugins.busy') });
  #file = h('input', { type: 'file', accept: '.jar', hidden: true, 'aria-label': t('plugins.choose'), onchange: () => this.#onChosen() });
  #choose = h('button', { class: 'button primary', type: 'button', onclick: () => this.#file.click() }, icon('upload'), t('plugins.choose'));
  #list = h('div', { class: 'section-list' });
  #empty = h('p', { class: 'field-hint', hidden: true }, t('plugins.none'));
  #undone = h('ul', { class: 'plugin-warning', hidden: true });
  /** Removed plug-ins whose threads go on. */ #leftovers = h('ul', { class: 'plugin-warning', 'data-leftovers': '', hidden: true });
  #features = new CatseyeFeatureList();
  #product = h('ul', { class: 'plugin-product' });
  #productTitle = h('summary');
  /** The last refresh failed, for example because Catseye is restarting. */ #unavailable = false;
  #rows = new KeyedRows(this.#list, () => createPluginItem({
    setEnabled: ({ id, name }, enabled) => this.#run(async () => {
      await this.#api.setEnabled(id, enabled);
      return enabled ? t('plugins.isEnabled', { name }) : t('plugins.isDisabled', { name });
    }),
    remove: (plugin) => this.#removal.ask(plugin, (settings) => this.#run(async () => {
      await this.#api.removePlugin(plugin.id, settings);
      return t('plugins.removed', { name: plugin.name });
    })),
    restore: ({ id, name }, version) => this.#run(async () => this.#showResult(await this.#api.restoreVersion(id, version), name), t('plugins.trying', { name, version })),
  }));

  connectedCallback() {
    if (!this.firstChild) {
      this.append(h('main', { class: 'plugin-main' },
        createPageHead(t('plugins.title')),
        h('p', { class: 'field-hint' }, t('plugins.canDoAll')), this.#message, this.#progress,
        h('div', { class: 'plugin-adding' }, this.#choose, this.#file, h('span', { class: 'field-hint' }, t('plugins.dropHint'))),
        this.#plan, this.#undone, this.#leftovers, this.#empty, this.#list, this.#makers, this.#features,
        h('details', { class: 'section-item', 'data-product': '' }, this.#productTitle, h('p', { class: 'field-hint' }, t('plugins.productHint')), this.#product)),
      this.#removal, new CatseyeProofDialog());
    }
    document.title = t('common.pageTitle', { title: t('plugins.title') });
    const { signal } = this.#abort;
    watchFileDrops(document.documentElement, {
      isAllowed: () => !this.#busy, onHover: (hovers) => setAttribute(this, 'dropping', hovers), onFiles: ([file]) => this.#makePlan(file),
    }, signal);
    const timer = setInterval(() => this.#busy || document.hidden || this.#refresh(), REFRESH_MILLIS);
    signal.addEventListener('abort', () => clearInterval(timer));
    this.#refresh();
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  get #busy() {
    return this.getAttribute('state') === 'busy';
  }

  #onChosen() {
    const [file] = this.#file.files ?? [];
    this.#file.value = '';
    if (file) this.#makePlan(file);
  }

  /** @param {File} file */
  async #makePlan(file) {
    await this.#run(async () => {
      await this.#discardShown();
      const plan = await this.#api.planChange(file);
      this.#shown = plan.id;
      this.#plan.onConfirm = (untrusted) => this.#applyPlan(plan, untrusted);
      this.#plan.onTrust = () => this.#trustSigner(plan);
      this.#plan.onCancel = () => this.#discardPlan();
      this.#plan.showPlan(plan);
      return '';
    }, t('plugins.examining', { file: file.name }));
  }

  /** @param {import('../protocol/plugins-api.js').PluginPlan} plan @param {boolean} untrusted whether the user agrees to its concerns */
  async #applyPlan(plan, untrusted) {
    const { name, version } = plan.plugin;
    await this.#run(async () => {
      try {
        return this.#showResult(await this.#usePlan(() => this.#api.applyPlan(plan.id, untrusted)), name);
      } catch (error) {
        // The list of trusted makers may have changed.
        if (error instanceof HttpError && error.status === 409) this.#plan.showPlan(await this.#api.findPlan(plan.id));
        throw error;
      }
    }, t('plugins.trying', { name, version }));
    this.#message.focus();
  }

  /** @param {import('../protocol/plugins-api.js').PluginPlan} plan */
  async #trustSigner(plan) {
    await this.#run(async () => {
      const { name } = await this.#makersApi.addMaker(plan.plugin.signature.certificate);
      this.#plan.showPlan(await this.#api.findPlan(plan.id));
      this.#makers.refresh();
      return t('makers.added', { name });
    });
  }

  async #discardPlan() {
    await this.#run(async () => {
      await this.#discardShown();
      this.#choose.focus();
      return '';
    });
  }

  async #discardShown() {
    const id = this.#shown;
    if (id) await this.#usePlan(() => this.#api.discardPlan(id)).catch(ignoreMissing);
  }

  /**
   * The plan stays if the request fails, so that it can be repeated, except if the server has it no more.
   *
   * @template T
   * @param {() => Promise<T>} request
   */
  async #usePlan(request) {
    try {
      const answer = await request();
      this.#clearPlan();
      return answer;
    } catch (error) {
      if (isMissing(error)) this.#clearPlan();
      throw error;
    }
  }

  #clearPlan() {
    this.#shown = '';
    this.#plan.clearPlan();
  }

  /** @param {import('../protocol/plugins-api.js').PluginResult} result @param {string} name @returns {string} the message of a success */
  #showResult(result, name) {
    const text = describeResult(result, name);
    if (result.outcome !== 'KEPT') throw new Error(text);
    return text;
  }

  /**
   * Carries out an action and shows the new state.
   *
   * @param {() => Promise<string>} action resolves to the message about its success
   * @param {string} [meanwhile]
   */
  #run(action, meanwhile = '') {
    return runAction({ busy: this.#busy, showMessage: (state, text) => this.#showMessage(state, text), load: () => this.#load() }, meanwhile, action);
  }

  async #refresh() {
    this.#features.refresh();
    this.#makers.refresh();
    try {
      await this.#load();
      if (this.#unavailable) this.#showMessage('idle', '');
      this.#unavailable = false;
    } catch (error) {
      this.#unavailable = true;
      if (error instanceof HttpError && error.status === 401) location.replace(loginAddress(location, true));
      else this.#showMessage('refused', describeError(error));
    }
  }

  async #load() {
    this.#showList(await this.#api.listPlugins());
  }

  /** @param {PluginList} list */
  #showList({ plugins, product, leftovers, rollBacks }) {
    this.#rows.showRows(plugins.map((plugin) => {
      const undone = rollBacks.find((each) => each.plugin === plugin.id);
      return { key: plugin.id, item: { plugin, rollBack: undone ? describeRollBack(undone, plugin.name) : '' } };
    }));
    this.#empty.hidden = plugins.length > 0;
    const others = rollBacks.filter((each) => !plugins.some(({ id }) => id === each.plugin));
    this.#undone.hidden = others.length === 0;
    this.#undone.replaceChildren(...others.map((each) => h('li', {}, describeRollBack(each, each.plugin))));
    this.#leftovers.hidden = leftovers.length === 0;
    this.#leftovers.replaceChildren(...leftovers.map(({ id, health }) => h('li', {}, `${id}: ${describeHealth(health)}`)));
    setText(this.#productTitle, t('plugins.productCount', { count: product.length }));
    this.#product.replaceChildren(...product.map(({ name, version, running }) => h('li', {}, `${name} ${version}`, !running && h('span', { class: 'field-hint' }, ` ${t('plugins.stopped')}`))));
    this.setAttribute('loaded', '');
  }

  /** @param {'idle' | 'busy' | 'refused' | 'done'} state @param {string} text */
  #showMessage(state, text) {
    setAttribute(this, 'state', state);
    setAttribute(this.#message, 'state', state);
    setText(this.#message, text);
    this.#progress.hidden = state !== 'busy';
    this.#choose.disabled = state === 'busy';
    for (const button of this.querySelectorAll('.plugin-main > :not(catseye-feature-list, catseye-maker-list) .section-actions button')) /** @type {HTMLButtonElement} */ (button).disabled = state === 'busy';
  }
}

define('catseye-plugin-page', CatseyePluginPage);
