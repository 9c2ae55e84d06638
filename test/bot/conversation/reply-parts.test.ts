import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { disclaimersFor, nextQuestions, say } from '../../../bot/conversation/reply-parts.ts';
import { REFERRAL_REASONS, type ReplyKind } from '../../../bot/reply.ts';
import { LANGUAGES, type Pack } from '../../../knowledge/pack/pack.ts';
import { loadPack } from '../../../knowledge/pack/read-pack.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { tinyPack } from '../../support/tiny-pack.ts';

const isotretinoin = loadPack(path.join(projectRoot(), 'knowledge/isotretinoin'));
const KINDS: readonly ReplyKind[] = ['answer', 'urgent', 'refer', 'clarify', 'unanswered'];

describe('the messages that come with the bot', () => {
  const source = readFileSync(path.join(projectRoot(), 'bot/conversation/respond.ts'), 'utf8');
  const named = [
    ...(source.match(/(?<=')(?:answer|after|urgent|unanswered|clarify|refer|thanks|clinic)_[a-z_]+(?=')/g) ?? []),
    ...REFERRAL_REASONS.map((reason) => `refer_${reason}`),
    ...['greeting', 'hello', 'thanks', 'goodbye', 'answer', 'unanswered', 'clarify'],
  ];

  it.each([...new Set(named)])('hold "%s", which a reply may need, in every language', (name) => {
    for (const language of LANGUAGES) expect(say(isotretinoin, name, language).trim()).not.toBe('');
  });

  it.each(Object.entries(isotretinoin.messages))(
    'leave the same gaps in every language, and only ones that are filled (%s)',
    (_, texts) => {
      const gaps = (text: string) => [...text.matchAll(/\{(\w*)\}/g)].map(([, gap]) => gap).toSorted();
      for (const gap of gaps(texts.en)) expect(['clinic', 'region', 'question', 'dangers']).toContain(gap);
      expect(gaps(texts.es)).toEqual(gaps(texts.en));
    },
  );
});

describe('the disclaimers that come with the bot', () => {
  const topics = [...new Set(isotretinoin.passages.map(({ topic }) => topic))];

  it.each(KINDS)('are never missing under a reply that is: %s', (kind) => {
    for (const language of LANGUAGES) {
      for (const about of [[], ...topics.map((topic) => [topic])]) {
        const found = disclaimersFor(isotretinoin, { kind, topics: about, language });
        expect(found.map(({ id }) => id)).toContain('general');
        for (const { text } of found) expect(text.trim()).not.toBe('');
      }
    }
  });
});

describe('disclaimersFor', () => {
  const text = { en: 'English', es: 'Español' };
  const pack: Pack = {
    ...tinyPack,
    disclaimers: [
      { id: 'always', text },
      { id: 'by-topic', topics: ['mood', 'men'], text },
      { id: 'by-kind', kinds: ['urgent'], text },
      { id: 'by-both', topics: ['mood'], kinds: ['answer'], text },
    ],
  };
  const ids = (kind: ReplyKind, ...topics: string[]) =>
    disclaimersFor(pack, { kind, topics, language: 'en' }).map(({ id }) => id);

  it('gives those of the kind of reply, and of each topic quoted', () => {
    expect(ids('unanswered')).toEqual(['always']);
    expect(ids('urgent')).toEqual(['always', 'by-kind']);
    expect(ids('refer', 'lips', 'men')).toEqual(['always', 'by-topic']);
    expect(ids('answer', 'mood')).toEqual(['always', 'by-topic', 'by-both']);
  });

  it('gives them in the language asked for', () => {
    expect(disclaimersFor(pack, { kind: 'answer', topics: [], language: 'es' })).toEqual([
      { id: 'always', text: 'Español' },
    ]);
  });
});

describe('say', () => {
  const pack: Pack = { ...tinyPack, messages: { ask: { en: 'Ask {clinic}, {clinic} or {nobody}.', es: 'Pregunta.' } } };

  it('fills every gap that it is given something for', () => {
    expect(say(pack, 'ask', 'en', { clinic: "Skin & Co. $& $1 {nobody's}" })).toBe(
      "Ask Skin & Co. $& $1 {nobody's}, Skin & Co. $& $1 {nobody's} or {nobody}.",
    );
  });

  it('names the message that is missing', () => {
    expect(() => say(pack, 'none', 'en')).toThrow(/messages\.yaml has no "none"/);
  });
});

describe('nextQuestions', () => {
  const next = (passages: number[], asked: string, most = 3) => nextQuestions(tinyPack, { passages, asked, most });

  it('gives the first question of each passage, up to as many as are wanted', () => {
    expect(next([1, 0], '')).toEqual(['What helps with dry lips?', 'Does acne come back?']);
    expect(next([1, 0], '', 1)).toEqual(['What helps with dry lips?']);
  });

  it('leaves out what was just asked, what was given already, and what there is not', () => {
    expect(next([0, 0, 1, 7], ' does ACNE come back? ')).toEqual(['What helps with dry lips?']);
  });
});
