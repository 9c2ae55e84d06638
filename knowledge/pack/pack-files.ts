import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import type { YamlCache } from './yaml-cache.ts';
import { lineOfValue } from './yaml-line.ts';

/** A YAML file of a pack: its path below the pack's folder, and its shape. */
export interface PackFile<T> {
  readonly file: string;
  readonly schema: z.ZodType<T>;
  readonly mend: string;
}

const text = z.string().trim().min(1);
export const localized = z.object({ en: text, es: text });

export const PACK_FILE = {
  file: 'pack.yaml',
  schema: z.object({
    id: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens only'),
    title: text,
    subject: text,
    audience: text,
    /** None: some questions of the passages. */
    starters: z.array(text).default([]),
  }),
  mend: 'give id, title, subject, audience and starters',
};

export const LEXICON_FILE = {
  file: 'lexicon.yaml',
  schema: z.object({ terms: z.array(z.object({ term: text, also: z.array(text) })) }),
  mend: 'list the terms as { term, also: [..] }',
};

export const SOURCES_FILE = {
  file: 'sources.yaml',
  schema: z.object({
    sources: z.array(
      z.object({
        id: z.string().regex(/^[A-Za-z]\d+[a-z]?$/, 'a letter and a number, such as S12 or S12b'),
        title: text,
        organisation: text,
        url: z.url({ protocol: /^https?$/ }).optional(),
        date: z
          .string()
          .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'not a date of the form 2026, 2026-11 or 2026-11-20 (in quotes)')
          .optional(),
        read: z.enum(['full', 'excerpt', 'abstract']),
        note: z.string().optional(),
      }),
    ),
  }),
  mend: 'list the sources as { id, title, organisation, url, date, read }',
};

export const MESSAGES_FILE = {
  file: 'messages.yaml',
  schema: z.object({ messages: z.record(z.string(), localized) }),
  mend: 'give every message in English (en) and Spanish (es)',
};

export const DISCLAIMERS_FILE = {
  file: 'safety/disclaimers.yaml',
  schema: z.object({
    disclaimers: z
      .array(
        z.object({
          id: text,
          text: localized,
          topics: z.array(text).optional(),
          kinds: z.array(text).optional(),
        }),
      )
      .min(1),
  }),
  mend: 'list the disclaimers as { id, text: { en, es }, topics, kinds }',
};

export const OUT_OF_SCOPE_FILE = {
  file: 'safety/out-of-scope.yaml',
  schema: z.object({ questions: z.array(text), subjects: z.array(text).default([]) }),
  mend: 'list questions under "questions:" and names of other subjects under "subjects:", one a line',
};

/** What a pack that has no such file of its own is read with. */
export const DEFAULT_FILES = {
  messages: { ...MESSAGES_FILE, file: 'defaults/messages.yaml' },
  disclaimers: { ...DISCLAIMERS_FILE, file: 'defaults/disclaimers.yaml' },
};

/** The documents that passages were drafted from; only packs that hold any have the file. */
export const DOCUMENTS_FILE = {
  file: 'documents.yaml',
  schema: z.object({
    documents: z.array(
      z.object({
        /** Of its source, too. */
        id: z.string().regex(/^D\d+$/, 'D and a number, such as D3'),
        /** Name of the file, without its folder: added again under this name, it is the same document. */
        file: text,
        title: text,
        format: text,
        pages: z.number().int().positive().optional(),
        added: z.iso.date(),
        /** Of the file. */
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    ),
  }),
  mend: 'list the documents as "knowledge -- add" writes them',
};
export type PackDocument = z.infer<typeof DOCUMENTS_FILE.schema>['documents'][number];

/** Parses one file; on trouble adds findings with the line, and returns nothing. */
export function readYaml<T>(
  { file, schema, mend }: PackFile<T>,
  read: (file: string) => string,
  findings: Finding[],
  cache?: YamlCache,
): T | undefined {
  let raw: string;
  try {
    raw = read(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    findings.push({ file, line: 1, code: 'unreadable', message: reason, mend: `write the file: ${mend}` });
    return undefined;
  }
  const known = schema.safeParse(cache?.get(raw));
  if (known.success) return known.data;
  const counter = new LineCounter();
  const document = parseDocument(raw, { lineCounter: counter });
  // One slip in YAML makes the parser stumble all the way down: the rest says nothing.
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line ?? 1;
    findings.push({ file, line, code: 'unreadable', message: yamlComplaint(error), mend: 'mend the YAML' });
    return undefined;
  }
  const value: unknown = document.toJS();
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    cache?.set(raw, value);
    return parsed.data;
  }
  for (const issue of parsed.error.issues) {
    findings.push({
      file,
      line: lineOfValue(document, counter, issue.path),
      code: DATES.has(String(issue.path.at(-1))) ? 'bad-date' : 'unreadable',
      message: `${issue.path.join('.') || 'file'}: ${issue.message}`,
      mend,
    });
  }
  return undefined;
}

const DATES: ReadonlySet<string> = new Set(['date', 'checked', 'recheck_by']);

/** What the YAML parser says, without the place, which a finding gives itself. */
export function yamlComplaint({ message }: Error): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}
