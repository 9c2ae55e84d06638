import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser } from '../../../../support/browser.ts';
import { type Chat, openChat } from '../../../../support/chat.ts';
import { createTinyBot } from '../../../../support/tiny-bot.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every state that the chat can be in, and how a person gets there. */
const STATES: Record<string, (chat: Chat) => Promise<unknown>> = {
  closed: async ({ panel, launcher }) => {
    await panel.getByRole('button', { name: 'Close' }).click();
    await launcher.waitFor();
  },
  welcome: ({ panel }) => panel.getByRole('button', { name: 'Does acne come back?' }).waitFor(),
  answer: async ({ ask }) => {
    const reply = await ask('does it come back');
    await reply.getByRole('button', { name: 'Source 1' }).first().click();
    await reply.getByRole('button', { name: /^More/ }).click();
  },
  waiting: async ({ field, panel }) => {
    await field.fill('wait');
    await field.press('Enter');
    await panel.locator('.typing').waitFor();
  },
  urgent: ({ ask }) => ask('danger'),
  refer: ({ ask }) => ask('dose'),
  clarify: ({ ask }) => ask('which one'),
  unanswered: ({ ask }) => ask('the weather'),
  feedback: async ({ ask }) => {
    const reply = await ask('does it come back');
    await reply.getByRole('button', { name: 'No, this did not help' }).click();
    await reply.getByLabel('It is hard to understand').check();
  },
  failed: async ({ ask, page }) => {
    await page.context().setOffline(true);
    await ask('does it come back');
  },
  'too long': ({ field }) => field.fill('a '.repeat(1500)),
  menu: ({ panel }) => panel.getByRole('button', { name: 'More actions' }).click(),
  confirm: async ({ panel }) => {
    await panel.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('button', { name: 'Delete conversation' }).click();
  },
};

const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colors': { forcedColors: 'active' },
} as const;

describe('axe finds nothing', () => {
  const browser = useBrowser();

  for (const [state, reach] of Object.entries(STATES)) {
    it.each(Object.entries(LOOKS))(`${state}, %s`, async (_name, look) => {
      const chat = await openStill(browser, look);
      await reach(chat);
      expect(await violations(chat)).toEqual([]);
    });
  }

  it('on a phone, and in Spanish', async () => {
    const chat = await openChat(browser, {
      attributes: 'language="es"',
      browser: { viewport: { width: 360, height: 640 } },
    });
    await chat.launcher.click();
    await chat.ask('does it come back');
    await chat.ask('danger');
    expect(await violations(chat)).toEqual([]);
  });
});

describe('targets', () => {
  const browser = useBrowser();

  for (const [state, reach] of Object.entries(STATES)) {
    it(`are at least 44 px each way: ${state}`, async () => {
      const chat = await openStill(browser);
      await reach(chat);
      expect(await smallTargets(chat)).toEqual([]);
    });
  }
});

describe('a reader of the accessibility tree', () => {
  const browser = useBrowser();

  it('finds an answer in this order', async () => {
    const { ask, api } = await openChat(browser);
    const reply = await ask('does it come back');
    await reply.getByRole('button', { name: 'Source 1' }).first().click();
    expect((await reply.ariaSnapshot()).replaceAll(api, '')).toMatchInlineSnapshot(`
      "- article:
        - heading "Answer" [level=3]
        - paragraph: This is what our passages say.
        - figure "Whether acne comes back":
          - blockquote:
            - paragraph: “Acne comes back in some people — about 1 in 3.”
          - text: Whether acne comes back Not yet reviewed by a clinician
          - group "Sources":
            - 'button "Source 1: A trial" [expanded]'
          - link "See it in context (opens in a new tab)":
            - /url: /passages/tiny/permanence/does-it-come-back?start=0&end=46&region=US&language=en
          - term: "Title:"
          - definition:
            - link "A trial (opens in a new tab)":
              - /url: https://example.org/trial
          - term: "From:"
          - definition: A university
          - term: "Date:"
          - definition: May 2024
          - term: "Passage:"
          - definition: Not yet reviewed by a clinician
        - button "More from our passages (1)"
        - paragraph: General information only.
        - group "Did this help?":
          - button "Yes, this helped"
          - button "No, this did not help"
        - group "You could also ask":
          - button "What helps with dry lips?""
    `);
  });

  it('finds an urgent reply in this order, below the numbers', async () => {
    const { ask, panel } = await openChat(browser);
    const reply = await ask('danger');
    expect(await panel.locator('.help-urgent').ariaSnapshot()).toMatchInlineSnapshot(`
      "- region "Emergency contacts":
        - paragraph: Call now
        - list:
          - listitem:
            - link "Call 911 Emergency services":
              - /url: tel:911
              - text: 911 Emergency services
          - listitem:
            - link "Call 1-800-000 Crisis line":
              - /url: tel:1800000
              - text: 1-800-000 Crisis line"
    `);
    expect(await reply.ariaSnapshot()).toMatchInlineSnapshot(`
      "- article:
        - heading "Please get help now" [level=3]
        - paragraph: This is what our passages say.
        - list "Contacts":
          - listitem:
            - text: Emergency services
            - link "Call 911 Emergency services":
              - /url: tel:911
              - text: "911"
          - listitem:
            - link "Crisis line (opens in a new tab)":
              - /url: https://example.org/crisis
            - text: Day and night
            - link "Call 1-800-000 Crisis line":
              - /url: tel:1800000
              - text: 1-800-000
        - button "More from our passages (1)"
        - paragraph: General information only.
        - group "Did this help?":
          - button "Yes, this helped"
          - button "No, this did not help"
        - group "You could also ask":
          - button "What helps with dry lips?""
    `);
  });

  it('finds a dialog with a name, and in it a heading for each reply', async () => {
    const { ask, host } = await openChat(browser, { attributes: 'open clinic="Hill Street"' });
    await ask('does it come back');
    await ask('danger');
    const dialog = host.getByRole('dialog', { name: 'Ask Hill Street' });
    expect(await dialog.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
      'Answer',
      'Please get help now',
    ]);
  });
});

