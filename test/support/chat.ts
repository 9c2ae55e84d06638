import type { BrowserContextOptions, Locator } from 'playwright-core';
import { readWidgetManifest } from '../../bot/channels/web/widget-manifest.ts';
import type { OpenedPage, useBrowser } from './browser.ts';
import { serveHostPage } from './host-page.ts';
import { type ServedWeb, serveWeb } from './serve-web.ts';
import type { TinyBot } from './tiny-bot.ts';

/** A clinic's page with the chat on it, in a real browser, and the bot behind it. */
export interface Chat extends OpenedPage {
  readonly bot: TinyBot;
  /** Where the bot answers. */
  readonly api: string;
  readonly site: string;
  readonly served: ServedWeb;
  readonly host: Locator;
  readonly launcher: Locator;
  readonly panel: Locator;
  readonly field: Locator;
  readonly replies: Locator;
  /** What screen readers are told by themselves. */
  readonly status: Locator;
  readonly alert: Locator;
  /** Types a question, sends it, and waits for what comes of it. */
  ask(question: string): Promise<Locator>;
}

export interface ChatOptions {
  /** As written in the page: `clinic="…" open`. */
  readonly attributes?: string;
  readonly page?: { readonly lang?: string; readonly dir?: string; readonly before?: string };
  readonly bot?: TinyBot;
  readonly env?: Record<string, string>;
  readonly browser?: BrowserContextOptions;
  /** Whether the bot answers this site. */
  readonly allowed?: boolean;
}

/** Each page has the strictest policy that the documentation promises to be enough. */
export function strictPolicy(api: string): string {
  return `default-src 'none'; script-src ${api}; connect-src ${api}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`;
}

export async function openChat(
  { open }: ReturnType<typeof useBrowser>,
  {
    attributes = 'open',
    page: { lang = 'en', dir = 'ltr', before = '' } = {},
    allowed = true,
    ...parts
  }: ChatOptions = {},
): Promise<Chat> {
  const site = await serveHostPage();
  const served = await serveWeb({
    env: { ...(allowed && { ALLOWED_ORIGINS: site.url }), ...parts.env },
    ...(parts.bot && { bot: parts.bot }),
  });
  const { url: api, bot } = served;
  if (!readWidgetManifest()) throw new Error('widget: not built; run "npm run build"');
  site.show(
    `<!doctype html><html lang="${lang}" dir="${dir}"><head><title>A clinic</title>
    <meta name="viewport" content="width=device-width"><script src="${api}/widget.js" defer></script></head>
    <body><main><h1>A clinic</h1><p><a href="#top">A link of the page</a></p></main>
    ${before}<quotewell-chat ${attributes}></quotewell-chat></body></html>`,
    { 'content-security-policy': strictPolicy(api) },
  );
  const opened = await open(site.url, parts.browser);
  const { page } = opened;
  const host = page.locator('quotewell-chat');
  const replies = host.locator('.reply');
  const field = host.locator('#question');
  return {
    ...opened,
    bot,
    api,
    served,
    site: site.url,
    host,
    launcher: host.locator('.launcher'),
    panel: host.locator('.panel'),
    field,
    replies,
    status: host.locator('.panel > [role=status]'),
    alert: host.locator('.panel > [role=alert]'),
    async ask(question) {
      const count = await replies.count();
      await field.fill(question);
      await field.press('Enter');
      await replies.nth(count).waitFor();
      return replies.nth(count);
    },
  };
}
