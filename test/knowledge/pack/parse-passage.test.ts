import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePassage } from '../../../knowledge/pack/parse-passage.ts';

const FRONT = '---\nquestions:\n  - are dry lips common?\nregions: [all]\nreview: { status: unreviewed }\n---\n';
const FIRST_BODY_LINE = 7;

const parse = (raw: string, file = 'passages/skin/dry-lips.md') => parsePassage({ packId: 'small', file, raw });

function parsed(body: string, front = FRONT) {
  const { passage, findings, lineAt } = parse(front + body);
  if (!passage) throw new Error(`not a passage: ${findings.map((finding) => finding.message).join()}`);
  const sentences = passage.sentences.map(({ start, end, sources }) => ({
    text: passage.text.slice(start, end),
    sources,
  }));
  return { passage, sentences, lineAt };
}

describe('a passage', () => {
  test('takes its id from pack, topic and file', () => {
    expect(parsed('# Dry lips\nText.').passage).toMatchObject({ id: 'small/skin/dry-lips', topic: 'skin' });
  });

  test('has title, text, questions, regions and review', () => {
    expect(parsed('# Dry lips\nLips dry out.[^S1]').passage).toMatchObject({
      title: 'Dry lips',
      text: 'Lips dry out.',
      questions: ['are dry lips common?'],
      regions: ['all'],
      review: { status: 'unreviewed' },
    });
  });

  test('may carry a signature', () => {
    const review = '{ status: reviewed, by: Pharmacist, on: 2026-11-20, due: 2027-11-20, hash: abc }';
    const { passage } = parsed('# T\nText.', FRONT.replace('{ status: unreviewed }', review));
    expect(passage.review).toEqual({
      status: 'reviewed',
      by: 'Pharmacist',
      on: '2026-11-20',
      due: '2027-11-20',
      hash: 'abc',
    });
  });

  test('joins the lines of a paragraph by a space and keeps paragraphs apart', () => {
    expect(parsed('# T\nOne goes\non.\n\n\nTwo.').passage.text).toBe('One goes on.\n\nTwo.');
  });

  test('reads the same from CRLF and behind a byte order mark', () => {
    const raw = `${FRONT}# T\nOne.[^S1]\n\nTwo.[^S2]\n`;
    expect(parse(`\uFEFF${raw.replaceAll('\n', '\r\n')}`).passage).toEqual(parse(raw).passage);
  });
});

describe('source marks', () => {
  test('belong to the sentence they stand behind, and are taken out of the text', () => {
    expect(parsed('# T\nOne.[^S1][^S2] Two.[^S3b] Ask.').sentences).toEqual([
      { text: 'One.', sources: ['S1', 'S2'] },
      { text: 'Two.', sources: ['S3b'] },
      { text: 'Ask.', sources: [] },
    ]);
  });

  test('belong to the sentence they stand in', () => {
    expect(parsed('# T\nLips[^S1] dry out[^S2]. Eyes too.[^S3]').sentences.map(({ sources }) => sources)).toEqual([
      ['S1', 'S2'],
      ['S3'],
    ]);
  });

  test('count once for a sentence', () => {
    expect(parsed('# T\nLips[^S1] dry out.[^S1]').sentences[0]?.sources).toEqual(['S1']);
  });

  test('at the end of a line stay with its sentence', () => {
    expect(parsed('# T\nOne.[^S1]\nTwo.[^S2]').sentences.map(({ sources }) => sources)).toEqual([['S1'], ['S2']]);
  });

  test('at the end of a paragraph stay with its sentence', () => {
    expect(parsed('# T\nOne.[^S1]\n\nTwo.').sentences.map(({ sources }) => sources)).toEqual([['S1'], []]);
  });

  test('leave no trace in the text, wherever they stand', () => {
    const word = fc.constantFrom('Lips', 'dry', 'out.', 'Why?', '0.5 mg/kg', 'Dr. Who', '\u{1F525}', '\n', '\n\n');
    const mark = fc.constantFrom('[^S1]', '[^S2b]', '');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, mark), { minLength: 1 }), (pairs) => {
        const marked = pairs.map(([text, id]) => text + id).join(' ');
        const plain = pairs.map(([text]) => text).join(' ');
        const text = parse(`${FRONT}# T\n${marked}`).passage?.text ?? '';
        expect(text.replace(/\s/g, '')).toBe(plain.replace(/\s/g, ''));
      }),
    );
  });
});

describe('the content hash', () => {
  const hash = (body: string, front = FRONT) => parsed(body, front).passage.contentHash;
  const before = hash('# T\nOne.[^S1] Two.');

  test.each([
    ['title', '# U\nOne.[^S1] Two.'],
    ['text', '# T\nOne.[^S1] Three.'],
    ['source', '# T\nOne.[^S2] Two.'],
    ['place of a source', '# T\nOne. Two.[^S1]'],
  ])('changes with the %s', (_, body) => {
    expect(hash(body)).not.toBe(before);
  });

  test('stays when questions change or lines are broken elsewhere', () => {
    expect(hash('# T\n\nOne.[^S1]\nTwo.\n', FRONT.replace('are dry lips common?', 'dry lips'))).toBe(before);
  });
});

test('lineAt gives the line of the file for every place in the text', () => {
  const { passage, lineAt } = parsed('# T\n\nOne goes\non.[^S1]\n\nTwo.');
  const line = (text: string) => lineAt(passage.text.indexOf(text)) - FIRST_BODY_LINE;
  expect([line('One'), line('on.'), line('Two')]).toEqual([2, 3, 5]);
});

describe('what is wrong with a file', () => {
  const found = (raw: string, file?: string) => parse(raw, file).findings.map(({ line, code }) => `${line} ${code}`);

  test.each([
    ['no front matter', '# T\nText.', '1 unreadable'],
    ['front matter that is no YAML', FRONT.replace('[all]', '[all'), '5 unreadable'],
    ['no heading', `${FRONT}Text.`, '7 unreadable'],
    ['no text', `${FRONT}# T\n`, '7 unreadable'],
    ['no questions', '---\nregions: [all]\nreview: { status: unreviewed }\n---\n# T\nText.', '2 missing-question'],
    ['a question that is no text', `${FRONT.replace('are dry lips common?', '17')}# T\nText.`, '3 missing-question'],
    ['a region there is not', `${FRONT.replace('[all]', '[FR]')}# T\nText.`, '4 unknown-region'],
    ['a list of regions that is empty', `${FRONT.replace('[all]', '[]')}# T\nText.`, '4 unknown-region'],
    [
      'a date there is not',
      `${FRONT.replace('{ status: unreviewed }', '{ status: reviewed, by: Me, on: 2026-02-30, due: 2027-01-01, hash: x }')}# T\nText.`,
      '5 bad-date',
    ],
  ])('%s', (_, raw, expected) => {
    expect(found(raw)).toEqual([expected]);
  });

  test('a region in a list of several lines is found on its own line', () => {
    expect(found(`${FRONT.replace('[all]', '\n  - UK\n  - FR')}# T\nText.`)).toEqual(['6 unknown-region']);
  });

  test('a file outside the folder of a topic', () => {
    expect(found(`${FRONT}# T\nText.`, 'passages/dry-lips.md')).toEqual(['1 unreadable']);
  });
});
