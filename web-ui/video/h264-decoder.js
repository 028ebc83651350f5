import { parameterSets, sameParameters } from '../protocol/h264.js';

/** A decoder that keeps a frame for longer than this needs further frames first, so the frame is acknowledged. */
const PICTURE_TIMEOUT_MILLIS = 250;

/**
 * Decodes H.264 with WebCodecs, which requires a secure context. Takes frames in order, starting with a key frame, and delivers pictures
 * asynchronously.
 *
 * @implements {Decoder}
 * @typedef {import('./jpeg-decoder.js').Decoder} Decoder
 */
export class H264Decoder {
  name = 'H.264';
  inOrder = true;
  /** @type {any} */ #decoder = null;
  /** @type {import('../protocol/h264.js').ParameterSets | null} */ #parameters = null;
  /** @type {Map<number, {frame: import('../protocol/video-message.js').VideoFrame, settle: (error?: unknown) => void}>} */ #inside = new Map();
  #count = 0;
  #onPicture;
  #web;

  /**
   * @param {import('./jpeg-decoder.js').OnPicture} onPicture
   * @param {any} [web] provides VideoDecoder and EncodedVideoChunk
   */
  constructor(onPicture, web = globalThis) {
    this.#onPicture = onPicture;
    this.#web = web;
  }

  /** @param {any} [web] */
  static isAvailable(web = globalThis) {
    return typeof web.VideoDecoder === 'function' && typeof web.EncodedVideoChunk === 'function';
  }

  /** @param {any} [web] @returns {Promise<boolean>} whether the browser also has the codec */
  static async hasCodec(web = globalThis) {
    try {
      return (await web.VideoDecoder.isConfigSupported({ codec: 'avc1.42E01F' })).supported === true;
    } catch {
      return false;
    }
  }

  /** @param {import('../protocol/video-message.js').VideoFrame} frame @returns {Promise<null>} resolves when it is processed */
  async decode(frame) {
    if (frame.key) this.#configureDecoder(frame);
    // Decoding can only start with a key frame.
    if (!this.#decoder) return null;
    const timestamp = (this.#count += 1) * 1000;
    const done = this.#awaitPicture(timestamp, frame);
    this.#decoder.decode(new this.#web.EncodedVideoChunk({ type: frame.key ? 'key' : 'delta', timestamp, data: frame.payload }));
    await done;
    return null;
  }

  close() {
    this.#closeDecoder(undefined);
  }

  /** @param {import('../protocol/video-message.js').VideoFrame} frame */
  #configureDecoder(frame) {
    const parameters = parameterSets(frame.payload);
    if (!parameters) {
      this.#closeDecoder(undefined);
      throw new Error('a key frame without parameter sets');
    }
    if (this.#decoder && sameParameters(parameters, this.#parameters)) return;
    if (!this.#decoder) {
      const decoder = new this.#web.VideoDecoder({
        output: (/** @type {any} */ picture) => (decoder === this.#decoder ? this.#onDecoded(picture) : picture.close()),
        error: (/** @type {unknown} */ error) => decoder === this.#decoder && this.#closeDecoder(error),
      });
      this.#decoder = decoder;
    }
    this.#parameters = parameters;
    this.#decoder.configure({ codec: parameters.codec, optimizeForLatency: true });
  }

  /** @param {any} picture a VideoFrame of WebCodecs */
  #onDecoded(picture) {
    const inside = this.#inside.get(picture.timestamp);
    if (!inside) {
      picture.close();
      return;
    }
    // Canvas and screen use these names.
    Object.assign(picture, { width: picture.displayWidth, height: picture.displayHeight });
    this.#inside.delete(picture.timestamp);
    this.#onPicture(picture, inside.frame);
    inside.settle();
  }

  /** @param {number} timestamp @param {import('../protocol/video-message.js').VideoFrame} frame @returns {Promise<void>} */
  #awaitPicture(timestamp, frame) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, PICTURE_TIMEOUT_MILLIS);
      this.#inside.set(timestamp, {
        frame,
        settle: (error) => {
          clearTimeout(timer);
          if (error) reject(error);
          else resolve();
        },
      });
    });
  }

  /** @param {unknown} error undefined if there is none */
  #closeDecoder(error) {
    const decoder = this.#decoder;
    const inside = [...this.#inside.values()];
    this.#decoder = this.#parameters = null;
    this.#inside.clear();
    if (decoder && decoder.state !== 'closed') decoder.close();
    for (const { settle } of inside) settle(error);
  }
}
