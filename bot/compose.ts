import path from 'node:path';
import { type Embedder, similarity } from '../knowledge/embedding/embedder.ts';
import { modelWords } from '../knowledge/embedding/model-words.ts';
import { openOwnModel, prepareBuiltInModel } from '../knowledge/embedding/prepare-model.ts';
import { createTransformerEmbedder } from '../knowledge/embedding/transformer-embedder.ts';
import { openSnapshot, type Snapshot } from '../knowledge/index/snapshot.ts';
import type { Region } from '../knowledge/pack/pack.ts';
import { loadPack } from '../knowledge/pack/read-pack.ts';
import { loadSafety, type Safety } from '../knowledge/pack/safety.ts';
import { projectRoot } from '../knowledge/project-root.ts';
import { createLexicon } from '../knowledge/text/lexicon.ts';
import { words } from '../knowledge/text/normalize.ts';
import { createSpelling } from '../knowledge/text/spelling.ts';
import type { Bot } from './bot.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Clinic, type ContactBook, createContactBook } from './conversation/contacts.ts';
import { fitted as builtInFit, type Fitted } from './conversation/fitted.ts';
import { createWithoutInstructions } from './conversation/instructions.ts';
import { createIsEnglish } from './conversation/language.ts';
import { createMemory } from './conversation/memory.ts';
import { createReader } from './conversation/read-message.ts';
import { say } from './conversation/reply-parts.ts';
import { createRespond, type RespondParts } from './conversation/respond.ts';
import { createSmallTalk } from './conversation/small-talk.ts';
import { createExampleIndex, type Example } from './conversation/triage/examples.ts';
import { createGuards } from './conversation/triage/guards.ts';
import { createTriage } from './conversation/triage/triage.ts';
import { createTriageForm } from './conversation/triage/triage-form.ts';

export interface ComposeOptions {
  readonly packFolder?: string;
  readonly dataFolder: string;
  /** A clinic's own model; absent: the built-in one. */
  readonly modelFolder?: string | undefined;
  readonly workers: number;
  readonly region: Region;
  readonly clinic: Clinic;
  readonly serveUnreviewed: boolean;
  /** Address before `/passages/…`; empty for paths. */
  readonly publicUrl: string;
  readonly clock?: Clock;
  /** Other numbers than the fitted ones: for fitting. */
  readonly fitted?: Fitted;
  readonly onProgress?: (progress: Progress) => void;
}

/** Something that takes more than a second, as it goes. */
export type Progress =
  | { readonly kind: 'step'; readonly text: string }
  | { readonly kind: 'count'; readonly text: string; readonly done: number; readonly total: number }
  | { readonly kind: 'warning'; readonly text: string };

/** The whole bot, for channels and commands. */
export async function composeBot(options: ComposeOptions): Promise<Bot> {
  const { respond: parts, embedder, contacts } = await composeParts(options);
  const { pack } = parts.snapshot;
  const byId = new Map(pack.passages.map((passage) => [passage.id, passage]));
  return {
    respond: createRespond(parts),
    pack,
    defaultRegion: options.region,
    starters: (region, language) => ({
      greeting: say(pack, 'greeting', language),
      questions: pack.starters,
      contacts: contacts.forUses(['emergency'], region, language),
    }),
    emergencyContacts: (region, language) => contacts.forUses(['emergency', 'crisis'], region, language),
    passage: (id) => byId.get(id),
    forget: (conversationId) => parts.memory.forget(conversationId),
    close: () => embedder.close(),
  };
}

/** What `respond` is made of: for fitting and evaluation, which look inside. */
export interface Parts {
  readonly respond: RespondParts;
  readonly embedder: Embedder;
  readonly contacts: ContactBook;
}

