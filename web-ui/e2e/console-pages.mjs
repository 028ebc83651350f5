import { until } from '../browser-test/page.mjs';

/** Runs before any script of a page: records what its policy blocked. */
function watchPolicy() {
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample} at ${event.sourceFile}:${event.lineNumber} of ${document.location}`);
  });
}

/** The Felix web console in a browser, and the errors of its pages. */
export class ConsolePages {
  /** @param {import('playwright-core').BrowserContext} context of a logged-in browser */
  static async open(context, address) {
    await context.addInitScript(watchPolicy);
    const pages = new ConsolePages();
    pages.address = address;
    pages.page = await context.newPage();
    pages.complaints = [];
    pages.page.on('pageerror', (error) => pages.complaints.push(`${pages.page.url()}: ${error.message}`));
    pages.page.on('console', (message) => /^policy:|Content Security Policy|Refused to/.test(message.text()) && pages.complaints.push(`${pages.page.url()}: ${message.text()}`));
    return pages;
  }

  /** Opens a page of the console and waits until its scripts have run. */
  async go(path) {
    const response = await this.page.goto(`${this.address}/system/console/${path}`);
    await this.page.waitForLoadState('networkidle');
    return response;
  }

  /** @returns {Promise<string[]>} the labels in the menu: all pages of the console and its plug-ins */
  async labels() {
    await this.go('bundles');
    const links = await this.page.$$eval('#navmenu a[href*="/system/console/"]', (all) => all.map((link) => link.getAttribute('href').split('/').pop()));
    return [...new Set(links)].filter((label) => label !== 'logout');
  }

  /** Whether the scripts of the page ran: jQuery marks the menu that it has built. */
  async isAlive() {
    return until(() => this.page.$('#navmenu.ui-menu'), `the scripts of ${this.page.url()}`).then(() => true);
  }

  /** @returns {Promise<string>} empty as long as no injected script has run */
  traces() {
    return this.page.evaluate(() => [window.__pwned, document.title.includes('PWNED') && document.title, document.body.dataset.pwned].filter(Boolean).join(' '));
  }
}
