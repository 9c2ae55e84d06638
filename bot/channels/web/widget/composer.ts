import { lengthOf, QUESTION_LIMIT } from './conversation.ts';
import { element, hidden } from './dom.ts';
import { icon } from './icons.ts';
import type { StateKeeper } from './state.ts';
import type { Ui } from './ui.ts';

export interface Composer {
  readonly form: HTMLFormElement;
  focus(): void;
  /** Puts a question into the field, before what stands there already. */
  put(question: string): void;
}

/** The field for a question. What is typed is kept as it is typed, so that nothing loses it but sending. */
export function createComposer(ui: Ui, state: StateKeeper): Composer {
  const { say, conversation, announcer } = ui;
  const field = element('textarea', {
    id: 'question',
    part: 'input',
    rows: 1,
    placeholder: say('placeholder'),
    autocomplete: 'off',
    enterkeyhint: 'send',
    dir: 'auto',
    'aria-describedby': 'hint',
  });
  const hint = element('p', { id: 'hint', class: 'hint' });
  const send = element('button', { type: 'submit', class: 'send', part: 'send' }, icon('send'), hidden(say('send')));
  const form = element(
    'form',
    { class: 'composer', part: 'composer', novalidate: true },
    element('label', { class: 'hidden', for: 'question' }, say('question')),
    element('div', { class: 'field' }, field, send),
    hint,
  );
  /** How many questions back the field shows; 0 is what was typed. */
  let back = 0;

  field.value = state.current().draft;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener('input', () => {
    back = 0;
    changed();
  });
  field.addEventListener('keydown', (event) => {
    // While a word is being composed, as in Japanese, keys belong to that.
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Enter') submit();
    else if (event.key === 'ArrowUp' && (back > 0 || field.value === '')) recall(back + 1);
    else if (event.key === 'ArrowDown' && back > 0) recall(back - 1);
    else return;
    event.preventDefault();
  });
  showLength();

  return {
    form,
    focus: () => field.focus({ preventScroll: true }),
    put(question) {
      set(field.value.trim() === '' ? question : `${question}\n${field.value}`);
    },
  };

  function submit(): void {
    if (conversation.waiting()) announcer.polite(say('pleaseWait'));
    else if (conversation.send(field.value)) set('');
    else showLength();
    field.focus({ preventScroll: true });
  }

  function recall(steps: number): void {
    const asked = conversation.turns().map(({ question }) => question);
    const question = steps === 0 ? '' : asked.at(-steps);
    if (question === undefined) return;
    set(question);
    back = steps;
    field.setSelectionRange(question.length, question.length);
  }

  function set(text: string): void {
    field.value = text;
    back = 0;
    changed();
  }

  function changed(): void {
    state.change({ draft: field.value });
    showLength();
    if (!CSS.supports('field-sizing', 'content')) growToFit();
  }

  function showLength(): void {
    const length = lengthOf(field.value);
    const over = length > QUESTION_LIMIT;
    field.setAttribute('aria-invalid', String(over));
    hint.classList.toggle('hint-over', over);
    const near = length > QUESTION_LIMIT * NEAR_LIMIT;
    hint.textContent = near ? say(over ? 'tooLong' : 'length', { length, limit: QUESTION_LIMIT }) : '';
    if (over) announcer.polite(hint.textContent);
  }

  /** What `field-sizing: content` does where there is no such thing; the style sheet still sets the most. */
  function growToFit(): void {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  }
}

/** Share of the limit from which on the length is shown. */
const NEAR_LIMIT = 0.9;
