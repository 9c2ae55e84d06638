import { strToU8, zipSync } from 'fflate';
import { checkManifest } from './check-manifest.ts';
import { drawIcons } from './icons.ts';
import { createManifest, type ManifestParts } from './manifest.ts';

/**
 * The package to upload in the Teams admin center: manifest and icons in a zip, the same bytes for the same parts.
 * Throws `ManifestError` before anything is made of a manifest that Teams would not take.
 */
export async function createAppPackage(parts: ManifestParts): Promise<Uint8Array> {
  const manifest = createManifest(parts);
  checkManifest(manifest);
  const { color, outline } = await drawIcons();
  const files = {
    'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
    'color.png': color,
    'outline.png': outline,
  };
  // The earliest date that a zip can hold.
  return zipSync(files, { mtime: new Date(1980, 0, 1, 12) });
}
