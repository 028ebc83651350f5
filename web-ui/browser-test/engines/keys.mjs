/** The names of keys in the tests (KeyboardEvent.code, or what the key types), as the characters of WebDriver's actions. */

const NAMED = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', ShiftLeft: '\uE008', Control: '\uE009', ControlLeft: '\uE009', Alt: '\uE00A', AltLeft: '\uE00A', Escape: '\uE00C',
  Space: ' ', PageUp: '\uE00E', PageDown: '\uE00F', End: '\uE010', Home: '\uE011', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Insert: '\uE016', Delete: '\uE017',
  Meta: '\uE03D', MetaLeft: '\uE03D',
};

/** @param {string} name @returns {string} one character; empty for a key that WebDriver lacks, such as Caps Lock */
export function keyCharacter(name) {
  if (NAMED[name]) return NAMED[name];
  if (/^Key[A-Z]$/.test(name)) return name.slice(3).toLowerCase();
  if (/^Digit\d$/.test(name)) return name.slice(5);
  if (/^F\d+$/.test(name)) return String.fromCharCode(0xe030 + Number(name.slice(1)));
  return [...name].length === 1 ? name : '';
}

/** Runs in the page: a key that the driver cannot press. @param {{code: string, type: string}} key */
export function dispatchKey({ code, type }) {
  document.activeElement.dispatchEvent(new KeyboardEvent(type, { code, key: code, bubbles: true, cancelable: true, composed: true }));
}

/** Runs in the page: text from an input method, which comes without keys. @param {string} text */
export function dispatchText(text) {
  const field = /** @type {HTMLInputElement} */ (document.activeElement);
  if (!field.dispatchEvent(new InputEvent('beforeinput', { inputType: 'insertText', data: text, bubbles: true, cancelable: true }))) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { inputType: 'insertText', data: text, bubbles: true }));
}
