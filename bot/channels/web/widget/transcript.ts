import { drawChoices } from './choices.ts';
import { button, element, hidden } from './dom.ts';
import { drawFailure, drawReply } from './reply-view.ts';
import type { Turn, TurnOutcome } from './state.ts';
import type { Ui } from './ui.ts';

export interface Transcript {
  /** The part that scrolls. */
  readonly scroller: HTMLElement;
  /** Draws what has changed, and nothing else: what is half filled in or unfolded stays so. */
  update(): void;
  drawWelcome(failed?: boolean): void;
  /** The last question at the top, so that its reply is read from its beginning. */
  showLast(): void;
}

/** @param change puts a question back into the field */
export function createTranscript(
  ui: Ui,
  { greeting, change }: { greeting: string | undefined; change: (turn: Turn) => void },
): Transcript {
  const { say, conversation } = ui;
  const welcome = element('div', { class: 'welcome' });
  const list = element('ol', { class: 'turns' });
  // Reached by keyboard, since it scrolls.
  const scroller = element(
    'div',
    { class: 'scroller', part: 'transcript', role: 'region', tabindex: 0, 'aria-label': say('conversation') },
    welcome,
    list,
  );
  let welcomed = '';
  const drawn = new Map<number, { readonly outcome: TurnOutcome; readonly items: readonly HTMLElement[] }>();

  return {
    scroller,
    update() {
      const turns = conversation.turns();
      for (const [id, { items }] of drawn) {
        if (turns.some((turn) => turn.id === id)) continue;
        for (const item of items) item.remove();
        drawn.delete(id);
      }
      for (const turn of turns) draw(turn);
    },
    drawWelcome(failed = false) {
      const starters = conversation.starters();
      // What came is often what was there: drawn again it would take the focus from who stands on it.
      const now = JSON.stringify([starters, failed]);
      if (now === welcomed) return;
      welcomed = now;
      welcome.replaceChildren(
        element('p', { class: 'greeting', dir: 'auto' }, greeting ?? starters?.greeting ?? say('greeting')),
        ...(starters ? [drawChoices(say('starters'), starters.questions, ui.ask) ?? ''] : []),
        ...(failed && !starters ? [drawStartersFailed()] : []),
        element('p', { class: 'privacy' }, say('privacy')),
      );
    },
    showLast() {
      const last = list.lastElementChild?.previousElementSibling;
      if (!(last instanceof HTMLElement)) return scroller.scrollTo({ top: 0 });
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      const behavior = calm ? 'auto' : 'smooth';
      // On a screen too low for a part that scrolls, all of the chat does; see the style sheet.
      if (getComputedStyle(scroller).overflowY === 'visible') last.scrollIntoView({ block: 'start', behavior });
      else scroller.scrollTo({ top: last.offsetTop - TOP_MARGIN, behavior });
    },
  };

  function draw(turn: Turn): void {
    const before = drawn.get(turn.id);
    if (before?.outcome === turn.outcome) return;
    const [asked, place] = before?.items ?? [
      element('li', { class: 'asked', part: 'question', dir: 'auto' }, hidden(`${say('youAsked')} `), turn.question),
      element('li', { class: 'replied' }),
    ];
    if (!asked || !place) return;
    place.replaceChildren(drawOutcome(turn));
    if (!before) list.append(asked, place);
    drawn.set(turn.id, { outcome: turn.outcome, items: [asked, place] });
  }

  function drawOutcome(turn: Turn): HTMLElement {
    const { outcome } = turn;
    switch (outcome.kind) {
      case 'waiting':
        return drawTyping(say('looking'));
      case 'replied':
        return drawReply(turn, outcome.reply, ui);
      case 'failed':
        return drawFailure(outcome.failure, ui, {
          retry: () => conversation.retry(turn),
          change: () => change(turn),
        });
    }
  }

  function drawStartersFailed(): HTMLElement {
    return element(
      'div',
      { class: 'next' },
      element('p', { class: 'next-title' }, say('startersFailed')),
      button({ class: 'choice' }, () => void conversation.loadStarters(), say('tryAgain')),
    );
  }
}

const TOP_MARGIN = 12;

function drawTyping(text: string): HTMLElement {
  const dots = [1, 2, 3].map(() => element('span', { class: 'dot', 'aria-hidden': 'true' }));
  return element('p', { class: 'typing' }, ...dots, element('span', { class: 'typing-text' }, text));
}
