import type { Finding } from '../finding.ts';
import type { Pack, Passage, Source } from '../pack.ts';
import type { PackDocument } from '../pack-files.ts';
import type { Safety } from '../safety.ts';
import type { Lines } from './lines.ts';

/** What the checks look at: a pack that could be read, and where everything in it stands. */
export interface CheckedPack {
  readonly pack: Pack;
  /** As the file lists them: `pack.sources` holds one of two with the same id. */
  readonly bibliography: readonly Source[];
  /** Documents that passages were drafted from, as listed. */
  readonly documents: readonly PackDocument[];
  /** ISO date. */
  readonly today: string;
  /** Line of the passage's file on which a character of its text stands. */
  readonly lineAt: (passage: Passage, offset: number) => number;
  readonly lines: Lines;
  /** The common core, where it could be read. */
  readonly safety: Safety | undefined;
}

/** Looks for one kind of trouble. Pure, but for the files that `lines` reads. */
export type PackCheck = (checked: CheckedPack) => Finding[];
