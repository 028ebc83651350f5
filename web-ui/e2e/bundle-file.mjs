/** A bundle that consists only of a manifest, with a name that the test chooses. */

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

/** A manifest line has at most 72 bytes; longer ones continue on the next line after a blank. */
function manifestLine(name, value) {
  const parts = [`${name}: ${value}`.slice(0, 70)];
  for (let at = 70; at < name.length + 2 + value.length; at += 69) parts.push(` ${`${name}: ${value}`.slice(at, at + 69)}`);
  return `${parts.join('\r\n')}\r\n`;
}

/**
 * @param {Record<string, string>} headers of the manifest, plain ASCII
 * @returns {Buffer} a jar, not compressed
 */
export function bundleFile(headers) {
  const name = Buffer.from('META-INF/MANIFEST.MF');
  const all = { 'Manifest-Version': '1.0', 'Bundle-ManifestVersion': '2', ...headers };
  const content = Buffer.from(`${Object.entries(all).map(([key, value]) => manifestLine(key, value)).join('')}\r\n`);
  const entry = Buffer.alloc(26);
  entry.writeUInt16LE(20, 0);
  entry.writeUInt16LE(33, 8);
  entry.writeUInt32LE(crc32(content), 10);
  entry.writeUInt32LE(content.length, 14);
  entry.writeUInt32LE(content.length, 18);
  entry.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), entry, name, content]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), entry, Buffer.alloc(14), name]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
