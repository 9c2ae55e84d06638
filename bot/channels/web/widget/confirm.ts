import { button, element } from './dom.ts';
import type { Ui } from './ui.ts';

/** Asks before something goes that can't be brought back; the focus returns to where it was. */
export function confirm(
  panel: HTMLElement,
  { title, says, action }: { title: string; says: string; action: string },
  { say }: Pick<Ui, 'say'>,
  onYes: () => void,
): void {
  const before = focusedIn(panel);
  const dialog = element(
    'dialog',
    { class: 'confirm', 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-says' },
    element('h3', { id: 'confirm-title' }, title),
    element('p', { id: 'confirm-says' }, says),
    element(
      'div',
      { class: 'confirm-buttons' },
      button({ class: 'choice', autofocus: true }, () => dialog.close(), say('cancel')),
      button(
        { class: 'choice confirm-yes' },
        () => {
          dialog.close();
          onYes();
        },
        action,
      ),
    ),
  );
  // Esc belongs to this dialog alone, not to the chat around it.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  dialog.addEventListener('cancel', (event) => event.stopPropagation());
  dialog.addEventListener('close', (event) => {
    event.stopPropagation();
    dialog.remove();
    before?.focus();
  });
  panel.append(dialog);
  dialog.showModal();
}

function focusedIn(panel: HTMLElement): HTMLElement | undefined {
  const root = panel.getRootNode();
  const focused = root instanceof ShadowRoot ? root.activeElement : null;
  return focused instanceof HTMLElement ? focused : undefined;
}
