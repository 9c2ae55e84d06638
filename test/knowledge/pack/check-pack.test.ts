import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPack } from '../../../knowledge/pack/check-pack.ts';
import { formatFinding, severityOf } from '../../../knowledge/pack/finding.ts';
import { signPassage } from '../../../knowledge/pack/sign.ts';
import {
  BLOOD,
  LIPS,
  passageFile,
  sixQuestions,
  type TemporaryPack,
  temporaryPack,
} from '../../support/temporary-pack.ts';

const TODAY = '2026-11-23';
const LIPS_ID = 'small/skin/dry-lips';

const check = ({ folder, safetyFolder }: TemporaryPack) => checkPack({ folder, safetyFolder, today: TODAY });
const found = (pack: TemporaryPack) => check(pack).map(({ file, line, code }) => `${file}:${line} ${code}`);

/** The sound pack with one thing changed. */
function changed(file: string, from: string | RegExp, to: string): TemporaryPack {
  const pack = temporaryPack();
  const before = pack.read(file);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} holds no ${from}`);
  pack.write(file, after);
  return pack;
}

/** The body of the passage on dry lips; its heading stands on line 12, its text from line 13 on. */
function lipsSaying(text: string): TemporaryPack {
  return temporaryPack({ [LIPS]: passageFile({ questions: sixQuestions('dry lips'), body: `# Dry lips\n${text}` }) });
}

test('a sound pack has no findings', () => {
  expect(found(temporaryPack())).toEqual([]);
});

test('findings come in the order of files and lines', () => {
  const pack = lipsSaying('It hurts.\nBut not much.');
  pack.write('pack/lexicon.yaml', 'terms: none\n');
  expect(found(pack)).toEqual(['lexicon.yaml:1 unreadable']);
  pack.write('pack/lexicon.yaml', 'terms: []\n');
  expect(found(pack)).toEqual([
    'passages/skin/dry-lips.md:13 fact-without-source',
    'passages/skin/dry-lips.md:13 cannot-stand-alone',
    'passages/skin/dry-lips.md:14 fact-without-source',
    'passages/skin/dry-lips.md:14 cannot-stand-alone',
  ]);
});

test('every finding says what is wrong and how to mend it', () => {
  for (const finding of check(lipsSaying('It hurts.[^S9]'))) {
    expect(formatFinding(finding)).toMatch(/^passages\/skin\/dry-lips\.md:13 {2}[a-z-]+ {2}.+\n {4}→ .+$/);
  }
});

test('what can not be read is reported beside what is wrong with the rest', () => {
  const pack = changed(BLOOD, '[^S2]', '');
  pack.write(LIPS, 'nothing');
  expect(found(pack)).toEqual(
    expect.arrayContaining([
      'passages/skin/dry-lips.md:1 unreadable',
      'passages/tests/blood-tests.md:13 fact-without-source',
    ]),
  );
});

describe('sentences', () => {
  const inLips = (text: string) => found(lipsSaying(text)).filter((finding) => finding.startsWith('passages/skin'));

  test('a fact needs a source, and is found on its line', () => {
    expect(inLips('Dry lips are common.[^S1]\nA balm helps.')).toEqual([
      'passages/skin/dry-lips.md:14 fact-without-source',
    ]);
  });

  test.each([
    'Ask',
    'Talk to',
    'Tell',
    'Check with',
    'Call',
    'Contact',
    'Speak to',
    'Bring',
    'Keep',
    'Let',
    'Read',
    'Follow',
    'Write to',
  ])('“%s …” sends the reader to somebody, and needs no source', (verb) => {
    expect(inLips(`Dry lips are common.[^S1] ${verb} a pharmacist.`)).toEqual([]);
  });

  test('a signpost with a figure in it is a fact', () => {
    expect(inLips('Call a doctor after 3 days.')).toEqual(['passages/skin/dry-lips.md:13 fact-without-source']);
  });

  test('a word that only begins like a signpost is none', () => {
    expect(inLips('Keeping lips moist helps.')).toEqual(['passages/skin/dry-lips.md:13 fact-without-source']);
  });

  test.each([
    'It hurts.',
    "It's sore.",
    'Its edge cracks.',
    'This hurts.',
    'That hurts.',
    'They crack.',
    'Their edges crack.',
    'These crack.',
    'Those crack.',
    'He knows.',
    'She knows.',
    'Such lips crack.',
    'Both crack.',
    'However, lips crack.',
    'But lips crack.',
    'And lips crack.',
    'Also, lips crack.',
    'Instead, lips crack.',
    'Otherwise lips crack.',
    'Then lips crack.',
    'Therefore lips crack.',
    'So lips crack.',
    'Either may crack.',
    'Neither cracks.',
    'Or lips crack.',
    'Others crack.',
    '“It hurts,” people say.',
  ])('“%s” can not stand alone', (sentence) => {
    expect(inLips(`Dry lips are common.[^S1]\n${sentence}[^S1]`)).toEqual([
      'passages/skin/dry-lips.md:14 cannot-stand-alone',
    ]);
  });

  test.each([
    'Italy has a rule.',
    'Thistle balm helps.',
    'Orange juice stings.',
    'Sore lips heal.',
    'Andrology asks for it.',
  ])('“%s” stands alone', (sentence) => {
    expect(inLips(`${sentence}[^S1]`)).toEqual([]);
  });
});

