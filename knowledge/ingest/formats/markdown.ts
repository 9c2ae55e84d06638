import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { ParsedBlock, ParsedDocument } from '../document/parsed-document.ts';
import type { Limits } from '../limits.ts';
import { assertNesting } from './assert-nesting.ts';
import { parseHtml } from './html.ts';

/** Reads CommonMark with GitHub's tables and footnotes. HTML in it is read as HTML. */
export function parseMarkdown(source: string, limits: Pick<Limits, 'nesting'>): ParsedDocument {
  const { title, body } = splitFrontMatter(source);
  const tree = unified().use(remarkParse).use(remarkGfm).parse(body);
  assertNesting(tree, limits.nesting);
  const notes = footnotesOf(tree);
  const blocks: ParsedBlock[] = [];
  const cited = new Set<string>();

  for (const child of tree.children) flow(child, 0);
  // A note that nothing refers to is text, too.
  for (const [id, note] of notes) if (!cited.has(id)) blocks.push({ kind: 'note', text: textOf(note) });
  return { title, blocks };

  function flow(node: Nodes, depth: number): void {
    switch (node.type) {
      case 'heading':
        blocks.push({ kind: 'heading', level: node.depth, text: textOf(node) });
        break;
      case 'paragraph':
      case 'code':
        blocks.push({ kind: 'paragraph', text: textOf(node) });
        break;
      case 'list':
        for (const [index, item] of node.children.entries()) {
          flowItem(item, depth, node.ordered ? `${(node.start ?? 1) + index}.` : undefined);
        }
        break;
      case 'table': {
        const [header = [], ...rows] = node.children.map((row) => row.children.map(textOf));
        blocks.push({ kind: 'table', header, rows });
        break;
      }
      case 'html':
        blocks.push(...parseHtml(node.value, limits).blocks);
        break;
      case 'footnoteDefinition':
      case 'definition':
      case 'thematicBreak':
      case 'yaml':
        return;
      default:
        if ('children' in node) for (const child of node.children) flow(child, depth);
    }
    if (node.type !== 'list') emitNotes(node);
  }

  /** The first paragraph is the item; what else stands in it follows. */
  function flowItem(item: Nodes & { type: 'listItem' }, depth: number, marker: string | undefined): void {
    const [first, ...rest] = item.children;
    if (first?.type === 'paragraph') {
      blocks.push({ kind: 'item', text: textOf(first), marker, depth });
      emitNotes(first);
    } else if (first) flow(first, depth + 1);
    for (const child of rest) flow(child, depth + 1);
  }

  function emitNotes(node: Nodes): void {
    for (const id of referencesIn(node)) {
      const note = notes.get(id);
      if (!note || cited.has(id)) continue;
      cited.add(id);
      blocks.push({ kind: 'note', text: textOf(note) });
    }
  }
}

/** The YAML that many tools put before Markdown; of it, only a title is of use. */
function splitFrontMatter(source: string): { title: string | undefined; body: string } {
  const match = /^\uFEFF?---\r?\n([\s\S]{0,10000}?)\r?\n---\r?\n/.exec(source);
  if (!match) return { title: undefined, body: source };
  const title = /^title:\s*["']?(.+?)["']?\s*$/m.exec(match[1] ?? '')?.[1];
  return { title, body: source.slice(match[0].length) };
}

function footnotesOf(tree: Root): Map<string, Nodes> {
  const notes = new Map<string, Nodes>();
  const look = (node: Nodes) => {
    if (node.type === 'footnoteDefinition') notes.set(node.identifier, node);
    else if ('children' in node) for (const child of node.children) look(child);
  };
  look(tree);
  return notes;
}

function referencesIn(node: Nodes): string[] {
  if (node.type === 'footnoteReference') return [node.identifier];
  return 'children' in node ? node.children.flatMap((child) => referencesIn(child)) : [];
}

function textOf(node: Nodes): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
    case 'code':
      return node.value;
    case 'break':
      return ' ';
    case 'image':
      return node.alt ?? '';
    case 'footnoteReference':
    case 'html':
      return '';
    default: {
      if (!('children' in node)) return '';
      const between = node.children.some((child) => child.type === 'paragraph') ? ' ' : '';
      return node.children.map(textOf).join(between);
    }
  }
}
