import type { Language } from '../../../../knowledge/pack/pack.ts';

/** The page's own words. Passages stay in the language of their pack. */
export const TEXTS = {
  en: {
    start: 'Ask a question',
    topic: 'Topic',
    regions: 'Holds in',
    everywhere: 'every region',
    quoted: 'The marked words are what was quoted to you.',
    quoteBegins: 'quoted words begin',
    quoteEnds: 'quoted words end',
    reviewed: 'Reviewed by {by} on {on}, to be read again by {due}',
    unreviewed: 'Not yet reviewed by a clinician',
    overdue: 'Reviewed by {by} on {on}; the next review has been due since {due}',
    source: 'Source {number}',
    sources: 'Sources',
    noSources: 'These sentences state no facts that need a source.',
    note: 'Please note',
    help: 'If you need help now',
    call: 'Call {label}, {phone}',
    about: 'What this is',
    aboutText:
      'This is one passage of the knowledge pack “{pack}”. Quotewell answers questions by quoting sentences of such passages, letter for letter, and the numbers behind the sentences name where their facts come from. It is not a medical device and does not replace the people who treat you.',
    missing: 'This passage is not here',
    missingText: 'It may have been renamed or taken out since the link was made. You can ask your question again.',
  },
  es: {
    start: 'Hacer una pregunta',
    topic: 'Tema',
    regions: 'Válido en',
    everywhere: 'todas las regiones',
    quoted: 'Las palabras marcadas son las que se te citaron.',
    quoteBegins: 'empiezan las palabras citadas',
    quoteEnds: 'terminan las palabras citadas',
    reviewed: 'Revisado por {by} el {on}; próxima revisión antes del {due}',
    unreviewed: 'Todavía no lo ha revisado ningún profesional clínico',
    overdue: 'Revisado por {by} el {on}; la siguiente revisión está pendiente desde el {due}',
    source: 'Fuente {number}',
    sources: 'Fuentes',
    noSources: 'Estas frases no afirman nada que necesite una fuente.',
    note: 'Ten en cuenta',
    help: 'Si necesitas ayuda ahora',
    call: 'Llamar: {label}, {phone}',
    about: 'Qué es esto',
    aboutText:
      'Este es un texto de la colección «{pack}», escrito en inglés. Quotewell responde preguntas citando frases de textos como este, letra por letra, y los números que siguen a las frases dicen de dónde salen los datos. No es un producto sanitario y no sustituye a quienes te atienden.',
    missing: 'Este texto no está aquí',
    missingText:
      'Puede que haya cambiado de nombre o se haya retirado desde que se creó el enlace. Puedes volver a hacer tu pregunta.',
  },
} as const satisfies Record<Language, Record<string, string>>;

export type Texts = (typeof TEXTS)[Language];

/** A text with its `{names}` filled in. */
export function fillIn(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A date in words. Sources may give a year or a month only; anything else stays what it is. */
export function dateInWords(date: string, language: Language): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date) ?? [];
  if (year === undefined) return date;
  const style: Intl.DateTimeFormatOptions =
    day === undefined ? { year: 'numeric', month: 'long' } : { dateStyle: 'long' };
  const moment = Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1));
  return new Intl.DateTimeFormat(language === 'en' ? 'en-US' : language, { ...style, timeZone: 'UTC' }).format(moment);
}