/** Puts the parts together: the only place that knows them all. */
export async function composeParts(options: ComposeOptions): Promise<Parts> {
  const { clock = systemClock, fitted = builtInFit, onProgress = () => {} } = options;
  const root = projectRoot();
  const safety = loadSafety(path.join(root, 'knowledge/safety'));
  const pack = loadPack(options.packFolder ?? path.join(root, 'knowledge/isotretinoin'));
  const model = options.modelFolder
    ? await openOwnModel(options.modelFolder)
    : await prepareBuiltInModel({
        cacheFolder: path.join(options.dataFolder, 'models'),
        onProgress: (text) => onProgress({ kind: 'step', text }),
      });
  const embedder = await createTransformerEmbedder({ model, workers: options.workers });
  const examples = safetyExamples(safety);
  const { snapshot, warning } = await openSnapshot({
    folder: path.join(options.dataFolder, 'index', pack.id),
    pack,
    examples: examples.map((example) => example.text),
    embedder,
    onProgress: (done, total) => onProgress({ kind: 'count', text: 'Indexing the passages', done, total }),
  });
  if (warning !== undefined) onProgress({ kind: 'warning', text: warning });

  const lexicon = createLexicon(pack.lexicon);
  const english = modelWords();
  const vocabulary = vocabularyOf(snapshot, safety);
  const isWord = (word: string) => english.has(word) || vocabulary.has(word);
  const spelling = createSpelling({ vocabulary, isWord });
  const read = createReader({ embedder, lexicon, spelling });
  const form = createTriageForm({ words: safety.words, spelling, isWord });
  const contacts = createContactBook({ contacts: safety.contacts, clinic: options.clinic });
  const memory = createMemory({ clock });

  const respond: RespondParts = {
    snapshot,
    safety,
    memory,
    contacts,
    clock,
    fitted,
    read,
    triage: createTriage({
      safety,
      form,
      examples: createExampleIndex(examples, snapshot.examples),
      fitted: fitted.triage,
    }),
    nearestHarmless: createNearestHarmless(snapshot, safety, form),
    smallTalk: createSmallTalk(safety.words),
    isEnglish: createIsEnglish({ isWord, languages: safety.words.languages }),
    withoutInstructions: createWithoutInstructions(safety.words, form),
    clinicName: options.clinic.name,
    defaultRegion: options.region,
    serveUnreviewed: options.serveUnreviewed,
    passageUrl: (id) => `${options.publicUrl}/passages/${id}`,
  };
  return { respond, embedder, contacts };
}

/** Every judged message of the safety files; counter-examples are examples of nothing. */
function safetyExamples({ urgent, referral }: Safety): Example[] {
  const labelled = [
    ...urgent.map((rules) => ({ label: rules.category, ...rules })),
    ...referral.map((rules) => ({ label: rules.reason, ...rules })),
  ];
  return labelled.flatMap(({ label, examples, counter_examples }) => [
    ...examples.map((text) => ({ label, text })),
    ...counter_examples.map((text) => ({ label: 'none', text })),
  ]);
}

/** The words of the pack and of the safety rules, with how often each occurs: what misspellings are mended toward. */
function vocabularyOf(
  { pack, chunks }: Snapshot,
  { urgent, referral, words: safetyWords }: Safety,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (text: string) => {
    for (const word of words(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  };
  for (const { kind, text } of chunks) if (kind === 'question' || kind === 'passage') add(text);
  for (const { term, also } of pack.lexicon) for (const name of [term, ...also]) add(name);
  for (const { rules, examples } of [...urgent, ...referral]) {
    for (const example of examples) add(example);
    for (const rule of rules) for (const phrase of rule.phrases ?? []) add(phrase.replace(/\w+\*/g, ' '));
  }
  for (const group of Object.values(safetyWords.groups)) for (const phrase of group) add(phrase.replace(/\w+\*/g, ' '));
  for (const short of Object.keys(safetyWords.expand)) add(short);
  return counts;
}

/**
 * How near a message is to a question of the pack that asks about something in general: such a question is harmless,
 * however dreadful its words. Questions that tell of a person are left out, for theirs is no such proof.
 */
function createNearestHarmless(
  snapshot: Snapshot,
  safety: Safety,
  form: (text: string) => { text: string; question: boolean }[],
) {
  const guards = createGuards(safety.words);
  const harmless = snapshot.chunks.flatMap((chunk, place) => {
    if (chunk.kind !== 'question') return [];
    const sentences = form(chunk.text);
    const general = sentences.every((sentence) => guards.asksAbout(sentence) || !guards.speaksOfPerson(sentence));
    return general ? [snapshot.vectors[place] ?? new Float32Array()] : [];
  });
  return (vector: Float32Array) => harmless.reduce((best, other) => Math.max(best, similarity(vector, other)), -1);
}
