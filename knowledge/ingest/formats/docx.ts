import { createRequire } from 'node:module';
import type mammothTypes from 'mammoth';
import type { ParsedDocument } from '../document/parsed-document.ts';
import type { Limits } from '../limits.ts';
import { parseHtml } from './html.ts';
import { unpackDocx } from './unpack-docx.ts';

/**
 * Reads a Word document: headings by their styles, lists, tables, footnotes. What stands in its page headers and footers,
 * and its comments, is left out.
 */
export async function parseDocx(bytes: Uint8Array, limits: Limits): Promise<ParsedDocument> {
  const buffer = unpackDocx(bytes, limits);
  const { value } = await mammoth.convertToHtml(
    { buffer },
    { styleMap: STYLES, convertImage: mammoth.images.imgElement(async () => ({ src: '' })), externalFileAccess: false },
  );
  const { blocks } = parseHtml(value, limits);
  return { blocks };
}

// Its types speak of a CommonJS module without a default export.
const mammoth: typeof mammothTypes = createRequire(import.meta.url)('mammoth');

// Beyond the headings 1 to 6, which mammoth knows. Contents lists hold what the headings say anyhow.
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='toc 1'] => !",
  "p[style-name='toc 2'] => !",
  "p[style-name='toc 3'] => !",
  "p[style-name='TOC Heading'] => !",
];
