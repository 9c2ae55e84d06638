import type { Pack, Passage } from '../../knowledge/pack/pack.ts';

const RELAPSE_TEXT =
  'Acne comes back in some people — about 1 in 3. A second course is possible.\n\nAsk your prescriber first.';
const LIPS_TEXT = 'Dry lips are the commonest effect. A plain balm helps.';

const relapse: Passage = {
  id: 'tiny/permanence/does-it-come-back',
  topic: 'permanence',
  title: 'Whether acne comes back',
  text: RELAPSE_TEXT,
  questions: ['Does acne come back?'],
  regions: ['all'],
  sentences: [
    { start: 0, end: 46, sources: ['T1', 'T2'] },
    { start: 47, end: 75, sources: ['T1'] },
    { start: 77, end: RELAPSE_TEXT.length, sources: [] },
  ],
  review: { status: 'unreviewed' },
  contentHash: 'aa',
  file: 'passages/permanence/does-it-come-back.md',
};

const lips: Passage = {
  id: 'tiny/side-effects/dry-lips',
  topic: 'side-effects',
  title: 'Dry lips',
  text: LIPS_TEXT,
  questions: ['What helps with dry lips?'],
  regions: ['US', 'UK'],
  sentences: [
    { start: 0, end: 34, sources: ['T2'] },
    { start: 35, end: LIPS_TEXT.length, sources: ['T2'] },
  ],
  review: { status: 'reviewed', by: 'Dermatology nurse', on: '2026-01-10', due: '2026-12-01', hash: 'bb' },
  contentHash: 'bb',
  file: 'passages/side-effects/dry-lips.md',
};

/** Two passages, two sources: what a channel's tests need to see every field of a quote. */
export const tinyPack: Pack = {
  id: 'tiny',
  title: 'Tiny',
  audience: 'Tests',
  starters: ['Does acne come back?', 'What helps with dry lips?'],
  passages: [relapse, lips],
  sources: new Map([
    [
      'T1',
      {
        id: 'T1',
        title: 'A trial',
        organisation: 'A university',
        url: 'https://example.org/trial',
        date: '2024-05',
        read: 'full',
      },
    ],
    ['T2', { id: 'T2', title: 'A leaflet', organisation: 'A clinic', read: 'abstract', note: 'not for readers' }],
  ]),
  lexicon: [],
  messages: {},
  disclaimers: [{ id: 'general', text: { en: 'General information only.', es: 'Solo información general.' } }],
  outOfScope: [],
  otherSubjects: [],
  subject: 'isotretinoin',
  hash: 'cc',
};
