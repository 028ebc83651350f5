import { parameterSets, sameParameters } from '../protocol/h264.js';
import { initSegment, mediaSegment } from './fragments.js';

/**
 * The declared duration of each frame is one second. A player with a single frame can then show it until the next one arrives, and does not
 * stop to fill its buffer.
 */
const DURATION = 1000;
/** Longer pauses are shortened to this, because a player drops the frames after a gap. */
const MAX_STEP_MILLIS = 1000;
/** The intended delay of the player behind the newest frame, and the delay above which it jumps. */
const DESIRED_DELAY_MILLIS = 30;
const MAX_DELAY_MILLIS = 500;
const KEPT_SECONDS = 10;

/**
 * Decodes H.264 with a hidden video element that plays fragmented MP4, for pages over plain http, where WebCodecs is unavailable. It is
 * tens of milliseconds slower.
 *
 * @implements {Decoder}
 * @typedef {import('./jpeg-decoder.js').Decoder} Decoder
 * @typedef {import('../protocol/video-message.js').VideoFrame} VideoFrame
 */
export class MseDecoder {
  name = 'H.264';
  inOrder = true;
  /** @type {import('../protocol/h264.js').ParameterSets | null} */ #parameters = null;
  /** @type {Player | null} */ #player = null;
  #onPicture;

  /** @param {import('./jpeg-decoder.js').OnPicture} onPicture */
  constructor(onPicture) {
    this.#onPicture = onPicture;
  }

  /** @param {any} [web] */
  static isAvailable(web = globalThis) {
    return mediaSource(web)?.isTypeSupported('video/mp4; codecs="avc1.42E01F"') ?? false;
  }

  /** @param {VideoFrame} frame @returns {Promise<null>} when the player has accepted it */
  async decode(frame) {
    if (frame.key) this.#startPlayer(frame);
    await this.#player?.addFrame(frame);
    return null;
  }

  close() {
    this.#player?.close();
    this.#player = this.#parameters = null;
  }

  /** @param {VideoFrame} frame */
  #startPlayer(frame) {
    const parameters = parameterSets(frame.payload);
    if (!parameters) {
      this.close();
      throw new Error('a key frame without parameter sets');
    }
    if (this.#player && !this.#player.failed && sameParameters(parameters, this.#parameters)) return;
    this.close();
    this.#parameters = parameters;
    this.#player = new Player(parameters, frame, this.#onPicture);
  }
}

/** @param {any} web */
function mediaSource(web) {
  return web.ManagedMediaSource ?? web.MediaSource;
}

/** One stream of one format: a video element and its buffer. */
class Player {
  failed = false;
  #video = document.createElement('video');
  #source = new (mediaSource(globalThis))();
  #url = URL.createObjectURL(this.#source);
  /** @type {SourceBuffer | null} */ #buffer = null;
  /** @type {Promise<unknown>} */ #queue;
  /** @type {{time: number, frame: VideoFrame}[]} */ #shownNext = [];
  #number = 0;
  #time = 0;
  #captured = 0;
  #closed = false;
  #onPicture;

