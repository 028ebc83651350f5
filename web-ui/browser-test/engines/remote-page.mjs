import { inPage } from './find.mjs';
import { dispatchKey, dispatchText, keyCharacter } from './keys.mjs';

/**
 * A page of Firefox or WebKitGTK, with those methods of playwright's Page that the tests use. What differs between the two is in a driver.
 *
 * @typedef {object} Driver
 * @property {(address: string) => Promise<void>} navigate
 * @property {() => Promise<void>} reload
 * @property {(source: string) => Promise<any>} run evaluates an expression in the page; waits for a promise
 * @property {(character: string, down: boolean) => Promise<void>} key
 * @property {(x: number, y: number) => Promise<void>} moveMouse
 * @property {(button: 0 | 1 | 2, down: boolean) => Promise<void>} mouseButton
 * @property {(x: number, y: number, count: number) => Promise<void>} clickTimes
 * @property {(x: number, y: number, dx: number, dy: number) => Promise<void>} wheel
 * @property {(type: 'touchStart' | 'touchMove' | 'touchEnd', points: {x: number, y: number, id: number}[]) => Promise<void>} touch
 * @property {(path: string) => Promise<Buffer>} screenshot
 * @property {() => Promise<void>} close
 */

const TIMEOUT = 30_000;
const BUTTONS = { left: 0, middle: 1, right: 2 };
const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** An expression that calls a function in the page. */
export const call = (fn, argument) => (typeof fn === 'string' ? fn : `(${fn})(${argument === undefined ? '' : JSON.stringify(argument)})`);

export class RemotePage {
  #driver;
  #context;
  #at = { x: 0, y: 0 };
  #handlers = { pageerror: [], console: [] };

