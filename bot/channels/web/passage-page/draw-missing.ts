import { drawShell, type Shell } from './draw-shell.ts';
import { html } from './html.ts';
import { TEXTS } from './texts.ts';

/** What stands where a passage was expected. Repeats nothing of the address. */
export function drawMissing(shell: Shell): string {
  const texts = TEXTS[shell.language];
  const start = shell.toRoot === '' ? './' : shell.toRoot;
  return drawShell({
    ...shell,
    title: texts.missing,
    content: html`
      <h1>${texts.missing}</h1>
      <p class="lead">${texts.missingText}</p>
      <p><a class="button" href="${start}">${texts.start}</a></p>`,
  });
}
