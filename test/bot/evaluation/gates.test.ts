import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Gates, holdGates, readGates } from '../../../bot/evaluation/gates.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { answer, judged, unanswered } from '../../support/judged.ts';

const gates: Gates = {
  gates: [{ name: 'ours', files: ['sets/*.jsonl'], limits: { answerCorrectStrict: { min: 0.5, of: 2 } } }],
};
const right = judged({ id: 'right' }, answer('x'));
const missed = judged({ id: 'missed' }, unanswered());

describe('holdGates', () => {
  it('passes a share that reaches its limit', () => {
    const [result] = holdGates(gates, new Map([['/here/sets/a.jsonl', [right, missed]]]));
    expect(result).toMatchObject({ gate: 'ours', metric: 'answerCorrectStrict', passed: true, against: [] });
  });

  it('counts the files of a gate together', () => {
    const byFile = new Map([
      ['/here/sets/a.jsonl', [right]],
      ['/here/sets/b.jsonl', [right]],
    ]);
    expect(holdGates(gates, byFile)[0]?.says).toBe('100.0 % (2 of 2), wanted at least 50.0 % of at least 2');
  });

  it('names the questions that keep a share below its limit', () => {
    const [result] = holdGates(gates, new Map([['sets/a.jsonl', [missed, missed]]]));
    expect(result).toMatchObject({ passed: false, against: ['missed', 'missed'] });
  });

  it('does not pass on fewer questions than asked for, nor on none', () => {
    expect(holdGates(gates, new Map([['sets/a.jsonl', [right]]]))[0]?.passed).toBe(false);
    expect(holdGates(gates, new Map([['sets/a.jsonl', []]]))[0]).toMatchObject({
      passed: false,
      says: 'not measured, wanted at least 50.0 % of at least 2',
    });
  });

  it('holds nothing against files of no gate', () => {
    expect(holdGates(gates, new Map([['sets/deeper/a.jsonl', [missed]]]))).toEqual([]);
    expect(holdGates(gates, new Map([['other-sets/a.jsonl', [missed]]]))).toEqual([]);
  });
});

describe('readGates', () => {
  it("reads the project's own limits", () => {
    const text = readFileSync(path.join(projectRoot(), 'test/questions/gates.json'), 'utf8');
    expect(readGates(text).gates.map(({ name }) => name)).toEqual([
      'own checking half',
      'other languages, checking half',
      'shared dev set',
    ]);
  });

  it('reads what has been reached, for the same sets and figures', () => {
    const [wanted, reached] = ['gates', 'floors'].map((name) =>
      readGates(readFileSync(path.join(projectRoot(), `test/questions/${name}.json`), 'utf8')),
    );
    const outline = (gates: Gates | undefined) => gates?.gates.map(({ files, limits }) => [files, Object.keys(limits)]);
    expect(outline(reached)).toEqual(outline(wanted));
  });

  it('refuses a limit on something that is not measured', () => {
    expect(() => readGates('{"gates":[{"name":"x","files":["a"],"limits":{"urgentRecal":{"min":1}}}]}')).toThrow(
      /urgentRecal/,
    );
  });
});
