import path from 'node:path';
import { readTunedLayers } from '../bot/fitted/fitted.ts';
import { prepareBuiltInModel } from '../knowledge/embedding/prepare-model.ts';
import { projectRoot } from '../knowledge/project-root.ts';

// Runs after `npm ci`: makes the model as the built-in pack uses it and as drafted packs do, so that the first start need
// not. Where scripts are skipped, the first start does.
const dataFolder = process.env.DATA_DIR || path.join(projectRoot(), 'data');
for (const layers of ['fitted', 'drafted'] as const) {
  await prepareBuiltInModel({
    cacheFolder: path.join(dataFolder, 'models'),
    tuned: readTunedLayers(layers),
    onProgress: (text) => console.log(text),
  });
}
