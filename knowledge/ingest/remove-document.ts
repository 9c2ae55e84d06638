import { openPackFolder } from './folder/pack-folder.ts';
import { planRemoval, type Removal } from './folder/plan-removal.ts';

/** Takes a document, named by its file or its id, out of a pack with all its passages. Throws `IngestError`. */
export function removeDocument({
  folder,
  name,
  dryRun = false,
}: {
  folder: string;
  name: string;
  dryRun?: boolean;
}): Removal {
  const pack = openPackFolder(folder);
  const removal = planRemoval(pack, name);
  if (!dryRun) pack.apply(removal.changes);
  return removal;
}
