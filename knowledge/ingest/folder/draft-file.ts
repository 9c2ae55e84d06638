import { stringify } from 'yaml';
import { inFlow } from '../../pack/edit-front-matter.ts';
import type { Comparison, Origin } from '../../pack/pack.ts';
import { paragraphs, splitSentences } from '../../text/sentences.ts';

/** A passage as it is written for somebody to review. */
export interface Draft {
  readonly title: string;
  readonly text: string;
  readonly questions: readonly string[];
  readonly source: string;
  readonly from: Origin;
  readonly compare: readonly Comparison[];
}

/** The passage's file: front matter, heading, and each sentence with the mark of its source behind it. */
export function draftFile({ title, text, questions, source, from, compare }: Draft): string {
  const head = [
    stringify({ questions }, { lineWidth: 0 }).trimEnd(),
    'regions: [all]',
    'review: { status: unreviewed }',
    `from: ${inFlow(from)}`,
    ...(compare.length > 0 ? [stringify({ compare }, { lineWidth: 0 }).trimEnd()] : []),
  ];
  return `---\n${head.join('\n')}\n---\n${draftBody({ title, text, source })}`;
}

/** What a signature signs: heading, text and marks. */
export function draftBody({ title, text, source }: Pick<Draft, 'title' | 'text' | 'source'>): string {
  const marked = paragraphs(text).map((paragraph) => {
    const words = text.slice(paragraph.start, paragraph.end);
    return splitSentences(words)
      .map(({ start, end }) => `${words.slice(start, end)}[^${source}]`)
      .join(' ');
  });
  return `# ${title}\n${marked.join('\n\n')}\n`;
}