describe('the keyboard', () => {
  const browser = useBrowser();

  it('goes through the chat in the order in which it is seen', async () => {
    const { page, panel, ask } = await openChat(browser, { browser: { viewport: { width: 1280, height: 1000 } } });
    await ask('danger');
    await panel.getByRole('button', { name: 'More actions' }).focus();
    await page.evaluate(() => Object.assign(globalThis, { reached: new Set() }));
    for (let presses = 0; presses < 30; presses++) {
      await page.evaluate(() => {
        const focused = document.activeElement?.shadowRoot?.activeElement;
        if (focused) Reflect.get(globalThis, 'reached').add(focused);
      });
      await page.keyboard.press('Tab');
    }
    // Where each stands, all at one moment: first by the part of the chat, then by lines within it.
    const places: number[] = await panel.evaluate((box) =>
      [...Reflect.get(globalThis, 'reached')].map((focused: Element) => {
        const part = [...box.children].findIndex((child) => child.contains(focused));
        const top = box.children[part] === focused ? 0 : focused.getBoundingClientRect().top + 2000;
        return part * 1000 + Math.round(top / 50);
      }),
    );
    expect(places.length).toBeGreaterThan(10);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('shows where the focus is', async () => {
    const { page, panel } = await openChat(browser);
    await panel.getByRole('button', { name: 'Does acne come back?' }).waitFor();
    await panel.getByRole('button', { name: 'More actions' }).focus();
    for (let presses = 0; presses < 6; presses++) {
      const outline = await page.evaluate(() => {
        const focused = document.activeElement?.shadowRoot?.activeElement;
        return focused ? getComputedStyle(focused).outlineStyle : 'solid';
      });
      expect(outline).toBe('solid');
      await page.keyboard.press('Tab');
    }
  });

  it('closes the menu before the chat with Esc', async () => {
    const { panel, page } = await openChat(browser);
    const menu = panel.getByRole('button', { name: 'More actions' });
    await menu.click();
    await page.keyboard.press('Escape');
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    expect(await panel.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await panel.isVisible()).toBe(false);
  });
});

describe('motion', () => {
  const browser = useBrowser();

  it('stands still for who wants it to', async () => {
    const chat = await openStill(browser);
    await STATES.waiting?.(chat);
    const dot = chat.panel.locator('.dot').first();
    expect(await dot.evaluate((element) => getComputedStyle(element).animationName)).toBe('none');
    await chat.page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await dot.evaluate((element) => getComputedStyle(element).animationName)).toBe('wait');
  });
});

/** A question with "wait" in it never gets a reply. */
async function openStill(browser: ReturnType<typeof useBrowser>, look: BrowserContextOptions = {}): Promise<Chat> {
  const bot = createTinyBot({
    before: () => (bot.heard.at(-1)?.text === 'wait' ? new Promise(() => {}) : Promise.resolve()),
  });
  return openChat(browser, { bot, browser: { viewport: { width: 1280, height: 1000 }, ...look } });
}

async function violations({ page }: Chat): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations: found } = await page.evaluate(
    (): Promise<AxeResults> => Reflect.get(globalThis, 'axe').run(document, { resultTypes: ['violations'] }),
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
  );
}

/** Smaller than WCAG 2.5.5 wants; links within a sentence are its exception. */
async function smallTargets({ host }: Chat): Promise<string[]> {
  return host.locator('button, a, label.reason, textarea').evaluateAll((targets) =>
    targets
      .filter((target) => target.checkVisibility() && !target.matches('dd a, .contact-who a'))
      .map((target) => ({ name: target.textContent, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 43.9 || box.height < 43.9)
      .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`),
  );
}
