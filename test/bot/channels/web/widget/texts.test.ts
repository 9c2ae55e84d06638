import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORGET_AFTER_MINUTES } from '../../../../../bot/store/expiry.ts';
import { LANGUAGES, REGIONS } from '../../../../../knowledge/pack/pack.ts';
import { projectRoot } from '../../../../../knowledge/project-root.ts';

const WIDGET = path.join(projectRoot(), 'bot/channels/web/widget');
const read = (language: string) =>
  JSON.parse(readFileSync(path.join(WIDGET, `texts/${language}.json`), 'utf8')) as Record<string, string>;
const source = (file: string) => readFileSync(path.join(WIDGET, file), 'utf8');

describe('the interface’s texts', () => {
  it('are there in every language', () => {
    expect(
      readdirSync(path.join(WIDGET, 'texts'))
        .map((name) => path.parse(name).name)
        .sort(),
    ).toEqual([...LANGUAGES].sort());
  });

  it.each(LANGUAGES)('have the same keys and the same places to fill in: %s', (language) => {
    const places = (texts: Record<string, string>) =>
      Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, (text.match(/\{\w+\}/g) ?? []).sort()]));
    expect(places(read(language))).toEqual(places(read('en')));
  });

  it.each(LANGUAGES)('say something, without spaces around it: %s', (language) => {
    for (const [key, text] of Object.entries(read(language))) expect(text, key).toMatch(/^\S(.*\S)?$/);
  });

  it('say as many minutes as the server remembers', () => {
    for (const language of LANGUAGES) expect(read(language).privacy).toContain(String(FORGET_AFTER_MINUTES));
    expect(source('state.ts')).toContain(`KEEP_MS = ${FORGET_AFTER_MINUTES} * 60_000`);
  });
});

describe('the widget’s own list of regions', () => {
  it('is the pack’s', () => {
    const [, list = ''] = /REGIONS[^=]*= \[([^\]]*)\]/.exec(source('settings.ts')) ?? [];
    expect(list.match(/\w+/g)).toEqual([...REGIONS]);
  });
});
