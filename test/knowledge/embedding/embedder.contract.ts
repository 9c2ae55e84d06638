import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Embedder, similarity } from '../../../knowledge/embedding/embedder.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';

const TEXTS = [
  'Does acne come back?',
  'My lips are dry.',
  'Can you drink alcohol on isotretinoin?',
  'how long is a course',
  'a long text that takes its time '.repeat(20),
  '¿Puedo tomar el sol?',
];

/**
 * What every embedder promises, whatever it is made of.
 *
 * @param open   gives a new one; the suite opens one and closes it
 * @param source of a module below the project's folder that makes `embedder` from built files: it runs in a process of
 *               its own, where ending well can be seen
 */
export function describeEmbedder(
  name: string,
  { open, source }: { open: () => Promise<Embedder>; source: string },
): void {
  describe(`${name}: an embedder`, () => {
    let embedder: Embedder;
    beforeAll(async () => {
      embedder = await open();
    });
    afterAll(() => embedder.close());

    it.each([
      ['a question', 'Does acne come back?'],
      ['an empty text', ''],
      ['white space', ' \n\t '],
      ['only emoji', '😀🤰🏽👨‍👩‍👧'],
      ['a word longer than any', 'a'.repeat(10_000)],
      ['a text longer than the window', 'isotretinoin dries the lips. '.repeat(400)],
      ['control characters and NUL', 'dry\u0000 lips\u0007'],
      ['halves of surrogate pairs', 'dry \ud800 lips \udc00'],
      ['Arabic, Hindi and Chinese', 'جلد जलद 皮肤'],
    ])('gives a unit vector of its dimension for %s', async (_, text) => {
      const vector = await embedder.embed(text);
      expect(vector).toHaveLength(embedder.dimension);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    });

    it('gives the same text the same vector, also while others are embedded', async () => {
      const alone = await embedder.embed('Does acne come back?');
      const [among, ...others] = await Promise.all(TEXTS.map((text) => embedder.embed(text)));
      expect(among).toEqual(alone);
      for (const other of others) expect(other).not.toEqual(alone);
    });

    it('gives a text with its tokens the vector it has without', async () => {
      for (const text of [...TEXTS, '']) {
        const { vector, tokens } = await embedder.embedWithTokens(text);
        expect(vector).toEqual(await embedder.embed(text));
        expect(tokens.length).toBeGreaterThan(0);
        expect(tokens.length % embedder.tokenWidth).toBe(0);
        expect(tokens.every(Number.isFinite)).toBe(true);
      }
    });

    it('embeds many in the order given, each as it would alone', async () => {
      const together = await embedder.embedAll(TEXTS);
      for (const [i, text] of TEXTS.entries()) expect(together[i]).toEqual(await embedder.embed(text));
    });

    it('embeds none when there are none', async () => {
      expect(await embedder.embedAll([])).toEqual([]);
    });

    it('counts what is done up to how many there are', async () => {
      const heard: [number, number][] = [];
      await embedder.embedAll(TEXTS, (done, total) => heard.push([done, total]));
      expect(heard).toEqual(TEXTS.map((_, i) => [i + 1, TEXTS.length]));
    });

    it('reads only so much of a text as fits its window', async () => {
      const window = 'word '.repeat(400);
      expect(await embedder.embed(`${window} severe headache`)).toEqual(await embedder.embed(window));
      expect(await embedder.embed('severe headache')).not.toEqual(await embedder.embed('dry lips'));
    });

    it('puts texts that mean the same nearer than others', async () => {
      const [question, reworded, other] = await embedder.embedAll([
        'Does acne come back after treatment?',
        'Will my acne return when the treatment is over?',
        'Which train goes to the airport?',
      ]);
      if (!question || !reworded || !other) throw new RangeError('no vectors');
      expect(similarity(question, reworded)).toBeGreaterThan(similarity(question, other) + 0.2);
    });

    it('is known by a SHA-256', () => {
      expect(embedder.modelHash).toMatch(/^[0-9a-f]{64}$/);
    });

    it('finishes what is under way when it is closed, takes no more, and lets the process end', async () => {
      const program = `${source}
        const underWay = embedder.embedAll(Array(8).fill('a long text that takes its time '.repeat(40)));
        await embedder.close();
        console.log('finished', (await underWay).length);
        await embedder.embed('one more').catch(() => console.log('refused'));
        await embedder.close();`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
        cwd: projectRoot(),
      });
      expect(stdout).toBe('finished 8\nrefused\n');
    });
  });
}
