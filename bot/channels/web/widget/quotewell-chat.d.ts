/**
 * Types for pages that embed the chat: what `<quotewell-chat>` takes, does and tells. Stands on its own; a page that
 * is written in TypeScript copies this file, served at `/widget/quotewell-chat.d.ts`.
 *
 * Attributes, each of which may change at any time:
 *
 * | Attribute  | Says                                                                          | Absent                   |
 * |------------|-------------------------------------------------------------------------------|--------------------------|
 * | `clinic`   | the clinic's name, as title                                                   | a general title          |
 * | `logo`     | address of a picture, `https:`, `http:` or relative to the page               | a quotation mark         |
 * | `greeting` | what stands above the first questions                                         | the bot's own greeting   |
 * | `region`   | `US`, `UK`, `EU`, `IE`, `AU`, `NZ`: whose rules and phone numbers apply       | the server's region      |
 * | `language` | `en` or `es`, of the interface; passages stay in English                      | that of the page         |
 * | `position` | `end`, `start`, `right`, `left`: a corner; `inline`: where the element stands | `end`                    |
 * | `theme`    | `light` or `dark`                                                             | what the person prefers  |
 * | `api`      | where the bot answers, if not where the script came from                      | the script's own folder  |
 * | `open`     | present while the chat is open; may be there from the start                   | closed                   |
 *
 * Custom properties (each color also with `-dark` at its end, for the dark theme): `--quotewell-accent`, `-on-accent`,
 * `-paper`, `-surface`, `-ink`, `-quiet`, `-line`, `-asked`, `-quote`, `-quote-rule`, `-urgent`, `-urgent-ground`;
 * `--quotewell-font`, `-quote-font`, `-radius`, `-width`, `-height`, `-offset`.
 *
 * Parts for `::part()`: `launcher`, `panel`, `header`, `title`, `help`, `transcript`, `question`, `reply`, `quote`,
 * `starter`, `composer`, `input`, `send`.
 */
export interface QuotewellChatElement extends HTMLElement {
  /** Opens the chat and moves the focus into it. */
  open(): void;
  /** Closes it and gives the focus back. An inline chat stays where it is. */
  close(): void;
  /** Opens the chat and asks. Returns whether the question was taken: not while another is under way, and not when empty. */
  ask(question: string): boolean;
}

/**
 * All bubble and leave the shadow tree. None carries what a person typed or was told: that is health data, and a
 * page's statistics are no place for it.
 */
export interface QuotewellChatEvents {
  'quotewell-open': CustomEvent<null>;
  'quotewell-close': CustomEvent<null>;
  'quotewell-reply': CustomEvent<{ readonly replyId: string; readonly kind: QuotewellReplyKind }>;
  /** No reply came; the person sees why and can try again. */
  'quotewell-failure': CustomEvent<{ readonly why: string }>;
  'quotewell-feedback': CustomEvent<{ readonly replyId: string; readonly rating: 'up' | 'down' }>;
  /** The conversation was deleted, or a new one begun. */
  'quotewell-clear': CustomEvent<null>;
}

export type QuotewellReplyKind = 'answer' | 'urgent' | 'refer' | 'clarify' | 'unanswered';

declare global {
  interface HTMLElementTagNameMap {
    'quotewell-chat': QuotewellChatElement;
  }
  interface HTMLElementEventMap extends QuotewellChatEvents {}
}