  /** @param {Driver} driver @param {any} context */
  constructor(driver, context) {
    this.#driver = driver;
    this.#context = context;
    this.keyboard = {
      down: (name) => this.#key(name, true),
      up: (name) => this.#key(name, false),
      press: async (names) => {
        const keys = names.length > 1 ? names.split('+') : [names];
        for (const key of keys) await this.#key(key, true);
        for (const key of keys.reverse()) await this.#key(key, false);
      },
      type: async (text, { delay = 0 } = {}) => {
        for (const letter of text) {
          await this.#key(letter, true);
          await this.#key(letter, false);
          if (delay) await sleep(delay);
        }
      },
      insertText: (text) => this.evaluate(dispatchText, text),
    };
    this.mouse = {
      move: (x, y, { steps = 1 } = {}) => this.#move(x, y, steps),
      down: ({ button = 'left' } = {}) => driver.mouseButton(BUTTONS[button], true),
      up: ({ button = 'left' } = {}) => driver.mouseButton(BUTTONS[button], false),
      click: async (x, y, { button = 'left' } = {}) => {
        await this.#move(x, y);
        await driver.mouseButton(BUTTONS[button], true);
        await driver.mouseButton(BUTTONS[button], false);
      },
      wheel: (dx, dy) => driver.wheel(this.#at.x, this.#at.y, dx, dy),
    };
    this.touchscreen = { tap: (x, y) => this.#tap(x, y) };
  }

  context() {
    return this.#context;
  }

  /** Only errors of scripts and breaches of the security policy are reported. @param {'pageerror' | 'console'} type */
  on(type, handler) {
    if (!this.#handlers[type]) throw new Error(`not in this engine: ${type}`);
    this.#handlers[type].push(handler);
  }

  /** @param {'pageerror' | 'console'} type @param {string} text */
  report(type, text) {
    for (const handler of this.#handlers[type]) handler(type === 'pageerror' ? new Error(text) : { text: () => text, type: () => 'error' });
  }

  goto(address) {
    return this.#driver.navigate(address);
  }

  reload() {
    return this.#driver.reload();
  }

  async evaluate(fn, argument) {
    return this.#driver.run(call(fn, argument));
  }

  addInitScript(fn) {
    return this.#context.addInitScript(fn);
  }

  /** The address, which is asked for in the background: see `settleUrl`. */
  url() {
    throw new Error('use addressOf(page)');
  }

  address() {
    return this.evaluate('location.href');
  }

  title() {
    return this.evaluate('document.title');
  }

  content() {
    return this.evaluate('document.documentElement.outerHTML');
  }

  waitForTimeout(millis) {
    return sleep(millis);
  }

  screenshot({ path } = {}) {
    return this.#driver.screenshot(path);
  }

  close() {
    return this.#driver.close();
  }

  // --- elements ---

  locator(selector, { hasText } = {}) {
    return new RemoteLocator(this, hasText === undefined ? selector : `${selector} >> having=${hasText}`);
  }

  getByRole(role, { name }) {
    return this.locator(`role=${JSON.stringify({ role, name })}`);
  }

  getByText(text, { exact = false } = {}) {
    return this.locator(`text=${exact ? JSON.stringify(text) : text}`);
  }

  getByLabel(text) {
    return this.locator(`label=${text}`);
  }

  /** @returns {Promise<any>} what `find.mjs` answers */
  look(selector, act, value) {
    return this.evaluate(inPage, { selector, act, value });
  }

  /** Asks until there is such an element. */
  async #get(selector, act, value) {
    let last;
    for (const end = Date.now() + TIMEOUT; Date.now() < end; await sleep(30)) {
      try {
        return await this.look(selector, act, value);
      } catch (error) {
        last = error;
      }
    }
    throw new Error(`${act} of ${selector}: ${last?.message}`);
  }

  async waitForSelector(selector, { state = 'visible', timeout = TIMEOUT } = {}) {
    const wanted = { visible: (seen) => seen.visible, attached: (seen) => seen.attached, hidden: (seen) => !seen.visible, detached: (seen) => !seen.attached }[state];
    let last;
    for (const end = Date.now() + timeout; ; await sleep(25)) {
      // The page may be about to be replaced by another one.
      const seen = await this.look(selector, 'state').catch((error) => { last = error.message; });
      if (seen && wanted(seen)) return;
      if (Date.now() > end) throw new Error(`waited without success for ${selector} to be ${state}: ${JSON.stringify(seen) ?? last}`);
    }
  }

  async waitForFunction(fn, argument) {
    for (const end = Date.now() + TIMEOUT; !(await this.evaluate(fn, argument).catch(() => false)); await sleep(25)) if (Date.now() > end) throw new Error(`waited without success for ${fn}`);
  }

  /** @param {string | RegExp} wanted an address, with * for any part of a path and ** for anything */
  async waitForURL(wanted, { timeout = TIMEOUT } = {}) {
    const pattern = wanted instanceof RegExp ? wanted : new RegExp(`^${wanted.split('**').map((some) => some.replace(/[.?+^$()[\]{}|\\]/g, '\\$&').replace(/\*/g, '[^/]*')).join('.*')}$`);
    let last;
    for (const end = Date.now() + timeout; ; await sleep(25)) {
      last = await this.evaluate("document.readyState === 'loading' ? '' : location.href").catch(() => '');
      if (pattern.test(last)) return;
      if (Date.now() > end) throw new Error(`waited without success for ${wanted}, the address is ${last}`);
    }
  }

  /** Where to press: waits until the element is visible, stands still and is not covered. */
  async #aim(selector, timeout = TIMEOUT) {
    let why = '';
    for (let end = Date.now() + timeout, tries = 0; Date.now() < end; tries++) {
      const aimed = await this.look(selector, 'aim', tries).catch((error) => ({ why: error.message }));
      if (aimed?.x !== undefined) return aimed;
      why = aimed?.why;
      await sleep(30);
    }
    throw new Error(`cannot press ${selector}: ${why}`);
  }

  async click(selector, { clicks = 1 } = {}) {
    const { x, y } = await this.#aim(selector);
    await this.#move(x, y);
    await this.#driver.clickTimes(x, y, clicks);
  }

  async tap(selector) {
    const { x, y } = await this.#aim(selector);
    await this.#tap(x, y);
  }

  async hover(selector) {
    const { x, y } = await this.#aim(selector);
    await this.#move(x, y);
  }

  async check(selector, wanted = true) {
    if ((await this.#get(selector, 'checked')) !== wanted) await this.click(selector);
  }

  uncheck(selector) {
    return this.check(selector, false);
  }

  async fill(selector, text) {
    await this.waitForSelector(selector);
    await this.#get(selector, 'fill', text);
  }

  selectOption(selector, value) {
    return this.#get(selector, 'select', value);
  }

  focus(selector) {
    return this.#get(selector, 'focus');
  }

  textContent(selector) {
    return this.#get(selector, 'text');
  }

  getAttribute(selector, name) {
    return this.#get(selector, 'attribute', name);
  }

  inputValue(selector) {
    return this.#get(selector, 'value');
  }

  isDisabled(selector) {
    return this.#get(selector, 'disabled');
  }

  async isVisible(selector) {
    return (await this.look(selector, 'state')).first;
  }

  async $eval(selector, fn) {
    return this.evaluate(`(${fn})(document.querySelector(${JSON.stringify(selector)}))`);
  }

  async $$eval(selector, fn) {
    return this.evaluate(`(${fn})([...document.querySelectorAll(${JSON.stringify(selector)})])`);
  }

  // --- devices ---

  async #key(name, down) {
    const character = keyCharacter(name);
    if (character) await this.#driver.key(character, down);
    else await this.evaluate(dispatchKey, { code: name, type: down ? 'keydown' : 'keyup' });
  }

  async #move(x, y, steps = 1) {
    const from = this.#at;
    for (let step = 1; step <= steps; step++) await this.#driver.moveMouse(from.x + ((x - from.x) * step) / steps, from.y + ((y - from.y) * step) / steps);
    this.#at = { x, y };
  }

  async #tap(x, y) {
    await this.#driver.touch('touchStart', [{ x, y, id: 0 }]);
    await this.#driver.touch('touchEnd', []);
  }

  /** Several fingers. @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {{x: number, y: number, id: number}[]} points */
  touch(type, points) {
    return this.#driver.touch(type, points);
  }
}

/** An element that is looked for again each time. */
class RemoteLocator {
  #page;
  #selector;

