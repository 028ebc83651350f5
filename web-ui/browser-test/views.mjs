/** Every view of the pages, for tests and screenshots that go through all of them. */

const live = (page) => page.waitForSelector('catseye-console[data-state="live"]');
const PHONE_WIDTH = 500;

export const openMenu = (icon) => async (page) => {
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

/** @param {string} id @param {string} severity */
const condition = (id, severity, details = {}) => ({ id, severity, since: new Date().toISOString(), description: 'Described by the server.', remedy: 'Fixed by the server.', details });

/** A board with a weak power supply, and more. */
export const useWeakBoard = (server) => {
  server.boardConditions = [condition('under-voltage', 'CRITICAL'), condition('temperature', 'WARNING', { celsius: '81', sensor: 'cpu-thermal' }), condition('from-the-future', 'NOTICE')];
};

export const openBoard = async (page) => {
  await live(page);
  await page.click('[data-status="board"]');
  await page.waitForSelector('catseye-board dialog[open] [data-condition="under-voltage"]');
};

const openPanel = async (page) => {
  await openMenu('panels')(page);
  await page.click('catseye-menu[icon="panels"] .menu-item >> nth=0');
  await page.waitForSelector('.check-item');
};

/** One image in a drive, another drive locked, and a download that runs. */
export const useMedia = (server) => {
  server.media.setDrive('cd', { image: 'img1', name: 'debian-13.1.0-amd64-netinst.iso', kind: 'cdrom', state: 'ATTACHED' });
  server.media.setDrive('usb', { image: 'img2', name: 'memtest.img', kind: 'disk', state: 'LOCKED' });
  server.media.downloads = [
    { id: 'd1', url: 'https://images.example/alpine.iso', name: 'alpine.iso', user: 'admin', state: 'RUNNING', received: 31e6, total: 212e6, reason: '' },
    { id: 'd2', url: 'https://images.example/rescue.iso', name: 'rescue.iso', user: 'admin', state: 'FAILED', received: 31e6, total: -1, reason: 'The SHA-256 does not match.' },
  ];
};

export const openLibrary = async (page) => {
  await openMenu('disc')(page);
  await page.click('catseye-menu[icon="disc"] .menu-item:has([data-icon="library"])');
  await page.waitForSelector('.media-image');
};

/** A disk with a folder and two files. */
export const useFiles = (server) => {
  server.media.files.img2 = new Map([['logs', null], ['logs/installation-of-the-server.log', Buffer.alloc(48_213)], ['report.txt', Buffer.from('hello')]]);
};

export const openFiles = async (page) => {
  await openLibrary(page);
  await page.click('[data-image="img2"] .section-actions > button >> nth=0');
  await page.waitForSelector('catseye-media-files[state="listed"] .media-image');
};

export const openAttach = async (page) => {
  await openMenu('disc')(page);
  await page.click('catseye-menu[icon="disc"] .menu-item:has([data-icon="disc"]) >> nth=1');
  await page.waitForSelector('catseye-media-attach button[type=submit]:not([disabled])');
  await page.selectOption('#catseye-attach-image', 'img2');
};

/** Drops a jar on the page of the plug-ins; the simulated server makes its plan of the file's name. */
export const choosePlugin = async (page, name) => {
  await page.waitForSelector('catseye-plugin-page[loaded]');
  await page.evaluate((fileName) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['PK'], fileName));
    document.documentElement.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }, name);
};

const openPlugins = async (page) => {
  await page.waitForSelector('catseye-plugin-page[loaded] .plugin');
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
};

