import { define, h, setAttribute, setText } from '../public/dom.js';
import { loginAddress } from '../public/next.js';
import { HttpError } from '../public/http.js';
import { Backoff } from '../protocol/backoff.js';
import { AccessApi } from '../protocol/access-api.js';
import { Api } from '../protocol/api.js';
import { systemClock } from '../protocol/clock.js';
import { sendCombination } from '../input/combinations.js';
import { PagePause } from '../video/page-pause.js';
import { consoleState, notice } from './console-state.js';
import { Fullscreen } from './fullscreen.js';
import { NO_FIGURES, pointerModes, statusModel, toolbarModel } from './models.js';
import { onPanelsChanged, panels } from './plugins.js';
import { recall, remember } from './preferences.js';
import { saveBlob, snapshotName } from './save.js';
import { TargetSession } from './target-session.js';
import { CatseyeAccount } from './account.js';
import { CatseyeLease } from './lease.js';
import { CatseyePanel } from './panel.js';
import { CatseyeProofDialog } from './proof-dialog.js';
import { CatseyeScreen } from './screen.js';
import './self-check.js';
import { CatseyeStatus } from './status.js';
import { CatseyeToasts } from './toasts.js';
import { CatseyeToolbar } from './toolbar.js';
import { CatseyeTypeText } from './type-text.js';

const TICK_MILLIS = 500;

