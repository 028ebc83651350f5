import { define, h, setAttribute } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';
import { Keyboard } from '../input/keyboard.js';
import { Mouse } from '../input/mouse.js';
import { SHAPES, VIEWS, drawnSize, shapedSize } from '../video/picture-size.js';
import { CatseyeOverlay } from './overlay.js';
import { ViewPan } from './view-pan.js';

/**
 * @typedef {import('../input/pointer-sender.js').PointerSender & {sendKey: (code: string, down: boolean) => boolean, releaseAll: () => boolean}} Sender
 */

/**
 * The remote screen: picture, keyboard, mouse and the text over it. Only the picture itself takes pointer input, never the bars beside it.
 *
 * Attributes for CSS: `state`, `captured`, `locked`, `mode` (absolute, relative), `scale` (fit, 100, 150, 200), `shape`,
 * `exact` (a pixel of the picture is a whole number of device pixels),
 * `source` (canvas, image), `readonly`. Events, all bubbling: `catseye-capture`, `catseye-keyboard-released`,
 * `catseye-hint` (detail: a {@link import('../input/keyboard.js').Hint}).
 */
export class CatseyeScreen extends HTMLElement {
  canvas = h('canvas', { width: 1280, height: 720 });
  image = h('img', { alt: '', draggable: 'false' });
  overlay = new CatseyeOverlay();
  #context = this.canvas.getContext('2d', { alpha: false });
  #picture = h('div', { class: 'picture' }, this.canvas, this.image);
  #stage = h('div', { class: 'stage', role: 'application', 'aria-roledescription': t('screen.role'), 'aria-describedby': 'catseye-screen-help' }, this.#picture);
  #help = h('p', { id: 'catseye-screen-help', class: 'visually-hidden' }, t('screen.help'));
  #captureNote = h('p', { class: 'capture-note', 'aria-hidden': 'true' });
  #label = '';
  /** @type {import('../video/picture-size.js').Size} */ #sent = { width: 0, height: 0 };
  #resizes = new ResizeObserver(() => this.#layOut());
  /** @type {Keyboard | null} */ #keyboard = null;
  /** @type {Mouse | null} */ #mouse = null;

