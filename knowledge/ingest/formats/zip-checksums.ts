/**
 * The CRC-32 that an archive's table of contents has for each entry, by name (PKWARE, APPNOTE.TXT, 4.3.12 and 4.3.16);
 * nothing where there is no whole table.
 */
export function zipChecksums(bytes: Uint8Array): ReadonlyMap<string, number> | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = data.lastIndexOf(END_OF_TABLE);
  if (end < 0 || end + 22 > data.length) return undefined;
  const checksums = new Map<string, number>();
  const entries = data.readUInt16LE(end + 10);
  let at = data.readUInt32LE(end + 16);
  for (let entry = 0; entry < entries; entry++) {
    if (at + 46 > data.length || data.readUInt32LE(at) !== ENTRY) return undefined;
    const name = data.readUInt16LE(at + 28);
    checksums.set(data.toString('utf8', at + 46, at + 46 + name), data.readUInt32LE(at + 16));
    at += 46 + name + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
  }
  return checksums;
}

const END_OF_TABLE = Buffer.from('PK\u0005\u0006', 'latin1');
const ENTRY = 0x02014b50;
