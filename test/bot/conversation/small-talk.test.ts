import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSmallTalk } from '../../../bot/conversation/small-talk.ts';
import { loadSafety } from '../../../knowledge/pack/safety.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';

const { words } = loadSafety(path.join(projectRoot(), 'knowledge/safety'));
const smallTalk = createSmallTalk(words);

describe('createSmallTalk', () => {
  it.each([
    ['hi', 'hello'],
    ['Hello there!', 'hello'],
    ['Good morning', 'hello'],
    ['good evening team', 'hello'],
    ['thanks', 'thanks'],
    ['ok great thanks a million', 'thanks'],
    ["That's helpful, thank you so much!", 'thanks'],
    ['thats helpful', 'thanks'],
    ['bye', 'goodbye'],
    ['have a nice day', 'goodbye'],
    ['thanks, good night', 'thanks'],
    ['hi, thanks', 'thanks'],
    ['ok', 'thanks'],
    ['fine', 'thanks'],
    ['alright, cheers for telling me', 'thanks'],
    ['how r u', 'hello'],
    ['HELP', 'help'],
    ['hi, can you help me?', 'help'],
    ['I have a question', 'help'],
  ])('hears "%s" as %s', (message, kind) => {
    expect(smallTalk(message)).toBe(kind);
  });

  it.each([
    'hi, does acne come back?',
    'thanks, and how long does it last',
    'good for acne?',
    'help with dry lips',
    'I have a question about alcohol',
    'is that ok?',
    'ok and then',
    'is it good in the morning or the evening',
    'bye bye acne, hello scars',
    'my night vision',
    '',
    '👋',
  ])('hears more, or less, than small talk in "%s"', (message) => {
    expect(smallTalk(message)).toBeUndefined();
  });

  it('spells out choices in brackets, also one inside another', () => {
    const nested = createSmallTalk({
      smallTalk: { hello: ['good (day|(early|late) evening)'], thanks: [], acknowledge: [], goodbye: [], help: [] },
    });
    expect(['good day', 'good early evening', 'good late evening', 'good early'].map(nested)).toEqual([
      'hello',
      'hello',
      'hello',
      undefined,
    ]);
  });
});
