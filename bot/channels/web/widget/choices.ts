import { button, element } from './dom.ts';
import { PACK_LANGUAGE } from './ui.ts';

/** Questions to press under a label; nothing where there are none. */
export function drawChoices(
  label: string,
  questions: readonly string[],
  ask: (question: string) => void,
): HTMLElement | undefined {
  if (questions.length === 0) return undefined;
  const choices = questions.map((question) =>
    button({ class: 'choice', part: 'starter', lang: PACK_LANGUAGE, dir: 'auto' }, () => ask(question), question),
  );
  return element(
    'div',
    { class: 'next', role: 'group', 'aria-label': label },
    element('p', { class: 'next-title', 'aria-hidden': 'true' }, label),
    element('div', { class: 'choices' }, ...choices),
  );
}
