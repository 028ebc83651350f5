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
