import { describe, expect, it } from 'vitest';
import { cluesOf, PLACES } from '../../../../bot/conversation/triage/clues.ts';
import type { RuleHit } from '../../../../bot/conversation/triage/rules.ts';

const sentence = (text: string, question = false) => ({ words: text.split(' '), question });
const words = (...texts: string[]) =>
  new Set(
    cluesOf(
      texts.map((text) => sentence(text)),
      [],
      () => true,
    ).words,
  );
const hit: RuleHit = { rule: 'yellow', says: 'yellow skin', strength: 'sure', matched: 'yellow', stoppedBy: [] };
const rules = (label: string, found: RuleHit) =>
  cluesOf([sentence('yellow')], [{ label, rules: [found] }], (name) => name !== 'personal_dosing').rules;

describe('cluesOf', () => {
  it('finds nothing in nothing', () => {
    expect(cluesOf([], [], () => true)).toEqual({ words: [], rules: [] });
  });

  it('gives every clue a place, each once', () => {
    const { words: places } = cluesOf([sentence('my eyes my eyes are yellow')], [], () => true);
    expect(new Set(places).size).toBe(places.length);
    expect(places.every((place) => Number.isInteger(place) && place >= 0 && place < PLACES)).toBe(true);
  });

  it('sees the same in forms of a word, and much the same in a misspelt one', () => {
    expect(words('relapsing')).toEqual(words('relapsed'));
    const shared = [...words('vomitting blood')].filter((place) => words('vomiting blood').has(place));
    expect(shared.length).toBeGreaterThan(0.4 * words('vomiting blood').size);
  });

  it('tells words in another order, in two sentences, and asked from told apart', () => {
    expect(words('not dead')).not.toEqual(words('dead not'));
    expect(words('not dead')).not.toEqual(words('not', 'dead'));
    expect(cluesOf([sentence('dead', true)], [], () => true).words).not.toEqual(
      cluesOf([sentence('dead')], [], () => true).words,
    );
  });

  it('tells rules that fired from rules that were stopped, by label and by kind', () => {
    const fired = rules('liver', hit);
    const stopped = rules('liver', { ...hit, stoppedBy: ['negation'] });
    expect(fired).toHaveLength(2);
    expect(stopped.filter((place) => fired.includes(place))).toEqual([]);
    const other = rules('hearing', hit);
    expect(other.filter((place) => fired.includes(place))).toHaveLength(1);
    expect(rules('personal_dosing', hit).filter((place) => fired.includes(place))).toEqual([]);
  });
});
