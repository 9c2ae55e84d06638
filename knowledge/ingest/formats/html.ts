import type { Element, ElementContent, Nodes } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { cleanText, countWords } from '../document/clean-text.ts';
import type { ParsedBlock, ParsedDocument } from '../document/parsed-document.ts';
import type { Limits } from '../limits.ts';
import { assertNesting } from './assert-nesting.ts';
import { isFurniture, mainOf } from './html-furniture.ts';
import { readTable } from './html-table.ts';
import { childrenOf, elementsIn, property, textOf } from './html-text.ts';

/** Reads a web page or a piece of one: its main part, without menus, banners, forms and the like. */
export function parseHtml(source: string, limits: Pick<Limits, 'nesting'>): ParsedDocument {
  const tree = unified().use(rehypeParse).parse(source);
  assertNesting(tree, limits.nesting);
  const title = elementsIn(tree, (element) => element.tagName === 'title')[0];
  const root = mainOf(tree);
  const notes = footnotesIn(root);
  const areNotes = new Set(notes.values());
  const blocks: ParsedBlock[] = [];
  const cited = new Set<Element>();

  flow(childrenOf(root), 0);
  for (const note of notes.values()) emitNote(note);
  return { title: title && textOf(title), blocks };

  /** Inline content gathers until a block ends it. */
  function flow(children: readonly Nodes[], depth: number): void {
    let inline: ElementContent[] = [];
    const flush = () => {
      const text = inline.map((node) => textOf(node)).join('');
      if (cleanText(text) !== '') blocks.push({ kind: 'paragraph', text });
      emitNotesOf(inline);
      inline = [];
    };
    for (const child of children) {
      if (child.type === 'text') inline.push(child);
      if (child.type !== 'element' || isFurniture(child) || areNotes.has(child)) continue;
      if (isInline(child)) {
        inline.push(child);
        continue;
      }
      flush();
      flowBlock(child, depth);
    }
    flush();
  }

  function flowBlock(element: Element, depth: number): void {
    const level = /^h([1-6])$/.exec(element.tagName)?.[1];
    if (level !== undefined) {
      blocks.push({ kind: 'heading', level: Number(level), text: textOf(element) });
      emitNotesOf([element]);
    } else if (element.tagName === 'ul' || element.tagName === 'ol') flowList(element, depth);
    else if (element.tagName === 'dl') flowTerms(element, depth);
    else if (element.tagName === 'table') {
      blocks.push(...readTable(element));
      emitNotesOf([element]);
    } else flow(childrenOf(element), depth);
  }

  function flowList(list: Element, depth: number): void {
    let number = Number(property(list, 'start') ?? 1) || 1;
    for (const child of list.children) {
      if (child.type !== 'element' || isFurniture(child) || areNotes.has(child)) continue;
      if (child.tagName !== 'li') {
        flowBlock(child, depth + 1);
        continue;
      }
      const marker = list.tagName === 'ol' ? `${number}.` : undefined;
      number += 1;
      const from = blocks.length;
      flow(child.children, depth + 1);
      const first = blocks[from];
      if (first?.kind === 'paragraph') blocks[from] = { kind: 'item', text: first.text, marker, depth };
    }
  }

  /** A term and what is said of it are one sentence or more: `Onset: within two weeks`. */
  function flowTerms(list: Element, depth: number): void {
    let term = '';
    for (const child of elementsIn(list, ({ tagName }) => tagName === 'dt' || tagName === 'dd')) {
      if (child.tagName === 'dt') {
        if (term !== '') blocks.push({ kind: 'paragraph', text: term });
        term = cleanText(textOf(child));
        continue;
      }
      const from = blocks.length;
      flow(child.children, depth + 1);
      const first = blocks[from];
      if (term !== '' && first && 'text' in first) blocks[from] = { ...first, text: `${term}: ${first.text}` };
      else if (term !== '') blocks.push({ kind: 'paragraph', text: term });
      term = '';
    }
    if (term !== '') blocks.push({ kind: 'paragraph', text: term });
  }

  function emitNotesOf(nodes: readonly Nodes[]): void {
    for (const id of nodes.flatMap(noteReferences)) {
      const note = notes.get(id);
      if (note) emitNote(note);
    }
  }

  function emitNote(note: Element): void {
    if (cited.has(note)) return;
    cited.add(note);
    blocks.push({ kind: 'note', text: textOf(note) });
  }
}

/** Footnotes: short elements that a bare number links to. */
function footnotesIn(root: Nodes): Map<string, Element> {
  const wanted = new Set(noteReferences(root));
  if (wanted.size === 0) return new Map();
  const targets = elementsIn(root, (element) => wanted.has(property(element, 'id') ?? '') && !isInline(element));
  return new Map(
    targets
      .filter((element) => !/^(?:h\d|section|main|article|table|ul|ol)$/.test(element.tagName))
      .filter((element) => countWords(textOf(element)) <= 120)
      .map((element) => [property(element, 'id') ?? '', element]),
  );
}

/** Ids that footnote marks among the nodes lead to. */
function noteReferences(node: Nodes): string[] {
  return elementsIn(node, ({ tagName }) => tagName === 'a').flatMap((link) => {
    const target = /^#(.+)$/.exec(property(link, 'href') ?? '')?.[1];
    return target !== undefined && /^\W{0,2}\d{1,3}\W{0,2}$/.test(textOf(link, true).trim()) ? [target] : [];
  });
}

function isInline({ tagName }: Element): boolean {
  return !BLOCKS.has(tagName);
}

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 ' +
    'h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);
