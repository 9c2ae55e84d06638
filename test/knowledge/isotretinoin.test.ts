import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';
import { describe, expect, test } from 'vitest';
import { checkPhrases } from '../../bot/conversation/triage/check-phrases.ts';
import { checkPack } from '../../knowledge/pack/check-pack.ts';
import { formatFinding, severityOf } from '../../knowledge/pack/finding.ts';
import { isoDate } from '../../knowledge/pack/iso-date.ts';
import type { Pack, Passage } from '../../knowledge/pack/pack.ts';
import { loadPack } from '../../knowledge/pack/read-pack.ts';
import { projectRoot } from '../../knowledge/project-root.ts';
import { words } from '../../knowledge/text/normalize.ts';

const folder = path.join(projectRoot(), 'knowledge/isotretinoin');
const safetyFolder = path.join(projectRoot(), 'knowledge/safety');
const pack = loadPack(folder);
const idsOf = (passages: readonly Passage[]) => passages.map((passage) => passage.id);

// What only the calendar brings is for the check itself to say, which CI runs: tests don't turn red overnight.
const wrong = checkPack({ folder, safetyFolder, today: isoDate(new Date()) }).filter(
  (finding) => severityOf(finding) === 'error' && !['review-overdue', 'contacts-overdue'].includes(finding.code),
);

describe('the pack on isotretinoin', () => {
  test('passes the check', () => {
    expect(wrong.filter((finding) => !finding.file.startsWith('../safety/')).map(formatFinding)).toEqual([]);
  });

  test('stands on a common core that passes it too', () => {
    expect(wrong.filter((finding) => finding.file.startsWith('../safety/')).map(formatFinding)).toEqual([]);
    expect(checkPhrases({ safetyFolder }).map(formatFinding)).toEqual([]);
  });

  test('has at least 150 passages', () => {
    expect(pack.passages.length).toBeGreaterThanOrEqual(150);
  });

  test('has six questions or more for each', () => {
    expect(idsOf(pack.passages.filter((passage) => passage.questions.length < 6))).toEqual([]);
  });

  test('says of nothing that it was reviewed', () => {
    expect(idsOf(pack.passages.filter((passage) => passage.review.status !== 'unreviewed'))).toEqual([]);
  });

  test('lists each of the field’s terms once', () => {
    const terms = pack.lexicon.map((entry) => entry.term.toLowerCase());
    expect(terms.filter((term, index) => terms.indexOf(term) !== index)).toEqual([]);
  });
});

describe('how hard it is to read (Flesch–Kincaid grade, the field’s terms not counted)', () => {
  const gradeOf = createGrade(pack);
  const grades = pack.passages.map((passage) => ({ id: passage.id, grade: gradeOf(passage) }));

  test('the median is 8 or below', () => {
    const sorted = grades.map(({ grade }) => grade).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(8);
  });

  test('no passage is above 11', () => {
    expect(grades.filter(({ grade }) => grade > 11)).toEqual([]);
  });
});

/** The general article that the pack started from: its facts are in the pack, its wording is not. */
describe('the seed article', () => {
  const citing = pack.passages.filter((passage) => passage.sentences.some(({ sources }) => sources.includes('S1')));

  test('is cited by at least 12 passages', () => {
    expect(citing.length).toBeGreaterThanOrEqual(12);
  });

  /** What the article speaks of, and the folder and words by which a passage on it is known. */
  test.each<[string, string, RegExp]>([
    ['acne is common and distressing', 'basics', /common/],
    ['isotretinoin is a retinoid, related to vitamin A', 'basics', /vitamin A/],
    ['it is for severe acne that other treatments left', 'basics', /severe/],
    ['it lowers oil', 'how-it-works', /oil/],
    ['it keeps pores open', 'how-it-works', /pores/],
    ['it calms inflammation', 'how-it-works', /inflammation/],
    ['there are fewer acne bacteria', 'how-it-works', /bacteria/],
    ['80 to 90% get much better', 'effectiveness', /80 to 90%/],
    ['a course takes 16 to 20 weeks', 'dosing', /16 to 20 weeks/],
    ['weight, severity and response set the dose', 'dosing', /weight/],
    ['60 to 70% stay clear', 'permanence', /60 to 70%/],
    ['30 to 40% may see acne again', 'permanence', /30 to 40%/],
    ['relapse may come months or years later', 'permanence', /years/],
    ['hormones bring acne back', 'permanence', /[Hh]ormon/],
    ['PCOS', 'permanence', /PCOS|polycystic/],
    ['severity and relapse', 'permanence', /severe/],
    ['genes', 'permanence', /[Gg]ene/],
    ['realistic expectations', 'permanence', /expect/],
    ['maintenance treatment', 'maintenance', /[Mm]aintenance|retinoid/],
    ['a second course', 'second-course', /second/],
    ['dry skin, lips and eyes', 'side-effects', /[Dd]ry/],
    ['moisturizer and lip balm', 'side-effects', /balm|moisturizer/],
    ['joint and muscle pain', 'side-effects', /joint/],
    ['sun', 'side-effects', /sun/],
    ['liver enzymes and cholesterol', 'side-effects', /cholesterol|liver/],
    ['regular blood tests', 'monitoring', /blood test/],
    ['check-ups', 'monitoring', /check|visit/],
    ['mood and depression', 'mental-health', /depression/],
    ['the link to mood is debated', 'mental-health', /debate|disput|agree|clear|unsettled/],
    ['birth defects, never in pregnancy', 'pregnancy', /birth defect/],
  ])('%s', (_, topic, sign) => {
    const said = citing
      .filter((passage) => passage.topic === topic)
      .flatMap(({ text, sentences }) =>
        sentences.filter(({ sources }) => sources.includes('S1')).map(({ start, end }) => text.slice(start, end)),
      );
    expect(said.filter((sentence) => sign.test(sentence))).not.toEqual([]);
  });

  // It can't be published, so it lies outside the project and is not there for everyone.
  const article = path.join(projectRoot(), '../shared/facts/seed-article.txt');
  const there = existsSync(article);
  test.skipIf(!there)(
    `is not copied: no 8 of its words in a row${there ? '' : ' (skipped: the article is not here)'}`,
    () => {
      const runs = new Set(runsOf(readFileSync(article, 'utf8')));
      const copied = pack.passages.flatMap(({ id, title, text }) =>
        [title, text]
          .flatMap(runsOf)
          .filter((run) => runs.has(run))
          .map((run) => `${id}: ${run}`),
      );
      expect(copied).toEqual([]);
    },
  );
});

function runsOf(text: string): string[] {
  const all = words(text);
  return all.slice(7).map((_, at) => all.slice(at, at + 8).join(' '));
}

/** A term of the field counts as one word of one syllable, whether or not it has several words or a plural -s. */
function createGrade({ lexicon }: Pack): (passage: Passage) => number {
  const names = lexicon
    .flatMap(({ term, also }) => [term, ...also])
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const term = new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.join('|')})(?:'s|s)?(?![\\p{L}\\p{N}])`, 'giu');
  return ({ text, sentences }) => {
    const counted =
      text
        .replace(/’/g, "'")
        .replace(term, 'drug')
        .match(/[\p{L}\p{N}'-]+/gu) ?? [];
    return fleschKincaid({
      sentence: sentences.length,
      word: counted.length,
      syllable: counted.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0),
    });
  };
}
