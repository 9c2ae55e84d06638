import { z } from 'zod';
import { casesAgainst, METRICS, measure } from './metrics.ts';
import type { Judged } from './run-questions.ts';

const LIMIT = z.strictObject({
  min: z.number().min(0).max(1).optional(),
  max: z.number().min(0).max(1).optional(),
  /** How many cases it must have been counted over. */
  of: z.int().min(1).optional(),
});

/** What figures must reach, for the files whose path ends as a pattern says; `*` stands for anything but a slash. */
const GATES = z.strictObject({
  gates: z.array(
    z.strictObject({
      name: z.string(),
      files: z.array(z.string()).min(1),
      limits: z.partialRecord(z.enum(METRICS.map(({ name }) => name)), LIMIT),
    }),
  ),
});
export type Gates = z.infer<typeof GATES>;

/** A limit beside what was measured. */
export interface GateResult {
  readonly gate: string;
  readonly metric: string;
  readonly passed: boolean;
  /** Measured and wanted, in one sentence. */
  readonly says: string;
  /** Ids of the questions that pull it down. */
  readonly against: readonly string[];
}

/** Throws `ZodError` when a limit names no metric or is no share. */
export function readGates(text: string): Gates {
  return GATES.parse(JSON.parse(text));
}

/**
 * Holds figures against every gate that any of the files belongs to; the files of one gate are counted together. A
 * limit that nothing was counted for is not passed.
 */
export function holdGates({ gates }: Gates, judgedByFile: ReadonlyMap<string, readonly Judged[]>): GateResult[] {
  return gates.flatMap(({ name, files, limits }) => {
    const patterns = files.map(pathPattern);
    const held = [...judgedByFile].filter(([file]) => patterns.some((pattern) => pattern.test(file)));
    if (held.length === 0) return [];
    const judged = held.flatMap(([, rows]) => rows);
    const measured = measure(judged);
    return METRICS.flatMap((metric): GateResult[] => {
      const limit = limits[metric.name];
      const figure = measured[metric.name];
      if (!limit || !figure) return [];
      const { rate, count, of } = figure;
      const enough = of >= Math.max(1, limit.of ?? 1);
      const within = rate !== undefined && rate >= (limit.min ?? 0) && rate <= (limit.max ?? 1);
      const wanted = [
        limit.min !== undefined && `at least ${percent(limit.min)}`,
        limit.max !== undefined && `at most ${percent(limit.max)}`,
        limit.of !== undefined && `of at least ${limit.of}`,
      ].filter(Boolean);
      const got = rate === undefined ? 'not measured' : `${percent(rate)} (${count} of ${of})`;
      const passed = enough && within;
      const against = passed ? [] : casesAgainst(metric, judged).map((one) => one.judged.question.id);
      return [{ gate: name, metric: metric.name, passed, says: `${got}, wanted ${wanted.join(' ')}`, against }];
    });
  });
}

function pathPattern(glob: string): RegExp {
  const source = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?:^|/)${source.join('[^/]*')}$`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
