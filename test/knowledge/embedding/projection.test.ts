import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../../knowledge/embedding/embedder.ts';
import { prepareBuiltInModel } from '../../../knowledge/embedding/prepare-model.ts';
import {
  createProjectedEmbedder,
  decodeProjection,
  encodeProjection,
  type Projection,
  project,
} from '../../../knowledge/embedding/projection.ts';
import { createTransformerEmbedder } from '../../../knowledge/embedding/transformer-embedder.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { describeEmbedder } from './embedder.contract.ts';

/** Keeps every third number: enough of the meaning for the suite. */
const THIRD: Projection = {
  mean: new Float32Array(384),
  matrix: Float32Array.from({ length: 128 * 384 }, (_, i) => (i % 384 === 3 * Math.floor(i / 384) ? 1 : 0)),
  dimension: 128,
};

describeEmbedder('a projection of the built-in model', {
  open: async () => {
    const model = await prepareBuiltInModel({ cacheFolder: path.join(projectRoot(), 'data/models') });
    return createProjectedEmbedder(await createTransformerEmbedder({ model, workers: 1 }), THIRD);
  },
  source: `
    import { prepareBuiltInModel } from './dist/knowledge/embedding/prepare-model.js';
    import { createProjectedEmbedder } from './dist/knowledge/embedding/projection.js';
    import { createTransformerEmbedder } from './dist/knowledge/embedding/transformer-embedder.js';
    const model = await prepareBuiltInModel({ cacheFolder: 'data/models' });
    const projection = { mean: new Float32Array(384), matrix: new Float32Array(128 * 384).fill(1), dimension: 128 };
    const embedder = createProjectedEmbedder(await createTransformerEmbedder({ model, workers: 1 }), projection);`,
});

const numbers = (length: number) =>
  fc
    .array(fc.float({ noNaN: true, min: -10, max: 10 }), { minLength: length, maxLength: length })
    .map((list) => Float32Array.from(list));
const projections = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }))
  .chain(([width, dimension]) =>
    fc.record({ mean: numbers(width), matrix: numbers(width * dimension), dimension: fc.constant(dimension) }),
  );

describe('project', () => {
  it('takes the middle away, then turns, then stretches to unit length', () => {
    const swap: Projection = {
      mean: Float32Array.of(1, 1),
      matrix: Float32Array.of(0, 1, 1, 0),
      dimension: 2,
    };
    expect([...project(swap, Float32Array.of(4, 5))]).toEqual([expect.closeTo(0.8), expect.closeTo(0.6)]);
  });

  it('gives the middle itself no direction rather than one that is no number', () => {
    const middle = Float32Array.of(0.5, 0.5);
    expect([...project({ mean: middle, matrix: Float32Array.of(1, 0), dimension: 1 }, middle)]).toEqual([0]);
  });
});

describe('a projection as bytes', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(projections, (projection) => {
        expect(decodeProjection(encodeProjection(projection))).toEqual(projection);
      }),
    );
  });

  it('is refused when it has been cut or has grown', () => {
    fc.assert(
      fc.property(projections, fc.nat(), fc.boolean(), (projection, at, grow) => {
        const bytes = encodeProjection(projection);
        const damaged = grow
          ? Buffer.concat([bytes, Buffer.alloc(1 + (at % 9))])
          : bytes.subarray(0, at % bytes.length);
        expect(() => decodeProjection(damaged)).toThrow(/damaged; restore it/);
      }),
    );
  });
});

describe('createProjectedEmbedder', () => {
  const embedder: Embedder = {
    dimension: 2,
    tokenWidth: 2,
    leading: 2,
    modelHash: 'the model',
    embed: async () => Float32Array.of(1, 0),
    embedWithTokens: async () => ({ vector: Float32Array.of(1, 0), tokens: Float32Array.of(3, 0, 5, 1) }),
    embedAll: async (texts) => texts.map(() => Float32Array.of(1, 0)),
    close: async () => {},
  };
  const projection: Projection = { mean: Float32Array.of(0, 0), matrix: Float32Array.of(1, 0), dimension: 1 };

  it('refuses a projection that was made for another model, with what to do', () => {
    const wide = { ...projection, mean: Float32Array.of(0, 0, 0) };
    expect(() => createProjectedEmbedder(embedder, wide)).toThrow(/made for vectors of 3 numbers.*npm run fit/);
  });

  it('projects the vector, and leaves the tokens as they are', async () => {
    const projected = createProjectedEmbedder(embedder, projection);
    expect(await projected.embedWithTokens('dry lips')).toEqual({
      vector: Float32Array.of(1),
      tokens: Float32Array.of(3, 0, 5, 1),
    });
    expect(projected.tokenWidth).toBe(2);
  });

  it('is another model as soon as a number of the projection is another', () => {
    const hashOf = (matrix: Float32Array) => createProjectedEmbedder(embedder, { ...projection, matrix }).modelHash;
    expect(hashOf(Float32Array.of(1, 0))).toBe(hashOf(Float32Array.of(1, 0)));
    expect(hashOf(Float32Array.of(1, 0.001))).not.toBe(hashOf(Float32Array.of(1, 0)));
    expect(hashOf(Float32Array.of(1, 0))).not.toBe(embedder.modelHash);
  });
});
