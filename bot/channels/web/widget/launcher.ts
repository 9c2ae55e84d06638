import { button, element, hidden } from './dom.ts';
import { icon } from './icons.ts';
import type { Say } from './texts.ts';

export interface Launcher {
  readonly box: HTMLButtonElement;
  update(now: { readonly open: boolean; readonly unread: number }): void;
  /** Said politely while the chat is closed. */
  notice(text: string): void;
}

/** The button in the corner of the page. */
export function createLauncher({ say, onPress }: { say: Say; onPress: () => void }): Launcher {
  const count = element('span', { class: 'hidden' });
  const dot = element('span', { class: 'dot-unread', hidden: true });
  const said = element('span', { class: 'hidden', role: 'status' });
  const box = button(
    { class: 'launcher', part: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
    onPress,
    icon('quote'),
    element('span', { class: 'launcher-label' }, say('launcher')),
    dot,
    count,
  );
  return {
    box,
    update({ open, unread }) {
      box.setAttribute('aria-expanded', String(open));
      box.hidden = open;
      dot.hidden = unread === 0;
      const words = unread === 1 ? say('unreadOne') : say('unreadOther', { count: unread });
      count.textContent = unread === 0 ? '' : ` (${words})`;
    },
    notice(text) {
      if (!said.isConnected) box.after(said);
      said.replaceChildren(hidden(text));
    },
  };
}