/** The panel for the capture device. */
export const openCapture = async (page) => {
  await openMenu('fit')(page);
  await page.click('[role="menuitem"]:has-text("Capture device")');
  await page.waitForSelector('catseye-capture:not([state="loading"])');
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
  'media menu': { set: useMedia, act: openMenu('disc') },
  'attach an image': { act: openAttach },
  'eject by force': { set: useMedia, act: async (page) => {
    await openMenu('disc')(page);
    await page.click('catseye-menu[icon="disc"] .menu-item:has([data-icon="eject"]) >> nth=1');
    await page.waitForSelector('catseye-media-eject dialog[open]');
  } },
  'image library': { set: useMedia, act: async (page) => {
    await openLibrary(page);
    await page.click('catseye-media-fetch summary');
    await page.click('[data-image="img2"] button:has-text("Rename")');
  } },
  'files of a disk': { set: useFiles, act: openFiles },
  'new disk for files': { set: useMedia, act: async (page) => {
    await openLibrary(page);
    await page.click('catseye-media-new-disk summary');
    await page.selectOption('#disk-size', '');
  } },
  'kept awake': { act: async (page) => {
    await openMenu('pointer')(page);
    await page.click('catseye-menu[icon="pointer"] [role="menuitemcheckbox"]:has-text("Move the pointer")');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[data-status="jiggle"]');
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
  'weak board': { set: useWeakBoard, act: async (page) => {
    await live(page);
    await page.waitForSelector('[data-status="board"]');
  } },
  'list of the board': { set: useWeakBoard, act: openBoard },
  'self-check': { act: openPanel },
  statistics: { act: async (page) => {
    await openMenu('fit')(page);
    await page.click('[role="menuitem"]:has-text("Statistics")');
    await page.waitForSelector('catseye-panel[state="open"] catseye-statistics');
  } },
  'capture device': { act: openCapture },
  'EDID of a bridge': { set: (server) => { server.capture.kind = 'bridge'; }, act: openCapture },
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
  'plug-ins': { path: '/plugins', set: (server) => { server.plugins.rollBacks = [{ plugin: 'com.example.clock', version: '1.1.0', time: '2026-01-31T12:00:00Z', reason: 'It failed.' }]; }, act: openPlugins },
  'plan of a plug-in': { path: '/plugins', act: async (page) => {
    await choosePlugin(page, 'com.example.clock-2.0.0.jar');
    await page.waitForSelector('[data-action="apply"]');
  } },
  'plug-in that cannot be installed': { path: '/plugins', act: async (page) => {
    await choosePlugin(page, 'missing-2.0.0.jar');
    await page.waitForSelector('.plugin-problem');
  } },
  'plug-in of an unknown maker': { path: '/plugins', act: async (page) => {
    await page.click('catseye-maker-list summary');
    await choosePlugin(page, 'signed-2.0.0.jar');
    await page.waitForSelector('[data-consent]');
  } },
  'removal of a plug-in': { path: '/plugins', act: async (page) => {
    await openPlugins(page);
    await page.click('[data-plugin="com.example.clock"] button:text-is("Remove…")');
    await page.waitForSelector('catseye-plugin-removal dialog[open]');
  } },
  'plan of a feature': { path: '/plugins', act: async (page) => {
    await page.click('[data-feature="vnc"] > summary');
    await page.click('[data-feature="vnc"] [data-action="switch"]');
    await page.waitForSelector('[data-feature="vnc"] [data-action="apply"]');
  } },
  gallery: { path: '/ui/gallery.html', act: (page) => page.waitForSelector('[data-example^="Icons"]') },
};

const openForm = (pid) => async (page) => {
  await page.click(`[data-pid="${pid}"] summary`);
  await page.waitForSelector(`[data-pid="${pid}"] .setting`);
};

const SETTINGS = {
  settings: { path: '/settings', act: (page) => page.waitForSelector('catseye-settings-kind h3') },
  'settings of a computer': { path: '/settings#target=default', act: (page) => page.waitForSelector('[data-pid="org.catseye.core.target~default"] .setting') },
  'a form with changes': { path: '/settings', act: async (page) => {
    await openForm('org.catseye.virtual.target')(page);
    await page.fill('[data-pid="org.catseye.virtual.target"] [data-key="fps"] input', '99');
    await page.check('[data-pid="org.catseye.virtual.target"] [data-key="sound"] input');
    await page.click('[data-pid="org.catseye.virtual.target"] button[type=submit]');
    await page.waitForSelector('[data-key="fps"][state="error"]');
  } },
  'forms of all kinds': { path: '/settings', act: async (page) => {
    for (const pid of ['org.catseye.auth.ldap', 'org.catseye.web.gate', 'org.catseye.power.relay~1', 'org.apache.felix.http']) await openForm(pid)(page);
    await page.click('[data-new="org.catseye.power.relay"] summary');
    await page.waitForSelector('[data-new="org.catseye.power.relay"] .setting');
  } },
  'question before saving': { path: '/settings', act: async (page) => {
    await openForm('org.catseye.web.gate')(page);
    await page.fill('[data-pid="org.catseye.web.gate"] textarea', 'kvm.example.org');
    await page.click('[data-pid="org.catseye.web.gate"] button[type=submit]');
    await page.waitForSelector('catseye-question-dialog dialog[open]');
  } },
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
  return Object.entries({ ...DOORS, ...SETTINGS, ...CONSOLE, ...(width < PHONE_WIDTH ? TOUCH : {}) }).map(([name, view]) => ({ path: '/', set: () => {}, ...view, name }));
}
