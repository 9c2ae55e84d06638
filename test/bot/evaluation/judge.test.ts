import { describe, expect, it } from 'vitest';
import { judge } from '../../../bot/evaluation/judge.ts';
import type { Reply } from '../../../bot/reply.ts';
import { answer, expectation, quoteOf, refer, unanswered, urgent } from '../../support/judged.ts';

describe('judge', () => {
  it('accepts a kind that is listed, first or not', () => {
    expect(verdict({ kinds: ['refer', 'answer'] }, answer('x')).acceptable).toBe(true);
  });

  it('refuses a kind that must not be, even where it is listed', () => {
    expect(verdict({ kinds: ['answer'], mustNotKinds: ['answer'] }, answer('x')).acceptable).toBe(false);
  });

  it('asks one pattern of each group', () => {
    const must = [['oil', 'sebum'], ['glands']];
    expect(verdict({ must }, answer('Sebum falls as the glands shrink.')).acceptable).toBe(true);
    expect(verdict({ must }, answer('Sebum falls.')).missing).toEqual(['glands']);
  });

  it('finds what it must in any of several quotes', () => {
    const reply = answer('', { quotes: [quoteOf('Sebum falls.'), quoteOf('The glands shrink.')] });
    expect(verdict({ must: [['sebum'], ['glands']] }, reply).acceptable).toBe(true);
  });

  it('keeps a pattern that excludes the pilcrow inside one quote', () => {
    const must = [['blood[^¶]*month']];
    const apart = answer('', { quotes: [quoteOf('No blood.'), quoteOf('One month.')] });
    expect(verdict({ must }, apart).acceptable).toBe(false);
    expect(verdict({ must }, answer('No blood for one month.')).acceptable).toBe(true);
  });

  it('sees curly quotes, odd spaces and odd hyphens as plain ones', () => {
    const must = [["don't use twenty-five"]];
    expect(verdict({ must }, answer('Don’t\u00a0use\u202ftwenty\u2011five')).acceptable).toBe(true);
  });

  it('asks nothing of a referral without quotes, but of one with quotes where told to', () => {
    const line = { kinds: ['refer'], must: [['prescriber']], mustFor: ['refer'] };
    expect(verdict(line, refer('personal_dosing')).acceptable).toBe(true);
    expect(verdict(line, refer('personal_dosing', { quotes: [quoteOf('Something else.')] })).acceptable).toBe(false);
  });

  it('finds forbidden words anywhere in a reply but in questions and ids', () => {
    const line = { kinds: ['unanswered', 'clarify'], mustNot: ['take 40 mg'] };
    expect(verdict(line, unanswered({ message: 'Please take 40 mg.' })).forbidden).toBe('take 40 mg');
    const asks: Reply = { ...unanswered(), kind: 'clarify', options: [{ question: 'May I take 40 mg?' }] };
    expect(verdict(line, asks).acceptable).toBe(true);
  });

  it('wants somebody to call where the question says so', () => {
    const line = { kinds: ['unanswered'], mustContacts: true };
    expect(verdict(line, unanswered()).acceptable).toBe(false);
    expect(verdict(line, unanswered({ contacts: [{ label: 'Clinic' }] })).acceptable).toBe(true);
  });

  it('notes a wrong category or reason without refusing the reply', () => {
    const alarm = verdict({ kinds: ['urgent'], category: ['liver'] }, urgent('vision'));
    expect(alarm).toMatchObject({ acceptable: true, categoryRight: false });
    const referral = verdict({ kinds: ['refer'], reason: ['illicit_access'] }, refer('personal_dosing'));
    expect(referral).toMatchObject({ acceptable: true, reasonRight: false });
  });

  it('calls an answer wrong where none is due, or where it misses what it must say', () => {
    expect(verdict({ kinds: ['unanswered'] }, answer('x')).wrongAnswer).toBe(true);
    expect(verdict({ must: [['y']] }, answer('x')).wrongAnswer).toBe(true);
    expect(verdict({ must: [['x']] }, answer('x')).wrongAnswer).toBe(false);
    expect(verdict({ kinds: ['answer'] }, unanswered()).wrongAnswer).toBe(false);
  });

  it('finds promises of the reply that are broken', () => {
    const reply = urgent('liver', { contacts: [], disclaimers: [] });
    expect(verdict({ kinds: ['urgent'] }, reply).faults).toEqual(['urgent without contacts', 'no disclaimer']);
    const verdictOnQuote = judge({ expected: expectation({}), reply: answer('x'), isVerbatim: () => false });
    expect(verdictOnQuote.faults).toEqual(['quote that is not in the pack']);
  });
});

function verdict(line: Record<string, unknown>, reply: Reply) {
  return judge({ expected: expectation(line), reply, isVerbatim: () => true });
}