describe('sources', () => {
  test('an unknown one is found on the line of its mark', () => {
    const pack = lipsSaying('Dry lips are\ncommon.[^S1][^S9]\nA balm helps.[^S1]');
    expect(found(pack)).toContain('passages/skin/dry-lips.md:14 unknown-source');
  });

  test.each(['[^S-1]', '[S1]', '[^S1'])('%s is no mark, and would be quoted', (mark) => {
    const pack = lipsSaying(`Dry lips are common.[^S1]\nA balm helps.[^S1]${mark}`);
    expect(found(pack)).toContain('passages/skin/dry-lips.md:14 unknown-source');
  });

  test('two with the same id', () => {
    expect(found(changed('pack/sources.yaml', 'id: S2', 'id: S1'))).toContain('sources.yaml:7 duplicate-source');
  });

  test('one that nothing cites is worth a remark, no more', () => {
    const pack = changed('pack/sources.yaml', /$/, '  - { id: S3, title: A, organisation: B, read: full }\n');
    const findings = check(pack);
    expect(findings).toMatchObject([{ file: 'sources.yaml', line: 11, code: 'unused-source' }]);
    expect(findings.map(severityOf)).toEqual(['remark']);
  });

  test('one that only an urgent message cites is cited', () => {
    const pack = changed('safety/urgent/cardiac.yaml', 'sources: [S1]', 'sources: [S3]');
    pack.write(
      'pack/sources.yaml',
      `${pack.read('pack/sources.yaml')}  - { id: S3, title: A, organisation: B, read: full }\n`,
    );
    expect(found(pack)).toEqual([]);
  });

  test.each(['2026-13', '2026-02-30', '2026-12', '2027', '2026-11-24'])('a date can not be %s', (date) => {
    expect(found(changed('pack/sources.yaml', '2024-05', date))).toEqual(['sources.yaml:5 bad-date']);
  });

  test.each(['2026', '2026-11', '2026-11-23'])('a date can be %s', (date) => {
    expect(found(changed('pack/sources.yaml', '2024-05', date))).toEqual([]);
  });
});

describe('duplicates', () => {
  const OTHER = 'pack/passages/skin/sore-lips.md';
  const LONG =
    'Dry lips are one of the things that nearly everybody who takes the capsules will notice within the first few weeks.';
  const two = (one: string, other: string) =>
    temporaryPack({
      [LIPS]: passageFile({ questions: sixQuestions('dry lips'), body: `# Dry\n${one}[^S1]` }),
      [OTHER]: passageFile({ questions: sixQuestions('sore lips'), body: `# Sore\n${other}[^S1]` }),
    });

  test('the same text in two passages, whatever its case and signs', () => {
    expect(found(two('Lips dry out.', 'LIPS dry – out!'))).toEqual(['passages/skin/sore-lips.md:13 duplicate-passage']);
  });

  test('nearly the same text in two passages', () => {
    expect(found(two(LONG, LONG.replace('first few weeks', 'first few days')))).toEqual([
      'passages/skin/sore-lips.md:13 duplicate-passage',
    ]);
  });

  test('a text that shares only its beginning is another', () => {
    expect(
      found(two(LONG, `${LONG.slice(0, 60)} of them find that a balm from the pharmacy is all the help needed.`)),
    ).toEqual([]);
  });

  test('the same question in two passages, on its line', () => {
    const pack = changed(BLOOD, 'tell me of blood tests', '"Tell me – of DRY lips?"');
    expect(found(pack)).toEqual(['passages/tests/blood-tests.md:4 duplicate-question']);
    expect(check(pack)[0]?.message).toContain('passages/skin/dry-lips.md');
  });

  test('the same question twice in one passage', () => {
    expect(found(changed(BLOOD, 'is there blood tests', 'What about blood tests?'))).toEqual([
      'passages/tests/blood-tests.md:5 duplicate-question',
    ]);
  });
});

