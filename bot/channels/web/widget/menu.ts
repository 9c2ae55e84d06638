import { button, element, hidden } from './dom.ts';
import { icon } from './icons.ts';
import type { Ui } from './ui.ts';

export interface Menu {
  readonly toggle: HTMLButtonElement;
  readonly sheet: HTMLElement;
  readonly isOpen: () => boolean;
  /** Closes it and gives the focus back to its button. */
  close(): void;
}

export interface MenuActions {
  readonly copy: () => void;
  readonly print: () => void;
  readonly startAgain: () => void;
  readonly clear: () => void;
  /** @param step -1 or 1 @returns the size now, in percent */
  readonly resize: (step: number) => number;
}

/** Actions that are seldom needed, unfolded by a button. */
export function createMenu({ say, announcer }: Pick<Ui, 'say' | 'announcer'>, actions: MenuActions): Menu {
  const sheet = element('div', { id: 'menu', class: 'menu', hidden: true });
  const toggle = button(
    { class: 'tool', 'aria-expanded': 'false', 'aria-controls': 'menu' },
    () => show(sheet.hidden !== false),
    icon('menu'),
    hidden(say('menu')),
  );
  const size = (step: number, label: 'smaller' | 'larger') =>
    button(
      { class: 'tool size' },
      () => announcer.polite(say('textSizeNow', { percent: actions.resize(step) })),
      element('span', { class: label, 'aria-hidden': 'true' }, 'A'),
      hidden(say(label)),
    );
  const item = (label: 'copy' | 'print' | 'startAgain' | 'clear') =>
    button(
      { class: 'item' },
      () => {
        close();
        actions[label]();
      },
      say(label),
    );
  sheet.append(
    element(
      'div',
      { class: 'sizes', role: 'group', 'aria-label': say('textSize') },
      element('span', { 'aria-hidden': 'true' }, say('textSize')),
      size(-1, 'smaller'),
      size(1, 'larger'),
    ),
    item('copy'),
    item('print'),
    item('startAgain'),
    item('clear'),
  );
  return { toggle, sheet, isOpen: () => !sheet.hidden, close };

  function close(): void {
    show(false);
    toggle.focus();
  }

  function show(open: boolean): void {
    sheet.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
  }
}
