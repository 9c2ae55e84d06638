import path from 'node:path';
import type { Embedder } from '../knowledge/embedding/embedder.ts';
import { modelWords } from '../knowledge/embedding/model-words.ts';
import { openOwnModel, prepareBuiltInModel } from '../knowledge/embedding/prepare-model.ts';
import { createProjectedEmbedder } from '../knowledge/embedding/projection.ts';
import { startTransformerEmbedder } from '../knowledge/embedding/transformer-embedder.ts';
import { openSnapshot } from '../knowledge/index/open-snapshot.ts';
import { BUILT_IN, holdsBuiltIn, loadPacks } from '../knowledge/pack/load-packs.ts';
import type { Region } from '../knowledge/pack/pack.ts';
import { loadPackSafety, loadSafety, withPackSafety } from '../knowledge/pack/safety.ts';
import { openYamlCache } from '../knowledge/pack/yaml-cache.ts';
import { projectRoot } from '../knowledge/project-root.ts';
import { createSpelling } from '../knowledge/text/spelling.ts';
import type { Bot } from './bot.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Clinic, type ContactBook, createContactBook } from './conversation/contacts.ts';
import { createWithoutInstructions } from './conversation/instructions.ts';
import { createKeeper } from './conversation/keep.ts';
import { createIsEnglish } from './conversation/language.ts';
import { createMemory } from './conversation/memory.ts';
import { createCanonical, createReader } from './conversation/read-message.ts';
import { say } from './conversation/reply-parts.ts';
import { createRespond, type RespondParts } from './conversation/respond.ts';
import { shelvesOf } from './conversation/shelves.ts';
import { createSmallTalk } from './conversation/small-talk.ts';
import { createExampleIndex, type Example, safetyExamples } from './conversation/triage/examples.ts';
import { createTriage } from './conversation/triage/triage.ts';
import { createTriageForm, type TriageForm } from './conversation/triage/triage-form.ts';
import { vocabularyOf, wordsOfOtherSubjects } from './conversation/vocabulary.ts';
import { type Fitted, fittedFor, type Layers, readTunedLayers } from './fitted/fitted.ts';
import { createMemoryStore } from './store/memory-store.ts';
import type { Store } from './store/store.ts';

export interface ComposeOptions {
  /** Absent: the built-in pack. */
  readonly packFolders?: readonly string[];
  readonly dataFolder: string;
  /** Where the built-in model is kept once made; absent: in the data folder. */
  readonly modelCache?: string;
  /** A clinic's own model; absent: the built-in one. */
  readonly modelFolder?: string | undefined;
  readonly workers: number;
  readonly region: Region;
  readonly clinic: Clinic;
  readonly serveUnreviewed: boolean;
  /** Address before `/passages/…`; empty for paths. */
  readonly publicUrl: string;
  readonly clock?: Clock;
  /** Absent: the memory of this process, for commands. Whoever opened it closes it. */
  readonly store?: Store | undefined;
  /** Whether unanswered and disliked questions are kept, redacted. */
  readonly keepQuestions?: boolean;
  /** Leave the projection out: what fitting starts from. */
  readonly general?: boolean;
  /** Absent: those that the packs are served with. */
  readonly layers?: Layers;
  /** Other numbers than the fitted ones. */
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
  const { respond: parts, embedder, contacts, store } = await composeParts(options);
  const { pack } = parts.snapshot;
  const respond = createRespond(parts);
  const keeper = createKeeper({ store, keepQuestions: options.keepQuestions ?? false });
  const byId = new Map(pack.passages.map((passage) => [passage.id, passage]));
  return {
    async respond(message) {
      const turn = await respond(message);
      await keeper.keepReply(message, turn);
      return turn;
    },
    pack,
    defaultRegion: options.region,
    starters: (region, language) => ({
      greeting: say(pack, 'greeting', language),
      questions: pack.starters,
      contacts: contacts.forUses(['emergency'], region, language),
    }),
    emergencyContacts: (region, language) => contacts.forUses(['emergency', 'crisis'], region, language),
    passage: (id) => byId.get(id),
    keepFeedback: keeper.keepFeedback,
    forget: (conversationId) => parts.memory.forget(conversationId),
    close: () => embedder.close(),
  };
}