describe('passages', () => {
  const sentence = (words: number) => `Dry${' lips'.repeat(words - 1)}.[^S1][^S2]`;

  test('120 words are not too long', () => {
    expect(found(lipsSaying(sentence(120)))).toEqual([]);
  });

  test('121 words are', () => {
    expect(found(lipsSaying(`\n${sentence(121)}`))).toEqual(['passages/skin/dry-lips.md:14 too-long']);
  });

  test('five questions are too few', () => {
    expect(found(changed(BLOOD, '  - is there blood tests\n', ''))).toEqual([
      'passages/tests/blood-tests.md:2 missing-question',
    ]);
  });

  test('an unknown region is found on its line', () => {
    expect(found(changed(BLOOD, '[all]', '[FR]'))).toContain('passages/tests/blood-tests.md:9 unknown-region');
  });
});

describe('reviews', () => {
  const signed = (on: string, due: string) => {
    const pack = temporaryPack();
    signPassage({ folder: pack.folder, id: LIPS_ID, by: 'Pharmacist', on, due });
    return pack;
  };

  test('one that holds is fine', () => {
    expect(found(signed('2026-01-01', TODAY))).toEqual([]);
  });

  test('one that is overdue', () => {
    expect(found(signed('2025-01-01', '2026-11-22'))).toEqual(['passages/skin/dry-lips.md:10 review-overdue']);
  });

  test('one that was signed in the future', () => {
    expect(found(signed('2026-11-24', '2027-11-24'))).toEqual(['passages/skin/dry-lips.md:10 bad-date']);
  });

  test('one that was due before it was signed', () => {
    const pack = signed('2026-01-01', '2027-01-01');
    pack.write(
      LIPS,
      pack.read(LIPS).replace('on: 2026-01-01', 'on: 2026-11-01').replace('due: 2027-01-01', 'due: 2026-10-01'),
    );
    expect(found(pack)).toContain('passages/skin/dry-lips.md:10 bad-date');
  });

  test('one that is void since the words changed', () => {
    const pack = signed('2026-01-01', '2027-01-01');
    pack.write(LIPS, pack.read(LIPS).replace('are common', 'are rare'));
    expect(found(pack)).toEqual(['passages/skin/dry-lips.md:10 signature-void']);
  });

  test('the mending names the passage to sign', () => {
    expect(check(signed('2025-01-01', '2026-11-22'))[0]?.mend).toContain(`sign ${LIPS_ID} `);
  });
});

describe('words', () => {
  test('a name that stands for two terms, on the row of the second', () => {
    expect(found(changed('pack/lexicon.yaml', 'bloods', 'Chapped Lips'))).toEqual(['lexicon.yaml:4 lexicon']);
  });

  test('every name that stands for two terms, not only the first', () => {
    const rows = ['  - { term: a, also: [bloods] }', '  - { term: b, also: [chapped lips] }', ''].join('\n');
    expect(found(changed('pack/lexicon.yaml', /$/, rows))).toEqual([
      'lexicon.yaml:6 lexicon',
      'lexicon.yaml:7 lexicon',
    ]);
  });

  test('a starter that no passage answers', () => {
    expect(found(changed('pack/pack.yaml', /$/, '  - is it raining?\n'))).toEqual(['pack.yaml:7 starter']);
  });

  test('a disclaimer for a topic there is not', () => {
    expect(found(changed('pack/safety/disclaimers.yaml', '[skin]', '[skin, skim]'))).toEqual([
      'safety/disclaimers.yaml:3 disclaimer',
    ]);
  });
});

