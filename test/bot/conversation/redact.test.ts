import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../bot/conversation/redact.ts';

const cases: readonly (readonly [string, string])[] = [
  ['mail me at ann.b+derm@clinic.example.org please', 'mail me at [email] please'],
  ['ann (at) gmail (dot) com or ann at gmail dot com', '[email] or [email]'],
  ['see https://forum.example/u/ann?x=1 and www.me.example', 'see [link] and [link]'],
  ['found it on acne-help.co.uk/thread/7 today', 'found it on [link] today'],
  ['I am @ann_b on there', 'I am [name] on there'],
  ['call 555-123-4567', 'call [number]'],
  ['call +44 (0)20 7946 0123 after six', 'call [number] after six'],
  ['call me on 07700 900123', 'call me on [number]'],
  ['my SSN is 123-45-6789', 'my SSN is [number]'],
  ['NHS number 943 476 5919, hospital no 00412345', 'NHS number [number], hospital no [number]'],
  ['NI QQ 12 34 56 C, passport AB1234567', 'NI [number], passport [number]'],
  ['ｍｙ ｎｕｍｂｅｒ ５５５１２３４５６７', 'my number [number]'],
  ['55\u200b51\u200b23\u200b45\u200b67', '[number]'],
  ['born 3/4/2007, started 2026-11-01', 'born [date], started [date]'],
  ['I was born on 3rd of April 2007', 'I was born on [date]'],
  ['since April 3rd, 2007 and 12 Dec 2025', 'since [date] and [date]'],
  ['nací el 12 de marzo de 2007', 'nací el [date]'],
  ['I was born in 2007', 'I was born in [date]'],
  ['I live at 12 Acacia Avenue, SW1A 1AA', 'I live at [address], [postcode]'],
  ['My name is Ann Smith and I take it', 'My name is [name] and I take it'],
  ['my name is ann smith and i take it', 'my name is [name] and i take it'],
  ["hi, i'm called zoë, can i drink", "hi, i'm called [name], can i drink"],
  ['me llamo María José y tengo acné', 'me llamo [name] y tengo acné'],
  ['My daughter Emma takes it', 'My daughter [name] takes it'],
  ['my son is called tom and he', 'my son is called [name] and he'],
  ['Dr. Patel said no, so did Mrs Jones', 'Dr [name] said no, so did Mrs [name]'],
  ['dr patel and mrs jones said no', 'dr [name] and mrs [name] said no'],
  ["Hi, I'm Ann. Does it come back?", "Hi, I'm [name]. Does it come back?"],
  ['does it come back? Thanks, Ann', 'does it come back? Thanks, [name]'],
];

const kept: readonly string[] = [
  'does acne come back after isotretinoin?',
  'is 20 mg or 0.5-1 mg/kg a day usual, up to 120-150 mg/kg?',
  'do 60 to 70% stay clear for 15 to 20 weeks',
  'I may take 2 or 3. May I?',
  'is this true in 2026, or 1 in 3?',
  'i am pregnant and scared',
  'I AM SO WORRIED',
  'vitamin B12 5mg with 20 mg, can I drive',
  'my daughter takes it, my dermatologist said 6 months',
  'what is it called in Spain',
  'what if i miss a dose, my dr said wait',
  '¿puedo beber alcohol? tengo 17 años',
  'e.g. dry lips, i.e. chapped... help',
];

describe('redacting', () => {
  it.each(cases)('turns "%s" into "%s"', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it.each(kept)('leaves "%s" as it is', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('finds an address, a phone number or an identity number wherever it stands', () => {
    const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9]\\d{${length - 1}}$`));
    const secret = fc.oneof(
      fc.emailAddress({ size: '-1' }).filter((address) => /^[\w.+-]+@[\w.-]+$/.test(address)),
      fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }),
      digits(10),
      fc.tuple(digits(3), digits(3), digits(4)).map((parts) => parts.join('-')),
      fc.tuple(digits(3), digits(2), digits(4)).map((parts) => parts.join('-')),
      fc.tuple(digits(3), digits(3), digits(4)).map((parts) => parts.join(' ')),
    );
    const around = fc.constantFrom('', 'my', 'is it ok?', 'please', 'with 20 mg,', '¿qué?', '🙂');
    fc.assert(
      fc.property(around, secret, around, (before, value, after) => {
        expect(redact(`${before} ${value} ${after}`)).not.toContain(value);
      }),
    );
  });

  it('changes nothing more when it is done twice', () => {
    const word = fc.oneof(
      fc.constantFrom(...cases.map(([text]) => text)),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.stringMatching(/^[\d ()+./@-]{0,30}$/),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), (words) => {
        const once = redact(words.join(' '));
        expect(redact(once)).toBe(once);
      }),
    );
  });

  it('gets through the longest messages, whatever they are made of', () => {
    for (const part of ['1 ', 'a.', '1-', 'a@', '(', 'my name is ', 'A', '12 a ', 'at dot ', '1.1.', 'a ', 'www.']) {
      expect(redact(part.repeat(Math.ceil(2000 / part.length))).length).toBeLessThan(10_000);
    }
  });
});
