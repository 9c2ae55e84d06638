import { AdaptiveCard, SerializationContext } from 'adaptivecards';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Card } from '../../../bot/channels/teams/cards/card.ts';
import { ADAPTIVE_CARD_1_5 } from './adaptive-card-schema.ts';

const CARD = z.looseObject({ lang: z.string() });
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
formats.default(ajv);
const fits = ajv.compile(ADAPTIVE_CARD_1_5);

/** A card fits the schema of version 1.5, Microsoft's own parser finds no fault with it, and what it toggles is there. */
export function expectCard(card: unknown): asserts card is Card {
  expect(fits(card) ? [] : fits.errors).toEqual([]);
  const parser = new AdaptiveCard();
  const context = new SerializationContext();
  // Its check of `lang` is a regular expression that remembers where it was: it fails every other time.
  const { lang: _lang, ...rest } = CARD.parse(card);
  parser.parse(rest, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index)?.message);
  expect(events).toEqual([]);
  expect(parser.validateProperties().validationEvents.map(({ message }) => message)).toEqual([]);
  const ids = valuesOf(card, 'id');
  expect(new Set(ids).size).toBe(ids.length);
  for (const target of valuesOf(card, 'targetElements').flat()) expect(ids).toContain(target);
}

/** Every value of a field, at whatever depth, but for data that buttons send back. */
export function valuesOf(value: unknown, field: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [
    ...(name === field && !Array.isArray(value) ? [part] : []),
    ...(name === 'data' ? [] : valuesOf(part, field)),
  ]);
}

/** All that a card shows, in the order that it shows it. */
export function wordsOf(card: Card): string {
  return valuesOf(card.body, 'text').join('\n');
}
