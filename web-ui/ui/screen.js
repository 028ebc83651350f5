import { define, h, setAttribute } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { t } from '../public/text.js';
import { Drawing } from '../video/drawing.js';
import { SHAPES, VIEWS, drawnSize, shapedSize } from '../video/picture-size.js';
import { CatseyeOverlay } from './overlay.js';
import { PictureZoom } from './picture-zoom.js';
import { ScreenInput } from './screen-input.js';
import { ViewGestures } from './view-gestures.js';
import { ViewPan } from './view-pan.js';

/** @typedef {import('./screen-input.js').Sender} Sender */

/**
 * The remote screen: picture, keyboard, mouse and the text over it. Only the picture itself takes pointer input, never the bars beside it.
 *
 * Attributes for CSS: `state`, `captured`, `locked`, `mode` (absolute, relative), `scale` (fit, 100, 150, 200), `shape`,
 * `exact` (a pixel of the picture is a whole number of device pixels), `zoomed`,
 * `readonly`. Events, all bubbling: `catseye-capture`, `catseye-keyboard-released`,
 * `catseye-sticky` (other modifiers are sticky), `catseye-hint` (detail: a {@link import('../input/keyboard.js').Hint}).
 */
export class CatseyeScreen extends HTMLElement {
  canvas = h('canvas', { width: 1280, height: 720 });
  overlay = new CatseyeOverlay();
  #context = this.canvas.getContext('2d', { alpha: false });
  #drawing = new Drawing();
  #picture = h('div', { class: 'picture' }, this.canvas);
  #stage = h('div', { class: 'stage', role: 'application', 'aria-roledescription': t('screen.role'), 'aria-describedby': 'catseye-screen-help' }, this.#picture);
  #help = h('p', { id: 'catseye-screen-help', class: 'visually-hidden' }, t('screen.help'));
  #captureNote = h('p', { class: 'capture-note', 'aria-hidden': 'true' });
  #label = '';
  /** @type {import('../video/picture-size.js').Size} */ #sent = { width: 0, height: 0 };
  #resizes = new ResizeObserver(() => this.#layOut());
  #zoom = new PictureZoom(this, this.#stage, () => this.#layOut());
  /** @type {ScreenInput | null} */ #input = null;
  /** @type {ViewGestures | null} without a sender */ #viewGestures = null;
  /** @type {import('../input/wheel-steps.js').WheelSettings} */ #wheel = { speed: 1, reversed: false };
  /** A press of the picture moves the focus there, unless this returns false. */
  mayTakeFocus = () => true;

