import { type Document, isMap, isNode, isSeq, type LineCounter } from 'yaml';

/**
 * Line of a value in a YAML document, counted from 1: that of its key where it has one, and that of its nearest parent
 * where it is absent.
 *
 * @param counter the one the document was parsed with
 */
export function lineOfValue(document: Document, counter: LineCounter, at: readonly PropertyKey[]): number {
  let line = 1;
  let node: unknown = document.contents;
  for (const step of at) {
    const found = child(node, step);
    if (!found) break;
    if (found.offset !== undefined) line = counter.linePos(found.offset).line;
    node = found.node;
  }
  return line;
}

/** What a key or an index leads to, and where it begins. */
function child(node: unknown, step: PropertyKey): { node: unknown; offset: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => String(item.key) === String(step));
    return pair && { node: pair.value, offset: offsetOf(pair.key) };
  }
  if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
    const item = node.items[step];
    return { node: item, offset: offsetOf(item) };
  }
  return undefined;
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
