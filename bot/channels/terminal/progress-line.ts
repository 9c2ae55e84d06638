import type { Progress } from '../../compose.ts';
import { cutText } from './wrap-text.ts';

/** Shows what takes more than a second: in a terminal on one line that is written over, elsewhere a line a step. */
export interface ProgressLine {
  show(progress: Progress): void;
  /** Takes the line away, so that what is printed next stands alone. */
  clear(): void;
}

export function createProgressLine({
  stream,
  now = Date.now,
}: {
  stream: ProgressStream;
  /** Milliseconds; what rates are told by. */
  now?: () => number;
}): ProgressLine {
  let shown = false;
  let countedLast: string | undefined;
  let began = { at: 0, done: 0 };

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
        if (countedLast !== text) began = { at: now(), done };
        if (stream.isTTY) overwrite(`${text} ${bar(done / total)} ${done}/${total}${rate(done)}`);
        else if (countedLast !== text) stream.write(`${text} (${total}) …\n`);
        countedLast = text;
        if (done >= total) clear();
      }
    }
  }

  /** Told once it means something. */
  function rate(done: number): string {
    const seconds = (now() - began.at) / 1000;
    return seconds < 1 ? '' : `, ${Math.round((done - began.done) / seconds)}/s`;
  }

  function overwrite(text: string): void {
    stream.write(`\r${ERASE_LINE}${cutText(text, (stream.columns || 80) - 1)}`);
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
  /** 0 where a terminal does not know. */
  readonly columns?: number;
  write(text: string): unknown;
}

const ERASE_LINE = '\u001b[2K';
const BAR_WIDTH = 24;

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
}
