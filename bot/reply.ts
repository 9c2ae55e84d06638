import type { Region } from '../knowledge/pack/pack.ts';
import type { ReviewState } from '../knowledge/pack/review.ts';

/** What the bot says to one message. Other programs rely on this shape; see `bot/channels/web/openapi.ts`. */
export type Reply = ReplyBase &
  (
    | {
        readonly kind: 'answer' /** Calibrated probability that the quotes answer, 0 to 1. */;
        readonly confidence: number;
      }
    | {
        readonly kind: 'urgent';
        /** The worst of `categories`. */
        readonly category: UrgentCategory;
        /** Worst first. */
        readonly categories: readonly UrgentCategory[];
      }
    | { readonly kind: 'refer'; readonly reason: ReferralReason }
    | { readonly kind: 'clarify'; readonly options: readonly { readonly question: string }[] }
    /** Also greetings, thanks, and languages the pack doesn't speak. */
    | { readonly kind: 'unanswered' }
  );
export type ReplyKind = Reply['kind'];

export interface ReplyBase {
  readonly id: string;
  readonly conversationId: string;
  readonly region: Region;
  /** The bot's own words, from the pack, never generated. */
  readonly message: string;
  /** At least one in an answer; may be empty elsewhere. */
  readonly quotes: readonly Quote[];
  /** Never empty. */
  readonly disclaimers: readonly { readonly id: string; readonly text: string }[];
  readonly contacts: readonly Contact[];
  /** Questions the bot is able to answer next. */
  readonly suggestions: readonly string[];
}

export interface Quote {
  /** `passage.text.slice(start, end)`. */
  readonly text: string;
  readonly passage: { readonly id: string; readonly title: string; readonly topic: string; readonly url: string };
  /** UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly sources: readonly SourceReference[];
  readonly review: ReviewState;
}

export interface SourceReference {
  readonly id: string;
  readonly title: string;
  readonly organisation: string;
  readonly url?: string;
  readonly date?: string;
}

export interface Contact {
  readonly label: string;
  readonly phone?: string;
  readonly url?: string;
  readonly hours?: string;
}

/** Dangers that come before everything else. Their order of severity stands in `knowledge/safety/urgent/`. */
export const URGENT_CATEGORIES = [
  'self_harm',
  'psychosis',
  'pregnancy',
  'anaphylaxis',
  'severe_skin_reaction',
  'raised_intracranial_pressure',
  'vision',
  'hearing',
  'neurological',
  'cardiac',
  'gastrointestinal',
  'pancreatitis',
  'liver',
  'muscle_breakdown',
  'blood_sugar',
  'overdose',
  'child_exposure',
  'other',
] as const;
export type UrgentCategory = (typeof URGENT_CATEGORIES)[number];

export const REFERRAL_REASONS = ['personal_dosing', 'individual_advice', 'illicit_access'] as const;
export type ReferralReason = (typeof REFERRAL_REASONS)[number];
