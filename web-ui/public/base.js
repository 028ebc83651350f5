/**
 * The only module that knows where on its host the device is. A proxy may publish it below a path such as `/kvm`, and this module is in
 * `ui/public/` below that. Everything else names the paths of the server, such as `/login`, and asks this module for the address.
 */

/**
 * @param {string} module the URL of this module
 * @returns {string} the path of the device, without a slash at the end: `/kvm`; empty for the root
 */
export function findBasePath(module) {
  const { protocol, pathname } = new URL('../..', module);
  // Unit tests load the module from a file.
  return protocol === 'file:' ? '' : pathname.replace(/\/$/, '');
}

const BASE_PATH = findBasePath(import.meta.url);

/** @param {string} path of the server, which begins with a slash @returns {string} its address on this host */
export function toAddress(path) {
  return BASE_PATH + path;
}

/** @param {string} address a path on this host @returns {string} the path of the server; the address itself if it is not one of this device */
export function toPath(address, basePath = BASE_PATH) {
  return address.startsWith(`${basePath}/`) ? address.slice(basePath.length) : address;
}
