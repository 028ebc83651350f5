import { h } from '../public/dom.js';
import { icon, iconNames, logo } from '../public/icons.js';
import { t } from '../public/text.js';
import { CatseyeConfirm } from '../public/confirm.js';
import { CatseyeLogin } from '../public/login.js';
import { CatseyeSetup } from '../public/setup.js';
import { CatseyeBoard } from './board.js';
import { CatseyeCapture } from './capture.js';
import { consoleState } from './console-state.js';
import { CatseyeLeds } from './leds.js';
import { CatseyeLease } from './lease.js';
import { CatseyeCombinationDialog } from './combination-dialog.js';
import { CatseyeMenu } from './menu.js';
import { CatseyeNotice } from './notice.js';
import { CatseyePanel } from './panel.js';
import { CatseyePhoneKeyboard } from './phone-keyboard.js';
import { CatseyeQrCode } from './qr-code.js';
import { CatseyeRights } from './rights.js';
import { CatseyeScreen } from './screen.js';
import { CatseyeSelfCheck } from './self-check.js';
import { CatseyeStatistics } from './statistics.js';
import { CatseyeStatus } from './status.js';
import { CatseyeToasts } from './toasts.js';
import { CatseyeToolbar } from './toolbar.js';
import { CatseyeTypeText } from './type-text.js';

/**
 * Each element in each state, without a server: to look at, and for tests. `?lang=de` shows it in German; the captions, and texts that would
 * come from the server, are English.
 */

const main = /** @type {HTMLElement} */ (document.querySelector('main'));

/** @param {string} title @param {...[string, HTMLElement]} examples caption and element */
function section(title, ...examples) {
  main.append(h('section', {}, h('h2', {}, title), h('div', { class: 'examples' },
    ...examples.map(([caption, element]) => h('figure', { 'data-example': `${title}: ${caption}` }, element, h('figcaption', {}, caption))))));
}

/** @type {import('./screen.js').Sender} */
const nullSender = { sendKey: () => true, movePointerTo: () => {}, movePointerBy: () => {}, turnWheel: () => {}, releaseAll: () => true };

const OPEN = { state: 'open', retryAt: 0 };
const WAITING = { state: 'waiting', retryAt: 45_000 };
/** @param {Partial<import('../protocol/control-message.js').VideoStatus>} video @param {Partial<import('./console-state.js').ConnectionFacts>} [changes] */
const stateOf = (video, changes) => consoleState({
  paused: false, video: OPEN, control: OPEN, everOpen: true, picture: true, fallback: false, missing: false, problem: '', label: 'Rack 3, server 7', now: 42_000, silent: false, lastSignAt: 0,
  status: { state: 'LIVE', reason: '', misconfigured: false, stale: false, width: 0, height: 0, fps: 0, codec: '', input: '', inputWidth: 0, inputHeight: 0, viewers: 1, ...video }, ...changes,
});

const LIVE = stateOf({});
const STATES = [
  stateOf({}, { picture: false }), LIVE, stateOf({ state: 'NO_SIGNAL' }),
  stateOf({ misconfigured: true, reason: 'org.catseye.capture.v4l2~bay1: width is \'abc\'; it has to be a whole number from 0 to 16384' }),
  stateOf({ state: 'NO_DEVICE' }), stateOf({}, { paused: true }), stateOf({}, { silent: true }), stateOf({}, { video: WAITING, control: WAITING }),
];

/** A picture without a server. @param {CatseyeScreen} screen */
function paintPicture(screen) {
  const context = screen.canvas.getContext('2d');
  if (!context) return screen;
  const { width, height } = screen.canvas;
  ['#1b2b3a', '#24445c', '#2f6079', '#3f7d8f', '#d8a648'].forEach((colour, index) => {
    context.fillStyle = colour;
    context.fillRect((index * width) / 5, 0, width / 5, height);
  });
  return screen;
}

/** @param {import('./console-state.js').ConsoleState} state @param {(screen: CatseyeScreen) => void} [more] */
function screen(state, more = () => {}) {
  const element = paintPicture(new CatseyeScreen());
  element.showState(state);
  more(element);
  return element;
}

/** @template {HTMLElement} T @param {T} element @param {(element: T) => void} change once it is on the page */
function changeLater(element, change) {
  queueMicrotask(() => change(element));
  return element;
}

