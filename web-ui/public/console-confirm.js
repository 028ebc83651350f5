import { toAddress, toPath } from './base.js';
import { findConsequence } from './console-consequences.js';
import { t } from './text.js';

/**
 * Part of every page of the web console: before a request that ends something, it asks, and names the consequence. The pages send these
 * requests by XMLHttpRequest and by forms, so the question is asked there, whichever button was clicked.
 */

const CONSOLE = '/system/console/';

/** @type {Record<string, {question: import('./text.js').MessageKey, after: import('./text.js').MessageKey}>} by the console's name of the action */
const ACTIONS = {
  stop: { question: 'webConsole.stop', after: 'webConsole.afterStop' },
  uninstall: { question: 'webConsole.uninstall', after: 'webConsole.afterUninstall' },
  refresh: { question: 'webConsole.refresh', after: 'webConsole.afterRefresh' },
  refreshPackages: { question: 'webConsole.refresh', after: 'webConsole.afterRefresh' },
  update: { question: 'webConsole.update', after: 'webConsole.afterUpdate' },
  disable: { question: 'webConsole.disable', after: 'webConsole.afterDisable' },
};

/** @param {string} page @param {string} id @returns {Promise<string>} the symbolic name of a bundle, or the name of a component */
async function findName(page, id) {
  if (page === 'components' && !/^\d+$/.test(id)) return id.split('/').pop() ?? id;
  const answer = await fetch(toAddress(`${CONSOLE}${page}/${id}.json`), { credentials: 'same-origin' });
  const { data: [entry] } = await answer.json();
  return String(entry.symbolicName ?? entry.name);
}

/**
 * @param {string} address of the request
 * @param {unknown} body
 * @returns {Promise<string> | undefined} the question; undefined if the request ends nothing
 */
function findQuestion(address, body) {
  const path = toPath(new URL(address, location.href).pathname);
  const [page, ...rest] = path.startsWith(CONSOLE) ? path.slice(CONSOLE.length).split('/') : [''];
  const fields = new URLSearchParams(typeof body === 'string' ? body : '');
  const action = fields.get('action') ?? new URL(address, location.href).searchParams.get('action') ?? '';
  if (!['bundles', 'components'].includes(page) || !Object.hasOwn(ACTIONS, action)) return undefined;
  const id = decodeURIComponent(rest.join('/'));
  return describeAction(action, page, id);
}

/** @param {string} action @param {string} page @param {string} id @returns {Promise<string>} */
async function describeAction(action, page, id) {
  const { question, after } = ACTIONS[action];
  if (id === '') return join(t('webConsole.refreshAll'), t('webConsole.endsParts'), t(after));
  const name = await findName(page, id).catch(() => id);
  return join(t(question, { name }), t(findConsequence(name)), t(after));
}

/** @param {string[]} parts */
function join(...parts) {
  return parts.join('\n\n');
}

/** @type {WeakMap<XMLHttpRequest, {method: string, address: string}>} */
const opened = new WeakMap();
const { open, send } = XMLHttpRequest.prototype;

XMLHttpRequest.prototype.open = function openAndRemember(/** @type {string} */ method, /** @type {string | URL} */ address, /** @type {any[]} */ ...more) {
  opened.set(this, { method: method.toUpperCase(), address: String(address) });
  // @ts-expect-error the optional parameters are passed on as they are
  return open.call(this, method, address, ...more);
};

XMLHttpRequest.prototype.send = function askAndSend(/** @type {Document | XMLHttpRequestBodyInit | null | undefined} */ body) {
  const { method, address } = opened.get(this) ?? { method: 'GET', address: '' };
  const question = method === 'POST' ? findQuestion(address, body) : undefined;
  if (question === undefined) {
    send.call(this, body);
  } else {
    void question.then((text) => window.confirm(text) && send.call(this, body));
  }
};

/** @param {HTMLFormElement} form @returns {boolean} whether it installs or updates bundles and the user does not want that */
function isDeclined(form) {
  const action = form.querySelector('input[name=action]');
  return action instanceof HTMLInputElement && action.value === 'install' && !window.confirm(join(t('webConsole.install'), t('webConsole.afterInstall')));
}

const { submit } = HTMLFormElement.prototype;
HTMLFormElement.prototype.submit = function askAndSubmit() {
  if (!isDeclined(this)) submit.call(this);
};
document.addEventListener('submit', (event) => {
  if (event.target instanceof HTMLFormElement && isDeclined(event.target)) event.preventDefault();
}, true);

// The configuration page asks before it deletes or unbinds something, but does not name the consequence.
if (toPath(location.pathname).startsWith(`${CONSOLE}configMgr`)) {
  const ask = window.confirm.bind(window);
  window.confirm = (text) => ask(join(String(text), t('webConsole.afterDelete')));
}
