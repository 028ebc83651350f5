/**
 * Files that the user drops on the page. The browser would leave the page and open them, so every drop is taken, even if it is of no use.
 *
 * @param {HTMLElement} element
 * @param {{isAllowed: () => boolean, onHover: (hovers: boolean) => void, onFiles: (files: File[]) => void}} handlers
 * @param {AbortSignal} signal
 */
export function watchFileDrops(element, { isAllowed, onHover, onFiles }, signal) {
  let depth = 0;
  /** @param {string} type @param {(event: DragEvent) => void} listener */
  const listen = (type, listener) => element.addEventListener(type, (event) => {
    const drag = /** @type {DragEvent} */ (event);
    if (drag.dataTransfer?.types.includes('Files')) listener(drag);
  }, { signal });
  listen('dragenter', () => {
    depth += 1;
    onHover(isAllowed());
  });
  listen('dragleave', () => {
    depth = Math.max(0, depth - 1);
    if (depth === 0) onHover(false);
  });
  listen('dragover', (event) => {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = isAllowed() ? 'copy' : 'none';
  });
  listen('drop', (event) => {
    event.preventDefault();
    depth = 0;
    onHover(false);
    // A folder looks like a file without a size that cannot be read.
    const items = [...event.dataTransfer?.items ?? []].filter(({ kind }) => kind === 'file');
    const files = items.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory).map((item) => item.getAsFile()).filter((file) => file !== null);
    if (isAllowed() && files.length > 0) onFiles(/** @type {File[]} */ (files));
  });
}
