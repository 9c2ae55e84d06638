import { describe, expect, it } from 'vitest';
import { useBrowser } from '../../../../support/browser.ts';
import { openChat } from '../../../../support/chat.ts';
import { createTinyBot } from '../../../../support/tiny-bot.ts';

describe('asking', () => {
  const browser = useBrowser();

  it('offers questions to begin with, and asks the one that is pressed', async () => {
    const { panel, replies, bot } = await openChat(browser);
    await panel.getByRole('button', { name: 'Does acne come back?' }).click();
    await replies.first().waitFor();
    expect(bot.heard.map(({ text }) => text)).toEqual(['Does acne come back?']);
  });

  it('sends with Enter and breaks a line with Shift+Enter', async () => {
    const { field, replies, bot } = await openChat(browser);
    await field.fill('first');
    await field.press('Shift+Enter');
    await field.pressSequentially('second');
    expect(await field.inputValue()).toBe('first\nsecond');
    await field.press('Enter');
    await replies.first().waitFor();
    expect(bot.heard[0]?.text).toBe('first\nsecond');
    expect(await field.inputValue()).toBe('');
  });

  it('goes back through what was asked with Up, and forward with Down', async () => {
    const { ask, field } = await openChat(browser);
    await ask('one');
    await ask('two');
    await field.press('ArrowUp');
    expect(await field.inputValue()).toBe('two');
    await field.press('ArrowUp');
    expect(await field.inputValue()).toBe('one');
    await field.press('ArrowDown');
    await field.press('ArrowDown');
    expect(await field.inputValue()).toBe('');
  });

  it('leaves Up alone where something is typed', async () => {
    const { ask, field } = await openChat(browser);
    await ask('one');
    await field.fill('a draft');
    await field.press('ArrowUp');
    expect(await field.inputValue()).toBe('a draft');
  });

  it('shows that it is looking, and takes no second question meanwhile, which stays where it was typed', async () => {
    const { bot, release } = heldBot();
    const { field, panel, replies } = await openChat(browser, { bot });
    await field.fill('one');
    await field.press('Enter');
    await panel.locator('.typing').getByText('Looking through the passages').waitFor();
    await field.fill('two');
    await field.press('Enter');
    expect(await field.inputValue()).toBe('two');
    release();
    await replies.first().waitFor();
    expect(bot.heard).toHaveLength(1);
  });

  it('goes on in the same conversation', async () => {
    const { ask, bot } = await openChat(browser);
    await ask('does it come back');
    await ask('and then');
    expect(bot.heard[1]?.conversationId).toBeTypeOf('string');
  });

  it('tells the bot region and language', async () => {
    const { ask, bot } = await openChat(browser, { attributes: 'open region="uk" language="es"' });
    await ask('hola');
    expect(bot.heard[0]).toMatchObject({ region: 'UK', language: 'es' });
  });

  it('sends nothing that is empty or too long, and says how long it may be', async () => {
    const { field, panel, bot } = await openChat(browser);
    await field.press('Enter');
    await field.fill('a'.repeat(2001));
    await field.press('Enter');
    await panel.getByText('2001 of 2000 characters: please shorten your question').first().waitFor();
    expect((await field.inputValue()).length).toBe(2001);
    expect(bot.heard).toEqual([]);
  });

  it('shows which is meant as questions to press', async () => {
    const { ask, panel, bot } = await openChat(browser);
    const reply = await ask('which one');
    await reply.getByRole('group', { name: 'Choose one' }).getByRole('button').first().click();
    await panel.locator('.reply').nth(1).waitFor();
    expect(bot.heard[1]?.text).toBe('Does acne come back?');
  });

  it('can be done by keyboard alone, from the page and back to it', async () => {
    const { page, launcher, panel, replies } = await openChat(browser, { attributes: '' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('does it come back');
    await page.keyboard.press('Enter');
    await replies.first().waitFor();
    await page.keyboard.press('Shift+Tab');
    for (let presses = 0; presses < 30; presses++) {
      if (await panel.locator('.source:focus').count()) break;
      await page.keyboard.press('Shift+Tab');
    }
    await page.keyboard.press('Enter');
    await panel.locator('.details').getByText('A university').waitFor();
    await page.keyboard.press('Escape');
    expect(await panel.isVisible()).toBe(false);
    expect(await launcher.evaluate((button) => button.matches(':focus'))).toBe(true);
  });
});

describe('an answer', () => {
  const browser = useBrowser();

  it('quotes letter for letter, in a block that says it quotes', async () => {
    const { ask } = await openChat(browser);
    const reply = await ask('does it come back');
    expect(await reply.locator('blockquote').first().textContent()).toBe(
      'Acne comes back in some people — about 1 in 3.',
    );
  });

  it('opens a source by its number, with title, organisation, date and review state, one at a time', async () => {
    const { ask } = await openChat(browser);
    const reply = await ask('does it come back');
    const number = reply.getByRole('button', { name: 'Source 1: A trial' }).first();
    await number.click();
    expect(await number.getAttribute('aria-expanded')).toBe('true');
    expect(await reply.locator('.details').first().textContent()).toMatch(
      /A trial[\s\S]*A university[\s\S]*May 2024[\s\S]*Not yet reviewed by a clinician/,
    );
    await number.click();
    expect(await reply.locator('.details').first().isVisible()).toBe(false);
  });

  it('opens the passage with the sentence marked', async () => {
    const { ask, page, api } = await openChat(browser);
    const reply = await ask('does it come back');
    const [passage] = await Promise.all([
      page.context().waitForEvent('page'),
      reply.getByRole('link', { name: 'See it in context' }).first().click(),
    ]);
    await passage.waitForLoadState();
    expect(passage.url()).toBe(
      `${api}/passages/tiny/permanence/does-it-come-back?start=0&end=46&region=US&language=en`,
    );
    expect(await passage.locator('mark').allInnerTexts()).toEqual(['Acne comes back in some people — about 1 in 3.']);
    expect(await passage.evaluate(() => window.opener)).toBeNull();
  });

  it('opens the passage in the language of the chat, with the numbers of its region', async () => {
    const { ask, page } = await openChat(browser, { attributes: 'open region="UK" language="es"' });
    const reply = await ask('does it come back');
    const [passage] = await Promise.all([
      page.context().waitForEvent('page'),
      reply.getByRole('link', { name: 'Ver en su contexto' }).first().click(),
    ]);
    await passage.waitForLoadState();
    expect(await passage.locator('html').getAttribute('lang')).toBe('es');
    expect(await passage.locator('a[href="tel:999"]').count()).toBe(1);
  });

  it('brings what is known of a source into view', async () => {
    const { ask, launcher, panel } = await openChat(browser, {
      attributes: '',
      browser: { viewport: { width: 320, height: 500 } },
    });
    await launcher.click();
    const reply = await ask('does it come back');
    await reply
      .getByRole('button', { name: /^Source 1/ })
      .first()
      .click();
    const [room, details] = [
      await panel.locator('.scroller').boundingBox(),
      await reply.locator('.details').first().boundingBox(),
    ];
    expect((details?.y ?? 0) + (details?.height ?? 0)).toBeLessThanOrEqual((room?.y ?? 0) + (room?.height ?? 0));
  });

  it('fits on one screen, and keeps the other quotes behind "more"', async () => {
    const { ask, panel } = await openChat(browser, { browser: { viewport: { width: 1280, height: 800 } } });
    const reply = await ask('does it come back');
    const room = (await panel.locator('.scroller').boundingBox())?.height ?? 0;
    expect((await reply.boundingBox())?.height).toBeLessThanOrEqual(room);
    expect(await reply.locator('blockquote:visible').count()).toBe(1);
    const more = reply.getByRole('button', { name: 'More from our passages (1)' });
    await more.click();
    expect(await reply.locator('blockquote:visible').count()).toBe(2);
    expect(await more.count()).toBe(0);
    await reply.getByRole('button', { name: 'Less' }).click();
    expect(await reply.locator('blockquote:visible').count()).toBe(1);
  });

  it('is said once, politely, apart from the transcript', async () => {
    const { ask, status, alert, host } = await openChat(browser);
    await ask('does it come back');
    expect(await status.textContent()).toContain('Acne comes back in some people');
    expect(await alert.textContent()).toBe('');
    expect(await host.locator('.scroller [aria-live], .scroller [role=log], .scroller [role=status]').count()).toBe(0);
  });
});

function heldBot() {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { bot: createTinyBot({ before: () => held }), release: () => release() };
}
