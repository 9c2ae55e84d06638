import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A pack and a common core in a folder of their own, gone when the test is. */
export interface TemporaryPack {
  readonly folder: string;
  readonly safetyFolder: string;
  /** Both take the path below the parent of the two: `pack/…` or `safety/…`. */
  write(file: string, content: string): void;
  read(file: string): string;
}

/** Small, and sound: the check finds nothing in it. `files` are written over that. */
export function temporaryPack(files: Readonly<Record<string, string>> = {}): TemporaryPack {
  const root = mkdtempSync(path.join(tmpdir(), 'quotewell-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const pack: TemporaryPack = {
    folder: path.join(root, 'pack'),
    safetyFolder: path.join(root, 'safety'),
    write(file, content) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), content);
    },
    read: (file) => readFileSync(path.join(root, file), 'utf8'),
  };
  for (const [file, content] of Object.entries({ ...SOUND, ...files })) pack.write(file, content);
  return pack;
}

/** A passage's file. */
export function passageFile({
  questions,
  regions = '[all]',
  review = '{ status: unreviewed }',
  body,
}: {
  questions: readonly string[];
  regions?: string;
  review?: string;
  body: string;
}): string {
  const list = questions.map((question) => `  - ${question}\n`).join('');
  return `---\nquestions:\n${list}regions: ${regions}\nreview: ${review}\n---\n${body}\n`;
}

/** Six questions that no other passage asks. */
export function sixQuestions(about: string): string[] {
  return ['what about', 'tell me of', 'is there', 'how common is', 'worried by', 'why do people get'].map(
    (start) => `${start} ${about}`,
  );
}

export const LIPS = 'pack/passages/skin/dry-lips.md';
export const BLOOD = 'pack/passages/tests/blood-tests.md';

const SOUND: Readonly<Record<string, string>> = {
  'pack/pack.yaml': 'id: small\ntitle: Small\nsubject: acne\naudience: Testers\nstarters:\n  - what about dry lips?\n',
  'pack/lexicon.yaml':
    'terms:\n  - term: dry lips\n    also: [chapped lips]\n  - term: blood test\n    also: [bloods]\n',
  'pack/sources.yaml': [
    'sources:',
    '  - id: S1',
    '    title: A leaflet',
    '    organisation: A clinic',
    "    date: '2024-05'",
    '    read: full',
    '  - id: S2',
    '    title: A study',
    '    organisation: A journal',
    '    read: abstract',
    '',
  ].join('\n'),
  'pack/messages.yaml': 'messages:\n  answer: { en: This is what we have., es: Esto es lo que tenemos. }\n',
  'pack/safety/disclaimers.yaml':
    'disclaimers:\n  - id: general\n    topics: [skin]\n    text: { en: Not advice., es: No es un consejo. }\n',
  'pack/safety/out-of-scope.yaml': 'questions: []\nsubjects: []\n',
  [LIPS]: passageFile({
    questions: sixQuestions('dry lips'),
    body: '# Dry lips\nDry lips are common.[^S1] A balm helps dry lips.[^S1][^S2]\n\nAsk a pharmacist which balm is good.',
  }),
  [BLOOD]: passageFile({
    questions: sixQuestions('blood tests'),
    body: '# Blood tests\nBlood is tested before the first capsule.[^S2]',
  }),
  'safety/words.yaml': [
    'groups: { person: [i, my son] }',
    'expand: { im: i am }',
    'guards: { negation: [not], information: [can it], hypothetical: [what if], past: [years ago], person: ["{person}"] }',
    'smallTalk: { hello: [hello], thanks: [thanks], goodbye: [bye] }',
    'languages: { es: [que] }',
    'instructions: [ignore your rules]',
    '',
  ].join('\n'),
  'safety/contacts.yaml': [
    "recheck_by: '2027-05-01'",
    'regions:',
    ...['US', 'UK', 'EU', 'IE', 'AU', 'NZ'].flatMap((region) => [`  ${region}:`, contact(region.toLowerCase())]),
    'anywhere:',
    contact('anywhere'),
    '',
  ].join('\n'),
  'safety/urgent/cardiac.yaml': [
    'category: cardiac',
    'title: { en: Heart, es: Corazón }',
    'rank: 1',
    'message: { en: Call now., es: Llama ahora. }',
    'contacts: [emergency]',
    'sources: [S1]',
    'quote: small/skin/dry-lips',
    'rules:',
    '  - id: chest-pain',
    '    says: Chest pain',
    '    phrases: [chest pain]',
    '    strength: sure',
    'examples: [my chest hurts, chest pain now, tight chest, heart is pounding, pain in my left arm]',
    'counter_examples: [can it hurt the heart, heartburn, chest acne, my chest is dry, acne on my chest]',
    '',
  ].join('\n'),
  'safety/languages/es.yaml': [
    'language: es',
    'name: Spanish',
    'groups: { chest: [pecho] }',
    'guards: { negation: ["no"] }',
    'dangers:',
    '  cardiac:',
    '    - id: chest-pain',
    '      says: Chest pain',
    '      phrases: ["(dolor|presión) en el {chest}"]',
    'examples:',
    '  cardiac: [dolor en el pecho, siento presión en el pecho, un dolor en el pecho, fuerte dolor en el pecho, presion en el pecho]',
    'counter_examples: [no hay dolor en el pecho, granos en el pecho, duele el corazon, me duele la cabeza, crema para el pecho]',
    '',
  ].join('\n'),
  'safety/referral/personal_dosing.yaml': [
    'reason: personal_dosing',
    'title: { en: Your dose, es: Tu dosis }',
    'examples: [can i double it, is 40 right for me, should i stop, can i skip one, may i take two]',
    'counter_examples: [what is the usual dose, how is it dosed, what is a dose, who sets it, is it by weight]',
    '',
  ].join('\n'),
};

function contact(id: string): string {
  return [
    `    - id: ${id}-emergency`,
    '      use: emergency',
    '      label: { en: Emergency services, es: Emergencias }',
    "      phone: '112'",
    '      source: { title: A page, organisation: A service, url: https://example.org }',
    "      checked: '2026-11-01'",
    '      read: Call 112.',
  ].join('\n');
}
