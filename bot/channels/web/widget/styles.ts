import { darkColors, lightColors } from './palette.ts';
import css from './widget.css';

/** The whole style of the chat, as a sheet that a strict policy lets a script make. */
export function createStyleSheet(): CSSStyleSheet {
  const dark = `:host{color-scheme:dark;${darkColors()}}`;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    [
      `:host{color-scheme:light;${lightColors()}}`,
      `@media (prefers-color-scheme:dark){${dark.replace(':host', ':host(:not([theme=light]))')}}`,
      dark.replace(':host', ':host([theme=dark])'),
      css,
    ].join('\n'),
  );
  return sheet;
}
