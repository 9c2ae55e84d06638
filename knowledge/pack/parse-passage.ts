import { createHash } from 'node:crypto';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { splitSentences } from '../text/sentences.ts';
import type { Finding, FindingCode } from './finding.ts';
import { type Passage, REGIONS, type Sentence } from './pack.ts';
import { yamlComplaint } from './pack-files.ts';
import type { YamlCache } from './yaml-cache.ts';
import { lineOfValue } from './yaml-line.ts';

/** A passage, or why the file is not one. A passage can come with findings: it is readable, but not yet right. */
export interface ParsedPassage {
  readonly passage: Passage | undefined;
  readonly findings: readonly Finding[];
  /** Line of the file on which the body's character at an offset of `passage.text` stands. */
  readonly lineAt: (offset: number) => number;
}

/** @param file path below the pack's folder, `passages/<topic>/<name>.md` */
export function parsePassage({
  packId,
  file,
  raw,
  cache,
}: {
  packId: string;
  file: string;
  raw: string;
  cache?: YamlCache | undefined;
}): ParsedPassage {
  const findings: Finding[] = [];
  const find = (line: number, code: FindingCode, message: string, mend: string) =>
    findings.push({ file, line, code, message, mend });
  const source = raw.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');

  const [, topic, name] = /^passages\/([^/]+)\/([^/]+)\.md$/.exec(file) ?? [];
  if (topic === undefined || name === undefined) {
    find(1, 'unreadable', 'not in the folder of a topic', 'move it to passages/<topic>/<passage>.md');
    return { passage: undefined, findings, lineAt: () => 1 };
  }
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source);
  if (!parts) {
    find(1, 'unreadable', 'no front matter', 'begin the file with ---, the front matter, and --- on a line of its own');
    return { passage: undefined, findings, lineAt: () => 1 };
  }
  const [, head = '', body = ''] = parts;
  const front = readFrontMatter(head, cache);
  if ('findings' in front) {
    findings.push(...front.findings.map((finding) => ({ file, ...finding })));
    return { passage: undefined, findings, lineAt: () => 1 };
  }

  const bodyLine = source.slice(0, source.length - body.length).split('\n').length;
  const { title, text, marks, lineAt } = readBody(body, bodyLine);
  if (title === undefined) {
    find(bodyLine, 'unreadable', 'no heading', 'begin the body with "# Title"');
    return { passage: undefined, findings, lineAt };
  }
  if (text === '') {
    find(bodyLine, 'unreadable', 'no text under the heading', 'write the passage, or remove the file');
    return { passage: undefined, findings, lineAt };
  }
  const sentences = attachMarks(text, marks);
  const passage: Passage = {
    id: `${packId}/${topic}/${name}`,
    topic,
    title,
    text,
    questions: front.questions,
    regions: front.regions,
    review: front.review,
    sentences,
    contentHash: contentHash(title, text, sentences),
    file,
    ...(front.from && { from: front.from }),
    ...(front.compare && { compare: front.compare }),
  };
  return { passage, findings, lineAt };
}

const isoDate = z.iso.date('not a date of the form 2026-11-20');
const FRONT_MATTER = z.object({
  questions: z.array(z.string().trim().min(3)),
  regions: z.array(z.enum(['all', ...REGIONS])).min(1),
  review: z.discriminatedUnion('status', [
    z.object({ status: z.literal('unreviewed') }),
    z.object({ status: z.literal('reviewed'), by: z.string().min(2), on: isoDate, due: isoDate, hash: z.string() }),
  ]),
  from: z
    .object({
      document: z.string(),
      page: z.number().int().positive().optional(),
      headings: z.array(z.string()),
      start: z.number().int().nonnegative(),
      end: z.number().int().nonnegative(),
      drafted: z.string(),
    })
    .optional(),
  compare: z
    .array(
      z.object({
        kind: z.enum(['duplicate', 'contradiction']),
        passage: z.string(),
        here: z.string().optional(),
        there: z.string().optional(),
      }),
    )
    .optional(),
});

