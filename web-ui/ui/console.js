import { define, h, setText } from '../public/dom.js';
import { loginAddress } from '../public/next.js';
import { readPreference, savePreference } from '../public/preferences.js';
import { changeLanguage, t } from '../public/text.js';
import { AccessApi } from '../protocol/access-api.js';
import { Api } from '../protocol/api.js';
import { BoardPoll } from '../protocol/board-poll.js';
import { PagePause } from '../video/page-pause.js';
import { SHAPES, VIEWS } from '../video/picture-size.js';
import { consoleState, currentNotice } from './console-state.js';
import { Fullscreen } from './fullscreen.js';
import { NO_FIGURES, pointerModes, statusModel, toolbarModel } from './models.js';
import { onPanelsChanged, permittedPanels } from './plugins.js';
import { describeHint, describeProblem } from './problem-text.js';
import { saveSnapshot } from './save.js';
import { loadSession, logOut } from './session.js';
import { TargetSession } from './target-session.js';
import { CatseyeAccount } from './account.js';
import { CatseyeCombinationDialog } from './combination-dialog.js';
import { readJiggleSettings, readWatchOnly, readWheelChoice } from './input-choice.js';
import { readLevel, saveLevel } from './quality.js';
import { InputCommands } from './input-commands.js';
import { CatseyeLease } from './lease.js';
import { MediaControls } from './media-controls.js';
import { CatseyeNotice } from './notice.js';
import { CatseyePanel } from './panel.js';
import { CAPTURE_PANEL } from './capture.js';
import { CatseyeStatistics, describeStatistics, STATISTICS_PANEL } from './statistics.js';
import { ReactionProbe } from '../video/reaction-probe.js';
import { CatseyePower } from './power.js';
import { CatseyePhoneKeyboard } from './phone-keyboard.js';
import { CatseyeProofDialog } from './proof-dialog.js';
import { CatseyeScreen } from './screen.js';
import './self-check.js';
import { CatseyeStatus } from './status.js';
import { CatseyeToasts } from './toasts.js';
import { CatseyeToolbar } from './toolbar.js';
import { CatseyeTypeText } from './type-text.js';

const RENDER_MILLIS = 500;
/** The target of devices whose configuration names none. */
const DEFAULT_TARGET = 'default';

/**
 * The console: puts the parts together and keeps them up to date.
 *
 * For tests: `data-state` (connecting, live, no-signal, no-device, misconfigured, paused, silent, lost), `data-sequence` (of the frame drawn
 * last), `data-latency-ms` (capture to drawn, median of the last frames; absent until the clocks are compared).
 */
export class CatseyeConsole extends HTMLElement {
  screen = new CatseyeScreen();
  #toolbar = new CatseyeToolbar();
  #status = new CatseyeStatus();
  #account = new CatseyeAccount();
  #lease = new CatseyeLease();
  #toasts = new CatseyeToasts();
  #panel = new CatseyePanel();
  #probe = new ReactionProbe();
  #typeText = new CatseyeTypeText();
  #phoneKeyboard = new CatseyePhoneKeyboard();
  #ownCombinations = new CatseyeCombinationDialog();
  #inputCommands = new InputCommands(this.screen, this.#phoneKeyboard, this.#ownCombinations);
  #power = new CatseyePower();
  #media = new MediaControls(() => this.#showActivity());
  #notice = new CatseyeNotice();
  /** For readers of the screen: the picture shows where the user is. */ #heading = h('h1', { class: 'visually-hidden' }, t('toolbar.label'));
  #api = new Api();
  #boardPoll = new BoardPoll({ api: this.#api }, (conditions) => this.#status.board.showConditions(conditions));
  #fullscreen = new Fullscreen(this, () => this.#onFullscreenChange(), (hint) => this.#showHint(hint));
  /** @type {{id: string, label: string}[]} */ #targets = [];
  /** @type {import('../protocol/api.js').Session} */ #login = { user: '', permissions: [] };
  /** @type {TargetSession | null} */ #session = null;
  #abort = new AbortController();
  /** @type {PagePause | null} */ #pause = null;
  #controlled = false;
  /** The user logs out: the end of the session is no news. */ #leaving = false;
  /** @param {string} text */ #showError = (text) => this.#toasts.showToast('error', text);

