import { define, h, setAttribute } from '../public/dom.js';
import { icon } from '../public/icons.js';
import { Keyboard } from '../input/keyboard.js';
import { pictureBox } from '../input/letterbox.js';
import { Mouse } from '../input/mouse.js';
import { CatseyeOverlay } from './overlay.js';

/**
 * @typedef {import('../input/pointer-sender.js').PointerSender & {key: (code: string, down: boolean) => boolean, releaseAll: () => boolean}} Sender
 */

/**
 * The distant screen: picture, keyboard, mouse and the words over it.
 *
 * Attributes that looks follow: `state`, `captured`, `locked`, `mode` (absolute, relative), `scale` (fit, natural),
 * `source` (canvas, image), `readonly`. Events, all bubbling: `catseye-capture`, `catseye-way-out`, `catseye-hint`
 * (detail: text).
 */
export class CatseyeScreen extends HTMLElement {
  canvas = h('canvas', { width: 1280, height: 720 });
  image = h('img', { alt: '', draggable: 'false' });
  overlay = new CatseyeOverlay();
  #context = this.canvas.getContext('2d', { alpha: false });
  #stage = h('div', { class: 'stage', role: 'application', 'aria-roledescription': 'distant screen', 'aria-describedby': 'catseye-screen-help' }, this.canvas, this.image);
  #help = h('p', { id: 'catseye-screen-help', class: 'visually-hidden' },
    'While this has the focus every key goes to the distant computer. Press and let go Control, Alt and Shift together to get the keyboard back.');
  #captureNote = h('p', { class: 'capture-note', 'aria-hidden': 'true' });
  /** @type {Keyboard | null} */ #keyboard = null;
  /** @type {Mouse | null} */ #mouse = null;

  connectedCallback() {
    if (!this.firstChild) this.append(this.#stage, this.overlay, this.#captureNote, this.#help);
    setAttribute(this, 'mode', this.mode);
    setAttribute(this, 'scale', this.scale);
    setAttribute(this, 'source', this.getAttribute('source') ?? 'canvas');
  }

  disconnectedCallback() {
    this.control(null);
  }

  get captured() {
    return this.#keyboard?.captured ?? false;
  }

  /** @param {string} label of the target */
  set label(label) {
    setAttribute(this.#stage, 'aria-label', `Screen of ${label}`);
  }

  /** @returns {'absolute' | 'relative'} */
  get mode() {
    return this.getAttribute('mode') === 'relative' ? 'relative' : 'absolute';
  }

  set mode(mode) {
    setAttribute(this, 'mode', mode);
    this.#mouse?.setMode(mode);
    this.#sayCapture();
  }

  /** @returns {'fit' | 'natural'} */
  get scale() {
    return this.getAttribute('scale') === 'natural' ? 'natural' : 'fit';
  }

  set scale(scale) {
    setAttribute(this, 'scale', scale);
  }

  /** @param {'canvas' | 'image'} source */
  set source(source) {
    setAttribute(this, 'source', source);
  }

  /** @param {import('./console-state.js').ConsoleState} state */
  show(state) {
    setAttribute(this, 'state', state.state);
    this.overlay.show(state);
  }

  /** @param {import('../video/jpeg-decoder.js').Drawable} picture stays the caller's */
  draw(picture) {
    const { canvas } = this;
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
    }
    this.#context?.drawImage(picture, 0, 0);
  }

  /** Where keys and pointer go; null: nowhere, this user only looks. @param {Sender | null} sender */
  control(sender) {
    this.#keyboard?.destroy();
    this.#mouse?.destroy();
    this.#keyboard = this.#mouse = null;
    setAttribute(this, 'readonly', sender === null);
    setAttribute(this.#stage, 'tabindex', sender ? 0 : null);
    if (!sender) return;
    this.#keyboard = new Keyboard({ element: this.#stage, document, window, platform: platform() }, {
      key: (code, down) => sender.key(code, down),
      releaseAll: () => {
        sender.releaseAll();
        this.#mouse?.forget();
      },
      onCapture: (captured) => this.#captureChanged(captured),
      onWayOut: () => this.#wayOut(),
      onHint: (hint) => this.#tell('catseye-hint', hint),
    });
    this.#mouse = new Mouse({ element: this.#stage, document, pictureBox: () => this.#pictureBox() }, sender, {
      onLock: (locked) => this.#lockChanged(locked),
      onHint: (hint) => this.#tell('catseye-hint', hint),
    });
    this.#mouse.setMode(this.mode);
  }

  /** Lets go of everything that is held, here and there. */
  release() {
    this.#keyboard?.release();
  }

  /** The server has let go of everything by itself. */
  forget() {
    this.#keyboard?.forget();
    this.#mouse?.forget();
  }

  /** Takes the keyboard. */
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
  #captureChanged(captured) {
    setAttribute(this, 'captured', captured);
    if (!captured) this.#mouse?.unlock();
    this.#sayCapture();
    this.#tell('catseye-capture', captured);
  }

  /** @param {boolean} locked */
  #lockChanged(locked) {
    setAttribute(this, 'locked', locked);
    this.#sayCapture();
    this.#tell('catseye-capture', this.captured);
  }

  #wayOut() {
    this.#mouse?.unlock();
    this.#stage.blur();
    this.#tell('catseye-way-out', null);
  }

  #sayCapture() {
    let words = '';
    if (this.captured && this.mode === 'relative' && !this.hasAttribute('locked')) words = 'Click the picture to lock the mouse to it.';
    else if (this.captured) words = `Keyboard${this.hasAttribute('locked') ? ' and mouse' : ''} captured. Ctrl+Alt+Shift lets go.`;
    this.#captureNote.replaceChildren(...(words ? [icon('keyboard'), words] : []));
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail) {
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
