import { parameterSets, sameParameters } from '../protocol/h264.js';
import { initSegment, mediaSegment } from './fragments.js';

/**
 * Each frame says it lasts a second: a player that has one frame then has something to show until the next comes, however late, and
 * does not stop to fill its buffer.
 */
const DURATION = 1000;
/** A longer pause is cut short, because a player drops what comes after a hole. */
const LONGEST_STEP = 1000;
/** How far behind the newest frame the player should be, and from where on it jumps. */
const AIM_MILLIS = 30;
const JUMP_MILLIS = 500;
const KEPT_SECONDS = 10;

/**
 * H.264 by a hidden video element that is fed fragmented MP4: for pages over plain http, where browsers offer no WebCodecs. Some
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
  static possible(web = globalThis) {
    return mediaSource(web)?.isTypeSupported('video/mp4; codecs="avc1.42E01F"') ?? false;
  }

  /** @param {VideoFrame} frame @returns {Promise<null>} when the player has taken it */
  async decode(frame) {
    if (frame.key) this.#begin(frame);
    await this.#player?.add(frame);
    return null;
  }

  close() {
    this.#player?.close();
    this.#player = this.#parameters = null;
  }

  /** @param {VideoFrame} frame */
  #begin(frame) {
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

/** One stream of one format: a video element and what feeds it. */
class Player {
  failed = false;
  #video = document.createElement('video');
  #source = new (mediaSource(globalThis))();
  #url = URL.createObjectURL(this.#source);
  /** @type {SourceBuffer | null} */ #buffer = null;
  /** @type {Promise<unknown>} */ #before;
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
    this.#before = new Promise((resolve) => this.#source.addEventListener('sourceopen', resolve, { once: true })).then(() => {
      if (this.#closed) return undefined;
      this.#buffer = this.#source.addSourceBuffer(`video/mp4; codecs="${parameters.codec}"`);
      return this.#append(initSegment({ ...parameters, width: first.width, height: first.height }));
    });
    video.src = this.#url;
    video.play().catch(() => { this.failed = !this.#closed; });
    this.#onNextPicture();
  }

  /** @param {VideoFrame} frame @returns {Promise<void>} */
  async add(frame) {
    const step = Math.round(Math.min(LONGEST_STEP, Math.max(1, frame.capturedMillis - this.#captured)));
    this.#captured = frame.capturedMillis;
    this.#time += this.#number === 0 ? 0 : step;
    this.#number += 1;
    this.#shownNext.push({ time: this.#time, frame });
    const segment = mediaSegment({ number: this.#number, time: this.#time, duration: DURATION, key: frame.key, payload: frame.payload });
    const turn = this.#before.then(() => this.#append(segment));
    this.#before = turn.catch(() => {});
    await turn;
    await this.#forget();
    this.#keepUp();
  }

  close() {
    this.#closed = true;
    this.#video.removeAttribute('src');
    this.#video.load();
    URL.revokeObjectURL(this.#url);
  }

  /** @param {Uint8Array<ArrayBuffer>} segment @returns {Promise<void>} */
  #append(segment) {
    return this.#update((buffer) => buffer.appendBuffer(segment));
  }

  /** @param {(buffer: SourceBuffer) => void} act @returns {Promise<void>} */
  #update(act) {
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

  /** Old pictures go, now and then: nobody winds back. */
  #forget() {
    const end = this.#video.currentTime - KEPT_SECONDS;
    if (end <= 0 || this.#number % 300 !== 0) return Promise.resolve();
    const turn = this.#before.then(() => this.#update((buffer) => buffer.remove(0, end)));
    this.#before = turn.catch(() => {});
    return turn;
  }

  /** Holds the player close to the newest frame: by its speed, or by a jump after a long stop. */
  #keepUp() {
    const video = this.#video;
    const behind = this.#time - video.currentTime * 1000;
    if (behind > JUMP_MILLIS && !video.seeking) {
      video.currentTime = this.#time / 1000;
    } else {
      const rate = Math.min(2, Math.max(0.25, 1 + (behind - AIM_MILLIS) / 200));
      // Small changes are not worth the player's work.
      if (Math.abs(rate - video.playbackRate) > 0.1) video.playbackRate = rate;
    }
  }

  #onNextPicture() {
    const video = /** @type {any} */ (this.#video);
    const then = (/** @type {number} */ seconds) => {
      if (this.#closed) return;
      this.#show(seconds * 1000);
      this.#onNextPicture();
    };
    if (video.requestVideoFrameCallback) {
      video.requestVideoFrameCallback((/** @type {unknown} */ _, /** @type {{mediaTime: number}} */ data) => then(data.mediaTime));
    } else {
      requestAnimationFrame(() => then(video.currentTime));
    }
  }

  /** @param {number} time of the picture that the player shows */
  async #show(time) {
    let shown = null;
    while (this.#shownNext.length > 0 && this.#shownNext[0].time <= time + 1) shown = this.#shownNext.shift();
    if (!shown || this.#video.videoWidth === 0) return;
    const { frame } = shown;
    const picture = await createImageBitmap(this.#video).catch(() => null);
    if (picture && !this.#closed) this.#onPicture(picture, frame);
    else picture?.close();
  }
}
