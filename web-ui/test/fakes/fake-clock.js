/** A clock that advances only on demand. Timers fire in order, including timers that are set while others fire. */
export class FakeClock {
  #now = 1_700_000_000_000;
  #timers = new Map();
  #next = 1;
  chance = 0.5;

  now = () => this.#now;
  random = () => this.chance;

  setTimeout = (callback, millis) => {
    this.#timers.set(this.#next, { at: this.#now + millis, callback });
    return this.#next++;
  };

  clearTimeout = (timer) => {
    this.#timers.delete(timer);
  };

  get timers() {
    return this.#timers.size;
  }

  /** Advances the time without firing timers, as when a computer sleeps. */
  sleep(millis) {
    this.#now += millis;
  }

  advance(millis) {
    const end = this.#now + millis;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].callback();
    }
    this.#now = end;
  }
}
