import { describe, expect, test } from 'vitest';
import { proposeQuestions } from '../../../../knowledge/ingest/passages/propose-questions.ts';
import { sentenceQuestions } from '../../../../knowledge/ingest/passages/sentence-questions.ts';

test.each([
  ['Freezing works by killing the cells of the wart.', 'How does freezing work?'],
  ['A wart is a small growth of the skin.', 'What is a wart?'],
  ['Freezing can cause a blister, which dries by itself.', 'Can freezing cause a blister?'],
  ['Healing usually takes about 2 weeks.', 'How long does healing last?'],
  ['Children should avoid the gel.', 'Should children avoid the gel?'],
  ['Avoid hot tubs until the scab is gone.', 'Should I avoid hot tubs until the scab is gone?'],
  ['About 60% of patients need two visits.', 'How many patients need two visits?'],
  ['Some people may need a second treatment.', 'Do I need a second treatment?'],
  ['Pain at night: Take the plaster off before bed.', 'What about pain at night?'],
])('“%s” answers “%s”', (sentence, question) => {
  expect(sentenceQuestions(sentence)).toContain(question);
});

test.each(['It is a small growth.', 'These can cause pain.', 'Which is a pity.', ''])(
  '“%s” answers nothing',
  (sentence) => {
    expect(sentenceQuestions(sentence)).toEqual([]);
  },
);

describe('for a passage', () => {
  const propose = (title: string, taken: readonly string[] = []) =>
    proposeQuestions({
      title,
      headings: [title],
      text: 'Warts shrink slowly over several months without treatment. Plasters keep the skin clean.',
      subject: 'warts',
      isTaken: (question) => taken.includes(question),
    });

  test('a heading that asks is the first question', () => {
    expect(propose('Do warts go by themselves?')[0]).toBe('Do warts go by themselves?');
  });

  test('there are six at least', () => {
    expect(propose('Waiting').length).toBeGreaterThanOrEqual(6);
  });

  test('none is proposed that is taken', () => {
    const [first = ''] = propose('Waiting');
    expect(propose('Waiting', [first])).not.toContain(first);
  });
});
