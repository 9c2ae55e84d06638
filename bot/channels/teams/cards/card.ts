import type { Language } from '../../../../knowledge/pack/pack.ts';

/*
 * The elements of Adaptive Cards 1.5 (the newest that Teams draws) that Quotewell uses. Words from the pack go into
 * text runs, which are shown as they are; text blocks read Markdown.
 */

export interface Card {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  readonly lang: Language;
  /** What clients say that can't draw the card. */
  readonly fallbackText: string;
  readonly body: readonly CardElement[];
  readonly actions?: readonly CardAction[];
  readonly refresh?: { readonly action: Execute };
}

export type CardElement =
  | {
      readonly type: 'TextBlock';
      readonly text: string;
      readonly wrap: true;
      readonly size?: 'Small' | 'ExtraLarge';
      readonly weight?: 'Bolder';
      readonly spacing?: 'None' | 'Small';
      readonly style?: 'heading';
    }
  | { readonly type: 'RichTextBlock'; readonly inlines: readonly TextRun[]; readonly spacing?: 'None' | 'Small' }
  | {
      readonly type: 'Container';
      readonly items: readonly CardElement[];
      readonly id?: string;
      readonly isVisible?: boolean;
      readonly separator?: true;
      readonly style?: 'emphasis' | 'attention';
    }
  | { readonly type: 'ActionSet'; readonly actions: readonly CardAction[]; readonly spacing?: 'None' | 'Small' };

export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly size?: 'Small';
  readonly isSubtle?: true;
  readonly fontType?: 'Monospace';
  readonly selectAction?: OpenUrl;
}

export type CardAction = OpenUrl | Execute | ToggleVisibility;

export interface OpenUrl {
  readonly type: 'Action.OpenUrl';
  readonly title: string;
  readonly url: string;
}

/** Comes back as the invoke `adaptiveCard/action`; see `card-actions.ts`. */
export interface Execute {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: string;
  readonly data: object;
}

export interface ToggleVisibility {
  readonly type: 'Action.ToggleVisibility';
  readonly title: string;
  readonly targetElements: readonly string[];
}

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

export function drawCard(parts: Pick<Card, 'lang' | 'fallbackText' | 'body' | 'actions' | 'refresh'>): Card {
  const { lang, fallbackText, body, actions = [], refresh } = parts;
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang,
    fallbackText,
    body,
    ...(actions.length > 0 && { actions }),
    ...(refresh && { refresh }),
  };
}

export function run(text: string, look: Omit<TextRun, 'type' | 'text'> = {}): TextRun {
  return { type: 'TextRun', text, ...look };
}

export function line(...inlines: readonly TextRun[]): CardElement {
  return { type: 'RichTextBlock', inlines, spacing: 'Small' };
}
