import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../../knowledge/project-root.ts';

const MANIFEST = z.object({
  file: z.string().regex(/^quotewell-[0-9a-f]{12}\.js$/),
  integrity: z.string().startsWith('sha384-').describe('For the `integrity` attribute of a script element'),
  size: z.int().min(1).describe('Bytes, gzipped'),
  sources: z.string().describe('SHA-256 over the sources'),
});

/** What the widget's build says of its one script. */
export type WidgetManifest = z.infer<typeof MANIFEST>;

export const WIDGET_FOLDER = path.join(projectRoot(), 'dist/widget');

/** Undefined where the widget has not been built. */
export function readWidgetManifest(folder: string = WIDGET_FOLDER): WidgetManifest | undefined {
  const file = path.join(folder, 'manifest.json');
  if (!existsSync(file)) return undefined;
  return MANIFEST.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
}
