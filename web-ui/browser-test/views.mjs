/** Every view of the pages, for tests and screenshots that go through all of them. */

const live = (page) => page.waitForSelector('catseye-console[data-state="live"]');
const PHONE_WIDTH = 500;

const openMenu = (icon) => async (page) => {
  await live(page);
  await page.click(`catseye-menu[icon="${icon}"] > button`);
  await page.waitForSelector(`catseye-menu[icon="${icon}"][state="open"]`);
};

const POWER = { state: 'ON', source: 'Front panel', reason: '', diskActive: true, running: '', actions: ['press', 'hold', 'reset'] };

const openAccount = (section) => async (page) => {
  await openMenu('user')(page);
  await page.click('.menu-item:has([data-icon="user"])');
  await page.click(`[data-section="${section}"]`);
  await page.waitForSelector(`catseye-account-${section} h3, catseye-account-${section} table`);
  await page.evaluate(() => document.querySelectorAll('dialog.account details').forEach((details) => { details.open = true; }));
};

const openTyping = async (page) => {
  await openMenu('keyboard')(page);
  await page.click('.menu-item:has([data-icon="text"])');
  await page.waitForSelector('#catseye-type-text');
  await page.fill('#catseye-type-text', 'z\u201C');
};

const openPanel = async (page) => {
  await openMenu('panels')(page);
  await page.click('catseye-menu[icon="panels"] .menu-item >> nth=0');
  await page.waitForSelector('.check-item');
};

/** What the user opens on the console. @type {Record<string, {set?: (server: any) => void, act: (page: any, server: any) => Promise<unknown>}>} */
const CONSOLE = {
  live: { act: live },
  captured: { act: async (page) => {
    await live(page);
    await page.click('catseye-screen canvas');
    await page.waitForSelector('catseye-screen[captured]');
  } },
  'keys menu': { act: openMenu('keyboard') },
  'mouse menu': { act: openMenu('pointer') },
  'size menu': { act: openMenu('fit') },
  'power menu': { set: (server) => server.say({ power: POWER }), act: openMenu('power') },
  'power question': { set: (server) => server.say({ power: POWER }), act: async (page) => {
    await openMenu('power')(page);
    await page.click('.menu-item:has-text("reset")');
    await page.waitForSelector('catseye-power dialog[open]');
  } },
  'panels menu': { act: openMenu('panels') },
  'user menu': { act: openMenu('user') },
  'targets menu': { set: (server) => server.targets.push({ id: 'router', label: 'Router in the cellar' }), act: openMenu('target') },
  'type text': { set: (server) => server.say({ leds: { capsLock: true } }), act: openTyping },
  'own combinations': { act: async (page) => {
    await openMenu('keyboard')(page);
    await page.click('.menu-item:has([data-icon="keyboard"])');
    await page.check('dialog[open] [name="ControlLeft"]');
    await page.click('dialog[open] button[type=submit]');
    await page.waitForSelector('dialog[open] li');
  } },
  'self-check': { act: openPanel },
  account: { act: openAccount('self') },
  'logins and tokens': { act: openAccount('sessions') },
  users: { act: openAccount('users') },
  'audit log': { act: openAccount('audit') },
  'confirm dialog': { act: async (page, server) => {
    await openAccount('users')(page);
    server.proved = false;
    await page.fill('#new-user', 'ann');
    await page.fill('#new-user-password', 'three odd words');
    await page.click('[data-new="user"] button[type=submit]');
    await page.waitForSelector('catseye-proof-dialog dialog[open]');
  } },
  'strips and toasts': {
    set: (server) => server.say({ lease: { holder: 'admin', mine: true, asking: 'eve', shared: false, others: 1 }, hid: { state: 'OFFLINE', reason: 'the remote computer has not recognised the keyboard' } }),
    act: async (page, server) => {
      await live(page);
      server.error('unavailable', 'The keyboard is offline.');
      await page.waitForSelector('.toast');
    },
  },
  'watch only': { act: async (page) => {
    await live(page);
    await page.click('.tool[data-icon="eye"]');
    await page.waitForSelector('.notice');
  } },
  'view only': { set: (server) => server.say({ permissions: ['VIEW'] }), act: live },
  'real size': { act: async (page) => {
    await openMenu('fit')(page);
    await page.click('catseye-menu[icon="fit"] .menu-item:has-text("100 %")');
  } },
  'no signal': { set: (server) => server.say({ video: { state: 'NO_SIGNAL', reason: 'No picture is sent.' } }), act: (page) => page.waitForSelector('[data-state="no-signal"]') },
  'no device': { set: (server) => server.say({ video: { state: 'NO_DEVICE', reason: 'None is plugged in.' } }), act: (page) => page.waitForSelector('[data-state="no-device"]') },
  'wrong setting': { set: (server) => server.say({ video: { state: 'CONNECTING', misconfigured: true, reason: 'x: width is abc' } }), act: (page) => page.waitForSelector('[data-state="misconfigured"]') },
  connecting: { set: (server) => server.say({ video: { state: 'CONNECTING', reason: 'Opening /dev/video0.' } }), act: (page) => page.waitForSelector('[data-state="connecting"]') },
  silent: { act: async (page, server) => {
    await live(page);
    server.frozen = true;
    await page.waitForSelector('[data-state="silent"]');
  } },
  'no new picture': { act: async (page, server) => {
    await live(page);
    server.videoHeld = true;
    await page.waitForSelector('[data-state="silent"]');
  } },
  lost: { act: async (page, server) => {
    await live(page);
    await server.stop();
    await page.waitForSelector('[data-state="lost"]');
  } },
  'plain HTTP': { set: (server) => { server.socketsBlocked = true; }, act: live },
};

