import { describe, expect, it } from 'vitest';
import { createStyles } from '../../../../bot/channels/terminal/styles.ts';
import { terminalSvg } from '../../../../bot/channels/terminal/terminal-svg.ts';

const styles = createStyles(true);

describe('terminalSvg', () => {
  it('keeps every word, in its color and weight', () => {
    const svg = terminalSvg({ output: `plain ${styles.bold(styles.red('loud'))} ${styles.dim('soft')}`, title: 't' });
    expect(svg).toMatch(/<text [^>]*fill="#f08a80" font-weight="bold">loud<\/text>/);
    expect(svg).toMatch(/<text [^>]*opacity="0.65">soft<\/text>/);
    expect(svg).toContain('>plain\u00a0</text>');
  });

  it('holds no control characters, and escapes what means something in markup', () => {
    const svg = terminalSvg({ output: `${styles.cyan('a < b & c')}\n`, title: '"quoted"' });
    expect(svg).not.toContain('\u001b');
    expect(svg).toContain('a\u00a0&#60;\u00a0b\u00a0&#38;\u00a0c');
  });

  it('goes on in a style from one line to the next', () => {
    const svg = terminalSvg({ output: '\u001b[32mone\ntwo\u001b[39m three', title: 't' });
    expect(svg.match(/fill="#7ccf91"/g)).toHaveLength(2);
  });
});
