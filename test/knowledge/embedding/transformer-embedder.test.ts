import { cpSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { similarity } from '../../../knowledge/embedding/embedder.ts';
import {
  type Model,
  ONNX_FILE,
  openOwnModel,
  prepareBuiltInModel,
} from '../../../knowledge/embedding/prepare-model.ts';
import {
  createTransformerEmbedder,
  startTransformerEmbedder,
} from '../../../knowledge/embedding/transformer-embedder.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { describeEmbedder } from './embedder.contract.ts';

const cacheFolder = path.join(projectRoot(), 'data/models');
let model: Model;
beforeAll(async () => {
  model = await prepareBuiltInModel({ cacheFolder });
});

describeEmbedder('the built-in model', {
  open: () => createTransformerEmbedder({ model, workers: 2 }),
  source: `
    import { prepareBuiltInModel } from './dist/knowledge/embedding/prepare-model.js';
    import { createTransformerEmbedder } from './dist/knowledge/embedding/transformer-embedder.js';
    const model = await prepareBuiltInModel({ cacheFolder: 'data/models' });
    const embedder = await createTransformerEmbedder({ model, workers: 2 });`,
});

describe('createTransformerEmbedder', () => {
  it('gives the similarities that the documentation of the model does, within what int8 moves them by', async () => {
    const embedder = await createTransformerEmbedder({ model, workers: 1 });
    onTestFinished(() => embedder.close());
    const [weather, sunny, stadium] = await embedder.embedAll([
      'The weather is lovely today.',
      "It's so sunny outside!",
      'He drove to the stadium.',
    ]);
    if (!weather || !sunny || !stadium) throw new RangeError('no vectors');
    expect(Math.abs(similarity(weather, sunny) - 0.666)).toBeLessThan(0.03);
    expect(Math.abs(similarity(weather, stadium) - 0.105)).toBeLessThan(0.03);
    expect(Math.abs(similarity(sunny, stadium) - 0.141)).toBeLessThan(0.03);
    expect(embedder).toMatchObject({ dimension: 384, modelHash: model.hash });
  });

  it('opens again in a process where another has been closed', async () => {
    for (let times = 0; times < 2; times++) {
      const embedder = await createTransformerEmbedder({ model, workers: 1 });
      expect(await embedder.embed('Does acne come back?')).toHaveLength(384);
      await embedder.close();
    }
  });

  describe('of a folder that is no whole model', () => {
    it.each([
      ['a graph that is no graph', ONNX_FILE, 'nothing that ONNX knows'],
      ['an empty graph', ONNX_FILE, ''],
      ['a tokenizer that is no JSON', 'tokenizer.json', '{'],
      ['a tokenizer without a model', 'tokenizer.json', '{}'],
      ['a configuration that is no JSON', 'config.json', 'hidden_size: 384'],
    ])('tells of %s, and where it is', async (_, file, content) => {
      const folder = copyOfModel();
      writeFileSync(path.join(folder, file), content);
      await expect(open(folder)).rejects.toMatchObject({
        code: 'MODEL_DAMAGED',
        message: expect.stringContaining(folder),
        cause: expect.any(Error),
      });
    });

    it('tells of a graph that was cut short, also where several workers would load it', async () => {
      const folder = copyOfModel();
      truncateSync(path.join(folder, ONNX_FILE), 10_000_000);
      await expect(open(folder, 2)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
    });

    it.each([
      ['gives no width', '{}'],
      ['gives a width that the graph has not', '{ "hidden_size": 100 }'],
    ])('refuses a configuration that %s', async (_, content) => {
      const folder = copyOfModel();
      writeFileSync(path.join(folder, 'config.json'), content);
      await expect(open(folder)).rejects.toMatchObject({ code: 'MODEL_WRONG' });
    });
  });

  describe('of a model that is still being loaded', () => {
    it('lets a text wait for it', async () => {
      const { embedder, ready } = startTransformerEmbedder({ model, workers: 1 });
      onTestFinished(() => embedder.close());
      const early = await embedder.embed('Does acne come back?');
      await ready;
      expect(await embedder.embed('Does acne come back?')).toEqual(early);
    });

    it("gives a text the error of a model that can't be loaded, the same that whoever waits for it gets", async () => {
      const folder = copyOfModel();
      writeFileSync(path.join(folder, ONNX_FILE), 'nothing that ONNX knows');
      const { embedder, ready } = startTransformerEmbedder({ model: await openOwnModel(folder), workers: 1 });
      const why = await embedder.embed('Does acne come back?').catch((cause: unknown) => cause);
      expect(why).toMatchObject({ code: 'MODEL_DAMAGED' });
      await expect(ready).rejects.toBe(why);
    });

    it('closes without an error where it can not be loaded', async () => {
      const folder = copyOfModel();
      writeFileSync(path.join(folder, ONNX_FILE), '');
      const { embedder } = startTransformerEmbedder({ model: await openOwnModel(folder), workers: 1 });
      await expect(embedder.close()).resolves.toBeUndefined();
    });
  });

  function copyOfModel(): string {
    const folder = path.join(temporaryFolder(), 'model');
    cpSync(model.folder, folder, { recursive: true });
    return folder;
  }

  async function open(folder: string, workers = 1) {
    return createTransformerEmbedder({ model: await openOwnModel(folder), workers });
  }
});
