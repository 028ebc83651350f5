import { savePreference } from '../public/preferences.js';
import { t } from '../public/text.js';
import { systemClock } from '../protocol/clock.js';
import { sendCombination } from '../input/combinations.js';
import { readWheelChoice, saveWatchOnly, saveWheelChoice, wheelSettings } from './input-choice.js';

/**
 * Runs the commands about keys and pointer.
 *
 * @typedef {import('./target-session.js').TargetSession} TargetSession
 * @typedef {import('./toolbar.js').Command} Command
 */
export class InputCommands {
  /** @type {(text: string) => void} */ onError = () => {};
  #screen;
  #phoneKeyboard;
  #ownCombinations;

  /**
   * @param {import('./screen.js').CatseyeScreen} screen
   * @param {import('./phone-keyboard.js').CatseyePhoneKeyboard} phoneKeyboard
   * @param {import('./combination-dialog.js').CatseyeCombinationDialog} ownCombinations
   */
  constructor(screen, phoneKeyboard, ownCombinations) {
    this.#screen = screen;
    this.#phoneKeyboard = phoneKeyboard;
    this.#ownCombinations = ownCombinations;
  }

  /** Once the page is there. */
  applyChoices() {
    this.#screen.wheel = wheelSettings(readWheelChoice());
    this.#screen.mayTakeFocus = () => !this.#phoneKeyboard.isOpen;
    this.#phoneKeyboard.sendKey = (code, down) => this.#screen.sendKey(code, down);
  }

  /** @param {TargetSession} session @param {Command} command @returns {boolean} whether it was one of these */
  runCommand(session, command) {
    switch (command.command) {
      case 'combination': this.#sendCombination(session, command); return true;
      case 'modifier': this.#screen.toggleModifier(command.code); return true;
      case 'mode': this.#setMode(session, command.mode); return true;
      case 'wheel': this.#setWheel(command.wheel); return true;
      case 'watch-only': this.#setWatchOnly(session, !session.watchOnly); return true;
      case 'phone-keyboard': this.#phoneKeyboard.toggleKeyboard(); return true;
      case 'own-combinations': this.#ownCombinations.openDialog(session.user); return true;
      default: return false;
    }
  }

  /** @param {TargetSession} session @param {Extract<Command, {command: 'combination'}>} command */
  #sendCombination(session, { combination: { codes, before }, keepOpen }) {
    if (!keepOpen && !this.#phoneKeyboard.isOpen) this.#screen.focus();
    if (!session.canSend) this.onError(t('hint.notSent'));
    else sendCombination(codes, (code, down) => this.#screen.sendKey(code, down), systemClock, before);
  }

  /** @param {TargetSession} session @param {'absolute' | 'relative'} mode */
  #setMode(session, mode) {
    this.#screen.mode = mode;
    savePreference(`mouse.${session.id}`, mode);
    this.#screen.focus();
  }

  /** @param {import('./input-choice.js').WheelChoice} wheel */
  #setWheel(wheel) {
    saveWheelChoice(wheel);
    this.#screen.wheel = wheelSettings(wheel);
  }

  /** @param {TargetSession} session @param {boolean} on */
  #setWatchOnly(session, on) {
    this.#screen.releaseAll();
    if (on) this.#phoneKeyboard.closeKeyboard();
    saveWatchOnly(session.id, on);
    session.setWatchOnly(on);
  }
}