section('Screen', ...STATES.map((state) => /** @type {[string, HTMLElement]} */ ([state.state, screen(state, (element) => element.setSender(nullSender))])),
  ['captured', screen(LIVE, (element) => element.setAttribute('captured', ''))],
  ['mouse locked', screen(LIVE, (element) => {
    element.setAttribute('captured', '');
    element.setAttribute('locked', '');
  })],
  ['view only', screen(LIVE, (element) => element.setSender(null))],
  ['real size', screen(LIVE, (element) => {
    element.scale = '100';
  })],
  ['4:3', screen(LIVE, (element) => {
    element.shape = '4:3';
  })]);

/** @type {import('./toolbar.js').ToolbarModel} */
const TOOLS = {
  targets: [{ id: 'default', label: 'Rack 3, server 7' }], target: 'default', label: 'Rack 3, server 7', user: 'admin', canControl: true, mayControl: true, watchOnly: false, phoneKeyboard: false, stickyModifiers: [],
  wheel: { speed: 'normal', reversed: false }, isAdmin: true,
  mode: 'absolute', modes: ['absolute', 'relative'], scale: 'fit', shape: 'sent', level: 'auto', quality: null, lease: null, power: null, systemKeys: false, hasMedia: true, drives: [], jiggle: { on: false, settings: { seconds: 60, pixels: 10 } }, fullscreen: false, panels: [],
};
/** @param {Partial<import('./toolbar.js').ToolbarModel>} changes */
const toolbar = (changes) => changeLater(new CatseyeToolbar(), (element) => element.showTools({ ...TOOLS, ...changes }));
section('Toolbar', ['one target', toolbar({})],
  ['several targets, panels', toolbar({ targets: [{ id: 'a', label: 'Rack 3, server 7' }, { id: 'b', label: 'Router' }], target: 'a', panels: [{ id: 'p', title: 'Power', element: 'x-power' }] })],
  ['real size, full screen', toolbar({ scale: '100', fullscreen: true })],
  ['watch only', toolbar({ canControl: false, watchOnly: true })], ['on-screen keyboard', toolbar({ phoneKeyboard: true })],
  ['view only', toolbar({ canControl: false, mayControl: false, isAdmin: false, user: 'guest' })]);

/** @param {Partial<import('../protocol/control-message.js').LeaseMessage>} lease @param {boolean} [isAdmin] */
const lease = (lease, isAdmin = false) => h('div', { class: 'strips' }, changeLater(new CatseyeLease(), (element) => element.showLease({
  lease: { type: 'control', holder: 'ann', mine: false, asking: '', shared: false, others: 1, ...lease }, user: 'bob', canControl: true, isAdmin,
})));
/** @param {Parameters<CatseyeNotice['showNotice']>[0]} notice */
const notice = (notice) => h('div', { class: 'strips' }, changeLater(new CatseyeNotice(), (element) => element.showNotice(notice)));
section('Notice', ['info', notice({ kind: 'info', text: t('notice.viewOnly') })], ['warning', notice({ kind: 'warning', text: t('notice.stale') })]);
section('Control', ['another user', lease({})], ['another user, for an administrator', lease({}, true)], ['asked', lease({ asking: 'bob' })],
  ['asked by another user', lease({ holder: 'bob', mine: true, asking: 'eve' })], ['in control, others watch', lease({ holder: 'bob', mine: true, others: 2 })]);

const rights = new CatseyeRights();
rights.targets = [{ id: 'a', label: 'Rack 3, server 7' }];
rights.value = /** @type {import('../protocol/access-api.js').Rights} */ ({ '*': ['VIEW'], a: ['CONTROL', 'POWER'], removed: ['VIEW'] });
const qr = new CatseyeQrCode();
// A corner of one.
qr.rows = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'];
section('Account', ['rights', rights], ['QR code', qr]);

const menu = new CatseyeMenu();
menu.setAttribute('label', t('toolbar.mouse'));
menu.setAttribute('icon', 'pointer');
menu.groups = () => [{ title: t('mouse.title'), items: [{ label: t('mouse.absolute'), detail: t('mouse.absoluteDetail'), checked: true }, { label: t('mouse.relative'), checked: false }, { label: 'Not possible', checked: false, disabled: true }] }];
const disabled = new CatseyeMenu();
disabled.setAttribute('label', 'Disabled');
disabled.disabled = true;
section('Menu', ['press it', menu], ['disabled', disabled]);

