import path from 'node:path';
import { readTunedLayers } from '../bot/fitted/fitted.ts';
import { prepareBuiltInModel } from '../knowledge/embedding/prepare-model.ts';
import { projectRoot } from '../knowledge/project-root.ts';

// Runs after `npm ci`: makes the model, so that the first start need not. Where scripts are skipped, the first start does.
const dataFolder = process.env.DATA_DIR || path.join(projectRoot(), 'data');
await prepareBuiltInModel({
  cacheFolder: path.join(dataFolder, 'models'),
  tuned: readTunedLayers('fitted'),
  onProgress: (text) => console.log(text),
});
