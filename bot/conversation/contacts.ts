import type { Language, Region } from '../../knowledge/pack/pack.ts';
import type { Contacts, SafetyContact } from '../../knowledge/pack/safety.ts';
import type { Contact } from '../reply.ts';

export interface Clinic {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly url?: string | undefined;
}

/** Whom to call, by region and by what it is for. */
export interface ContactBook {
  /** For each use, in order: the region's contacts, or, where it has none, those for anywhere; empty where there is neither. */
  forUses(uses: readonly SafetyContact['use'][], region: Region, language: Language): Contact[];
  /** The clinic itself; empty where it has not said how to reach it. */
  clinic(unnamed: string): Contact[];
}

export function createContactBook({ contacts, clinic }: { contacts: Contacts; clinic: Clinic }): ContactBook {
  return {
    forUses(uses, region, language) {
      const found = uses.flatMap((use) => {
        const here = contacts.regions[region].filter((contact) => contact.use === use);
        return here.length > 0 ? here : contacts.anywhere.filter((contact) => contact.use === use);
      });
      // One that works anywhere always closes the list: people travel, and the region may be guessed wrong.
      const anywhere = contacts.anywhere.filter((contact) => uses.includes(contact.use));
      return [...new Set([...found, ...anywhere])].map((contact) => toContact(contact, language));
    },
    clinic(unnamed) {
      const { name, phone, url } = clinic;
      if (!phone && !url) return [];
      return [{ label: name ?? unnamed, ...(phone && { phone }), ...(url && { url }) }];
    },
  };
}

function toContact({ label, phone, text, url, hours }: SafetyContact, language: Language): Contact {
  const named = label[language];
  // A number that takes messages only is worth nothing unseen; "SMS" is understood in every language spoken here.
  const unseen = text !== undefined && text !== phone && !named.includes(text);
  return {
    label: unseen ? `${named} (SMS ${text})` : named,
    ...(phone !== undefined && { phone }),
    ...(url !== undefined && { url }),
    ...(hours !== undefined && { hours: hours[language] }),
  };
}
