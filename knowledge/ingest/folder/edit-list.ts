import { isMap, isSeq, parseDocument } from 'yaml';

/**
 * A YAML file that holds one list, with an entry put in or replaced by its id, or taken out (`undefined`). Comments and the
 * order of the rest stay.
 *
 * @param raw empty for a file that is not there yet
 */
export function withEntry(
  raw: string,
  list: string,
  id: string,
  entry: Readonly<Record<string, unknown>> | undefined,
): string {
  const document = parseDocument(raw.trim() === '' ? `${list}: []\n` : raw);
  let entries = document.get(list);
  if (!isSeq(entries)) {
    entries = document.createNode([]);
    document.set(list, entries);
  }
  if (!isSeq(entries)) throw new TypeError(`${list} is no list`);
  const place = entries.items.findIndex((item) => isMap(item) && item.get('id') === id);
  if (entry === undefined) {
    if (place >= 0) entries.items.splice(place, 1);
  } else if (place >= 0) entries.items[place] = document.createNode(entry);
  else entries.items.push(document.createNode(entry));
  entries.flow = entries.items.length === 0;
  return document.toString({ lineWidth: 0 });
}