/** What `respond` is made of: for fitting and evaluation, which look inside. */
export interface Parts {
  readonly respond: RespondParts;
  readonly embedder: Embedder;
  /** A text as it is embedded. */
  readonly canonical: (text: string) => string;
  readonly contacts: ContactBook;
  readonly store: Store;
  readonly form: TriageForm;
  readonly examples: readonly Example[];
}

/** Puts the parts together: the only place that knows them all. */
export async function composeParts(options: ComposeOptions): Promise<Parts> {
  const { clock = systemClock, onProgress = () => {} } = options;
  const root = projectRoot();
  const folders = options.packFolders ?? [path.join(root, 'knowledge', BUILT_IN)];
  const model = options.modelFolder
    ? await openOwnModel(options.modelFolder)
    : await prepareBuiltInModel({
        cacheFolder: options.modelCache ?? path.join(options.dataFolder, 'models'),
        tuned: readTunedLayers(options.layers ?? (folders.some(holdsBuiltIn) ? 'fitted' : 'drafted')),
        onProgress: (text) => onProgress({ kind: 'step', text }),
      });
  const yaml = await openYamlCache(path.join(options.dataFolder, 'cache/yaml.json'));
  // The worker loads the model while this thread reads the files and makes them searchable.
  const { embedder: general, ready } = startTransformerEmbedder({ model, workers: options.workers });
  const safety = withPackSafety(
    loadSafety(path.join(root, 'knowledge/safety'), yaml),
    folders.map((folder) => loadPackSafety(folder)),
  );
  const pack = loadPacks(folders, yaml);
  // Beside the built-in pack others are searched in its space.
  const fitted = options.fitted ?? fittedFor(pack);
  await yaml.save().catch((cause: Error) => {
    onProgress({ kind: 'warning', text: `cache: can't be saved (${cause.message}); the next start takes longer` });
  });
  const suits = fitted.modelHash === general.modelHash;
  if (!suits && !options.general) {
    const text =
      'The numbers in bot/fitted were fitted with another model: answers will be worse until "npm run fit" is run';
    onProgress({ kind: 'warning', text });
  }
  const projects = suits && !options.general;
  const embedder = projects && fitted.searchesProjected ? createProjectedEmbedder(general, fitted.projection) : general;
  const examples = safetyExamples(safety);
  const { snapshot, warning } = await openSnapshot({
    folder: path.join(options.dataFolder, options.general ? 'index-general' : 'index', pack.id),
    pack,
    examples: examples.map((example) => example.text),
    embedder,
    onProgress: (done, total) => onProgress({ kind: 'count', text: 'Indexing the passages', done, total }),
  });
  if (warning !== undefined) onProgress({ kind: 'warning', text: warning });

  const english = modelWords();
  const vocabulary = vocabularyOf(snapshot, safety);
  const others = wordsOfOtherSubjects(snapshot);
  const isWord = (word: string) => english.has(word) || vocabulary.has(word) || others.has(word);
  const spelling = createSpelling({ vocabulary, isWord });
  const canonical = createCanonical({ lexicon: snapshot.lexicon, spelling });
  const reader = createReader({ embedder, canonical });
  const form = createTriageForm({ words: safety.words, spelling, isWord });
  const contacts = createContactBook({ contacts: safety.contacts, clinic: options.clinic });
  const store = options.store ?? createMemoryStore({ clock, retentionDays: 1 });
  const subjects = new Map(pack.passages.map(({ id, title, questions: [first = title] }) => [id, first]));
  const memory = createMemory({ store, clock, subjectOf: (id) => subjects.get(id) });

  const isEnglish = createIsEnglish({ isWord, languages: safety.words.languages });
  const triage = createTriage({
    safety,
    form,
    // Learned over this model's tokens: of another's it knows nothing.
    classifier: projects ? fitted.classifier : undefined,
    fitted: fitted.triage,
    isEnglish,
  });

  const respond: RespondParts = {
    snapshot,
    safety,
    memory,
    contacts,
    clock,
    shelves: shelvesOf(snapshot, fitted),
    read: reader,
    triage,
    nearestExamples: createExampleIndex(examples, snapshot.examples),
    smallTalk: createSmallTalk(safety.words),
    isEnglish,
    withoutInstructions: createWithoutInstructions(safety.words, form),
    clinicName: options.clinic.name,
    defaultRegion: options.region,
    serveUnreviewed: options.serveUnreviewed,
    passageUrl: (id) => `${options.publicUrl}/passages/${id}`,
  };
  await ready;
  return { respond, embedder, canonical, contacts, store, form, examples };
}
