/** A tensor in 32-bit floats, row by row. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Reads half-precision tensors by name from a safetensors file
 * (8 bytes header length, a JSON header, raw little-endian data; https://github.com/huggingface/safetensors#format).
 * Throws `TypeError` for a name that is missing or of another type.
 */
export function openSafetensors(file: Buffer): (name: string) => Tensor {
  const headerLength = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, 8 + headerLength)) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] } | undefined
  >;
  const halves = halfToFloatTable();
  return (name) => {
    const entry = header[name];
    if (entry?.dtype !== 'F16') throw new TypeError(`weights: no half-precision tensor named "${name}"`);
    const [from, to] = entry.data_offsets;
    const data = new Float32Array((to - from) / 2);
    const base = 8 + headerLength + from;
    for (let i = 0; i < data.length; i++) data[i] = halves[file.readUInt16LE(base + 2 * i)] ?? 0;
    return { shape: entry.shape, data };
  };
}

/** All 65 536 half-precision values (IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits). */
function halfToFloatTable(): Float32Array {
  const table = new Float32Array(1 << 16);
  for (let bits = 0; bits < table.length; bits++) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) table[bits] = sign * fraction * 2 ** -24;
    else if (exponent === 0x1f) table[bits] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    else table[bits] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return table;
}
