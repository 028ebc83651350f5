import { layoutList, layoutOf } from '../test/support/layouts.js';

/** The layouts and the typing of the simulated server. The remote computer takes one character every few milliseconds. */
export class FakeTyping {
  /** What was typed or is being typed, oldest first. */ texts = [];
  characterMillis = 2;
  /** @type {{status: number, code: string} | null} the answer to the next texts */ refusal = null;
  /** Whether the control sockets report the progress. */ reports = true;
  #send;

  /** @param {(target: string, message: object) => void} send to the control sockets of a target */
  constructor(send) {
    this.#send = send;
  }

  /** @returns {{status: number, body?: unknown} | null} null: another path */
  answer(method, path, body) {
    if (path === 'layouts') return { status: 200, body: layoutList() };
    const layout = path.match(/^layouts\/([\w-]+)$/)?.[1];
    if (layout) return layoutOf(layout) ? { status: 200, body: layoutOf(layout) } : error(404, 'unknown_layout');
    const [, target, id] = path.match(/^targets\/([^/]+)\/text(?:\/(\w+))?$/) ?? [];
    if (!target) return null;
    if (!id) return this.refusal ? error(this.refusal.status, this.refusal.code) : { status: 202, body: this.#start(target, body) };
    const job = this.texts.find((each) => each.id === id && each.target === target);
    if (!job) return error(404, 'unknown_text');
    if (method === 'DELETE') {
      this.#end(job, 'CANCELLED');
      return { status: 204 };
    }
    return { status: 200, body: progress(job) };
  }

  /** A text that a script types. */
  startElsewhere(target, text) {
    return this.#start(target, { text, layout: 'us', rate: 1000 });
  }

  /** Ends the text that is being typed. */
  stop(code) {
    this.#end(this.texts.find(({ state }) => state === 'TYPING'), 'STOPPED', code);
  }

  #start(target, { text, layout, rate }) {
    const job = { target, text, layout, rate, id: `text${this.texts.length}`, typed: 0, total: [...text].length, state: 'TYPING', code: '' };
    this.texts.push(job);
    const answer = progress(job);
    job.timer = setInterval(() => {
      job.typed += 1;
      if (job.typed >= job.total) this.#end(job, 'DONE');
      else this.#report(job);
    }, this.characterMillis);
    return answer;
  }

  #end(job, state, code = '') {
    clearInterval(job.timer);
    if (job.state !== 'TYPING') return;
    Object.assign(job, { state, code });
    this.#report(job);
  }

  #report(job) {
    if (this.reports) this.#send(job.target, { type: 'typing', ...progress(job) });
  }
}

const progress = ({ id, typed, total, state, code }) => ({ id, typed, total, state, code, message: '' });
const error = (status, code) => ({ status, body: { error: { code, message: `The server says ${code}.` } } });