section('Status', ...STATES.map(({ state, headline }) => /** @type {[string, HTMLElement]} */ ([state, changeLater(new CatseyeStatus(), (element) => element.showStatus(state === 'live'
  ? { state, headline, label: 'Rack 3, server 7', captured: true, keyboard: t('status.captured'), resolution: '1280 × 720', input: t('status.input', { input: '1920x1080p at 60/s' }), fps: 29.9, latencyMillis: 38, viewers: 2, codec: 'H.264', quality: t('quality.slowLine', { kbps: '640' }), qualityTitle: '' }
  : { state, headline, label: 'Rack 3, server 7', captured: false, keyboard: '', resolution: '', input: '', fps: null, latencyMillis: null, viewers: 1, codec: '', quality: '', qualityTitle: '' }))])));

/** @param {any} leds */
const leds = (leds) => changeLater(new CatseyeLeds(), (element) => element.showLeds(leds));
section('Lamps', ['unknown', leds(null)], ['off', leds({ known: true })], ['Caps Lock on', leds({ known: true, capsLock: true })], ['all on', leds({ known: true, numLock: true, capsLock: true, scrollLock: true })],
  ['cannot be pressed', changeLater(new CatseyeLeds(), (element) => {
    element.showLeds({ known: true, numLock: true, capsLock: false, scrollLock: false });
    element.enabled = false;
  })]);

const toasts = new CatseyeToasts();
section('Messages', ['press a button', h('div', { class: 'buttons' }, ...(/** @type {const} */ (['error', 'info', 'success'])).map((kind) =>
  h('button', { class: 'button', type: 'button', 'data-toast': kind, onclick: () => toasts.showToast(kind, `This is what a message of kind ${kind} looks like.`) }, kind)))]);
main.append(toasts);

const typing = new CatseyeTypeText();
section('Type text', ['press it', h('div', { class: 'buttons' }, h('button', { class: 'button', type: 'button', onclick: () => typing.openDialog() }, 'Open'), typing)]);

/** @param {string[]} sticky */
const phoneKeyboard = (sticky) => changeLater(new CatseyePhoneKeyboard(), (element) => {
  element.setAttribute('state', 'open');
  element.showModifiers(sticky);
});
section('On-screen keyboard', ['open', phoneKeyboard([])], ['Ctrl and Alt are sticky', phoneKeyboard(['ControlLeft', 'AltLeft'])]);
const own = new CatseyeCombinationDialog();
section('Own combinations', ['press it', h('div', { class: 'buttons' }, h('button', { class: 'button', type: 'button', onclick: () => own.openDialog('gallery') }, 'Open'), own)]);

customElements.define('catseye-gallery-panel', class extends HTMLElement {
  connectedCallback() {
    this.textContent = `The element of a plug-in, for target ${this.getAttribute('target')}.`;
  }
});
section('Panel', ['open', changeLater(new CatseyePanel(), (element) => {
  element.target = 'default';
  element.openPanel({ id: 'gallery', title: 'Power', element: 'catseye-gallery-panel' });
})]);

const fine = { name: 'USB device port', ok: true, description: 'fe980000.usb, state "configured"', remedy: '' };
const broken = { name: 'Device for the keyboard', ok: false, description: '/dev/hidg0 may not be read and written by this user.', remedy: 'Run "sudo catseye-gadget up" on the board.' };
const replug = { id: 'replug', label: 'Unplug and plug in again', description: 'The target sees the USB cable unplugged and plugged in again after a second.' };
/** @param {import('../protocol/api.js').Check[]} found */
const selfCheck = (found) => changeLater(new CatseyeSelfCheck(), (element) => element.showChecks(found));
section('Self-check', ['all OK', selfCheck([{ id: 'a', title: 'USB keyboard and mouse', items: [fine], actions: [replug] }])],
  ['something to fix', selfCheck([{ id: 'a', title: 'USB keyboard and mouse', items: [fine, broken, { ...broken, name: 'Connected computer', description: 'No computer is connected.', remedy: 'Look at the cable.' }], actions: [replug] }])],
  ['nothing to check', selfCheck([])]);

const figures = {
  'statistics.deviceFps': t('status.fps', { fps: '30' }), 'statistics.shownFps': t('status.fps', { fps: '8.2' }),
  'statistics.picture': t('statistics.size', { codec: 'JPEG', width: '640', height: '360' }), 'statistics.bitRate': t('statistics.kbps', { kbps: '380' }),
  'statistics.line': t('statistics.kbps', { kbps: '640' }), 'statistics.age': t('statistics.percentiles', { p50: '120', p95: '310' }),
  'statistics.lost': '0', 'statistics.skipped': '1,204', 'statistics.viewers': '2',
  'statistics.encoder': `${t('quality.encodedBy', { quality: t('quality.slow'), encoder: 'Catseye (JPEG)' })} ${t('quality.jpegOfDevice')}`,
};
/** @param {'running' | 'refused' | number | null} reaction */
const statistics = (reaction) => changeLater(new CatseyeStatistics(), (element) => {
  element.showStatistics(figures);
  element.showReaction(reaction);
});
section('Statistics', ['unknown', new CatseyeStatistics()], ['slow line', statistics(85)], ['measuring', statistics('running')],
  ['no reaction', statistics(null)], ['not in control', statistics('refused')]);

