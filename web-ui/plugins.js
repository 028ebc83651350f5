/** The module that plug-ins import as `catseye/plugins.js` (/ui/plugins.js). See ui/plugins.js. */
export { registerPanel } from './ui/plugins.js';
