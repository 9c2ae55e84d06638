import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { projectRoot } from '../knowledge/project-root.ts';
import { chromiumPath } from './chromium.ts';
import { runCommand, UsageError } from './run-command.ts';

const HELP = `
Draw the pictures of the chat widget in docs/ from a bot that runs:

  node dist/scripts/draw-widget.js --url http://127.0.0.1:3978 [--to FOLDER]`.trim();

/** A picture: what it is called, how large, and what to do before it is taken. */
interface Picture {
  readonly name: string;
  readonly browser: BrowserContextOptions;
  /** The chat alone, in place of the page with it. */
  readonly alone?: boolean;
  readonly reach: (page: Page) => Promise<unknown>;
}

const DESK = { viewport: { width: 1280, height: 760 }, deviceScaleFactor: 1 };
const ALONE = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 };
const PHONE = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 1.5, hasTouch: true, isMobile: true };

const PICTURES: readonly Picture[] = [
  { name: 'widget-closed', browser: DESK, reach: (page) => page.locator('quotewell-chat .launcher').waitFor() },
  { name: 'widget-answer', browser: DESK, reach: (page) => ask(page, 'How often does acne come back?') },
  { name: 'widget-urgent', browser: ALONE, alone: true, reach: (page) => ask(page, 'I feel like ending my life') },
  {
    name: 'widget-dark',
    browser: { ...ALONE, colorScheme: 'dark' },
    alone: true,
    async reach(page) {
      await ask(page, 'Can you drink alcohol on isotretinoin?');
      await page.locator('quotewell-chat .source').first().click();
    },
  },
  { name: 'widget-phone', browser: PHONE, reach: (page) => page.locator('quotewell-chat .launcher').tap() },
];

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      to: { type: 'string', default: path.join(projectRoot(), 'docs') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.url === undefined) throw new UsageError('--url is missing: where does the bot answer?');
  await mkdir(values.to, { recursive: true });
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: ['--no-sandbox'] });
  try {
    for (const picture of PICTURES) console.log(await draw(picture, browser, values.url, values.to));
  } finally {
    await browser.close();
  }
  return 0;
});

async function draw(picture: Picture, browser: Browser, url: string, folder: string): Promise<string> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...picture.browser });
  const page = await context.newPage();
  await page.goto(url);
  await picture.reach(page);
  // Starters, pictures and fonts come when they come.
  await page.waitForLoadState('networkidle');
  const file = path.join(folder, `${picture.name}.png`);
  const shot = picture.alone ? page.locator('quotewell-chat .panel') : page;
  await shot.screenshot({ path: file, caret: 'hide' });
  await context.close();
  return file;
}

async function ask(page: Page, question: string): Promise<void> {
  await page.locator('quotewell-chat .launcher').click();
  await page.locator('quotewell-chat .choice').first().waitFor();
  await page.keyboard.type(question);
  await page.keyboard.press('Enter');
  await page.locator('quotewell-chat .reply').waitFor();
}