/**
 * The console: puts the parts together and keeps them told.
 *
 * For tests: `data-state` (connecting, live, no-signal, no-device, misconfigured, paused, lost), `data-sequence` (of the frame drawn
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
  #typeText = new CatseyeTypeText();
  #notice = h('p', { class: 'notice', role: 'status', hidden: true });
  #api = new Api();
  #fullscreen = new Fullscreen(this, () => this.#fullscreenChanged());
  /** @type {import('../protocol/api.js').Target[]} */ #targets = [];
  /** @type {import('../protocol/api.js').Session} */ #user = { user: '', permissions: [] };
  /** @type {TargetSession | null} */ #session = null;
  #abort = new AbortController();
  /** @type {PagePause | null} */ #pause = null;
  #controlled = false;

  connectedCallback() {
    if (!this.firstChild) {
      this.append(this.#toolbar, this.#notice, this.#lease, h('div', { class: 'workplace' }, this.screen, this.#panel), this.#status, this.#toasts, this.#typeText, this.#account, new CatseyeProofDialog());
    }
    this.screen.scale = recall('scale') === 'natural' ? 'natural' : 'fit';
    this.#listen();
    this.#showBefore('Connecting', 'connecting', '');
    this.#start();
  }

  disconnectedCallback() {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#pause?.destroy();
    this.#session?.close();
    this.#session = null;
  }

  #listen() {
    const { signal } = this.#abort;
    this.addEventListener('catseye-command', (event) => this.#obey(/** @type {CustomEvent} */ (event).detail), { signal });
    this.addEventListener('catseye-capture', () => this.#render(), { signal });
    this.addEventListener('catseye-way-out', () => this.#toolbar.focus(), { signal });
    this.addEventListener('catseye-hint', (event) => this.#toasts.show('info', /** @type {CustomEvent} */ (event).detail), { signal });
    this.addEventListener('catseye-panel-closed', () => this.#toolbar.focus(), { signal });
    this.addEventListener('catseye-typed', () => this.screen.focus(), { signal });
    window.addEventListener('hashchange', () => this.#chooseTarget(), { signal });
    window.addEventListener('online', () => this.#session?.retryNow(), { signal });
    onPanelsChanged(() => this.#render(), { signal });
    this.#pause = new PagePause({ document }, (paused) => this.#session?.pause(paused));
    const timer = setInterval(() => this.#render(), TICK_MILLIS);
    signal.addEventListener('abort', () => clearInterval(timer));
    this.#typeText.onError = (text) => this.#toasts.show('error', text);
  }

  /** Who am I, and what is there? Tried until the server answers. */
  async #start() {
    const { signal } = this.#abort;
    for (const backoff = new Backoff(); !signal.aborted;) {
      try {
        const session = await this.#api.session();
        if (!session) {
          this.#loggedOut();
          return;
        }
        this.#user = session;
        this.#targets = await this.#api.targets();
        if (!signal.aborted) this.#chooseTarget();
        return;
      } catch (error) {
        if (error instanceof HttpError && error.status === 401) {
          this.#loggedOut();
          return;
        }
        const words = error instanceof HttpError ? error.message : String(error);
        this.#showBefore('No connection', 'lost', `${words} Trying again.`);
        await new Promise((resolve) => setTimeout(resolve, backoff.next()));
      }
    }
  }

  /** @param {boolean} [ended] it was there before, and the person should be told */
  #loggedOut(ended = false) {
    location.replace(loginAddress(location, ended));
  }

  /** By the address (`#target=...`), else the first there is. */
  #chooseTarget() {
    const asked = new URLSearchParams(location.hash.slice(1)).get('target');
    const id = asked ?? this.#targets[0]?.id ?? 'default';
    if (this.#session?.id === id) return;
    this.#session?.close();
    this.screen.control(null);
    this.#controlled = false;
    delete this.dataset.sequence;
    delete this.dataset.latencyMs;
    const label = this.#targets.find((target) => target.id === id)?.label ?? id;
    this.#session = new TargetSession({ id, label, permissions: this.#user.permissions, origin: location.origin, api: this.#api, screen: this.screen }, {
      onUpdate: () => this.#render(),
      onDrawn: (sequence, latency) => this.#drawn(sequence, latency),
      onError: ({ message }) => this.#toasts.show('error', message),
      onLoggedOut: () => this.#loggedOut(true),
      onTargets: (targets) => {
        this.#targets = targets;
      },
    });
    this.screen.mode = recall(`mouse.${id}`) === 'relative' ? 'relative' : 'absolute';
    this.#panel.target = id;
    this.#typeText.target = id;
    if (this.#pause?.paused) this.#session.pause(true);
    this.#session.open();
    this.#render();
  }

  /** @param {number} sequence @param {number | null} latency */
  #drawn(sequence, latency) {
    this.dataset.sequence = String(sequence);
    if (latency !== null) this.dataset.latencyMs = latency.toFixed(1);
  }

  #render() {
    const session = this.#session;
    if (!session) return;
    const { known } = session;
    const state = consoleState(known);
    this.dataset.state = state.state;
    document.title = `${session.label} – Catseye`;
    this.screen.label = session.label;
    this.screen.show(state);
    this.#giveControl(session);
    this.#fitMode(session);
    this.#renderNotice(notice(known));
    const user = session.server?.user ?? this.#user.user;
    this.#lease.show({ lease: session.lease, user, canControl: session.canControl, isAdmin: session.permissions.includes('ADMIN') });
    this.#toolbar.show(toolbarModel(session, { targets: this.#targets, user: this.#user.user, screen: this.screen, fullscreen: this.#fullscreen.on }));
    this.#status.leds.show(session.leds);
    this.#typeText.capsLock = session.leds?.known === true && session.leds.capsLock;
    this.#status.show(statusModel(session, state, this.screen));
  }

  /** @param {TargetSession} session */
  #giveControl(session) {
    if (this.#controlled === session.inControl) return;
    this.#controlled = session.inControl;
    const sender = session.sender();
    this.screen.control(session.inControl ? sender : null);
    this.#typeText.key = sender.key;
  }

  /** A device that knows one kind of pointer only decides. @param {TargetSession} session */
  #fitMode(session) {
    const modes = pointerModes(session);
    if (modes.length === 1 && this.screen.mode !== modes[0]) this.screen.mode = modes[0];
  }

  /** @param {{kind: string, text: string} | null} shown */
  #renderNotice(shown) {
    this.#notice.hidden = !shown;
    setAttribute(this.#notice, 'state', shown?.kind);
    setText(this.#notice, shown?.text ?? '');
  }

  /** @param {string} headline @param {'connecting' | 'lost'} state @param {string} reason before there is a target */
  #showBefore(headline, state, reason) {
    this.dataset.state = state;
    this.screen.show({ state, headline, reason });
    this.#status.show({ ...NO_FIGURES, state, words: headline });
  }

  /** @param {import('./toolbar.js').Command} wanted */
  #obey(wanted) {
    const session = this.#session;
    if (wanted.command === 'logout') this.#logout();
    else if (wanted.command === 'target') location.hash = `target=${encodeURIComponent(wanted.id)}`;
    else if (wanted.command === 'fullscreen') this.#fullscreen.toggle();
    else if (wanted.command === 'scale') this.#setScale(this.screen.scale === 'fit' ? 'natural' : 'fit');
    else if (!session) return;
    else if (wanted.command === 'lease') session.control.wish(wanted.wish);
    else if (wanted.command === 'account') this.#showAccount(session);
    else if (wanted.command === 'snapshot') this.#snapshot(session);
    else if (wanted.command === 'type-text') this.#typeText.show();
    else if (wanted.command === 'mode') this.#setMode(session, wanted.mode);
    else if (wanted.command === 'panel') this.#openPanel(session, wanted.id);
    else if (wanted.command === 'combination') {
      if (!wanted.stays) this.screen.focus();
      sendCombination(wanted.codes, session.sender().key, systemClock);
    }
  }

  /** @param {TargetSession} session */
  #showAccount(session) {
    this.screen.release();
    this.#account.show({ api: new AccessApi(), user: session.server?.user ?? this.#user.user, isAdmin: session.permissions.includes('ADMIN'), targets: this.#targets });
  }

  /** @param {TargetSession} session @param {'absolute' | 'relative'} mode */
  #setMode(session, mode) {
    this.screen.mode = mode;
    remember(`mouse.${session.id}`, mode);
    this.screen.focus();
    this.#render();
  }

  /** @param {'fit' | 'natural'} scale */
  #setScale(scale) {
    this.screen.scale = scale;
    remember('scale', scale);
    this.#render();
  }

  /** @param {TargetSession} session @param {string} id */
  #openPanel(session, id) {
    const panel = panels(session.permissions).find((candidate) => candidate.id === id);
    if (panel) this.#panel.show(panel);
  }

  #fullscreenChanged() {
    this.screen.release();
    if (this.#fullscreen.on) this.screen.focus();
    this.#render();
  }

  /** @param {TargetSession} session */
  async #snapshot(session) {
    try {
      saveBlob(await this.#api.snapshot(session.id), snapshotName(session.id, new Date()));
    } catch (error) {
      this.#toasts.show('error', `No picture was saved: ${error instanceof HttpError ? error.message : error}`);
    }
  }

  async #logout() {
    this.screen.release();
    try {
      await this.#api.logout();
    } catch (error) {
      if (!(error instanceof HttpError && error.status === 401)) {
        this.#toasts.show('error', `You are still logged in: ${error instanceof HttpError ? error.message : error}`);
        return;
      }
    }
    location.replace('/login');
  }
}

define('catseye-console', CatseyeConsole);
