import { define, h, setAttribute } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';
import { pictureBox } from '../input/letterbox.js';
import { CatseyeOverlay } from './overlay.js';
import { PictureZoom } from './picture-zoom.js';
import { ScreenInput } from './screen-input.js';
import { ViewGestures } from './view-gestures.js';

/** @typedef {import('./screen-input.js').Sender} Sender */

/**
 * The remote screen: picture, keyboard, mouse and the text over it.
 *
 * Attributes for CSS: `state`, `captured`, `locked`, `mode` (absolute, relative), `scale` (fit, natural),
 * `source` (canvas, image), `readonly`, `zoomed`. Events, all bubbling: `catseye-capture`, `catseye-keyboard-released`,
 * `catseye-sticky` (other modifiers are sticky), `catseye-hint` (detail: a {@link import('../input/keyboard.js').Hint}).
 */
export class CatseyeScreen extends HTMLElement {
  canvas = h('canvas', { width: 1280, height: 720 });
  image = h('img', { alt: '', draggable: 'false' });
  overlay = new CatseyeOverlay();
  #context = this.canvas.getContext('2d', { alpha: false });
  #stage = h('div', { class: 'stage', role: 'application', 'aria-roledescription': t('screen.role'), 'aria-describedby': 'catseye-screen-help' }, this.canvas, this.image);
  #help = h('p', { id: 'catseye-screen-help', class: 'visually-hidden' }, t('screen.help'));
  #captureNote = h('p', { class: 'capture-note', 'aria-hidden': 'true' });
  #zoom = new PictureZoom(this, this.#stage);
  /** @type {ScreenInput | null} */ #input = null;
  /** @type {ViewGestures | null} without a sender */ #viewGestures = null;
  /** @type {import('../input/wheel-steps.js').WheelSettings} */ #wheel = { speed: 1, reversed: false };
  /** A press of the picture moves the focus there, unless this returns false. */
  mayTakeFocus = () => true;

  connectedCallback() {
    if (!this.firstChild) this.append(this.#stage, this.overlay, this.#captureNote, this.#help);
    setAttribute(this, 'mode', this.mode);
    setAttribute(this, 'scale', this.scale);
    setAttribute(this, 'source', this.getAttribute('source') ?? 'canvas');
  }

  disconnectedCallback() {
    this.setSender(null);
  }

  get captured() {
    return this.#input?.captured ?? false;
  }

  /** @param {string} label of the target */
  set label(label) {
    setAttribute(this.#stage, 'aria-label', t('screen.label', { label }));
  }

  /** @returns {'absolute' | 'relative'} */
  get mode() {
    return this.getAttribute('mode') === 'relative' ? 'relative' : 'absolute';
  }

  set mode(mode) {
    setAttribute(this, 'mode', mode);
    this.#input?.setMode(mode);
    this.#showCaptureNote();
  }

  /** @returns {'fit' | 'natural'} */
  get scale() {
    return this.getAttribute('scale') === 'natural' ? 'natural' : 'fit';
  }

  set scale(scale) {
    if (scale !== this.getAttribute('scale')) this.#zoom.reset();
    setAttribute(this, 'scale', scale);
  }

  /** @param {import('../input/wheel-steps.js').WheelSettings} wheel */
  set wheel(wheel) {
    this.#wheel = wheel;
    this.#input?.setWheel(wheel);
  }

  /** @returns {string[]} the sticky modifiers that are down */
  get stickyModifiers() {
    return this.#input?.stickyModifiers ?? [];
  }

  /** @param {'canvas' | 'image'} source */
  set source(source) {
    setAttribute(this, 'source', source);
  }

  /** @param {import('./console-state.js').ConsoleState} state */
  showState(state) {
    setAttribute(this, 'state', state.state);
    this.overlay.showState(state);
  }

  /** @param {import('../video/jpeg-decoder.js').Drawable} picture the caller closes it */
  drawPicture(picture) {
    const { canvas } = this;
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
    }
    this.#context?.drawImage(picture, 0, 0);
  }

  /** Where keys and pointer go. @param {Sender | null} sender null: nowhere, for this user only watches */
  setSender(sender) {
    this.#input?.destroy();
    this.#input = null;
    this.#viewGestures?.destroy();
    this.#viewGestures = sender ? null : new ViewGestures(this.#stage, this.#zoom);
    setAttribute(this, 'readonly', sender === null);
    setAttribute(this.#stage, 'tabindex', sender ? 0 : null);
    if (!sender) return;
    this.#input = new ScreenInput({
      element: this.#stage, pictureBox: () => this.#pictureBox(), view: this.#zoom, takeFocus: () => this.mayTakeFocus() && this.focus(),
    }, sender, {
      onCapture: (captured) => this.#onCaptureChange(captured),
      onLock: (locked) => this.#onLockChange(locked),
      onRelease: () => this.#releaseKeyboard(),
      onSticky: () => this.#dispatch('catseye-sticky', null),
      onHint: (hint) => this.#dispatch('catseye-hint', hint),
    });
    this.#input.setMode(this.mode);
    this.#input.setWheel(this.#wheel);
  }

  /** Sends a key of the page, as if it were pressed here. @param {string} code @param {boolean} down @returns {boolean} whether it was sent */
  sendKey(code, down) {
    return this.#input?.sendKey(code, down) ?? false;
  }

  /** @param {string} code of a modifier that stays down for the next key, or no longer does */
  toggleModifier(code) {
    this.#input?.toggleModifier(code);
  }

  /** Releases all held keys and buttons, here and at the remote computer. */
  releaseAll() {
    this.#input?.releaseAll();
  }

  /** The server has released all keys and buttons by itself. */
  forgetHeld() {
    this.#input?.forgetHeld();
  }

  /** Captures the keyboard. */
  focus() {
    this.#stage.focus({ preventScroll: true });
  }

  #pictureBox() {
    const { canvas, image } = this;
    return this.getAttribute('source') === 'image'
      ? pictureBox(image.getBoundingClientRect(), { width: image.naturalWidth, height: image.naturalHeight })
      : pictureBox(canvas.getBoundingClientRect(), canvas);
  }

  /** @param {boolean} captured */
  #onCaptureChange(captured) {
    setAttribute(this, 'captured', captured);
    if (!captured) this.#input?.unlockMouse();
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
    this.#input?.unlockMouse();
    this.#stage.blur();
    this.#dispatch('catseye-keyboard-released', null);
  }

  #showCaptureNote() {
    const locked = this.hasAttribute('locked');
    const key = locked ? 'screen.bothCaptured' : this.mode === 'relative' ? 'screen.clickToLock' : 'screen.keyboardCaptured';
    this.#captureNote.replaceChildren(...(this.captured ? [icon('keyboard'), t(key)] : []));
  }

  /** @param {string} type @param {unknown} detail */
  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}

define('catseye-screen', CatseyeScreen);
