import type { Reply } from '../../../reply.ts';
import type { Rating } from './api.ts';
import { button, element, hidden } from './dom.ts';
import { icon } from './icons.ts';
import type { Turn } from './state.ts';
import type { Ui } from './ui.ts';

/** What the server is told of the reason: words of this list, never prose. */
const REASONS = ['not_what_i_asked', 'hard_to_understand', 'not_enough', 'wrong', 'other'] as const;

/** Two thumbs. The one that points down is sent at once, and then asks for a reason, which takes its place. */
export function drawFeedback(turn: Turn, reply: Reply, ui: Ui): HTMLElement {
  const { say, conversation, announcer } = ui;
  const more = element('div', { class: 'feedback-more' });
  const yes = drawThumb('up', 'yes');
  const no = drawThumb('down', 'no');
  mark(turn.rating);
  return element(
    'div',
    { class: 'feedback', role: 'group', 'aria-label': say('helpful') },
    element('span', { class: 'feedback-title', 'aria-hidden': 'true' }, say('helpful')),
    yes,
    no,
    more,
  );

  function drawThumb(rating: 'up' | 'down', label: 'yes' | 'no'): HTMLButtonElement {
    const press = () => {
      mark(rating);
      void give({ replyId: reply.id, rating }, () => (rating === 'down' ? askWhy() : thank()));
    };
    return button({ class: 'thumb', 'aria-pressed': 'false' }, press, icon(rating), hidden(say(label)));
  }

  function askWhy(): void {
    more.replaceChildren(drawReasons());
    more.scrollIntoView({ block: 'nearest' });
  }

  function drawReasons(): HTMLElement {
    const reasons = REASONS.map((reason) =>
      element(
        'label',
        { class: 'reason' },
        element('input', { type: 'radio', name: 'reason', value: reason }),
        element('span', {}, say(`reason_${reason}`)),
      ),
    );
    const comment = element('textarea', { rows: 2, maxlength: COMMENT_LIMIT });
    const form = element(
      'form',
      { class: 'reasons' },
      element('fieldset', {}, element('legend', {}, say('reasonAsk')), ...reasons),
      element('label', { class: 'comment' }, element('span', {}, say('comment')), comment),
      element('p', { class: 'comment-hint' }, say('commentHint')),
      element('button', { type: 'submit', class: 'choice' }, say('sendFeedback')),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const reason = new FormData(form).get('reason');
      void give(
        {
          replyId: reply.id,
          rating: 'down',
          ...(typeof reason === 'string' && { reason }),
          ...(comment.value.trim() !== '' && { comment: comment.value.trim() }),
        },
        () => {
          thank();
          no.focus();
        },
      );
    });
    return form;
  }

  async function give(rating: Rating, done: () => void): Promise<void> {
    const outcome = await conversation.rate(turn, rating);
    if (outcome.ok) return done();
    mark(conversation.turns().find(({ id }) => id === turn.id)?.rating);
    const says = say(outcome.failure.why === 'expired' ? 'feedbackExpired' : 'feedbackFailed');
    // Beside the form, not in its place: what was typed there stays.
    more.querySelector('.feedback-says')?.remove();
    more.append(element('p', { class: 'feedback-says' }, says));
    announcer.polite(says);
  }

  function thank(): void {
    more.replaceChildren(element('p', { class: 'feedback-says' }, say('thanks')));
    announcer.polite(say('thanks'));
  }

  function mark(rating: 'up' | 'down' | undefined): void {
    yes.setAttribute('aria-pressed', String(rating === 'up'));
    no.setAttribute('aria-pressed', String(rating === 'down'));
  }
}

const COMMENT_LIMIT = 500;
