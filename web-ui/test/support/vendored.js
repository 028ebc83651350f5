import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The packages that the page ships: `npm run vendor` writes them into `vendor/`, and `test/vendor.test.js` compares. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The package, and those that its bundle contains. */
const TUS = ['tus-js-client', 'js-base64', 'url-parse', 'querystringify', 'requires-port'];

/** @param {string} path in node_modules */
const readPackageFile = (path) => readFileSync(`${ROOT}node_modules/${path}`, 'utf8');

/** @param {string} name @returns {string} */
export function licenceOf(name) {
  const file = name === 'js-base64' ? 'LICENSE.md' : 'LICENSE';
  return readPackageFile(`${name}/${file}`).trim();
}

/** @param {string} name @returns {string} */
export const versionOf = (name) => JSON.parse(readPackageFile(`${name}/package.json`)).version;

/** The bundle that tus-js-client publishes, with its licences in front and an export behind. @returns {string} */
export function tusModule() {
  const bundle = readPackageFile('tus-js-client/dist/tus.min.js').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '').trim();
  const licences = TUS.map((name) => `${name} ${versionOf(name)}\n\n${licenceOf(name)}`).join('\n\n---\n\n').replace(/[ \t]+$/gm, '');
  return `// @ts-nocheck\n/*!\nThe bundle dist/tus.min.js of tus-js-client, unchanged. It contains:\n\n${licences}\n*/\n${bundle}\nexport const { Upload } = globalThis.tus;\n`;
}

/** By the path in the page's folder. */
export const VENDORED = { 'vendor/tus.js': tusModule };

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, content] of Object.entries(VENDORED)) writeFileSync(`${ROOT}${path}`, content());
  console.log(`written: ${Object.keys(VENDORED).join(', ')}`);
}
