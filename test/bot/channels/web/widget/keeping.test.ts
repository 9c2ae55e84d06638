import { describe, expect, it } from 'vitest';
import { useBrowser } from '../../../../support/browser.ts';
import { openChat } from '../../../../support/chat.ts';
import { conversationIdOf, createTinyBot } from '../../../../support/tiny-bot.ts';

describe('keeping', () => {
  const browser = useBrowser();

  it('shows the conversation again after a reload, open as it was, and goes on with it', async () => {
    const { ask, page, panel, replies, bot } = await openChat(browser);
    await ask('does it come back');
    await page.reload();
    await replies.first().waitFor();
    expect(await panel.locator('.asked').allTextContents()).toEqual(['You asked: does it come back']);
    await ask('and then');
    expect(bot.heard.map(({ conversationId }) => conversationId)).toEqual([undefined, conversationIdOf(1)]);
  });

  it('keeps what is typed but not sent, over a reload and over closing', async () => {
    const { page, field, panel, launcher } = await openChat(browser);
    await field.fill('half a question');
    await page.reload();
    expect(await field.inputValue()).toBe('half a question');
    await page.keyboard.press('Tab');
    await panel.press('Escape');
    await launcher.click();
    expect(await field.inputValue()).toBe('half a question');
  });

  it('keeps a question whose reply a reload cut off, to be sent again', async () => {
    let held = true;
    const bot = createTinyBot({ before: () => (held ? new Promise(() => {}) : Promise.resolve()) });
    const { page, field, panel, replies } = await openChat(browser, { bot });
    await field.fill('does it come back');
    await field.press('Enter');
    await panel.locator('.typing').waitFor();
    await page.reload();
    await replies.getByText('The page was left before the reply came. Your question is kept.').waitFor();
    held = false;
    await replies.getByRole('button', { name: 'Try again' }).click();
    await panel.locator('blockquote').first().waitFor();
  });

  it('leaves nothing in the browser but in the tab: no cookie, no lasting storage', async () => {
    const { ask, page } = await openChat(browser);
    await ask('does it come back');
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
    expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([expect.stringMatching(/^quotewell:/)]);
  });

  it('forgets on its own what is older than the server remembers', async () => {
    const { ask, page, panel, field } = await openChat(browser);
    await ask('does it come back');
    await page.evaluate(() => {
      const [key = ''] = Object.keys(sessionStorage);
      const state = JSON.parse(sessionStorage.getItem(key) ?? '{}');
      sessionStorage.setItem(key, JSON.stringify({ ...state, touched: state.touched - 31 * 60_000 }));
    });
    await page.reload();
    await field.waitFor();
    expect(await panel.locator('.asked').count()).toBe(0);
  });

  it('deletes a conversation here and on the server, once asked and answered', async () => {
    const { ask, page, panel, bot, replies, status } = await openChat(browser);
    await ask('does it come back');
    await panel.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('button', { name: 'Delete conversation' }).click();
    await panel.getByRole('dialog', { name: 'Delete this conversation?' }).press('Escape');
    expect(await replies.count()).toBe(1);
    await panel.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('button', { name: 'Delete conversation' }).click();
    await panel.getByRole('dialog').getByRole('button', { name: 'Delete conversation' }).click();
    await status.getByText('The conversation is deleted, here and on the server.').waitFor();
    expect(bot.forgotten).toEqual([conversationIdOf(1)]);
    await page.reload();
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain('does it come back');
  });

  it('says when the server could not be told to delete, and tells it once it can', async () => {
    const { ask, page, panel, bot, status } = await openChat(browser);
    await ask('does it come back');
    await page.context().setOffline(true);
    await panel.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('button', { name: 'Delete conversation' }).click();
    await panel.getByRole('dialog').getByRole('button', { name: 'Delete conversation' }).click();
    await status.getByText('The conversation is deleted here. The server could not be reached').waitFor();
    expect(bot.forgotten).toEqual([]);
    const told = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await page.context().setOffline(false);
    expect((await told).status()).toBe(204);
    expect(bot.forgotten).toEqual([conversationIdOf(1)]);
  });

  it('has the server forget a reply that comes after its question was deleted', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { page, field, panel, bot } = await openChat(browser, { bot: createTinyBot({ before: () => held }) });
    await field.fill('does it come back');
    await field.press('Enter');
    await panel.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('button', { name: 'Delete conversation' }).click();
    await panel.getByRole('dialog').getByRole('button', { name: 'Delete conversation' }).click();
    const told = page.waitForResponse((response) => response.request().method() === 'DELETE');
    release();
    await told;
    expect(bot.forgotten).toEqual([conversationIdOf(1)]);
    expect(await panel.locator('.reply').count()).toBe(0);
  });

  it('starts again with a new conversation', async () => {
    const { ask, panel, bot, replies } = await openChat(browser);
    await ask('does it come back');
    await panel.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('button', { name: 'Start again' }).click();
    await panel.getByRole('dialog').getByRole('button', { name: 'Start again' }).click();
    expect(await replies.count()).toBe(0);
    await ask('and now');
    expect(bot.heard.map(({ conversationId }) => conversationId)).toEqual([undefined, undefined]);
  });

  it('copies the conversation with its sources, as plain text', async () => {
    const { ask, page, panel, status, site } = await openChat(browser);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site });
    await ask('does it come back');
    await panel.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('button', { name: 'Copy conversation' }).click();
    await status.getByText('Conversation copied.').waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toContain('> does it come back\n');
    expect(text).toContain('“Acne comes back in some people — about 1 in 3.”');
    expect(text).toContain('A trial, A university, May 2024, https://example.org/trial');
    expect(text).toContain('General information only.');
  });

  it('prints the conversation alone', async () => {
    const { ask, page, panel, host } = await openChat(browser);
    // Once it is printed the frame is gone.
    await page.addInitScript(() => {
      window.print = () => {};
    });
    await page.reload();
    await ask('does it come back');
    await panel.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('button', { name: 'Print conversation' }).click();
    const paper = host.frameLocator('iframe').locator('body');
    expect(await paper.textContent()).toContain('“Acne comes back in some people — about 1 in 3.”');
    expect(await paper.textContent()).not.toContain('A link of the page');
    expect(
      await paper
        .locator('.quote')
        .first()
        .evaluate((quote) => getComputedStyle(quote).borderInlineStartStyle),
    ).toBe('solid');
  });

  it('keeps the size of text that was chosen', async () => {
    const { page, panel, field, host } = await openChat(browser);
    const size = () => field.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    const before = await size();
    await panel.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('button', { name: 'Larger text' }).click();
    await host.locator('.panel > [role=status]').getByText('Text size 115 %').waitFor();
    const larger = await size();
    expect(larger).toBeGreaterThan(before);
    await page.reload();
    expect(await size()).toBe(larger);
  });
});