  /** @param {RemotePage} page @param {string} selector */
  constructor(page, selector) {
    this.#page = page;
    this.#selector = selector;
  }

  locator(selector, options) {
    return this.#page.locator(`${this.#selector} >> ${selector}`, options);
  }

  filter({ hasText }) {
    return this.locator(`having=${hasText}`);
  }

  getByText(text, { exact = false } = {}) {
    return this.locator(`text=${exact ? JSON.stringify(text) : text}`);
  }

  first() {
    return this.locator('nth=0');
  }

  last() {
    return this.locator('nth=-1');
  }

  async all() {
    const count = await this.count();
    return Array.from({ length: count }, (_, index) => this.locator(`nth=${index}`));
  }

  count() {
    return this.#page.look(this.#selector, 'count');
  }

  click() {
    return this.#page.click(this.#selector);
  }

  dblclick() {
    return this.#page.click(this.#selector, { clicks: 2 });
  }

  fill(text) {
    return this.#page.fill(this.#selector, text);
  }

  isVisible() {
    return this.#page.isVisible(this.#selector);
  }

  textContent() {
    return this.#page.textContent(this.#selector);
  }

  allTextContents() {
    return this.#page.look(this.#selector, 'texts');
  }

  getAttribute(name) {
    return this.#page.getAttribute(this.#selector, name);
  }

  boundingBox() {
    return this.#page.look(this.#selector, 'box');
  }

  waitFor(options) {
    return this.#page.waitForSelector(this.#selector, options);
  }

  async evaluate(fn) {
    await this.waitFor({ state: 'attached' });
    return this.#page.evaluate(withFound(this.#selector, `(${fn})(found[0])`));
  }

  evaluateAll(fn) {
    return this.#page.evaluate(withFound(this.#selector, `(${fn})(found)`));
  }
}

/** An expression over the elements that a selector finds: `inPage`, but with its elements instead of an answer about them. */
function withFound(selector, expression) {
  const source = String(inPage).replace('switch (act) {', `return ${expression};\n  switch (act) {`);
  return `(${source})({ selector: ${JSON.stringify(selector)}, act: '' })`;
}
