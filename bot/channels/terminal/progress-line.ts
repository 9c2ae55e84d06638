import type { Progress } from '../../compose.ts';
import { cutText } from './wrap-text.ts';

/** Shows what takes more than a second: in a terminal on one line that is written over, elsewhere a line a step. */
export interface ProgressLine {
  show(progress: Progress): void;
  /** Takes the line away, so that what is printed next stands alone. */
  clear(): void;
}

export function createProgressLine({ stream }: { stream: ProgressStream }): ProgressLine {
  let shown = false;
  let countedLast: string | undefined;

  return { show, clear };

  function show(progress: Progress): void {
    switch (progress.kind) {
      case 'warning':
        clear();
        stream.write(`${progress.text}\n`);
        return;
      case 'step':
        if (stream.isTTY) overwrite(`${progress.text} …`);
        else stream.write(`${progress.text} …\n`);
        return;
      case 'count': {
        const { text, done, total } = progress;
        if (stream.isTTY) overwrite(`${text} ${bar(done / total)} ${done}/${total}`);
        else if (countedLast !== text) stream.write(`${text} (${total}) …\n`);
        countedLast = text;
        if (done >= total) clear();
      }
    }
  }

  function overwrite(text: string): void {
    stream.write(`\r${ERASE_LINE}${cutText(text, (stream.columns ?? 80) - 1)}`);
    shown = true;
  }

  function clear(): void {
    if (shown) stream.write(`\r${ERASE_LINE}`);
    shown = false;
  }
}

/** `process.stderr`, or as much of it as is needed. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const ERASE_LINE = '\u001b[2K';
const BAR_WIDTH = 24;

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
}
