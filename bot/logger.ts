import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from './config.ts';

/**
 * One JSON object a line. Nothing that a person typed may be given to it: not as a value, not inside an error's
 * message, not as part of an address. Errors go through `loggableError`.
 *
 * @param destination standard output when absent
 */
export function createLogger({
  level,
  destination,
}: {
  level: Config['logLevel'];
  destination?: DestinationStream;
}): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}
