import { IngestError } from '../ingest-error.ts';

/** Throws `IngestError` where nodes stand in each other deeper than allowed, before anything recursive meets them. */
export function assertNesting(root: object, most: number): void {
  let level: object[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) {
      throw new IngestError('TOO_DEEP', `its parts are nested more than ${most} deep; save it anew in a simpler form`);
    }
    level = level.flatMap((node) => ('children' in node && Array.isArray(node.children) ? node.children : []));
  }
}
