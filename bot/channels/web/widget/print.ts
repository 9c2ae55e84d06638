import { element } from './dom.ts';
import css from './print.css';
import type { WrittenLine } from './written.ts';

/** Prints the conversation alone, from a frame of its own: the page around it stays off the paper. */
export function printLines(
  { heading, language, lines }: { heading: string; language: string; lines: readonly WrittenLine[] },
  near: ParentNode,
): void {
  const frame = element('iframe', { class: 'hidden', title: heading, tabindex: -1, 'aria-hidden': 'true' });
  near.append(frame);
  const view = frame.contentDocument?.defaultView;
  if (!view) {
    frame.remove();
    return;
  }
  const { document: paper } = view;
  paper.documentElement.lang = language;
  paper.title = heading;
  // A sheet belongs to the document it was made in.
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(css);
  paper.adoptedStyleSheets = [sheet];
  paper.body.append(
    element('h1', {}, heading),
    ...lines.map(({ kind, text }) => element(kind === 'question' ? 'h2' : 'p', { class: kind, dir: 'auto' }, text)),
  );
  view.addEventListener('afterprint', () => frame.remove());
  view.print();
}
