/**
 * Teams refuses messages over about 80 KB, counting characters as two bytes. Some of that is left for the address,
 * which is put on later.
 */
const MOST_BYTES = 76_000;

/** Whether Teams takes something of this size: a message, or what an invoke is answered with. */
export function fits(content: object): boolean {
  const json = JSON.stringify(content);
  return Math.max(Buffer.byteLength(json), json.length * 2) <= MOST_BYTES;
}
