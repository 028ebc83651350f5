import { savePreference } from '../public/preferences.js';
import { t } from '../public/text.js';
import { systemClock } from '../protocol/clock.js';
import { sendCombination } from '../input/combinations.js';
import { Jiggler } from '../input/jiggler.js';
import { readJiggleSettings, readJiggling, readWheelChoice, saveJiggleSettings, saveJiggling, saveWatchOnly, saveWheelChoice, wheelSettings } from './input-choice.js';

/** So that the pointer leaves its place. */
const PROBE_PIXELS = 10;

/**
 * Runs the commands about keys and pointer.
 *
 * @typedef {import('./target-session.js').TargetSession} TargetSession
 * @typedef {import('./toolbar.js').Command} Command
 */
export class InputCommands {
  /** @type {(text: string) => void} */ onError = () => {};
  #jiggler = new Jiggler();
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

  /** @returns {import('../input/jiggler.js').JiggleSettings | null} null: off */
  get jiggling() {
    return this.#jiggler.settings;
  }

  /** A device with a single kind of pointer decides it. @param {'absolute' | 'relative'} mode */
  set mode(mode) {
    this.#screen.mode = this.#jiggler.mode = mode;
  }

  /** Before the first control of a target. @param {string} target id */
  startTarget(target) {
    this.#screen.setSender(this.#jiggler.observe(null));
    this.#jiggler.settings = readJiggling(target) ? readJiggleSettings() : null;
  }

  /** Connects keys and pointer to the session, or disconnects them. @param {TargetSession} session */
  setControl(session) {
    if (!session.inControl) this.stopJiggling();
    this.#screen.setSender(this.#jiggler.observe(session.inControl ? session.createSender() : null));
  }

  /** Moves the pointer a little and back. @returns {boolean} whether the user is in control and holds nothing */
  movePointerOnce() {
    return this.#jiggler.moveOnce(PROBE_PIXELS);
  }

  stopJiggling() {
    this.#jiggler.settings = null;
    saveJiggling(null);
  }

  /** @param {TargetSession} session @param {Command} command @returns {boolean} whether it was one of these */
  runCommand(session, command) {
    switch (command.command) {
      case 'combination': this.#sendCombination(session, command); return true;
      case 'modifier': this.#screen.toggleModifier(command.code); return true;
      case 'mode': this.#setMode(session, command.mode); return true;
      case 'wheel': this.#setWheel(command.wheel); return true;
      case 'jiggle': this.#setJiggling(session, command.on); return true;
      case 'jiggle-settings': this.#setJiggleSettings(command.settings); return true;
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
    this.mode = mode;
    savePreference(`mouse.${session.id}`, mode);
    this.#screen.focus();
  }

  /** @param {import('./input-choice.js').WheelChoice} wheel */
  #setWheel(wheel) {
    saveWheelChoice(wheel);
    this.#screen.wheel = wheelSettings(wheel);
  }

  /** @param {TargetSession} session @param {boolean} on */
  #setJiggling(session, on) {
    if (!on || !session.inControl) {
      this.stopJiggling();
      return;
    }
    this.#jiggler.settings = readJiggleSettings();
    saveJiggling(session.id);
  }

  /** @param {import('../input/jiggler.js').JiggleSettings} settings */
  #setJiggleSettings(settings) {
    saveJiggleSettings(settings);
    if (this.#jiggler.isOn) this.#jiggler.settings = settings;
  }

  /** @param {TargetSession} session @param {boolean} on */
  #setWatchOnly(session, on) {
    this.#screen.releaseAll();
    if (on) this.#phoneKeyboard.closeKeyboard();
    saveWatchOnly(session.id, on);
    session.setWatchOnly(on);
  }
}
