import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { lineOfValue } from '../yaml-line.ts';

/** Says on which line of a pack's file something stands, counted from 1. */
export interface Lines {
  /**
   * Line of a value in a YAML file, or in a passage's front matter; of its nearest parent where it is absent.
   * For a value that has a key, the line of the key.
   */
  ofValue(file: string, at: readonly (string | number)[]): number;
  /** First line, from line `from` on, that holds a text; `from` where none does. */
  ofText(file: string, text: string, from?: number): number;
}

/** Each file is read when first asked for. Throws what reading throws. */
export function createLines(folder: string): Lines {
  const files = new Map<string, OpenFile>();
  const open = (file: string): OpenFile => {
    const known = files.get(file);
    if (known) return known;
    const opened = openFile(readFileSync(path.join(folder, file), 'utf8'));
    files.set(file, opened);
    return opened;
  };

  return {
    ofValue(file, at) {
      const { document, counter, before } = open(file);
      return before + lineOfValue(document, counter, at);
    },
    ofText(file, text, from = 1) {
      const index = open(file).lines.findIndex((line, at) => at >= from - 1 && line.includes(text));
      return index < 0 ? from : index + 1;
    },
  };
}

interface OpenFile {
  readonly lines: readonly string[];
  readonly document: Document;
  readonly counter: LineCounter;
  /** Lines of the file that stand before the YAML. */
  readonly before: number;
}

function openFile(raw: string): OpenFile {
  const text = raw.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const frontMatter = /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1];
  const counter = new LineCounter();
  const document = parseDocument(frontMatter ?? text, { lineCounter: counter });
  return { lines: text.split('\n'), document, counter, before: frontMatter === undefined ? 0 : 1 };
}
