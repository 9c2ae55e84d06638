import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { readWidgetManifest, WIDGET_FOLDER, type WidgetManifest } from './widget-manifest.ts';

/** What came of a build. */
export interface BuiltWidget extends WidgetManifest {
  /** False where all was up to date already. */
  readonly built: boolean;
}

/**
 * Bundles the chat widget to one classic script under a name that says its content, with its compressed forms and a
 * manifest beside it. Does nothing when the sources are those that the manifest was made from.
 */
export async function buildWidget({ folder = WIDGET_FOLDER }: { folder?: string } = {}): Promise<BuiltWidget> {
  const sources = hashOfSources();
  const before = readWidgetManifest(folder);
  if (before?.sources === sources && existsSync(path.join(folder, before.file))) return { ...before, built: false };

  const result = await build(OPTIONS);
  const code = result.outputFiles[0]?.contents;
  if (!code) throw new Error('widget: esbuild made no file');
  const gzipped = gzipSync(code, { level: 9 });
  const file = `quotewell-${createHash('sha256').update(code).digest('hex').slice(0, 12)}.js`;
  const integrity = `sha384-${createHash('sha384').update(code).digest('base64')}`;
  const manifest: WidgetManifest = { file, integrity, size: gzipped.length, sources };

  await mkdir(folder, { recursive: true });
  await put(path.join(folder, file), code);
  await put(path.join(folder, `${file}.gz`), gzipped);
  await put(path.join(folder, `${file}.br`), brotliCompressSync(code, BROTLI));
  await put(path.join(folder, TYPES), await readFile(path.join(SOURCES, TYPES)));
  // Last, so that it never names what is not there.
  await put(path.join(folder, 'manifest.json'), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  for (const old of readdirSync(folder).filter((name) => name.startsWith('quotewell-') && !name.startsWith(file))) {
    if (old !== TYPES) await rm(path.join(folder, old), { force: true });
  }
  return { ...manifest, built: true };
}

const SOURCES = path.join(projectRoot(), 'bot/channels/web/widget');
const TYPES = 'quotewell-chat.d.ts';
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

/** Browsers of the last four years: `dialog`, constructable style sheets, `AbortSignal.timeout`. */
const TARGET = ['chrome105', 'firefox105', 'safari16.4'];

const minifiedCss: Plugin = {
  name: 'minified-css',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const css = await readFile(file, 'utf8');
      const { code } = await transform(css, { loader: 'css', minify: true, target: TARGET });
      return { contents: code, loader: 'text' };
    });
  },
};

const OPTIONS = {
  entryPoints: [path.join(SOURCES, 'index.ts')],
  tsconfig: path.join(SOURCES, 'tsconfig.json'),
  bundle: true,
  // A classic script: `document.currentScript` tells it where it came from.
  format: 'iife',
  target: TARGET,
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  plugins: [minifiedCss],
} as const satisfies BuildOptions;

/** Over everything that the bundle is made from: the widget's folder and the recipe in this file. */
function hashOfSources(): string {
  const hash = createHash('sha256').update(readFileSync(new URL(import.meta.url)));
  const files = readdirSync(SOURCES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(`\n${path.relative(SOURCES, file)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

/** Whole or not at all, also when two builds run at once. */
async function put(file: string, content: Uint8Array): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  await writeFile(unfinished, content);
  await rename(unfinished, file);
}