describe('safety rules', () => {
  const CARDIAC = 'safety/urgent/cardiac.yaml';
  const at = (line: number) => [`../safety/urgent/cardiac.yaml:${line} safety-rule`];

  test('four examples are too few', () => {
    expect(found(changed(CARDIAC, ', pain in my left arm', ''))).toEqual(at(13));
  });

  test('four counter-examples are too few', () => {
    expect(found(changed(CARDIAC, ', acne on my chest', ''))).toEqual(at(14));
  });

  test('none at all are too few', () => {
    expect(found(changed(CARDIAC, /counter_examples.*\n/, ''))).toEqual(at(1));
  });

  test('a danger with neither rules nor examples is never recognized', () => {
    expect(found(changed(CARDIAC, /rules:[\s\S]*$/, ''))).toEqual(at(1));
  });

  test('a message that is example and counter-example at once', () => {
    expect(found(changed(CARDIAC, 'heartburn', 'tight chest'))).toEqual(at(14));
  });

  test('a rule that listens for nothing', () => {
    expect(found(changed(CARDIAC, '    phrases: [chest pain]\n', ''))).toEqual(at(9));
  });

  test('two rules with the same id', () => {
    const twice = '    strength: sure\n  - { id: chest-pain, says: Again, phrases: [angina], strength: sure }\n';
    expect(found(changed(CARDIAC, '    strength: sure\n', twice))).toEqual(at(13));
  });

  test('a quote that is no passage', () => {
    expect(found(changed(CARDIAC, 'quote: small/skin/dry-lips', 'quote: small/skin/lips'))).toEqual(at(7));
  });

  test('signs that no passage tells', () => {
    const two = 'quote: small/skin/dry-lips\nsigns: [small/skin/dry-lips, small/skin/lips]';
    expect(found(changed(CARDIAC, 'quote: small/skin/dry-lips', two))).toEqual(at(8));
  });

  test('no quote is fine', () => {
    expect(found(changed(CARDIAC, 'quote: small/skin/dry-lips', 'quote: null'))).toEqual([]);
  });

  test('an unknown source', () => {
    expect(found(changed(CARDIAC, 'sources: [S1]', 'sources: [S1, S9]'))).toEqual([
      '../safety/urgent/cardiac.yaml:6 unknown-source',
    ]);
  });

  test('two dangers of the same rank', () => {
    const pack = temporaryPack();
    pack.write('safety/urgent/vision.yaml', pack.read(CARDIAC).replace('category: cardiac', 'category: vision'));
    expect(found(pack)).toEqual(['../safety/urgent/vision.yaml:3 safety-rule']);
  });

  test('two files for one danger', () => {
    const pack = temporaryPack();
    pack.write('safety/urgent/heart.yaml', pack.read(CARDIAC).replace('rank: 1', 'rank: 2'));
    expect(found(pack)).toEqual(['../safety/urgent/heart.yaml:1 safety-rule']);
  });

  test('referral rules are checked too', () => {
    expect(found(changed('safety/referral/personal_dosing.yaml', ', is it by weight', ''))).toEqual([
      '../safety/referral/personal_dosing.yaml:4 safety-rule',
    ]);
  });

  describe('in other languages', () => {
    const SPANISH = 'safety/languages/es.yaml';
    const inSpanish = (line: number) => [`../safety/languages/es.yaml:${line} safety-rule`];

    test('four examples of a danger are too few', () => {
      expect(found(changed(SPANISH, ', presion en el pecho]', ']'))).toEqual(inSpanish(11));
    });

    test('four counter-examples are too few', () => {
      expect(found(changed(SPANISH, ', crema para el pecho]', ']'))).toEqual(inSpanish(12));
    });

    test('a message that is example and counter-example at once', () => {
      expect(found(changed(SPANISH, 'granos en el pecho', 'un dolor en el pecho'))).toEqual(inSpanish(12));
    });

    test('a danger that is none of the core', () => {
      const pack = changed(SPANISH, /cardiac:/g, 'heart:');
      expect(found(pack)).toEqual(inSpanish(6));
    });

    test('two rules with the same id', () => {
      const twice = 'dangers:\n  cardiac:\n    - { id: chest-pain, says: Again, phrases: [angina] }';
      expect(found(changed(SPANISH, 'dangers:\n  cardiac:', twice))).toEqual(inSpanish(8));
    });

    test('two files for one language', () => {
      const pack = temporaryPack();
      pack.write('safety/languages/spanish.yaml', pack.read(SPANISH));
      expect(found(pack)).toEqual(['../safety/languages/spanish.yaml:1 safety-rule']);
    });
  });

  test('a core that can not be read', () => {
    const pack = temporaryPack();
    rmSync(path.join(pack.safetyFolder, 'words.yaml'));
    expect(found(pack)).toEqual(['../safety/words.yaml:1 unreadable']);
  });
});

describe('contacts', () => {
  const CONTACTS = 'safety/contacts.yaml';

  test('whose day to be checked again is past', () => {
    expect(found(changed(CONTACTS, '2027-05-01', '2026-11-22'))).toEqual([
      '../safety/contacts.yaml:1 contacts-overdue',
    ]);
  });

  test('that were checked in the future', () => {
    expect(found(changed(CONTACTS, "checked: '2026-11-01'", "checked: '2026-11-24'"))).toEqual([
      '../safety/contacts.yaml:9 bad-date',
    ]);
  });

  test('with a date that is none', () => {
    expect(found(changed(CONTACTS, '2027-05-01', 'next May'))).toContain('../safety/contacts.yaml:1 bad-date');
  });

  test('of a region without an emergency number', () => {
    expect(found(changed(CONTACTS, 'use: emergency', 'use: crisis'))).toEqual(['../safety/contacts.yaml:3 contacts']);
  });
});
