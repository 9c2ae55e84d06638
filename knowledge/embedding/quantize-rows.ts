import type { Tensor } from './safetensors.ts';

/** A matrix in 8-bit integers, with a scale for each row. */
export interface QuantizedRows {
  readonly values: Int8Array;
  readonly scales: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Weights keep to 7 bits: on CPUs without VNNI the 8-bit product of unsigned and signed numbers adds pairs in 16 bits
 * and would saturate.
 */
export const WEIGHT_MAX = 63;

/** Each row scaled so that its largest magnitude becomes `max`. */
export function quantizeRows({ shape, data }: Tensor, max: number): QuantizedRows {
  const [rows = 0, columns = 0] = shape;
  const values = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const slice = data.subarray(row * columns, (row + 1) * columns);
    let largest = 0;
    for (const value of slice) largest = Math.max(largest, Math.abs(value));
    const scale = largest / max || 1;
    scales[row] = scale;
    for (let column = 0; column < columns; column++) {
      values[row * columns + column] = Math.round((slice[column] ?? 0) / scale);
    }
  }
  return { values, scales, rows, columns };
}
