import { setAttribute, setText } from '../public/dom.js';
import { describeError } from '../public/error-text.js';
import { HttpError } from '../public/http.js';

/**
 * A part of a page whose actions run one at a time.
 *
 * @typedef {object} Section
 * @property {boolean} busy whether an action is under way
 * @property {(state: 'idle' | 'busy' | 'refused' | 'done', text: string) => void} showMessage
 * @property {() => Promise<void>} load shows the current state
 */

/**
 * A section of a page that is an element of its own. Its attribute `state` is that of its message.
 *
 * @param {HTMLElement} element
 * @param {HTMLElement} message
 * @param {() => Promise<void>} load
 * @returns {Section}
 */
export function createSection(element, message, load) {
  return {
    get busy() {
      return element.getAttribute('state') === 'busy';
    },
    showMessage(state, text) {
      setAttribute(element, 'state', state);
      setAttribute(message, 'state', state);
      setText(message, text);
      for (const button of element.querySelectorAll('button')) button.disabled = state === 'busy';
    },
    load,
  };
}

/**
 * Shows the current state, unless an action of the user is under way. The element has the attribute `unavailable` while that fails.
 *
 * @param {HTMLElement} element
 * @param {Section} section
 */
export async function refreshSection(element, section) {
  if (section.busy) return;
  try {
    await section.load();
    if (element.hasAttribute('unavailable')) section.showMessage('idle', '');
    element.removeAttribute('unavailable');
  } catch (error) {
    setAttribute(element, 'unavailable', true);
    section.showMessage('refused', describeError(error));
  }
}

/**
 * Carries out an action and shows the new state, also after a failure. Without effect while another action is under way.
 *
 * @param {Section} section
 * @param {string} meanwhile the message until it ends
 * @param {() => Promise<string>} action resolves to the message about its success
 */
export async function runAction(section, meanwhile, action) {
  if (section.busy) return;
  section.showMessage('busy', meanwhile);
  try {
    const text = await action();
    await section.load();
    section.showMessage(text ? 'done' : 'idle', text);
  } catch (error) {
    await section.load().catch(() => {});
    section.showMessage('refused', error instanceof HttpError ? describeError(error) : /** @type {Error} */ (error).message);
  }
}
