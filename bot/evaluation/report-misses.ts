import type { Styles } from '../channels/terminal/styles.ts';
import { wrapText } from '../channels/terminal/wrap-text.ts';
import type { Miss } from './misses.ts';

/** Misses as lines for a terminal. */
export function reportMisses({
  misses,
  width,
  styles,
}: {
  misses: readonly Miss[];
  width: number;
  styles: Styles;
}): string[] {
  return misses.flatMap(({ id, topic, severity, before, question, got, wanted, quotes }) => {
    const tone = severity === 'detail' ? styles.dim : severity === 'not right' ? styles.yellow : styles.red;
    const lines = [
      ...before.map((text) => `earlier: ${text}`),
      `asked: ${question}`,
      `got: ${got}`,
      `wanted: ${wanted}`,
      ...quotes.map((text) => `quoted: ${text}`),
    ];
    const indented = lines.flatMap((line) =>
      wrapText(line.replace(/\s+/g, ' '), width - 4).map((part) => `    ${part}`),
    );
    return [`${tone(severity)}  ${styles.bold(id)}  ${topic}`, ...indented, ''];
  });
}