/** @type {import('../protocol/capture-api.js').CaptureDevice} */
const STICK = {
  device: '/dev/video0 (MS2109 534d:2109 at USB port 1-1.3)', version: '1', configured: true,
  controls: [{ key: 'brightness', min: -128, max: 127, step: 1, default: -11, current: 20 }, { key: 'hue', min: -128, max: 127, step: 1, default: 0, current: 0, lockReason: 'The device does not allow changes.' }],
  modes: { widthKey: 'width', heightKey: 'height', rateKey: 'framesPerSecond', sizes: [{ width: 1280, height: 720, rates: [60, 30] }] },
  settings: {
    pid: 'org.catseye.capture.v4l2~bay1', title: 'bay1', stored: true, file: 'org.catseye.capture.v4l2~bay1.cfg', unknown: [], version: '1',
    form: { pid: 'org.catseye.capture.v4l2', title: '', description: '', group: 'computers', bundle: '', running: true, single: false, several: true },
    fields: ['width', 'height', 'framesPerSecond', 'brightness', 'hue'].map((id) => ({ id, name: id, description: '', kind: 'text', list: false, required: false, default: id === 'brightness' ? '20' : id === 'hue' ? '' : '0' })),
  },
};
/** @param {import('../protocol/capture-api.js').CaptureDevice} device */
const capture = (device) => changeLater(new CatseyeCapture(), (element) => element.showDevice(device));
section('Capture device', ['stick', capture(STICK)], ['nothing to adjust', capture({ device: 'Virtual machine', controls: [], version: '', problem: 'This device has nothing to adjust.' })]);

/** @param {string} id @param {import('../protocol/api.js').BoardCondition['severity']} severity @param {Record<string, string>} [details] */
const board = (id, severity, details = {}) => changeLater(new CatseyeBoard(), (element) => element.showConditions([{ id, severity, since: new Date().toISOString(), description: '', remedy: '', details }]));
section('Board', ['critical', board('under-voltage', 'CRITICAL')], ['warning', board('temperature', 'WARNING', { celsius: '81', sensor: 'cpu-thermal' })],
  ['notice', board('java-outdated', 'NOTICE', { version: '17', date: '2025-04-15' })]);

/** @template {HTMLElement} T @param {T} element */
function preview(element) {
  element.setAttribute('preview', '');
  return element;
}
section('Login', ['idle', preview(new CatseyeLogin())],
  ['code', changeLater(preview(new CatseyeLogin()), (element) => element.askForCode())],
  ['refused', changeLater(preview(new CatseyeLogin()), (element) => element.showRefusal(t('login.wrongPassword')))],
  ['waiting', changeLater(preview(new CatseyeLogin()), (element) => element.waitAndRetry(3600))],
  ['known', changeLater(preview(new CatseyeLogin()), (element) => element.showKnown('admin'))]);
section('Confirm', ...['page', 'resend', 'change'].map((purpose) => {
  const element = preview(new CatseyeConfirm());
  element.setAttribute('purpose', purpose);
  return /** @type {[string, any]} */ ([purpose, element]);
}), ['refused', changeLater(preview(new CatseyeConfirm()), (element) => element.showRefusal(t('confirm.wrongPassword')))]);
section('Setup', ['idle', preview(new CatseyeSetup())],
  ['refused', changeLater(preview(new CatseyeSetup()), (element) => element.showRefusal(t('setup.mismatch')))],
  ['claimed', changeLater(preview(new CatseyeSetup()), (element) => element.showClaimed())]);

section('Buttons', ['kinds', h('div', { class: 'buttons' }, h('button', { class: 'button primary' }, 'Primary'), h('button', { class: 'button' }, 'Plain'), h('button', { class: 'button', disabled: true }, 'Disabled'))]);
section('Icons', ...[['logo', logo()], ...iconNames().map((name) => [name, icon(name)])].map(([name, svg]) => /** @type {[string, any]} */ ([name, svg])));
window.scrollTo(0, 0);
