import type { LexiconEntry } from '../text/lexicon.ts';

/** The regions whose rules, brands and phone numbers the pack may name. */
export const REGIONS = ['US', 'UK', 'EU', 'IE', 'AU', 'NZ'] as const;
export type Region = (typeof REGIONS)[number];

/** The languages of the bot's own words. Passages stay in the pack's language. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Localized = Readonly<Record<Language, string>>;

/** Everything that may be said about one subject: read from a folder, checked, and never changed after. */
export interface Pack {
  readonly id: string;
  readonly title: string;
  /** The one word that the lexicon has for what the pack is about. */
  readonly subject: string;
  /** For several packs served as one: what each is about, in canonical words. */
  readonly subjects?: readonly { readonly pack: string; readonly subject: string }[];
  readonly audience: string;
  readonly starters: readonly string[];
  readonly passages: readonly Passage[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly lexicon: readonly LexiconEntry[];
  readonly messages: Messages;
  readonly disclaimers: readonly Disclaimer[];
  /** Questions near the subject that the pack does not answer: what abstaining is measured against. */
  readonly outOfScope: readonly string[];
  /** Names of other medicines, conditions and things. */
  readonly otherSubjects: readonly string[];
  /** SHA-256 over everything in the folder, as hex: changes when any of it does. */
  readonly hash: string;
}

/** One Markdown file: the unit that a clinician reads, signs and quotes are cut from. */
export interface Passage {
  /** `pack/topic/passage`, from the path. */
  readonly id: string;
  readonly topic: string;
  readonly title: string;
  /** What quotes are slices of: the body without heading and source marks, one paragraph a block. */
  readonly text: string;
  /** How people ask for it. Embedded and searched, never quoted. */
  readonly questions: readonly string[];
  readonly regions: readonly ('all' | Region)[];
  readonly sentences: readonly Sentence[];
  readonly review: Review;
  /** SHA-256 of title, text and source marks: what a signature signs. */
  readonly contentHash: string;
  /** Path of the file, relative to the pack's folder. */
  readonly file: string;
  /** Absent for a passage that was written for the pack. */
  readonly from?: Origin | undefined;
  /** What a person has to decide about a draft; taken out of the file when it is decided. */
  readonly compare?: readonly Comparison[] | undefined;
}

/** Where a drafted passage stands in the document that it was cut from. */
export interface Origin {
  /** Id in `documents.yaml` and in `sources.yaml`. */
  readonly document: string;
  /** Counted from 1, where the format has pages. */
  readonly page?: number | undefined;
  /** The headings that it stands under, outermost first. */
  readonly headings: readonly string[];
  /** `slice(start, end)` of the document's text in `documents/` was the passage's text when it was drafted. */
  readonly start: number;
  readonly end: number;
  /** `contentHash` of the draft: whether somebody has edited the passage since. */
  readonly drafted: string;
}

/** Another passage that a draft is at odds with, or is the same as. */
export interface Comparison {
  readonly kind: 'duplicate' | 'contradiction';
  /** Id of the other passage. */
  readonly passage: string;
  /** For a contradiction: the two sentences. */
  readonly here?: string | undefined;
  readonly there?: string | undefined;
}

/** `text.slice(start, end)` is the sentence; both in UTF-16 code units. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  /** Ids in `Pack.sources`; empty for signposts ("Ask your prescriber …"). */
  readonly sources: readonly string[];
}

export interface Source {
  readonly id: string;
  readonly title: string;
  readonly organisation: string;
  readonly url?: string | undefined;
  readonly date?: string | undefined;
  /** How much of it was read for the pack. */
  readonly read: 'full' | 'excerpt' | 'abstract';
  readonly note?: string | undefined;
}

/** What the file says of its own review. Whether a signature still holds is `reviewState`'s to say. */
export type Review =
  | { readonly status: 'unreviewed' }
  | {
      readonly status: 'reviewed';
      readonly by: string;
      /** ISO dates. */
      readonly on: string;
      readonly due: string;
      /** `contentHash` at the time of signing. */
      readonly hash: string;
    };

export interface Disclaimer {
  readonly id: string;
  readonly text: Localized;
  /** Topics it is attached to; absent: every reply. */
  readonly topics?: readonly string[] | undefined;
  /** Kinds of reply it is attached to; absent: every kind. */
  readonly kinds?: readonly string[] | undefined;
}

/** The bot's own words, by name; `{clinic}` and the like are filled in by the bot. */
export type Messages = Readonly<Record<string, Localized>>;
