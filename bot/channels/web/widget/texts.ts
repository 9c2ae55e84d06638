import type { Language } from '../../../../knowledge/pack/pack.ts';
import en from './texts/en.json' with { type: 'json' };
import es from './texts/es.json' with { type: 'json' };

export type TextKey = keyof typeof en;
/** One of the interface's texts, with its {places} filled in. */
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** Each language has every text, or this does not compile. */
const TEXTS: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, es };

export function createSay(language: Language): Say {
  const texts = TEXTS[language];
  return (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}

/** The language of the interface for a language tag: `es-MX` is Spanish; what isn't known becomes English. */
export function languageOf(tag: string | null | undefined): Language {
  return /^es(-|$)/i.test(tag ?? '') ? 'es' : 'en';
}

/** A date in words. Sources may give a month or a year only, which stay what they are. */
export function dateInWords(date: string, language: Language): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date) ?? [];
  if (year === undefined) return date;
  const style: Intl.DateTimeFormatOptions = day ? { dateStyle: 'long' } : { year: 'numeric', month: 'long' };
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1));
  return new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' }).format(at);
}