const DOORS = {
  login: { path: '/login', set: (server) => { server.loggedIn = false; }, act: (page) => page.waitForSelector('catseye-login h1') },
  'login refused': { path: '/login', set: (server) => { server.loggedIn = false; }, act: async (page) => {
    await page.fill('#password', 'wrong');
    await page.click('button[type=submit]');
    await page.waitForSelector('catseye-login[state="refused"]');
  } },
  'login with a code': { path: '/login', set: (server) => Object.assign(server, { loggedIn: false, otp: '123456' }), act: async (page, server) => {
    await page.fill('#password', server.password);
    await page.click('button[type=submit]');
    await page.waitForSelector('catseye-login[state="code"]');
  } },
  'logged in already': { path: '/login#next=%2Fsystem%2Fconsole', act: (page) => page.waitForSelector('catseye-login[state="known"]') },
  setup: { path: '/setup#token=x', set: (server) => Object.assign(server, { loggedIn: false, claimed: false }), act: (page) => page.waitForSelector('catseye-setup h1') },
  'setup of a claimed device': { path: '/setup', act: async (page) => {
    await page.fill('#token', 'x');
    await page.fill('#password', 'correct horse battery');
    await page.fill('#again', 'correct horse battery');
    await page.click('button[type=submit]');
    await page.waitForSelector('catseye-setup[state="claimed"]');
  } },
  confirm: { path: '/confirm#next=%2Fsystem%2Fconsole', set: (server) => { server.proved = false; }, act: (page) => page.waitForSelector('#confirm-password') },
  'confirmed already': { path: '/confirm#next=%2Fsystem%2Fconsole', act: (page) => page.waitForSelector('catseye-confirm[state="recent"]') },
  gallery: { path: '/ui/gallery.html', act: (page) => page.waitForSelector('[data-example^="Icons"]') },
};

/** With fingers only. */
const TOUCH = {
  'phone keyboard': { act: async (page) => {
    await live(page);
    await page.tap('.tool[data-icon="phone-keyboard"]');
    await page.tap('.phone-key[data-code="ControlLeft"]');
  } },
};

/** @param {number} width @returns {{name: string, path: string, set: (server: any) => void, act: (page: any, server: any) => Promise<unknown>}[]} */
export function viewsAt(width) {
  return Object.entries({ ...DOORS, ...CONSOLE, ...(width < PHONE_WIDTH ? TOUCH : {}) }).map(([name, view]) => ({ path: '/', set: () => {}, ...view, name }));
}
