import type { Language, Region } from '../../../../knowledge/pack/pack.ts';
import { pictureAddress } from './links.ts';
import { languageOf } from './texts.ts';

/** What the element's attributes say, once read. */
export interface Settings {
  /** Where the bot answers; ends with a slash. */
  readonly api: URL;
  readonly clinic: string | undefined;
  /** An address that a picture may come from. */
  readonly logo: string | undefined;
  readonly greeting: string | undefined;
  readonly region: Region | undefined;
  readonly language: Language;
  readonly position: Position;
}

export type Position = (typeof POSITIONS)[number];

/** `theme` is for the style sheet alone, and `open` for the element. */
export const SETTING_ATTRIBUTES = ['api', 'clinic', 'logo', 'greeting', 'region', 'language', 'position'] as const;

/** What an attribute does not say, or says wrongly, falls back to what is usual: a page must not break over a typo. */
export function readSettings(host: HTMLElement, scriptBase: URL): Settings {
  const text = (name: (typeof SETTING_ATTRIBUTES)[number]) => host.getAttribute(name)?.trim() || undefined;
  const region = text('region')?.toUpperCase();
  const position = text('position')?.toLowerCase();
  return {
    api: apiBase(text('api'), scriptBase),
    clinic: text('clinic'),
    logo: pictureAddress(text('logo'), document.baseURI),
    greeting: text('greeting'),
    region: REGIONS.find((known) => known === region),
    language: languageOf(text('language') ?? host.closest('[lang]')?.getAttribute('lang')),
    position: POSITIONS.find((known) => known === position) ?? 'end',
  };
}

const POSITIONS = ['end', 'start', 'right', 'left', 'inline'] as const;
// The pack's own list would bring the pack's code into the bundle; a test holds the two together.
export const REGIONS: readonly Region[] = ['US', 'UK', 'EU', 'IE', 'AU', 'NZ'];

function apiBase(api: string | undefined, scriptBase: URL): URL {
  if (api === undefined || !URL.canParse(api, document.baseURI)) return scriptBase;
  const url = new URL(api, document.baseURI);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return scriptBase;
  return new URL(url.pathname.endsWith('/') ? '.' : `${url.pathname}/`, url);
}
