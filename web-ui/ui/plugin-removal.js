import { define, h, setText } from '../public/dom.js';
import { t } from '../public/text.js';

/** Asks before a plug-in is removed, and whether its settings are deleted as well. */
export class CatseyePluginRemoval extends HTMLElement {
  /** @type {(settings: boolean) => void} */ #confirm = () => {};
  #title = h('h2', { id: 'catseye-removal-title' });
  #text = h('p', { id: 'catseye-removal-text' }, t('plugins.removeText'));
  #settings = h('input', { type: 'checkbox' });
  #names = h('span');
  #choice = h('label', { class: 'plugin-choice' }, this.#settings, ' ', this.#names);
  #dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'catseye-removal-title', 'aria-describedby': 'catseye-removal-text' },
    h('form', { method: 'dialog', onsubmit: () => this.#confirm(this.#settings.checked) }, this.#title, this.#text, this.#choice,
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button', type: 'button', onclick: () => this.#dialog.close() }, t('common.cancel')),
        h('button', { class: 'button primary', type: 'submit', 'data-action': 'remove' }, t('plugins.removeNow')))));

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
  }

  /** @param {import('../protocol/plugins-api.js').Plugin} plugin @param {(settings: boolean) => void} confirm */
  ask(plugin, confirm) {
    this.#confirm = confirm;
    setText(this.#title, t('plugins.removeQuestion', { name: plugin.name }));
    this.#settings.checked = false;
    this.#choice.hidden = plugin.configurations.length === 0;
    setText(this.#names, t('plugins.removeSettings', { settings: plugin.configurations.join(', ') }));
    this.#dialog.showModal();
  }
}

define('catseye-plugin-removal', CatseyePluginRemoval);
