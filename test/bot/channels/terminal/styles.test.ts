import { describe, expect, it } from 'vitest';
import { createStyles, hasColor, readingWidth } from '../../../../bot/channels/terminal/styles.ts';

describe('hasColor', () => {
  it('is true of a terminal, and of nothing else', () => {
    expect(hasColor({ isTTY: true }, {})).toBe(true);
    expect(hasColor({}, {})).toBe(false);
    expect(hasColor({}, { CI: 'true' })).toBe(false);
  });

  it('honors NO_COLOR above all, and a terminal that has none', () => {
    expect(hasColor({ isTTY: true }, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(hasColor({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
  });

  it('lets FORCE_COLOR ask for it anywhere', () => {
    expect(hasColor({}, { FORCE_COLOR: '1' })).toBe(true);
    expect(hasColor({ isTTY: true }, { FORCE_COLOR: '0' })).toBe(false);
  });
});

describe('readingWidth', () => {
  it('is that of the terminal, within what can be read', () => {
    expect([
      readingWidth({ columns: 80 }, {}),
      readingWidth({ columns: 300 }, {}),
      readingWidth({ columns: 5 }, {}),
    ]).toEqual([80, 100, 30]);
  });

  it('is taken from COLUMNS, else 80, where there is no terminal', () => {
    expect([readingWidth({}, { COLUMNS: '60' }), readingWidth({}, { COLUMNS: 'wide' })]).toEqual([60, 80]);
  });
});

describe('createStyles', () => {
  it('leaves text as it is without color', () => {
    expect(createStyles(false).bold('text')).toBe('text');
    expect(createStyles(true).bold('text')).not.toBe('text');
  });
});
