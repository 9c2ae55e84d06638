/** Something wrong with how a command was called: what, and what it takes instead. */
export class UsageError extends Error {
  readonly code = 'USAGE';
}

/**
 * Runs a command to its exit code. What was called wrongly ends with 2 and one sentence; an error that knows its own
 * code ends with 1 and its sentence; anything else is a fault of ours and shows its stack.
 */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  // A reader that has seen enough (`| head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? String(error.code) : '';
    if (code === 'USAGE' || code.startsWith('ERR_PARSE_ARGS')) {
      process.stderr.write(`${error.message}\nTry --help.\n`);
      process.exitCode = 2;
      return;
    }
    process.stderr.write(`${code === '' ? error.stack : error.message}\n`);
    process.exitCode = 1;
  }
}
