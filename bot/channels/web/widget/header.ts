import { type Child, element } from './dom.ts';
import { icon } from './icons.ts';
import type { Ui } from './ui.ts';

/** Whose chat it is, and the tools. The title takes the focus where opening should not call up a keyboard. */
export function drawHeader(
  { title, logo }: { title: string; logo: string | undefined },
  { say }: Pick<Ui, 'say'>,
  tools: readonly Child[],
): HTMLElement {
  const mark = element('span', { class: 'mark', 'aria-hidden': 'true' }, icon('quote'));
  return element(
    'header',
    { class: 'header', part: 'header' },
    logo === undefined ? mark : drawLogo(logo, mark),
    element(
      'div',
      { class: 'heading' },
      element('h2', { id: 'title', part: 'title', tabindex: -1, dir: 'auto' }, title),
      element('p', { class: 'subtitle' }, say('subtitle')),
    ),
    ...tools,
  );
}

/** The page's policy may not allow the picture: then the mark stands in for it. */
function drawLogo(address: string, mark: HTMLElement): HTMLElement {
  const picture = element('img', { class: 'logo', alt: '' });
  picture.addEventListener('error', () => picture.replaceWith(mark));
  picture.src = address;
  return picture;
}
