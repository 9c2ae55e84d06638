import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Question, readQuestions } from '../bot/evaluation/question.ts';
import { REFERRAL_REASONS, URGENT_CATEGORIES } from '../bot/reply.ts';
import { loadPack } from '../knowledge/pack/read-pack.ts';
import { loadSafety } from '../knowledge/pack/safety.ts';
import { projectRoot } from '../knowledge/project-root.ts';
import { createOverlap, type Wording } from './support/overlap.ts';

// Reading the files checks ids within each, kinds and patterns: what can't be read throws, with file and line.
const root = projectRoot();
const fit = readFolder(path.join(root, 'test/questions/fit'));
const learn = readFolder(path.join(root, 'test/questions/learn'));
const tune = readFolder(path.join(root, 'test/questions/tune'));
const check = readFolder(path.join(root, 'test/questions/check'));
const languages = path.join(root, 'test/questions/languages');
const inOtherLanguages = (half: string) => readQuestions(readFileSync(path.join(languages, half), 'utf8'), half);
const shared = path.join(root, '../shared/evaluation');

const everything = [...fit, ...learn, ...tune, ...check, ...readFolder(languages)];

const pack = loadPack(path.join(root, 'knowledge/isotretinoin'));
const safety = loadSafety(path.join(root, 'knowledge/safety'));

// Everything that the bot answers from, or that its numbers were fitted on.
const known: readonly Wording[] = [
  ...wordings(fit),
  ...wordings(learn),
  ...wordings(tune),
  ...pack.passages.flatMap(({ id, title, questions }) => [title, ...questions].map((text) => ({ from: id, text }))),
  ...pack.lexicon.flatMap(({ term, also }) => [term, ...also].map((text) => ({ from: 'lexicon.yaml', text }))),
  ...pack.outOfScope.map((text) => ({ from: 'out-of-scope.yaml', text })),
  ...safety.urgent.flatMap(({ category, ...rules }) => judged(category, rules)),
  ...safety.referral.flatMap(({ reason, ...rules }) => judged(reason, rules)),
];
const overlap = createOverlap(known);

describe('the question sets', () => {
  it('give every question an id of its own, across all files', () => {
    const ids = everything.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  it('hold no empty message but where nothing is asked of the answer', () => {
    const empty = everything.filter(({ turns }) => turns.some(({ q }) => q === ''));
    expect(
      empty.filter(({ turns }) => turns.some(({ q, kinds }) => q === '' && !kinds.includes('unanswered'))),
    ).toEqual([]);
  });

  it('name only dangers and reasons that a reply can have, and only where a reply of that kind is right', () => {
    for (const { id, turns } of everything) {
      for (const { kinds, category, reason } of turns) {
        expect(
          category.filter((name) => !isOneOf(URGENT_CATEGORIES, name)),
          id,
        ).toEqual([]);
        expect(
          reason.filter((name) => !isOneOf(REFERRAL_REASONS, name)),
          id,
        ).toEqual([]);
        if (category.length > 0) expect(kinds, id).toContain('urgent');
        if (reason.length > 0) expect(kinds, id).toContain('refer');
      }
    }
  });
});

describe('the sets that are fitted on', () => {
  it('name only passages that there are', () => {
    const ids = new Set(pack.passages.map(({ id }) => id));
    const named = ['learn', 'tune'].flatMap((half) => passagesNamedIn(path.join(root, 'test/questions', half)));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ passage }) => !ids.has(passage))).toEqual([]);
  });
});

describe('the checking half', () => {
  expectApart(check);
});

describe('what thresholds are chosen on', () => {
  expectApart(tune, createOverlap(wordings(learn)));
});

describe('the checking half of messages in other languages', () => {
  const rules = safety.languages.flatMap(({ language, examples, counter_examples }) =>
    judged(`languages/${language}`, { examples: Object.values(examples).flat(), counter_examples }),
  );
  expectApart(inOtherLanguages('check.jsonl'), createOverlap([...wordings(inOtherLanguages('fit.jsonl')), ...rules]));
});

describe('the evaluation shared beside the project', () => {
  const there = existsSync(shared);
  if (there) expectApart(readFolder(shared));
  else it.skip('is not there, so nothing is compared with it');
});

/** What a set that only measures must not share with what was fitted or written down. */
function expectApart(questions: readonly Question[], from = overlap): void {
  const asked = wordings(questions);

  // Plain wordings ("how does isotretinoin work") will meet; more than these few would be copying.
  it('has at most one question in twenty in words that the bot was given', () => {
    const same = asked.filter(({ text }) => from.same(text) !== undefined);
    expect(same.length / asked.length, listed(same)).toBeLessThanOrEqual(0.05);
  });

  it('has at most one question in a hundred in nearly those words', () => {
    const near = asked.flatMap(({ from: id, text }) => {
      const found = from.same(text) === undefined ? from.near(text) : undefined;
      return found ? [{ from: id, text: `${text}  ≈ ${found.text} (${found.from})` }] : [];
    });
    if (near.length > 0) console.info(`${near.length} of ${asked.length} nearly the same:\n${listed(near)}`);
    expect(near.length / asked.length, listed(near)).toBeLessThanOrEqual(0.01);
  });
}

function readFolder(folder: string): Question[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readQuestions(readFileSync(path.join(folder, name), 'utf8'), name));
}

/** What was noted beside questions: the passage that one was written for, the passages that answer it. */
function passagesNamedIn(folder: string): { id: string; passage: string }[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const lines = files.flatMap((name) => readFileSync(path.join(folder, name), 'utf8').trim().split('\n'));
  return lines.flatMap((line) => {
    const { id, passage, passages = [] } = JSON.parse(line) as { id: string; passage?: string; passages?: string[] };
    return [...(passage === undefined ? [] : [passage]), ...passages].map((named) => ({ id, passage: named }));
  });
}

function wordings(questions: readonly Question[]): Wording[] {
  return questions.flatMap(({ id, turns }) => turns.map(({ q }) => ({ from: id, text: q })));
}

function judged(
  label: string,
  { examples, counter_examples }: { examples: readonly string[]; counter_examples: readonly string[] },
): Wording[] {
  return [...examples, ...counter_examples].map((text) => ({ from: `${label}.yaml`, text }));
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

function listed(found: readonly Wording[]): string {
  return found.map(({ from, text }) => `${from}: ${text}`).join('\n');
}