const MENDS: Record<string, [FindingCode, string]> = {
  questions: ['missing-question', 'list at least six questions, one a line, each after "  - "'],
  regions: ['unknown-region', `use [all], or some of ${REGIONS.join(', ')}`],
  from: ['unreadable', 'add the document again, which writes it anew'],
  compare: ['unreadable', 'take it out once it is decided'],
  review: ['bad-date', 'use { status: unreviewed }, or let `npm run knowledge -- sign` write the signature'],
};

type FrontMatter = z.infer<typeof FRONT_MATTER>;

function readFrontMatter(
  head: string,
  cache: YamlCache | undefined,
): FrontMatter | { readonly findings: readonly Omit<Finding, 'file'>[] } {
  const known = FRONT_MATTER.safeParse(cache?.get(head));
  if (known.success) return known.data;
  const counter = new LineCounter();
  const document = parseDocument(head, { lineCounter: counter });
  const [error] = document.errors;
  // The front matter begins on the file's second line.
  if (error) {
    const line = 1 + (error.linePos?.[0].line ?? 1);
    return { findings: [{ line, code: 'unreadable', message: yamlComplaint(error), mend: 'mend the YAML' }] };
  }
  const value: unknown = document.toJS() ?? {};
  const parsed = FRONT_MATTER.safeParse(value);
  if (parsed.success) {
    cache?.set(head, value);
    return parsed.data;
  }
  return {
    findings: parsed.error.issues.map((issue) => {
      const key = String(issue.path[0] ?? '');
      const [code, mend] = MENDS[key] ?? ['unreadable', 'see an existing passage for the shape of the front matter'];
      const line = 1 + lineOfValue(document, counter, issue.path);
      return { line, code, message: `${issue.path.join('.') || 'front matter'}: ${issue.message}`, mend };
    }),
  };
}

/** A source mark, and the offset in the finished text that it stood at. */
interface Mark {
  readonly id: string;
  readonly at: number;
}

/**
 * Takes heading and marks off. Line breaks inside a paragraph become spaces, so that a sentence never holds a line
 * break; blank lines between paragraphs stay.
 */
function readBody(body: string, firstLine: number) {
  const marks: Mark[] = [];
  const lines: { offset: number; line: number }[] = [];
  let title: string | undefined;
  let text = '';
  let gap = false;
  for (const [index, rawLine] of body.split('\n').entries()) {
    const line = rawLine.trim();
    if (title === undefined && /^# \S/.test(line)) {
      title = line.slice(2).trim();
      continue;
    }
    if (line === '') {
      gap = text !== '';
      continue;
    }
    if (text !== '') text += gap ? '\n\n' : ' ';
    gap = false;
    lines.push({ offset: text.length, line: firstLine + index });
    let from = 0;
    for (const mark of line.matchAll(/\[\^([A-Za-z0-9]+)\]/g)) {
      text += line.slice(from, mark.index);
      marks.push({ id: mark[1] ?? '', at: text.length });
      from = mark.index + mark[0].length;
    }
    text += line.slice(from);
  }
  const lineAt = (offset: number) => lines.findLast((line) => line.offset <= offset)?.line ?? firstLine;
  return { title, text, marks, lineAt };
}

/** A mark belongs to the sentence that it stands in or right behind. */
function attachMarks(text: string, marks: readonly Mark[]): Sentence[] {
  return splitSentences(text).map(({ start, end }, index, all) => {
    const next = all[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const sources = marks
      .filter((mark) => mark.at > start && mark.at <= Math.max(end, next - 1))
      .map((mark) => mark.id);
    return { start, end, sources: [...new Set(sources)] };
  });
}

function contentHash(title: string, text: string, sentences: readonly Sentence[]): string {
  const signed = JSON.stringify([title, text, sentences.map((sentence) => sentence.sources)]);
  return createHash('sha256').update(signed).digest('hex');
}