  /**
   * @param {import('../protocol/h264.js').ParameterSets} parameters
   * @param {VideoFrame} first
   * @param {import('./jpeg-decoder.js').OnPicture} onPicture
   */
  constructor(parameters, first, onPicture) {
    this.#onPicture = onPicture;
    this.#captured = first.capturedMillis;
    const video = this.#video;
    video.muted = true;
    video.playsInline = true;
    video.disableRemotePlayback = true;
    video.addEventListener('error', () => { this.failed = true; });
    this.#queue = new Promise((resolve) => this.#source.addEventListener('sourceopen', resolve, { once: true })).then(() => {
      if (this.#closed) return undefined;
      this.#buffer = this.#source.addSourceBuffer(`video/mp4; codecs="${parameters.codec}"`);
      return this.#appendSegment(initSegment({ ...parameters, width: first.width, height: first.height }));
    });
    video.src = this.#url;
    video.play().catch(() => { this.failed = !this.#closed; });
    this.#awaitNextPicture();
  }

  /** @param {VideoFrame} frame @returns {Promise<void>} */
  async addFrame(frame) {
    const step = Math.round(Math.min(MAX_STEP_MILLIS, Math.max(1, frame.capturedMillis - this.#captured)));
    this.#captured = frame.capturedMillis;
    this.#time += this.#number === 0 ? 0 : step;
    this.#number += 1;
    this.#shownNext.push({ time: this.#time, frame });
    const segment = mediaSegment({ number: this.#number, time: this.#time, duration: DURATION, key: frame.key, payload: frame.payload });
    const turn = this.#queue.then(() => this.#appendSegment(segment));
    this.#queue = turn.catch(() => {});
    await turn;
    await this.#removeOldPictures();
    this.#adjustSpeed();
  }

  close() {
    this.#closed = true;
    this.#video.removeAttribute('src');
    this.#video.load();
    URL.revokeObjectURL(this.#url);
  }

  /** @param {Uint8Array<ArrayBuffer>} segment @returns {Promise<void>} */
  #appendSegment(segment) {
    return this.#updateBuffer((buffer) => buffer.appendBuffer(segment));
  }

  /** @param {(buffer: SourceBuffer) => void} act @returns {Promise<void>} */
  #updateBuffer(act) {
    const buffer = this.#buffer;
    if (this.#closed || !buffer) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const done = () => {
        buffer.removeEventListener('updateend', done);
        buffer.removeEventListener('error', failed);
        resolve();
      };
      const failed = () => {
        this.failed = true;
        reject(new Error('the player refuses the picture'));
      };
      buffer.addEventListener('updateend', done);
      buffer.addEventListener('error', failed);
      try {
        act(buffer);
      } catch (error) {
        this.failed = true;
        reject(error);
      }
    });
  }

  /** Removes old pictures from time to time, because they are never shown again. */
  #removeOldPictures() {
    const end = this.#video.currentTime - KEPT_SECONDS;
    if (end <= 0 || this.#number % 300 !== 0) return Promise.resolve();
    const turn = this.#queue.then(() => this.#updateBuffer((buffer) => buffer.remove(0, end)));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /** Keeps the player close to the newest frame, by changing its speed or, after a long stop, by jumping. */
  #adjustSpeed() {
    const video = this.#video;
    const behind = this.#time - video.currentTime * 1000;
    if (behind > MAX_DELAY_MILLIS && !video.seeking) {
      video.currentTime = this.#time / 1000;
    } else {
      const rate = Math.min(2, Math.max(0.25, 1 + (behind - DESIRED_DELAY_MILLIS) / 200));
      // A small rate change has no benefit.
      if (Math.abs(rate - video.playbackRate) > 0.1) video.playbackRate = rate;
    }
  }

  #awaitNextPicture() {
    const video = /** @type {any} */ (this.#video);
    const then = (/** @type {number} */ seconds) => {
      if (this.#closed) return;
      this.#showPicture(seconds * 1000);
      this.#awaitNextPicture();
    };
    if (video.requestVideoFrameCallback) {
      video.requestVideoFrameCallback((/** @type {unknown} */ _, /** @type {{mediaTime: number}} */ data) => then(data.mediaTime));
    } else {
      requestAnimationFrame(() => then(video.currentTime));
    }
  }

  /** @param {number} time of the picture that the player currently shows */
  async #showPicture(time) {
    let shown = null;
    while (this.#shownNext.length > 0 && this.#shownNext[0].time <= time + 1) shown = this.#shownNext.shift();
    if (!shown || this.#video.videoWidth === 0) return;
    const { frame } = shown;
    const picture = await createImageBitmap(this.#video).catch(() => null);
    if (picture && !this.#closed) this.#onPicture(picture, frame);
    else picture?.close();
  }
}
