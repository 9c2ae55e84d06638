import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContactBook } from '../../../bot/conversation/contacts.ts';
import { LANGUAGES, REGIONS } from '../../../knowledge/pack/pack.ts';
import { type Contacts, loadSafety, type SafetyContact } from '../../../knowledge/pack/safety.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';

const { contacts, urgent } = loadSafety(path.join(projectRoot(), 'knowledge/safety'));
const book = createContactBook({ contacts, clinic: {} });
const everywhere = REGIONS.flatMap((region) => LANGUAGES.map((language) => [region, language] as const));

describe('the contacts that come with the bot', () => {
  it.each(everywhere)('hold an emergency number for %s in %s', (region, language) => {
    const [first] = book.forUses(['emergency'], region, language);
    expect(first?.phone).toMatch(/^(?:911|999|112|000|111)$/);
    expect(first?.label).not.toBe('');
  });

  it.each(everywhere)('hold somebody to call for every danger, for %s in %s', (region, language) => {
    for (const { category, contacts: uses } of urgent) {
      const phones = book.forUses(uses, region, language).filter(({ phone }) => phone !== undefined);
      expect([category, phones.length]).not.toEqual([category, 0]);
    }
  });

  it.each(everywhere)('each say what to call, to text or to open for %s in %s', (region, language) => {
    for (const { label, phone, url } of book.forUses(['emergency', 'crisis', 'poison', 'advice'], region, language)) {
      expect(label).not.toBe('');
      expect(phone ?? url ?? label.match(/\d{3,}/)?.[0]).toBeDefined();
    }
  });

  it('have been checked, and say when they are due again', () => {
    const all = [...Object.values(contacts.regions).flat(), ...contacts.anywhere];
    for (const { checked } of all) expect(checked < contacts.recheck_by).toBe(true);
  });
});

describe('createContactBook', () => {
  const contact = (id: string, use: SafetyContact['use'], more: Partial<SafetyContact> = {}): SafetyContact => ({
    id,
    use,
    label: { en: id, es: `${id} (es)` },
    source: { title: 'A page', organisation: 'A service', url: 'https://example.org' },
    checked: '2026-11-01',
    read: 'Call.',
    ...more,
  });
  const none = { US: [], UK: [], EU: [], IE: [], AU: [], NZ: [] };
  const own: Contacts = {
    recheck_by: '2027-05-01',
    regions: {
      ...none,
      US: [
        contact('911', 'emergency', { phone: '911' }),
        contact('lifeline', 'crisis', { url: 'https://l.example', hours: { en: 'always', es: 'siempre' } }),
        contact('text line', 'crisis', { text: '741741' }),
        contact('999', 'poison', { phone: '999', text: '999' }),
        contact('50808, text HELLO', 'advice', { text: '50808' }),
      ],
    },
    anywhere: [contact('112', 'emergency', { phone: '112' }), contact('helpline finder', 'crisis')],
  };
  const labels = (...given: Parameters<ReturnType<typeof createContactBook>['forUses']>) =>
    createContactBook({ contacts: own, clinic: {} })
      .forUses(...given)
      .map(({ label }) => label);

  it('lists by use in the order asked, then what works anywhere', () => {
    expect(labels(['crisis', 'emergency'], 'US', 'en')).toEqual([
      'lifeline',
      'text line (SMS 741741)',
      '911',
      '112',
      'helpline finder',
    ]);
  });

  it('falls back on what works anywhere where the region has none, each once', () => {
    expect(labels(['emergency', 'crisis'], 'NZ', 'en')).toEqual(['112', 'helpline finder']);
  });

  it('lists nothing for a use that nobody serves, and for none', () => {
    expect(labels(['poison'], 'UK', 'en')).toEqual([]);
    expect(labels([], 'US', 'en')).toEqual([]);
  });

  it('speaks the language asked for, and gives number, address and hours where there are any', () => {
    const [lifeline, textLine] = createContactBook({ contacts: own, clinic: {} }).forUses(['crisis'], 'US', 'es');
    expect(lifeline).toEqual({ label: 'lifeline (es)', url: 'https://l.example', hours: 'siempre' });
    expect(textLine).toEqual({ label: 'text line (es) (SMS 741741)' });
  });

  it('shows a number to text where label and phone do not', () => {
    expect(labels(['crisis', 'poison', 'advice'], 'US', 'en').slice(0, 4)).toEqual([
      'lifeline',
      'text line (SMS 741741)',
      '999',
      '50808, text HELLO',
    ]);
  });

  it.each([
    [{ name: 'Skin Clinic', phone: '555-0100' }, [{ label: 'Skin Clinic', phone: '555-0100' }]],
    [{ url: 'https://c.example' }, [{ label: 'your clinic', url: 'https://c.example' }]],
    [{ name: 'Skin Clinic' }, []],
    [{}, []],
  ])('gives the clinic %o as far as it can be reached', (clinic, expected) => {
    expect(createContactBook({ contacts: own, clinic }).clinic('your clinic')).toEqual(expected);
  });
});
