import { h, setAttribute, setText } from '../public/dom.js';
import { formatDateTime, t } from '../public/text.js';
import { actionButton, confirmingButton } from './access-section.js';
import { createPluginHealth } from './plugin-health.js';
import { factList } from './plugin-plan.js';
import { describeMistrust, describePart, describePermissions, describeSignature, describeState, formatFingerprint } from './plugin-text.js';

/**
 * @typedef {import('../protocol/plugins-api.js').Plugin} Plugin
 * @typedef {object} PluginActions
 * @property {(plugin: Plugin, enabled: boolean) => void} setEnabled
 * @property {(plugin: Plugin) => void} remove
 * @property {(plugin: Plugin, version: string) => void} restore
 */

/**
 * A plug-in in the list; its details unfold. An update keeps the focus, and a question that was asked, unless something has changed.
 *
 * @param {PluginActions} actions
 * @returns {{element: HTMLElement, update: (item: {plugin: Plugin, rollBack: string}) => void}}
 */
export function createPluginItem(actions) {
  const name = h('span', { class: 'plugin-name' });
  const state = h('span', { class: 'plugin-state' });
  const mistrust = h('span', { class: 'plugin-mistrust' });
  const reason = h('span', { class: 'plugin-reason' });
  const use = createPluginHealth();
  const body = h('div', { class: 'plugin-body' });
  const element = h('details', { class: 'section-item plugin' }, h('summary', {}, name, state, mistrust, reason, use.note), use.figures, body);
  let shown = '';
  return {
    element,
    update: ({ plugin: { health, ...plugin }, rollBack }) => {
      use.update(health);
      const now = JSON.stringify([plugin, rollBack]);
      if (now === shown) return;
      shown = now;
      element.dataset.plugin = plugin.id;
      setAttribute(element, 'state', plugin.state.toLowerCase());
      setText(name, [plugin.name, plugin.version].filter(Boolean).join(' '));
      setText(state, describeState(plugin));
      setText(mistrust, describeMistrust(plugin));
      setText(reason, plugin.reason);
      body.replaceChildren(rollBack && h('p', { class: 'plugin-warning' }, rollBack), describeFacts(plugin), createActions(plugin, actions));
    },
  };
}

/** @param {Plugin} plugin */
function describeFacts(plugin) {
  return factList([
    [t('plugins.description'), plugin.description], [t('plugins.maker'), plugin.maker], [t('plugins.identifier'), plugin.id], [t('plugins.file'), plugin.file],
    [t('plugins.installed'), formatDateTime(plugin.installed)], [t('plugins.signature'), describeSignature(plugin)],
    [t('plugins.fingerprint'), formatFingerprint(plugin.signature.fingerprint)], [t('plugins.permissions'), describePermissions(plugin)],
    ...plugin.parts.map((part) => [t('plugins.provides'), describePart(part)]), [t('plugins.settings'), plugin.configurations.join(', ')],
  ]);
}

/** @param {Plugin} plugin @param {PluginActions} actions */
function createActions(plugin, actions) {
  const installed = plugin.state !== 'REFUSED';
  const toggle = plugin.enabled ? actionButton(t('plugins.disable'), () => actions.setEnabled(plugin, false)) : actionButton(t('plugins.enable'), () => actions.setEnabled(plugin, true));
  return h('div', { class: 'section-actions' }, installed && toggle,
    ...plugin.keptVersions.map(({ version, replaced }) => confirmingButton(t('plugins.restore', { version, time: formatDateTime(replaced) }), t('plugins.restoreQuestion', { version }),
      () => actions.restore(plugin, version))),
    actionButton(t('plugins.remove'), () => actions.remove(plugin)));
}
