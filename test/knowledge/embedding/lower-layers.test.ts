import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLowerLayers } from '../../../knowledge/embedding/lower-layers.ts';
import { prepareBuiltInModel } from '../../../knowledge/embedding/prepare-model.ts';
import { createTransformerEmbedder } from '../../../knowledge/embedding/transformer-embedder.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('the lower layers read as the whole model does, up to where they end', async () => {
  const model = await prepareBuiltInModel({ cacheFolder: path.join(projectRoot(), 'data/models') });
  const embedder = await createTransformerEmbedder({ model, workers: 1 });
  onTestFinished(() => embedder.close());
  const cacheFolder = temporaryFolder();
  const all = await openLowerLayers({ cacheFolder, layers: 6, workers: 1 });
  const four = await openLowerLayers({ cacheFolder, layers: 4, workers: 1 });
  const { tokens } = await embedder.embedWithTokens('Does acne come back?');
  expect(await all('Does acne come back?')).toEqual(tokens);
  const below = await four('Does acne come back?');
  expect(below).toHaveLength(tokens.length);
  expect(below).not.toEqual(tokens);
});
