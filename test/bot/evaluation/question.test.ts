import { describe, expect, it } from 'vitest';
import { QuestionFileError, readQuestions } from '../../../bot/evaluation/question.ts';

const ANSWERABLE = '{"id":"a","q":"How does it work?","kinds":["answer"],"bucket":"answerable"}';

describe('readQuestions', () => {
  it('reads a question with its defaults', () => {
    expect(readQuestions(ANSWERABLE, 'a.jsonl')).toEqual([
      {
        id: 'a',
        bucket: 'answerable',
        dialog: false,
        turns: [
          {
            q: 'How does it work?',
            kinds: ['answer'],
            mustNotKinds: [],
            category: [],
            reason: [],
            must: [],
            mustFor: ['answer'],
            mustNot: [],
            mustContacts: false,
            note: '',
          },
        ],
      },
    ]);
  });

  it('reads patterns as regular expressions that pass over case', () => {
    const line = ANSWERABLE.replace('"bucket"', '"must":[["skin oil|sebum","^glands"]],"bucket"');
    expect(readQuestions(line, 'a.jsonl')[0]?.turns[0]?.must).toEqual([[/skin oil|sebum/i, /^glands/i]]);
  });

  it('reads a line with turns as a dialog', () => {
    const line =
      '{"id":"d","bucket":"dialog","turns":[{"q":"hi","kinds":["unanswered"]},{"q":"why?","kinds":["answer"]}]}';
    const [dialog] = readQuestions(line, 'd.jsonl');
    expect(dialog?.dialog).toBe(true);
    expect(dialog?.turns.map(({ q }) => q)).toEqual(['hi', 'why?']);
  });

  it('passes over empty lines and fields that it does not know', () => {
    const line = ANSWERABLE.replace('"bucket"', '"facts":["x"],"bucket"');
    expect(readQuestions(`\n${line}\r\n\n`, 'a.jsonl')).toHaveLength(1);
  });

  it('names file, line and field of everything that is wrong', () => {
    const lines = [ANSWERABLE, 'not json', '{"id":"b","q":"?","kinds":["answr"],"bucket":"x","must":[["("]]}'];
    const message = messageOf(() => readQuestions(lines.join('\n'), 'sets/bad.jsonl'));
    expect(message).toContain('sets/bad.jsonl:2  is not JSON');
    expect(message).toContain('sets/bad.jsonl:3  kinds.0: must be one of answer, urgent, refer, clarify, unanswered');
    expect(message).toMatch(/sets\/bad\.jsonl:3 {2}must\.0\.0: Invalid regular expression/);
  });

  it('refuses an id that two lines have', () => {
    expect(messageOf(() => readQuestions(`${ANSWERABLE}\n${ANSWERABLE}`, 'a.jsonl'))).toContain(
      'a.jsonl:2  id: "a" stands on line 1 as well',
    );
  });
});

function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof QuestionFileError) return error.message;
  }
  throw new Error('nothing was thrown');
}