  connectedCallback() {
    if (!this.firstChild) {
      const view = h('main', { class: 'view' }, this.#heading, this.screen, h('div', { class: 'strips' }, this.#notice, this.#lease));
      this.append(h('header', { class: 'top' }, this.#toolbar), h('div', { class: 'workplace' }, view, this.#panel), this.#status, this.#toasts, this.#typeText, this.#phoneKeyboard, this.#ownCombinations, this.#power, this.#account,
        ...this.#media.elements, new CatseyeProofDialog());
    }
    this.screen.scale = VIEWS.find((view) => view === readPreference('scale')) ?? 'fit';
    this.#inputCommands.applyChoices();
    this.#addListeners();
    this.#showBeforeSession({ state: 'connecting', headline: t('state.connecting'), reason: '' });
    this.#startSession();
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#pause?.destroy();
    this.#boardPoll.stop();
    this.#session?.close();
    this.#session = null;
  }

  #addListeners() {
    const { signal } = this.#abort;
    this.addEventListener('catseye-command', (event) => this.#runCommand(/** @type {CustomEvent} */ (event).detail), { signal });
    this.addEventListener('catseye-capture', () => this.#render(), { signal });
    this.addEventListener('catseye-sticky', () => this.#render(), { signal });
    this.addEventListener('catseye-keyboard-released', () => this.#toolbar.focus(), { signal });
    this.addEventListener('catseye-hint', (event) => this.#showHint(/** @type {CustomEvent} */ (event).detail), { signal });
    this.addEventListener('catseye-panel-closed', () => this.#toolbar.focus(), { signal });
    this.addEventListener('catseye-measure-reaction', () => this.#measureReaction(), { signal });
    this.addEventListener('catseye-typing-closed', () => this.screen.focus(), { signal });
    window.addEventListener('hashchange', () => this.#chooseTarget(), { signal });
    window.addEventListener('online', () => this.#session?.retryNow(), { signal });
    onPanelsChanged(() => this.#render(), { signal });
    this.#pause = new PagePause({ document }, (paused) => this.#setPaused(paused));
    const timer = setInterval(() => this.#render(), RENDER_MILLIS);
    signal.addEventListener('abort', () => clearInterval(timer));
    this.#phoneKeyboard.onError = this.#inputCommands.onError = this.#showError;
    this.#typeText.api = this.#phoneKeyboard.api = this.#api;
    this.#media.watchPage(this, signal);
    this.#media.onNotice = (kind, text) => this.#toasts.showToast(kind, text);
    this.#power.onNotice = (kind, text) => this.#toasts.showToast(kind, text);
    this.#typeText.onNotice = (text) => this.#toasts.showToast('info', text);
  }

  async #startSession() {
    const { signal } = this.#abort;
    const session = await loadSession(this.#api, signal,
      (error) => this.#showBeforeSession({ state: 'lost', headline: t('state.noConnection'), reason: t('reason.startFailed', { error }) }));
    if (signal.aborted) return;
    if (!session) {
      this.#openLogin();
      return;
    }
    this.#login = session.login;
    this.#targets = session.targets;
    this.#chooseTarget();
    if (!this.#pause?.paused) this.#watchBoard();
  }

  /** Users who may see no target get no answer. */
  #watchBoard() {
    if (this.#targets.length > 0) this.#boardPoll.start();
  }

  /** @param {boolean} paused the page is hidden */
  #setPaused(paused) {
    this.#session?.setPaused(paused);
    if (paused) this.#boardPoll.stop();
    else this.#watchBoard();
  }

  /** @param {boolean} [ended] the session ended while the user was working; the login page says so */
  #openLogin(ended = false) {
    this.#inputCommands.stopJiggling();
    location.replace(loginAddress(location, ended));
  }

  /** The target named by the address (`#target=...`); else the default target, whatever others there are; else the first one. */
  #chooseTarget() {
    const requested = new URLSearchParams(location.hash.slice(1)).get('target');
    const first = this.#targets.find(({ id }) => id === DEFAULT_TARGET) ?? this.#targets[0];
    const id = requested ?? first?.id ?? DEFAULT_TARGET;
    if (this.#session?.id === id) return;
    this.#session?.close();
    this.#inputCommands.startTarget(id);
    this.#controlled = false;
    delete this.dataset.sequence;
    delete this.dataset.latencyMs;
    this.#session = this.#openSession(id);
    this.#inputCommands.mode = readPreference(`mouse.${id}`) === 'relative' ? 'relative' : 'absolute';
    this.screen.shape = SHAPES.find((shape) => shape === readPreference(`shape.${id}`)) ?? 'sent';
    this.#panel.target = id;
    this.#typeText.target = id;
    this.#phoneKeyboard.target = id;
    this.#session.watchOnly = readWatchOnly(id);
    this.#session.chooseQuality(readLevel(this.#session.user, id));
    if (this.#pause?.paused) this.#session.setPaused(true);
    this.#session.open();
    this.#render();
  }

  /** @param {string} id */
  #openSession(id) {
    const label = this.#targets.find((target) => target.id === id)?.label ?? id;
    return new TargetSession({ id, label, login: this.#login, origin: location.origin, api: this.#api, screen: this.screen }, {
      onUpdate: () => this.#render(),
      onDrawn: (sequence, latency) => this.#onDrawn(sequence, latency),
      onError: ({ message }) => this.#showError(message || t('error.reported')),
      onProblem: (problem) => this.#showError(describeProblem(problem)),
      onTyping: (typing) => this.#typeText.showReport(typing),
      onLoggedOut: () => this.#leaving || this.#openLogin(true),
      onTargets: (targets) => { this.#targets = targets; },
    });
  }

  /** @param {number} sequence @param {number | null} latency */
  #onDrawn(sequence, latency) {
    this.dataset.sequence = String(sequence);
    if (latency !== null) this.dataset.latencyMs = latency.toFixed(1);
    this.#probe.onDrawn();
  }

  #render() {
    const session = this.#session;
    if (!session) return;
    const { facts } = session;
    const state = consoleState(facts);
    this.dataset.state = state.state;
    document.title = t('common.pageTitle', { title: session.label });
    this.screen.label = session.label;
    setText(this.#heading, session.label);
    this.screen.sentSize = { width: session.server?.video.inputWidth ?? 0, height: session.server?.video.inputHeight ?? 0 };
    this.screen.showState(state);
    this.#updateControl(session);
    this.#updateMouseMode(session);
    this.#notice.showNotice(currentNotice(facts));
    this.#lease.showLease({ lease: session.lease, user: session.user, canControl: session.canControl, isAdmin: session.isAdmin });
    this.#toolbar.showTools(toolbarModel(session, {
      targets: this.#targets, screen: this.screen, fullscreen: this.#fullscreen.isActive, wheel: readWheelChoice(), phoneKeyboard: this.#phoneKeyboard.isOpen,
      jiggle: { on: this.#inputCommands.jiggling !== null, settings: readJiggleSettings() },
    }));
    this.#updateStatistics(session);
    this.#status.power.showPower(session.power);
    this.#status.leds.showLeds(session.leds);
    this.#status.leds.enabled = session.canSend;
    this.#phoneKeyboard.showModifiers(this.screen.stickyModifiers);
    this.#typeText.capsLock = session.leds?.known === true && session.leds.capsLock;
    this.#status.showStatus(statusModel(session, state, this.screen));
    this.#media.update(session, this.#targets);
    this.#showActivity();
  }

  #showActivity() {
    this.#status.media.showMedia({ drives: this.#session?.canUseMedia ? this.#session.drives : null, uploads: this.#media.uploads, jiggling: this.#session?.inControl ? this.#inputCommands.jiggling : null });
  }

  /** @param {TargetSession} session */
  #updateControl(session) {
    if (this.#controlled === session.inControl) return;
    this.#controlled = session.inControl;
    this.#inputCommands.setControl(session);
  }

  /** A device with a single kind of pointer decides the mode. @param {TargetSession} session */
  #updateMouseMode(session) {
    const modes = pointerModes(session);
    if (modes.length === 1 && this.screen.mode !== modes[0]) this.#inputCommands.mode = modes[0];
  }

  /** Before there is a target. @param {import('./console-state.js').ConsoleState} state */
  #showBeforeSession(state) {
    this.dataset.state = state.state;
    this.screen.showState(state);
    this.#status.showStatus({ ...NO_FIGURES, state: state.state, headline: state.headline });
  }

  /** @param {import('./toolbar.js').Command} command */
  #runCommand(command) {
    const session = this.#session;
    if (command.command === 'logout' || command.command === 'account') this.screen.releaseAll();
    if (command.command === 'logout') this.#logOut();
    else if (command.command === 'language') changeLanguage(command.language);
    else if (command.command === 'target') location.hash = `target=${encodeURIComponent(command.id)}`;
    else if (command.command === 'fullscreen') this.#fullscreen.toggle();
    else if (command.command === 'scale') this.#setScale(command.scale);
    else if (session) this.#runSessionCommand(session, command);
  }

  async #logOut() {
    this.#inputCommands.stopJiggling();
    this.#leaving = true;
    this.#leaving = await logOut(this.#api, this.#showError);
  }

  /** @param {TargetSession} session @param {import('./toolbar.js').Command} command */
  #runSessionCommand(session, command) {
    if (command.command === 'lease') session.control.sendLeaseAction(command.action);
    else if (command.command === 'account') this.#showAccount(session);
    else if (command.command === 'snapshot') saveSnapshot(this.#api, session.id, this.#showError);
    else if (command.command === 'type-text') this.#typeText.openDialog();
    else if (command.command === 'shape') this.#setShape(session, command.shape);
    else if (command.command === 'quality') this.#setQuality(session, command.level);
    else if (command.command === 'power') this.#power.performAction(session, command.action, this.#api);
    else if (command.command === 'statistics') this.#showStatistics(session);
    else if (command.command === 'capture') this.#panel.openPanel(CAPTURE_PANEL);
    else if (command.command === 'panel') this.#openPanel(session, command.id);
    else if (command.command === 'media-menu') this.#toolbar.openMedia();
    else if (this.#media.runCommand(session, command)) this.#render();
    else if (this.#inputCommands.runCommand(session, command)) this.#render();
  }

  /** @param {TargetSession} session */
  #showAccount(session) {
    this.#account.openDialog({ api: new AccessApi(), user: session.user, isAdmin: session.isAdmin, targets: this.#targets });
  }

  /** @param {TargetSession} session @param {import('../video/picture-size.js').Shape} shape */
  #setShape(session, shape) {
    this.screen.shape = shape;
    savePreference(`shape.${session.id}`, shape);
    this.#render();
  }

  /** @param {TargetSession} session @param {import('../protocol/quality-message.js').Level} level */
  #setQuality(session, level) {
    saveLevel(session.user, session.id, level);
    session.chooseQuality(level);
    this.#render();
  }

  /** @param {import('../video/picture-size.js').View} scale */
  #setScale(scale) {
    this.screen.scale = scale;
    savePreference('scale', scale);
    this.#render();
  }

  /** @param {TargetSession} session @param {string} id */
  #openPanel(session, id) {
    const panel = permittedPanels(session.permissions).find((candidate) => candidate.id === id);
    if (panel) this.#panel.openPanel(panel);
  }

  /** @param {TargetSession} session */
  #showStatistics(session) {
    this.#panel.openPanel(STATISTICS_PANEL);
    this.#updateStatistics(session);
  }

  /** @param {TargetSession} session */
  #updateStatistics(session) {
    const { content } = this.#panel;
    if (content instanceof CatseyeStatistics) content.showStatistics(describeStatistics(session, this.screen.canvas));
  }

  async #measureReaction() {
    const { content } = this.#panel;
    if (!(content instanceof CatseyeStatistics)) return;
    content.showReaction('running');
    content.showReaction(await this.#probe.measure(() => this.screen.readPixels(), () => this.#inputCommands.movePointerOnce()));
  }

  /** @param {import('../input/keyboard.js').Hint} hint */
  #showHint(hint) {
    if (hint !== 'keys-kept' || this.#session?.inControl) this.#toasts.showToast('info', describeHint(hint));
  }

  #onFullscreenChange() {
    this.screen.releaseAll();
    if (this.#fullscreen.isActive) this.screen.focus();
    this.#render();
  }
}

define('catseye-console', CatseyeConsole);
