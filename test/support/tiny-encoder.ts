import { createRandom } from '../../bot/fitting/random.ts';
import type { BertConfig } from '../../knowledge/embedding/bert-to-onnx.ts';
import type { Tensor } from '../../knowledge/embedding/safetensors.ts';

/** An encoder of two layers that knows six words, its weights by chance: it means nothing, but has all parts. */
export function tinyEncoder(): { config: BertConfig; weights: (name: string) => Tensor } {
  const config = { hidden_size: 8, num_attention_heads: 2, num_hidden_layers: 2, layer_norm_eps: 1e-12 };
  return { config, weights: (name) => weight(name, config.hidden_size) };
}

function weight(name: string, width: number): Tensor {
  const shape = shapeOf(name, width);
  const random = createRandom([...name].reduce((sum, letter) => 31 * sum + letter.charCodeAt(0), 7));
  const [least, most] = name.includes('LayerNorm.weight') ? [0.8, 1.2] : [-0.6, 0.6];
  const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => least + (most - least) * random());
  return { shape, data };
}

function shapeOf(name: string, width: number): number[] {
  if (name.includes('word_embeddings')) return [6, width];
  if (name.includes('position_embeddings')) return [16, width];
  if (name.includes('token_type_embeddings')) return [2, width];
  if (name.includes('intermediate')) return name.endsWith('bias') ? [2 * width] : [2 * width, width];
  if (name.endsWith('bias') || name.includes('LayerNorm')) return [width];
  return /layer\.\d+\.output\.dense/.test(name) ? [width, 2 * width] : [width, width];
}
