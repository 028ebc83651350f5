/**
 * What ends when a bundle of the product stops, so that the web console can say it before. Names are symbolic names or their beginnings;
 * the longest one that fits counts. A test compares them with the feature files.
 *
 * @type {Record<string, import('./text.js').MessageKey>}
 */
const ENDS = {
  'org.catseye.': 'webConsole.endsParts',
  'org.catseye.auth.file': 'webConsole.endsLogin',
  'org.catseye.auth.ldap': 'webConsole.endsDirectory',
  'org.catseye.board.health': 'webConsole.endsBoardHealth',
  'org.catseye.capture.': 'webConsole.endsPicture',
  'org.catseye.core.access': 'webConsole.endsLogin',
  'org.catseye.core.audit': 'webConsole.endsLogin',
  'org.catseye.core.config': 'webConsole.endsSettings',
  'org.catseye.core.deploy': 'webConsole.endsDropFolder',
  'org.catseye.core.hid': 'webConsole.endsKeyboard',
  'org.catseye.core.identity': 'webConsole.endsHttps',
  'org.catseye.core.log': 'webConsole.endsLog',
  'org.catseye.core.media': 'webConsole.endsMedia',
  'org.catseye.core.power': 'webConsole.endsPower',
  'org.catseye.core.targets': 'webConsole.endsTargets',
  'org.catseye.core.video': 'webConsole.endsPicture',
  'org.catseye.core.watchdog': 'webConsole.endsWatchdog',
  'org.catseye.ffmpeg': 'webConsole.endsEncoder',
  'org.catseye.rendition.jpeg': 'webConsole.endsSmallJpegs',
  'org.catseye.hid.gadget': 'webConsole.endsKeyboard',
  'org.catseye.power.': 'webConsole.endsPower',
  'org.catseye.qemu': 'webConsole.endsMachines',
  'org.catseye.virtual': 'webConsole.endsSimulation',
  'org.catseye.vnc': 'webConsole.endsVnc',
  'org.catseye.web.': 'webConsole.endsPage',
  'org.catseye.web.console.guard': 'webConsole.endsConsole',
  'org.catseye.web.control': 'webConsole.endsKeyboard',
  'org.catseye.web.gate': 'webConsole.endsLogin',
  'org.catseye.web.redfish': 'webConsole.endsRedfish',
  'org.apache.felix.configadmin': 'webConsole.endsSettings',
  'org.apache.felix.http.': 'webConsole.endsLogin',
  'org.apache.felix.inventory': 'webConsole.endsConsole',
  'org.apache.felix.scr': 'webConsole.endsLogin',
  'org.apache.felix.webconsole': 'webConsole.endsConsole',
};

/**
 * @param {string} name symbolic name of a bundle, or the name of a component, which begins with it
 * @returns {import('./text.js').MessageKey} what ends with it
 */
export function findConsequence(name) {
  const found = Object.keys(ENDS).filter((start) => name.startsWith(start)).sort((a, b) => b.length - a.length)[0];
  return found === undefined ? 'webConsole.endsOther' : ENDS[found];
}