  constructor() {
    super();
    new ViewPan(this.#stage, this.#picture);
    // The stage has the focus, for the keyboard; the browser would give it to no part of the picture.
    this.#picture.addEventListener('pointerdown', () => this.focus());
    this.#stage.addEventListener('contextmenu', (event) => event.preventDefault());
    this.image.addEventListener('load', () => this.#layOut());
  }

  connectedCallback() {
    if (!this.firstChild) this.append(this.#stage, this.overlay, this.#captureNote, this.#help);
    this.#resizes.observe(this.#stage);
    setAttribute(this, 'mode', this.mode);
    setAttribute(this, 'scale', this.scale);
    setAttribute(this, 'shape', this.shape);
    setAttribute(this, 'source', this.getAttribute('source') ?? 'canvas');
  }

  disconnectedCallback() {
    this.#resizes.disconnect();
    this.setSender(null);
  }

  get captured() {
    return this.#keyboard?.captured ?? false;
  }

  /** @param {string} label of the target */
  set label(label) {
    this.#label = label;
    setAttribute(this.#stage, 'aria-label', t('screen.label', { label }));
  }

  /** @returns {'absolute' | 'relative'} */
  get mode() {
    return this.getAttribute('mode') === 'relative' ? 'relative' : 'absolute';
  }

  set mode(mode) {
    setAttribute(this, 'mode', mode);
    this.#mouse?.setMode(mode);
    this.#showCaptureNote();
  }

  /** @returns {import('../video/picture-size.js').View} */
  get scale() {
    return VIEWS.find((view) => view === this.getAttribute('scale')) ?? 'fit';
  }

  set scale(scale) {
    setAttribute(this, 'scale', scale);
    this.#layOut();
  }

  /** @returns {import('../video/picture-size.js').Shape} */
  get shape() {
    return SHAPES.find((shape) => shape === this.getAttribute('shape')) ?? 'sent';
  }

  set shape(shape) {
    setAttribute(this, 'shape', shape);
    this.#layOut();
  }

  /** What the computer sends, for the shape of the picture. @param {import('../video/picture-size.js').Size} size 0 if unknown */
  set sentSize(size) {
    if (size.width === this.#sent.width && size.height === this.#sent.height) return;
    this.#sent = size;
    this.#layOut();
  }

  /** @param {'canvas' | 'image'} source */
  set source(source) {
    setAttribute(this, 'source', source);
    this.#layOut();
  }

  /** @param {import('./console-state.js').ConsoleState} state */
  showState(state) {
    setAttribute(this, 'state', state.state);
    this.overlay.showState(state);
    // A stream in an image tells nothing when the size of its pictures changes.
    if (this.getAttribute('source') === 'image') this.#layOut();
  }

  /** @param {import('../video/jpeg-decoder.js').Drawable} picture the caller closes it */
  drawPicture(picture) {
    const { canvas } = this;
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
      this.#layOut();
    }
    this.#context?.drawImage(picture, 0, 0);
  }

  /** Where keys and pointer go. @param {Sender | null} sender null: nowhere, for this user only watches */
  setSender(sender) {
    this.#keyboard?.destroy();
    this.#mouse?.destroy();
    this.#keyboard = this.#mouse = null;
    setAttribute(this, 'readonly', sender === null);
    setAttribute(this.#stage, 'tabindex', sender ? 0 : null);
    if (!sender) return;
    this.#keyboard = new Keyboard({ element: this.#stage, document, window, platform: platform() }, {
      sendKey: (code, down) => sender.sendKey(code, down),
      releaseAll: () => {
        sender.releaseAll();
        this.#mouse?.forgetHeld();
      },
      onCapture: (captured) => this.#onCaptureChange(captured),
      onRelease: () => this.#releaseKeyboard(),
      onHint: (hint) => this.#dispatch('catseye-hint', hint),
    });
    this.#mouse = new Mouse({ element: this.#picture, document, pictureBox: () => this.#pictureBox() }, sender, {
      onLock: (locked) => this.#onLockChange(locked),
      onHint: (hint) => this.#dispatch('catseye-hint', hint),
    });
    this.#mouse.setMode(this.mode);
  }

  /** Releases all held keys and buttons, here and at the remote computer. */
  releaseAll() {
    this.#keyboard?.releaseAll();
  }

  /** The server has released all keys and buttons by itself. */
  forgetHeld() {
    this.#keyboard?.forgetHeld();
    this.#mouse?.forgetHeld();
  }

  /** Captures the keyboard. */
  focus() {
    this.#stage.focus({ preventScroll: true });
  }

  #pictureBox() {
    const box = this.#picture.getBoundingClientRect();
    return box.width > 0 && box.height > 0 ? box : null;
  }

  /** Gives the picture its size; the rest of the stage is not the picture. */
  #layOut() {
    const { canvas, image } = this;
    const own = this.getAttribute('source') === 'image' ? { width: image.naturalWidth, height: image.naturalHeight } : canvas;
    const room = this.#stage.getBoundingClientRect();
    const shaped = shapedSize(own, this.shape, this.#sent);
    const size = drawnSize(room, shaped, this.scale, devicePixelRatio);
    setAttribute(this, 'exact', shaped.width === own.width && (this.scale === '100' || this.scale === '200'));
    this.#picture.style.setProperty('width', `${size?.width ?? 0}px`);
    this.#picture.style.setProperty('height', `${size?.height ?? 0}px`);
  }

  /** @param {boolean} captured */
  #onCaptureChange(captured) {
    setAttribute(this, 'captured', captured);
    if (!captured) this.#mouse?.unlock();
    this.#showCaptureNote();
    this.#dispatch('catseye-capture', captured);
  }

  /** @param {boolean} locked */
  #onLockChange(locked) {
    setAttribute(this, 'locked', locked);
    this.#showCaptureNote();
    this.#dispatch('catseye-capture', this.captured);
  }

  #releaseKeyboard() {
    this.#mouse?.unlock();
    this.#stage.blur();
    this.#dispatch('catseye-keyboard-released', null);
  }

  #showCaptureNote() {
    const locked = this.hasAttribute('locked');
    const key = locked ? 'screen.bothCaptured' : this.mode === 'relative' ? 'screen.clickToLock' : 'screen.keyboardCaptured';
    this.#captureNote.replaceChildren(...(this.captured ? [icon('keyboard'), h('strong', {}, this.#label), t(key)] : []));
  }

  /** @param {string} type @param {unknown} detail */
  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}

/** @returns {'mac' | 'windows' | 'other'} */
function platform() {
  const name = /** @type {any} */ (navigator).userAgentData?.platform ?? navigator.platform ?? '';
  if (/mac|iphone|ipad/i.test(name)) return 'mac';
  return /win/i.test(name) ? 'windows' : 'other';
}

define('catseye-screen', CatseyeScreen);
