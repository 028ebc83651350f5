/** @param {Blob} blob @param {string} name the file the browser offers to save */
export function saveBlob(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // some browsers read it after click() returned
}

/** @param {string} target id @param {Date} when @returns {string} such as catseye-default-20240131-235959.jpeg, local time */
export function snapshotName(target, when) {
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  const date = `${when.getFullYear()}${two(when.getMonth() + 1)}${two(when.getDate())}`;
  const time = `${two(when.getHours())}${two(when.getMinutes())}${two(when.getSeconds())}`;
  return `catseye-${target.replace(/[^\w.-]+/g, '_')}-${date}-${time}.jpeg`;
}
