import type { SourceDocument, TextBlock } from '../document/source-document.ts';

/** What stands between two headings. */
export interface Section {
  /** Outermost first, without the document's own title. */
  readonly headings: readonly string[];
  readonly blocks: readonly TextBlock[];
}

/** The sections of a document that hold text, in order. */
export function sectionsOf({ title, text, blocks }: SourceDocument): Section[] {
  const sections: { headings: string[]; blocks: TextBlock[] }[] = [];
  let path: { level: number; text: string }[] = [];
  let open = false;
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const heading = { level: block.level, text: text.slice(block.start, block.end) };
      path = [...path.filter(({ level }) => level < block.level), heading];
      open = false;
      continue;
    }
    if (!open) sections.push({ headings: namesOf(path, title), blocks: [] });
    open = true;
    sections.at(-1)?.blocks.push(block);
  }
  return sections.filter(({ headings }) => !LISTS_ONLY.test(headings.at(-1) ?? ''));
}

function namesOf(path: readonly { text: string }[], title: string): string[] {
  const names = path.map(({ text }) => text);
  return names[0] === title ? names.slice(1) : names;
}

// What stands under these answers no question.
const LISTS_ONLY = /^(?:references|bibliography|further reading|(?:table of )?contents|index|acknowledge?ments)$/i;
