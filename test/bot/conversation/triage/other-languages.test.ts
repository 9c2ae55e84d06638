import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createOtherLanguages } from '../../../../bot/conversation/triage/other-languages.ts';
import type { RuleHit } from '../../../../bot/conversation/triage/rules.ts';
import { type LanguageRules, loadSafety } from '../../../../knowledge/pack/safety.ts';
import { projectRoot } from '../../../../knowledge/project-root.ts';

const root = projectRoot();
const core = loadSafety(path.join(root, 'knowledge/safety')).languages;
const fired = (found: ReadonlyMap<string, readonly RuleHit[]>) =>
  [...found].flatMap(([category, hits]) => (hits.some(({ stoppedBy }) => stoppedBy.length === 0) ? [category] : []));

function language(rules: Partial<LanguageRules>): LanguageRules {
  const guards = { negation: [], information: [], hypothetical: [], past: [] };
  return {
    language: 'xx',
    name: 'Test',
    groups: {},
    guards,
    dangers: {},
    examples: {},
    counter_examples: [],
    ...rules,
  };
}
const listening = (...phrases: string[]) =>
  createOtherLanguages([language({ dangers: { other: [{ id: 'it', says: 'It', phrases }] } })]);

describe('messages and phrases meet in the same form', () => {
  test.each([
    ['accents', 'está embarazada', 'ESTA EMBARAZADA'],
    ['letters that carry no accent but look so', 'połknęła', 'polknela'],
    ['an apostrophe', "j'ai mal", 'j’ai mal'],
    ['stretched letters', 'ayuda', 'ayudaaaaa'],
    ['signs without spaces between', '想死', '我真的想死了'],
    ['a gap of signs', '吃.. 盒', '我吃了一整盒'],
    ['Arabic spelled in two ways', 'أنا حامل', 'انا حامل'],
    ['an Arabic article and "and"', 'حلق', 'والحلق'],
    ['invisible letters', 'quiero morir', 'quie\u200Bro mo\u200Brir'],
    ['Hindi with and without its dots', 'पढ़ाई', 'पढाई'],
    ['two short sentences that are one thought', 'test positivo', 'Hice un test. Positivo!'],
  ])('%s', (_, phrase, message) => {
    expect(fired(listening(phrase)(message))).toEqual(['other']);
  });

  test('not across the end of a sentence', () => {
    const look = listening('toda la caja');
    expect(fired(look('Ayer por la noche en casa de mi madre lo tomé toda. La caja es azul y la tengo aquí.'))).toEqual(
      [],
    );
  });
});

test('what denies, asks or imagines stops a rule, unless the rule says otherwise', () => {
  const guards = { negation: ['no'], information: ['puede causar'], hypothetical: [], past: [] };
  const rules = { id: 'it', says: 'It', phrases: ['embarazada'] };
  const look = createOtherLanguages([language({ guards, dangers: { pregnancy: [rules] } })]);
  expect(fired(look('no estoy embarazada'))).toEqual([]);
  expect(look('no estoy embarazada').get('pregnancy')?.[0]?.stoppedBy).toEqual(['negation']);
  expect(fired(look('estoy embarazada'))).toEqual(['pregnancy']);
  const despite = { ...rules, despite: ['negation' as const] };
  const listening = createOtherLanguages([language({ guards, dangers: { pregnancy: [despite] } })]);
  expect(fired(listening('no sé, estoy embarazada'))).toEqual(['pregnancy']);
});

test('a phrase that can’t be read is shown', () => {
  expect(() => listening('(toda la caja')).toThrow(/\( toda la caja.*"\)" is missing/);
});

describe.each(core)('the core’s rules for $name', (rules) => {
  const look = createOtherLanguages([rules]);

  test('find the danger in each of their examples', () => {
    const missed = Object.entries(rules.examples).flatMap(([category, list]) =>
      list.filter((message) => !fired(look(message)).includes(category)),
    );
    expect(missed).toEqual([]);
  });

  test('find nothing in their counter-examples', () => {
    expect(rules.counter_examples.filter((message) => fired(look(message)).length > 0)).toEqual([]);
  });
});

test('no rule of another language fires in a harmless English message', () => {
  const look = createOtherLanguages(core);
  const folder = path.join(root, 'test/questions/tune');
  const harmless = readdirSync(folder)
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as { q: string; kinds: string[]; bucket: string })
    .filter(({ kinds }) => kinds[0] !== 'urgent');
  expect(harmless.length).toBeGreaterThan(1000);
  expect(harmless.filter(({ q }) => fired(look(q)).length > 0)).toEqual([]);
});
