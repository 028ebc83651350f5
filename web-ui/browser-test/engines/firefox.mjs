import puppeteer from 'puppeteer-core';
import { RemotePage } from './remote-page.mjs';
import { chooseLanguages, collectErrors, reportErrors } from './observe.mjs';

/** Firefox, by WebDriver BiDi. */

export const name = 'Firefox';
export const paths = [process.env.CATSEYE_FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'];
export const lacks = {
  downloads: 'the driver reports no downloads',
  files: 'the tests choose no files in this engine',
};

const PREFERENCES = {
  'network.dns.localDomains': 'catseye.internal',
  'media.autoplay.default': 0,
  'ui.prefersReducedMotion': 0,
  'browser.sessionstore.resume_from_crash': false,
  'dom.disable_open_during_load': false,
};
/** As on a phone or tablet: fingers, and no mouse. */
const TOUCH = { 'dom.w3c_touch_events.enabled': 1, 'ui.primaryPointerCapabilities': 1, 'ui.allPointerCapabilities': 1 };

/** @param {string} path */
export function launch(path) {
  return new Firefox(path);
}

/** Several browsers if need be, because fingers and the colour scheme cannot be changed while Firefox runs. */
class Firefox {
  #browsers = new Map();
  #path;

  /** @param {string} path */
  constructor(path) {
    this.#path = path;
  }

  async newContext(options = {}) {
    const touch = options.hasTouch === true;
    const scheme = options.colorScheme === 'dark' ? 0 : 1;
    const kind = `${touch} ${scheme}`;
    if (!this.#browsers.has(kind)) {
      this.#browsers.set(kind, puppeteer.launch({
        browser: 'firefox', executablePath: this.#path, headless: true, waitForInitialPage: false,
        extraPrefsFirefox: { ...PREFERENCES, ...(touch ? TOUCH : {}), 'layout.css.prefers-color-scheme.content-override': scheme },
      }));
    }
    const browser = await this.#browsers.get(kind);
    return new Context(await browser.createBrowserContext(), options);
  }

  async newPage(options) {
    return (await this.newContext(options)).newPage();
  }

  async close() {
    for (const browser of this.#browsers.values()) await (await browser).close();
  }
}

class Context {
  #context;
  #options;
  #scripts = [];
  /** @type {RemotePage[]} */ #pages = [];

  constructor(context, options) {
    this.#context = context;
    this.#options = options;
  }

  async newPage() {
    // In a window of its own it stays visible while others are used.
    const tab = await this.#context.newPage({ type: 'window' });
    const { viewport = { width: 1280, height: 800 }, deviceScaleFactor = 1, hasTouch = false, locale = 'en-US' } = this.#options;
    await tab.setViewport({ ...viewport, deviceScaleFactor, hasTouch });
    const page = new RemotePage(driver(tab, viewport), this);
    reportErrors(page, tab);
    await tab.evaluateOnNewDocument(collectErrors);
    await tab.evaluateOnNewDocument(chooseLanguages, [locale, locale.split('-')[0]]);
    for (const script of this.#scripts) await tab.evaluateOnNewDocument(script);
    this.#pages.push(Object.assign(page, { tab }));
    return page;
  }

  async addInitScript(script) {
    this.#scripts.push(script);
    for (const { tab } of this.#pages) await tab.evaluateOnNewDocument(script);
  }

  async clearCookies() {
    await this.#context.deleteCookie(...await this.#context.cookies());
  }

  close() {
    return this.#context.close();
  }
}

const BUTTONS = /** @type {const} */ (['left', 'middle', 'right']);

/** @returns {import('./remote-page.mjs').Driver} */
function driver(tab) {
  /** @type {Set<number>} */ const down = new Set();
  return {
    navigate: async (address) => {
      try {
        await tab.goto(address, { waitUntil: address === 'about:blank' ? 'load' : 'domcontentloaded' });
      } catch (error) {
        // The page itself went on to another address meanwhile, for example to the login. The test waits for that address.
        if (!String(error).includes('NS_BINDING_ABORTED')) throw error;
      }
    },
    reload: async () => { await tab.reload({ waitUntil: 'domcontentloaded' }); },
    run: (source) => tab.evaluate(source),
    key: (character, down) => (down ? tab.keyboard.down(character) : tab.keyboard.up(character)),
    moveMouse: (x, y) => tab.mouse.move(x, y),
    mouseButton: (button, down) => (down ? tab.mouse.down({ button: BUTTONS[button] }) : tab.mouse.up({ button: BUTTONS[button] })),
    clickTimes: (x, y, count) => tab.mouse.click(x, y, { count }),
    wheel: (x, y, deltaX, deltaY) => tab.mouse.wheel({ deltaX, deltaY }),
    touch: async (type, points) => {
      // Puppeteer moves one finger after the other, which is no pinch, so this goes to its connection.
      const finger = (id, ...actions) => ({ type: 'pointer', id: `finger ${id}`, parameters: { pointerType: 'touch' }, actions });
      const to = ({ x, y }) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), origin: 'viewport' });
      const actions = type === 'touchEnd' ? [...down].map((id) => finger(id, { type: 'pointerUp', button: 0 }))
        : points.map(({ id, ...at }) => finger(id, to(at), ...(down.has(id) ? [] : [{ type: 'pointerDown', button: 0 }])));
      if (type === 'touchEnd') down.clear();
      for (const { id } of points) down.add(id);
      if (actions.length > 0) await tab.mainFrame().browsingContext.performActions(actions);
    },
    screenshot: async (path) => Buffer.from(await tab.screenshot({ path })),
    close: () => tab.close(),
  };
}

/** @param {RemotePage} page */
export async function touchScreen(page) {
  return (type, points) => page.touch(type, points);
}
