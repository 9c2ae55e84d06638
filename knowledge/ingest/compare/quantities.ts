import { normalize } from '../../text/normalize.ts';

/** A number with what it counts, in a unit that others of its kind are told in too: weeks and months become days. */
export interface Quantity {
  readonly unit: string;
  readonly value: number;
}

/** The quantities in a sentence: percentages, amounts, lengths of time, and how many in how many. */
export function quantitiesIn(sentence: string): Quantity[] {
  const text = spelledOut(normalize(sentence)).replace(/(\d),(?=\d{3}\b)/g, '$1');
  const found: Quantity[] = [];
  for (const [, from = '', to, unit = ''] of text.matchAll(RANGE)) {
    const { name, factor } = UNITS.get(singular(unit)) ?? { name: unit, factor: 1 };
    found.push({ unit: name, value: Number(from) * factor });
    if (to !== undefined) found.push({ unit: name, value: Number(to) * factor });
  }
  for (const [, some = '', all = ''] of text.matchAll(/\b(\d+) (?:in|out of) (?:every )?(\d+)\b/g)) {
    if (Number(all) > 0) found.push({ unit: '%', value: round((Number(some) / Number(all)) * 100) });
  }
  return found;
}

/** Whether two sentences give other numbers in a unit that both speak in. */
export function disagree(a: readonly Quantity[], b: readonly Quantity[]): boolean {
  const units = new Set(a.map(({ unit }) => unit).filter((unit) => b.some((other) => other.unit === unit)));
  return [...units].some((unit) => {
    const here = valuesOf(a, unit);
    const there = valuesOf(b, unit);
    const within = (some: ReadonlySet<number>, all: ReadonlySet<number>) => [...some].every((value) => all.has(value));
    return !within(here, there) && !within(there, here);
  });
}

function valuesOf(quantities: readonly Quantity[], unit: string): ReadonlySet<number> {
  return new Set(quantities.filter((quantity) => quantity.unit === unit).map(({ value }) => value));
}

const UNITS: ReadonlyMap<string, { name: string; factor: number }> = new Map([
  ['percent', { name: '%', factor: 1 }],
  ['%', { name: '%', factor: 1 }],
  ['g', { name: 'mg', factor: 1000 }],
  ['mg', { name: 'mg', factor: 1 }],
  ['mg/kg', { name: 'mg/kg', factor: 1 }],
  ['ml', { name: 'ml', factor: 1 }],
  ['minute', { name: 'minutes', factor: 1 }],
  ['hour', { name: 'minutes', factor: 60 }],
  ['day', { name: 'days', factor: 1 }],
  ['week', { name: 'days', factor: 7 }],
  ['month', { name: 'days', factor: 30 }],
  ['year', { name: 'days', factor: 365 }],
  ['time', { name: 'times', factor: 1 }],
]);

const UNIT = '%|percent|mg\\/kg|mg|g|ml|minutes?|hours?|days?|weeks?|months?|years?|times?';
const RANGE = new RegExp(
  `(?<![\\d.])(\\d+(?:\\.\\d+)?)(?:%|percent)?(?: ?(?:-|to|and|or) ?(\\d+(?:\\.\\d+)?))? ?-?(${UNIT})(?![\\p{L}/])`,
  'gu',
);

function singular(unit: string): string {
  return unit.length > 3 ? unit.replace(/s$/, '') : unit;
}

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

function spelledOut(text: string): string {
  return text
    .replace(/\bonce\b/g, '1 time')
    .replace(/\btwice\b/g, '2 times')
    .replace(/\p{L}+/gu, (word) => (NUMBERS.includes(word) ? String(NUMBERS.indexOf(word)) : word));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
