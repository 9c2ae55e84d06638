import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { chromiumPath } from '../../scripts/chromium.ts';

/** A headless Chromium with a fresh profile; it speaks to nobody but the pages that a test opens. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPath(), args: QUIET });
}

const QUIET = [
  // Also in containers, where its own sandbox can't be set up.
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-pings',
  '--disable-gpu',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

export interface OpenedPage {
  readonly page: Page;
  /** What went wrong in the page so far: errors that nobody caught, and what a policy refused. */
  readonly complaints: readonly string[];
}

/** One browser for a test file; each page has a context of its own, so tests share nothing. Call it in `describe`. */
export function useBrowser(): { open: (url: string, options?: BrowserContextOptions) => Promise<OpenedPage> } {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  return {
    async open(url, options = {}) {
      if (!browser) throw new Error('browser: useBrowser belongs to describe, not to a test');
      const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-US', ...options });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (/Content Security Policy|TrustedHTML|Integrity|integrity/.test(message.text()))
          complaints.push(message.text());
      });
      await page.goto(url);
      return { page, complaints };
    },
  };
}