  constructor() {
    super();
    new ViewPan(this.#stage, () => this.#viewGestures !== null);
    // A press beside the picture moves the focus to the stage, too.
    this.#stage.addEventListener('mousedown', (event) => this.mayTakeFocus() || event.preventDefault());
    this.#stage.addEventListener('contextmenu', (event) => event.preventDefault());
  }

  connectedCallback() {
    if (!this.firstChild) this.append(this.#stage, this.overlay, this.#captureNote, this.#help);
    this.#resizes.observe(this.#stage);
    setAttribute(this, 'mode', this.mode);
    setAttribute(this, 'scale', this.scale);
    setAttribute(this, 'shape', this.shape);
  }

  disconnectedCallback() {
    this.#resizes.disconnect();
    this.setSender(null);
  }

  get captured() {
    return this.#input?.captured ?? false;
  }

  /** Red, green, blue and alpha of the picture that is shown. */
  readPixels() {
    const { width, height } = this.canvas;
    return this.#context ? this.#context.getImageData(0, 0, width, height).data : new Uint8ClampedArray();
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
    this.#input?.setMode(mode);
    this.#showCaptureNote();
  }

  /** @returns {import('../video/picture-size.js').View} */
  get scale() {
    return VIEWS.find((view) => view === this.getAttribute('scale')) ?? 'fit';
  }

  set scale(scale) {
    if (scale !== this.getAttribute('scale')) this.#zoom.reset();
    setAttribute(this, 'scale', scale);
    this.#updateTabStop();
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

  /** @param {import('../input/wheel-steps.js').WheelSettings} wheel */
  set wheel(wheel) {
    this.#wheel = wheel;
    this.#input?.setWheel(wheel);
  }

  /** @returns {string[]} the sticky modifiers that are down */
  get stickyModifiers() {
    return this.#input?.stickyModifiers ?? [];
  }

  /** @param {import('./console-state.js').ConsoleState} state */
  showState(state) {
    setAttribute(this, 'state', state.state);
    this.overlay.showState(state);
  }

  /**
   * @param {import('../video/jpeg-decoder.js').Drawable} picture the caller closes it
   * @param {import('../protocol/video-message.js').Part[]} [parts] if the picture contains only these parts, one below the other
   */
  drawPicture(picture, parts) {
    const { canvas } = this;
    if (parts) {
      let from = 0;
      for (const { top, rows } of parts) {
        this.#context?.drawImage(picture, 0, from, picture.width, rows, 0, top, picture.width, rows);
        from += rows;
      }
      return;
    }
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
      this.#layOut();
    }
    this.#context?.drawImage(picture, 0, 0);
  }

  /** Changes the picture. @param {Uint8Array} steps of a drawing @throws {Error} if they are damaged */
  drawSteps(steps) {
    if (this.#context) this.#drawing.drawSteps(steps, this.#context);
  }

  /** Where keys and pointer go. @param {Sender | null} sender null: nowhere, for this user only watches */
  setSender(sender) {
    this.#input?.destroy();
    this.#input = null;
    this.#viewGestures?.destroy();
    this.#viewGestures = sender ? null : new ViewGestures(this.#stage, this.#zoom);
    setAttribute(this, 'readonly', sender === null);
    if (!sender) {
      this.#updateTabStop();
      return;
    }
    this.#input = new ScreenInput({
      stage: this.#stage, picture: this.#picture, pictureBox: () => this.#pictureBox(), view: this.#zoom, takeFocus: () => this.mayTakeFocus() && this.focus(),
    }, sender, {
      onCapture: (captured) => this.#onCaptureChange(captured),
      onLock: (locked) => this.#onLockChange(locked),
      onRelease: () => this.#releaseKeyboard(),
      onSticky: () => this.#dispatch('catseye-sticky', null),
      onHint: (hint) => this.#dispatch('catseye-hint', hint),
    });
    this.#input.setMode(this.mode);
    this.#input.setWheel(this.#wheel);
    this.#updateTabStop();
  }

  /** The keyboard also reaches a picture that only scrolls. */
  #updateTabStop() {
    setAttribute(this.#stage, 'tabindex', this.#input || this.scale !== 'fit' ? 0 : null);
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
    const box = this.#picture.getBoundingClientRect();
    return box.width > 0 && box.height > 0 ? box : null;
  }

  /** Gives the picture its size; the rest of the stage is not the picture. */
  #layOut() {
    const { canvas: own } = this;
    const room = this.#stage.getBoundingClientRect();
    const shaped = shapedSize(own, this.shape, this.#sent);
    const size = drawnSize(room, shaped, this.scale, devicePixelRatio) ?? { width: 0, height: 0 };
    const { zoom } = this.#zoom;
    setAttribute(this, 'exact', zoom === 1 && shaped.width === own.width && isWhole(size.width * devicePixelRatio / own.width));
    this.#picture.style.setProperty('width', `${size.width * zoom}px`);
    this.#picture.style.setProperty('height', `${size.height * zoom}px`);
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
    this.#captureNote.replaceChildren(...(this.captured ? [icon('keyboard'), h('strong', {}, this.#label), t(key)] : []));
  }

  /** @param {string} type @param {unknown} detail */
  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}

/** @param {number} scale */
const isWhole = (scale) => scale > 0.5 && Math.abs(scale - Math.round(scale)) < 1e-6;

define('catseye-screen', CatseyeScreen);
