/** What is put into each page before its own scripts, where the engine allows it: the languages of the user, and a list of errors. */

/** Runs in the page: errors of scripts and breaches of the security policy go to the console, from where `reportErrors` reads them. */
export function collectErrors() {
  const report = (text) => console.info(`catseye-test:${text}`);
  // Not an error of a script: an element that changes its size while sizes are reported gets the next report a frame later.
  const isReport = (message) => /ResizeObserver loop/.test(message);
  window.addEventListener('error', (event) => event.message && !isReport(event.message) && report(`pageerror ${event.message}`));
  window.addEventListener('unhandledrejection', (event) => report(`pageerror ${event.reason}`));
  document.addEventListener('securitypolicyviolation', (event) => report(`console Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`));
}

/** Runs in the page. @param {string[]} languages */
export function chooseLanguages(languages) {
  Object.defineProperty(navigator, 'languages', { get: () => Object.freeze([...languages]) });
  Object.defineProperty(navigator, 'language', { get: () => languages[0] });
}

/** @param {import('./remote-page.mjs').RemotePage} page @param {any} tab of puppeteer */
export function reportErrors(page, tab) {
  tab.on('console', (message) => {
    const [, type, text] = message.text().match(/^catseye-test:(\w+) (.*)$/s) ?? [];
    if (type) page.report(/** @type {any} */ (type), text);
  });
}
