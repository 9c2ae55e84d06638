import type { Language } from '../../../knowledge/pack/pack.ts';
import type { Quote } from '../../reply.ts';

/** The words that the terminal puts around a reply, by the language of the interface. */
export interface Labels {
  readonly contacts: string;
  readonly urgentContacts: string;
  readonly sources: string;
  readonly disclaimers: string;
  readonly next: string;
  readonly review: (state: Quote['review']) => string;
}

const ENGLISH: Labels = {
  contacts: 'Who can help',
  urgentContacts: 'Get help now',
  sources: 'Sources',
  disclaimers: 'Please note',
  next: 'You can also ask',
  review: ({ status, by = 'a clinician', on = '', due = '' }) => {
    switch (status) {
      case 'reviewed':
        return `Reviewed by ${by} on ${on}; next review due ${due}.`;
      case 'overdue':
        return `Reviewed by ${by} on ${on}, but the next review was due ${due}.`;
      case 'unreviewed':
        return 'Not yet reviewed by a clinician.';
    }
  },
};

const SPANISH: Labels = {
  contacts: 'Quién puede ayudar',
  urgentContacts: 'Pide ayuda ahora',
  sources: 'Fuentes',
  disclaimers: 'Ten en cuenta',
  next: 'También puedes preguntar',
  review: ({ status, by = 'personal clínico', on = '', due = '' }) => {
    switch (status) {
      case 'reviewed':
        return `Revisado por ${by} el ${on}; próxima revisión: ${due}.`;
      case 'overdue':
        return `Revisado por ${by} el ${on}, pero tocaba revisarlo de nuevo el ${due}.`;
      case 'unreviewed':
        return 'Todavía sin revisar por personal clínico.';
    }
  },
};

export const LABELS: Readonly<Record<Language, Labels>> = { en: ENGLISH, es: SPANISH };
