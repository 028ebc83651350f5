import { h } from '../public/dom.js';
import { t } from '../public/text.js';
import { MediaApi } from '../protocol/media-api.js';
import { UploadQueue } from '../protocol/upload-queue.js';
import { watchFileDrops } from './file-drop.js';
import { CatseyeMediaAttach } from './media-attach.js';
import { CatseyeMediaEject } from './media-eject.js';
import { CatseyeMediaLibrary } from './media-library.js';
import { TusTransfer } from './tus-transfer.js';

/**
 * Media on the console: its dialogs, the uploads, and the drives while no socket reports them.
 *
 * @typedef {import('./target-session.js').TargetSession} TargetSession
 * @typedef {import('./toolbar.js').Command} Command
 */

/** How often the drives are asked for while the control socket is down. */
const ASK_MILLIS = 5000;

export class MediaControls {
  /** @type {(kind: 'success' | 'error' | 'info', text: string) => void} */ onNotice = () => {};
  #api = new MediaApi();
  #onChange;
  /** @type {TargetSession | null} */ #session = null;
  #queue = new UploadQueue((file, handlers) => new TusTransfer(file, this.#session?.user ?? '', handlers));
  #attach = new CatseyeMediaAttach();
  #eject = new CatseyeMediaEject();
  #library = new CatseyeMediaLibrary(this.#api, this.#queue);
  #askedAt = -Infinity;

  /** @param {() => void} onChange the uploads have changed */
  constructor(onChange) {
    this.#onChange = onChange;
    this.#queue.onChange = () => {
      this.#library.showUploads();
      this.#onChange();
    };
    this.#queue.onDone = ({ name }) => {
      if (this.#library.isOpen) this.#library.refresh();
      else this.onNotice('success', t('upload.added', { name }));
    };
    this.#attach.onNotice = (text) => this.onNotice('success', text);
    this.#eject.onNotice = (kind, text) => this.onNotice(kind, text);
  }

  /** @returns {HTMLElement[]} the dialogs, and what is shown while files are dragged over the page */
  get elements() {
    return [this.#attach, this.#eject, this.#library, h('div', { class: 'drop-hint' }, t('library.dropHere'))];
  }

  /** @returns {import('../protocol/upload-queue.js').UploadView[]} */
  get uploads() {
    return this.#queue.uploads;
  }

  /** @param {HTMLElement} page @param {AbortSignal} signal */
  watchPage(page, signal) {
    const { files: disk } = this.#library;
    const isAllowed = () => this.#session?.canWriteMedia === true && (!disk.isOpen || disk.canAdd);
    watchFileDrops(page, {
      isAllowed,
      onHover: (hovers) => page.toggleAttribute('dropping', hovers),
      onFiles: (files) => (disk.isOpen ? disk.addFiles(files) : this.#library.uploadFiles(files)),
    }, signal);
    window.addEventListener('beforeunload', (event) => {
      if (!this.#queue.isBusy && !disk.isBusy) return;
      event.preventDefault();
      event.returnValue = true; // for older browsers
    }, { signal });
    window.addEventListener('online', () => this.#queue.retryNow(), { signal });
  }

  /** @param {TargetSession} session @param {{id: string, label: string}[]} targets */
  update(session, targets) {
    this.#session = session;
    this.#library.scope = { user: session.user, isAdmin: session.isAdmin, mayAdd: session.canWriteMedia, targets };
    this.#askForDrives(session);
  }

  /** @param {TargetSession} session @param {Command} command @returns {boolean} whether it was one of these */
  runCommand(session, command) {
    switch (command.command) {
      case 'library': this.#library.openDialog(); return true;
      case 'eject': this.#eject.ejectImage(session.id, command.drive, this.#api); return true;
      case 'attach':
        this.#attach.openDialog({ api: this.#api, target: session.id, drive: command.drive, mayWrite: session.canWriteMedia, onLibrary: () => this.#library.openDialog() });
        return true;
      default: return false;
    }
  }

  /** Blocked WebSockets report no drives. @param {TargetSession} session */
  async #askForDrives(session) {
    if (!session.canUseMedia || !session.facts.fallback || session.facts.now - this.#askedAt < ASK_MILLIS) return;
    this.#askedAt = session.facts.now;
    try {
      session.showDrives(await this.#api.listDrives(session.id));
    } catch {
      // The state of the connection is shown anyway.
    }
  }
}
