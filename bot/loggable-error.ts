/** What may be logged of an error. */
export interface LoggableError {
  readonly name: string;
  readonly code?: string;
  /** Where it was thrown: the innermost frames of its stack. */
  readonly at: readonly string[];
}

/**
 * Reduces an error to what is safe to log. Its message is left out, since a message may hold the value that was wrong,
 * and that may be what a patient typed. So are stack lines that the message could have written.
 */
export function loggableError(error: unknown): LoggableError {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const code =
    'code' in error && typeof error.code === 'string' && /^[\w.-]{1,60}$/.test(error.code) ? error.code : undefined;
  return {
    name: /^\w{1,60}$/.test(error.name) ? error.name : 'Error',
    ...(code !== undefined && { code }),
    at: frames(error),
  };
}

const FRAMES = 6;

function frames({ stack = '', message }: Error): string[] {
  // The stack begins with the message as it was when thrown; one that has changed since can't be told from frames.
  const start = stack.indexOf(message);
  if (start === -1 || stack.slice(0, start).includes('\n')) return [];
  return stack
    .slice(start + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, FRAMES);
}
