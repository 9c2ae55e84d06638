import { describe, expect, it } from 'vitest';
import { createProgressLine } from '../../../../bot/channels/terminal/progress-line.ts';
import type { Progress } from '../../../../bot/compose.ts';

const COUNTED: Progress[] = [1, 2, 3].map((done) => ({ kind: 'count', text: 'Indexing', done, total: 3 }));

describe('createProgressLine', () => {
  it('writes over one line in a terminal, and leaves it empty at the end', () => {
    const written = show(COUNTED, { isTTY: true, columns: 80 });
    expect(written).not.toContain('\n');
    expect(written).toContain('Indexing ████████████████████████ 3/3');
    expect(written.endsWith('\r\u001b[2K')).toBe(true);
  });

  it('writes one line a step elsewhere', () => {
    expect(show([{ kind: 'step', text: 'Preparing the model' }, ...COUNTED], {})).toBe(
      'Preparing the model …\nIndexing (3) …\n',
    );
  });

  it('leaves a warning where it can be read', () => {
    const written = show(
      [
        { kind: 'step', text: 'Opening' },
        { kind: 'warning', text: 'index: damaged' },
      ],
      { isTTY: true },
    );
    expect(written.endsWith('index: damaged\n')).toBe(true);
  });

  it('never writes a line longer than the terminal is wide', () => {
    const written = show([{ kind: 'step', text: 'x'.repeat(200) }], { isTTY: true, columns: 40 });
    expect(written.split('\u001b[2K').at(-1)).toHaveLength(39);
  });

  it('takes a terminal that does not know its width for one of 80', () => {
    const written = show([{ kind: 'step', text: 'x'.repeat(200) }], { isTTY: true, columns: 0 });
    expect(written.split('\u001b[2K').at(-1)).toHaveLength(79);
  });
});

function show(steps: readonly Progress[], stream: { isTTY?: boolean; columns?: number }): string {
  let written = '';
  const progress = createProgressLine({
    stream: {
      ...stream,
      write: (text) => {
        written += text;
      },
    },
  });
  for (const step of steps) progress.show(step);
  return written;
}
