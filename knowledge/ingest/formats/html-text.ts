import type { Element, Nodes } from 'hast';

/** Children of any node; none for what can't have them. */
export function childrenOf(node: Nodes): readonly Nodes[] {
  return 'children' in node ? node.children : [];
}

/** All elements below a node, itself included, in order, for which the test holds. */
export function elementsIn(node: Nodes, test: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  const look = (inner: Nodes) => {
    if (inner.type === 'element' && test(inner)) found.push(inner);
    for (const child of childrenOf(inner)) look(child);
  };
  look(node);
  return found;
}

/** A property as one string; lists such as `class` joined by spaces. */
export function property(element: Element, name: string): string | undefined {
  const value = element.properties[name];
  if (value === null || value === undefined || value === false) return undefined;
  return Array.isArray(value) ? value.join(' ') : String(value);
}

/**
 * What a reader sees of a node.
 *
 * @param marks also the numbers that lead to footnotes, and the arrows back
 */
export function textOf(node: Nodes, marks = false): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'element') {
    if (UNSEEN.has(node.tagName)) return '';
    if (node.tagName === 'br') return ' ';
    if (node.tagName === 'img') return property(node, 'alt') ?? '';
    if (!marks && node.tagName === 'a' && isNoteMark(node)) return '';
  }
  const text = childrenOf(node)
    .map((child) => textOf(child, marks))
    .join('');
  // Words of neighboring cells and paragraphs must not run together.
  return node.type === 'element' && PARTED.has(node.tagName) ? ` ${text} ` : text;
}

function isNoteMark(link: Element): boolean {
  const leads = property(link, 'href')?.startsWith('#') === true;
  return (
    leads &&
    /^\W{0,2}(?:\d{1,3}\W{0,2})?$/.test(
      childrenOf(link)
        .map((child) => textOf(child, true))
        .join('')
        .trim(),
    )
  );
}

const UNSEEN: ReadonlySet<string> = new Set(
  'script style noscript template svg math object iframe head title'.split(' '),
);
const PARTED: ReadonlySet<string> = new Set('p div li td th tr dt dd h1 h2 h3 h4 h5 h6 section article'.split(' '));
