import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Model,
  ONNX_FILE,
  openOwnModel,
  prepareBuiltInModel,
  readBuiltInWeights,
} from '../../../knowledge/embedding/prepare-model.ts';
import { encodeTunedLayers } from '../../../knowledge/embedding/tuned-layers.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
let installed: Model;
beforeAll(async () => {
  installed = await prepareBuiltInModel({ cacheFolder: path.join(projectRoot(), 'data/models') });
});

/** A cache that holds a copy of the installed model, as if it had been made there. */
function cacheWithModel(): { cacheFolder: string; file: (name: string) => string } {
  const cacheFolder = temporaryFolder();
  const folder = path.join(cacheFolder, path.basename(installed.folder));
  cpSync(installed.folder, folder, { recursive: true });
  return { cacheFolder, file: (name) => path.join(folder, name) };
}

describe('prepareBuiltInModel', () => {
  it('makes the same bytes each time, says so, and leaves nothing else behind', async () => {
    const cacheFolder = path.join(temporaryFolder(), 'not/there/yet');
    const heard: string[] = [];
    const made = await prepareBuiltInModel({ cacheFolder, onProgress: (what) => heard.push(what) });
    expect(heard).toHaveLength(1);
    expect(made.hash).toBe(installed.hash);
    expect(sha256(path.join(made.folder, ONNX_FILE))).toBe(sha256(path.join(installed.folder, ONNX_FILE)));
    expect(readdirSync(cacheFolder)).toEqual([path.basename(made.folder)]);
  });

  it('takes the one that it made before, without a word', async () => {
    const { cacheFolder } = cacheWithModel();
    const heard: string[] = [];
    const found = await prepareBuiltInModel({ cacheFolder, onProgress: (what) => heard.push(what) });
    expect([found.hash, heard]).toEqual([installed.hash, []]);
  });

  it('makes one anew whose files were damaged or lost', async () => {
    const { cacheFolder, file } = cacheWithModel();
    const bytes = readFileSync(file(ONNX_FILE));
    bytes[12_345_678] = (bytes[12_345_678] ?? 0) ^ 1;
    writeFileSync(file(ONNX_FILE), bytes);
    rmSync(file('config.json'));
    writeFileSync(file('tokenizer.json'), '{}');
    expect((await prepareBuiltInModel({ cacheFolder })).hash).toBe(installed.hash);
    expect(sha256(file(ONNX_FILE))).toBe(sha256(path.join(installed.folder, ONNX_FILE)));
  });

  describe('with tuned layers', () => {
    it('makes a model of its own for each, beside the one without', async () => {
      const cacheFolder = temporaryFolder();
      const folders = new Set<string>([path.basename(installed.folder)]);
      const hashes = new Set<string>([installed.hash]);
      const [triage, other] = await Promise.all([lastLayer(1), lastLayer(1.1)]);
      for (const tuned of [{ triage }, { triage: other }, { search: other }, { search: other, triage }]) {
        const { folder, hash } = await prepareBuiltInModel({ cacheFolder, tuned });
        folders.add(path.basename(folder));
        hashes.add(hash);
      }
      expect([folders.size, hashes.size]).toEqual([5, 5]);
    });

    it('refuses damaged ones, with what to do', async () => {
      const tuned = { search: (await lastLayer(1)).subarray(1) };
      await expect(prepareBuiltInModel({ cacheFolder: temporaryFolder(), tuned })).rejects.toThrow(
        /tuned layers: the file is damaged; restore it from version control/,
      );
    });
  });

  it('takes no notice of what a crash left half done', async () => {
    const { cacheFolder, file } = cacheWithModel();
    cpSync(file('.'), `${file('.')}.4711.partial`, { recursive: true });
    rmSync(path.join(`${file('.')}.4711.partial`, ONNX_FILE));
    expect((await prepareBuiltInModel({ cacheFolder })).hash).toBe(installed.hash);
  });

  it('lets two processes make it at once', async () => {
    const cacheFolder = temporaryFolder();
    // What the other process has finished while this one was converting.
    const theirs = path.join(cacheFolder, path.basename(installed.folder));
    const made = await prepareBuiltInModel({
      cacheFolder,
      onProgress: () => cpSync(installed.folder, theirs, { recursive: true }),
    });
    expect(made).toEqual({ folder: theirs, hash: installed.hash });
    expect(readdirSync(cacheFolder)).toEqual([path.basename(theirs)]);
  });

  it('says where it can not write, and what to set', async () => {
    const blocked = path.join(temporaryFolder(), 'a file');
    writeFileSync(blocked, '');
    await expect(prepareBuiltInModel({ cacheFolder: path.join(blocked, 'models') })).rejects.toMatchObject({
      code: 'MODEL_UNWRITABLE',
      message: expect.stringMatching(/a file.*set DATA_DIR/),
    });
  });
});

/** The last layer as it came, its biases multiplied. */
async function lastLayer(times: number): Promise<Buffer> {
  const { config, weights } = await readBuiltInWeights();
  const first = config.num_hidden_layers - 1;
  const parts = ['query', 'key', 'value'].map((part) => `attention.self.${part}`);
  const names = [...parts, 'attention.output.dense', 'attention.output.LayerNorm', 'intermediate.dense']
    .concat('output.dense', 'output.LayerNorm')
    .flatMap((part) => [`${part}.weight`, `${part}.bias`])
    .map((name) => `encoder.layer.${first}.${name}`);
  const tensors = names.map((name) => {
    const { shape, data } = weights(name);
    return [name, { shape, data: name.endsWith('bias') ? data.map((value) => times * value) : data }] as const;
  });
  return encodeTunedLayers({ first, weights: new Map(tensors) });
}

describe('openOwnModel', () => {
  it('names every file that the folder lacks, and what the folder should hold', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'config.json'), '{}');
    await expect(openOwnModel(folder)).rejects.toMatchObject({
      name: 'ModelError',
      code: 'MODEL_MISSING',
      message: expect.stringMatching(
        /lacks onnx\/model_quantized\.onnx, tokenizer\.json, tokenizer_config\.json; EMBEDDING_MODEL_DIR wants/,
      ),
    });
  });

  it('names all of them when there is no such folder', async () => {
    await expect(openOwnModel(path.join(temporaryFolder(), 'none'))).rejects.toThrow(/lacks .*config\.json/);
  });

  it('knows a model by its files, wherever they lie', async () => {
    const folder = temporaryFolder();
    const elsewhere = path.join(temporaryFolder(), 'copy');
    mkdirSync(path.join(folder, 'onnx'));
    for (const file of [ONNX_FILE, 'config.json', 'tokenizer.json', 'tokenizer_config.json']) {
      writeFileSync(path.join(folder, file), `what ${file} holds`);
    }
    const before = await openOwnModel(folder);
    cpSync(folder, elsewhere, { recursive: true });
    expect((await openOwnModel(elsewhere)).hash).toBe(before.hash);
    writeFileSync(path.join(folder, 'tokenizer.json'), 'something else');
    expect((await openOwnModel(folder)).hash).not.toBe(before.hash);
  });
});
