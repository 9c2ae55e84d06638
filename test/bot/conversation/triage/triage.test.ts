import { describe, expect, it } from 'vitest';
import type { RuleHit } from '../../../../bot/conversation/triage/rules.ts';
import { judge, type Sighting, type Sightings } from '../../../../bot/conversation/triage/triage.ts';

const FITTED = { urgent: 0.6, urgentByRule: 0.2, refer: 0.4, referByRule: 0.1 };
const sure: RuleHit = { rule: 'a-rule', says: 'a danger', strength: 'sure', matched: 'words', stoppedBy: [] };
const likely: RuleHit = { ...sure, strength: 'likely' };
const stopped: RuleHit = { ...sure, stoppedBy: ['negation'] };
const certain: RuleHit = { ...sure, strength: 'certain' };

/** What rules found, by label; the worst danger first. */
function seen(found: Partial<Record<string, RuleHit>>): Sightings {
  const sight = (label: string): Sighting => ({ label, rules: [found[label] ?? []].flat() });
  return {
    dangers: ['self_harm', 'liver', 'muscle_breakdown'].map(sight),
    decisions: ['personal_dosing', 'illicit_access'].map(sight),
    clues: { words: [], rules: [] },
    statesOfPerson: false,
    inOtherLanguage: false,
  };
}

const probably = (values: Record<string, number>) => new Map(Object.entries(values));
const outcome = (found: Parameters<typeof seen>[0], values?: Record<string, number>) =>
  judge(seen(found), values && probably(values), FITTED).outcome;

describe('judge', () => {
  it('is urgent from the threshold on, by the dangers together', () => {
    expect(outcome({}, { liver: 0.6 })).toEqual({ kind: 'urgent', categories: ['liver'] });
    expect(outcome({}, { liver: 0.59 })).toEqual({ kind: 'pass' });
    expect(outcome({}, { liver: 0.35, muscle_breakdown: 0.3 })).toMatchObject({ kind: 'urgent' });
  });

  it('is urgent sooner where a sure rule fired, and not where it was stopped or only likely', () => {
    expect(outcome({ liver: sure }, { liver: 0.2 })).toEqual({ kind: 'urgent', categories: ['liver'] });
    expect(outcome({ liver: sure }, { liver: 0.19 })).toEqual({ kind: 'pass' });
    expect(outcome({ liver: stopped }, { liver: 0.5 })).toEqual({ kind: 'pass' });
    expect(outcome({ liver: likely }, { liver: 0.5 })).toEqual({ kind: 'pass' });
  });

  it('names several dangers, the worst first, whichever is likelier', () => {
    expect(outcome({}, { liver: 0.7, self_harm: 0.25, muscle_breakdown: 0.02 })).toEqual({
      kind: 'urgent',
      categories: ['self_harm', 'liver'],
    });
  });

  it('names a danger that a sure rule named although it is less likely', () => {
    expect(outcome({ muscle_breakdown: sure }, { liver: 0.8, muscle_breakdown: 0.06 })).toEqual({
      kind: 'urgent',
      categories: ['liver', 'muscle_breakdown'],
    });
  });

  it('names the likeliest where none is likely by itself', () => {
    const values = { self_harm: 0.15, liver: 0.19, muscle_breakdown: 0.18 };
    expect(judge(seen({ self_harm: sure }), probably(values), { ...FITTED, urgentByRule: 0.5 }).outcome).toEqual({
      kind: 'urgent',
      categories: ['self_harm'],
    });
    expect(judge(seen({}), probably(values), { ...FITTED, urgent: 0.5 }).outcome).toEqual({
      kind: 'urgent',
      categories: ['liver'],
    });
  });

  it('holds danger above a decision, and a decision above nothing', () => {
    expect(outcome({}, { liver: 0.6, personal_dosing: 0.4 })).toMatchObject({ kind: 'urgent' });
    expect(outcome({}, { liver: 0.3, personal_dosing: 0.4 })).toEqual({ kind: 'refer', reason: 'personal_dosing' });
    expect(outcome({ illicit_access: sure }, { illicit_access: 0.1 })).toEqual({
      kind: 'refer',
      reason: 'illicit_access',
    });
    expect(outcome({}, { personal_dosing: 0.39 })).toEqual({ kind: 'pass' });
  });

  it('refers for the likeliest reason', () => {
    expect(outcome({ personal_dosing: sure }, { personal_dosing: 0.3, illicit_access: 0.5 })).toEqual({
      kind: 'refer',
      reason: 'illicit_access',
    });
  });

  it('lets nothing outweigh a certain rule, such as a phrase of a language that the classifier does not know', () => {
    expect(outcome({ self_harm: certain }, { none: 1 })).toEqual({ kind: 'urgent', categories: ['self_harm'] });
    expect(outcome({ illicit_access: certain }, { answerable: 1 })).toEqual({
      kind: 'refer',
      reason: 'illicit_access',
    });
  });

  it('goes by the rules alone where there is no classifier for the model', () => {
    expect(outcome({ liver: likely })).toEqual({ kind: 'urgent', categories: ['liver'] });
    expect(outcome({ liver: stopped })).toEqual({ kind: 'pass' });
    expect(outcome({ personal_dosing: sure, illicit_access: sure })).toEqual({
      kind: 'refer',
      reason: 'illicit_access',
    });
    expect(outcome({})).toEqual({ kind: 'pass' });
  });

  it('says of every label whether it applied, and what it was worth', () => {
    const { evidence, urgent, refer } = judge(
      seen({ liver: sure }),
      probably({ liver: 0.5, personal_dosing: 0.25 }),
      FITTED,
    );
    expect(evidence.filter(({ applies }) => applies).map(({ label }) => label)).toEqual(['liver']);
    expect(evidence.find(({ label }) => label === 'personal_dosing')?.probability).toBe(0.25);
    expect([urgent, refer]).toEqual([0.5, 0.25]);
  });
});
