import { describe, expect, it } from 'vitest';
import { useBrowser } from '../../../../support/browser.ts';
import { openChat } from '../../../../support/chat.ts';
import { createTinyBot } from '../../../../support/tiny-bot.ts';

describe('where no reply comes', () => {
  const browser = useBrowser();

  it('says that the person is offline, keeps the question and shows the numbers; once back it can be sent', async () => {
    const { ask, page, panel, replies, bot } = await openChat(browser);
    await panel.getByRole('button', { name: 'Does acne come back?' }).waitFor();
    await page.context().setOffline(true);
    await panel.locator('.offline').waitFor();
    const reply = await ask('does it come back');
    expect(await reply.textContent()).toContain('You are offline. Your question is kept');
    expect(await reply.getByRole('link', { name: 'Call 911 Emergency services' }).getAttribute('href')).toBe('tel:911');
    expect(await panel.locator('.asked').textContent()).toContain('does it come back');
    expect(bot.heard).toEqual([]);
    await page.context().setOffline(false);
    await panel.locator('.offline').waitFor({ state: 'hidden' });
    await reply.getByRole('button', { name: 'Try again' }).click();
    await replies.locator('blockquote').first().waitFor();
    expect(bot.heard.map(({ text }) => text)).toEqual(['does it come back']);
  });

  it('shows the numbers it saw last when a page is opened again without the bot', async () => {
    const { page, panel, api } = await openChat(browser);
    await panel.getByRole('link', { name: 'Call 911 Emergency services' }).waitFor();
    await page.route(`${api}/api/**`, (route) => route.abort());
    await page.reload();
    await panel.getByRole('link', { name: 'Call 911 Emergency services' }).waitFor();
  });

  it('names the local emergency number where it never saw any', async () => {
    const { panel, field } = await openChat(browser, { allowed: false });
    await panel.getByText('Call your local emergency number.').waitFor();
    await panel.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await field.isEnabled()).toBe(true);
  });

  it('takes the question back to be changed, before what has been typed since', async () => {
    const { ask, page, field, panel, replies } = await openChat(browser);
    await page.context().setOffline(true);
    await ask('first thought');
    await field.fill('second thought');
    await replies.getByRole('button', { name: 'Change the question' }).click();
    expect(await field.inputValue()).toBe('first thought\nsecond thought');
    expect(await panel.locator('.asked').count()).toBe(0);
    expect(await field.evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  it('says that it were too many questions, with the contacts that the server sent', async () => {
    const { ask } = await openChat(browser, { env: { RATE_LIMIT_PER_MINUTE: '1' } });
    await ask('one');
    const reply = await ask('two');
    expect(await reply.textContent()).toContain('many questions in a short time');
    expect(await reply.getByRole('link', { name: 'Call 1-800-000 Crisis line' }).count()).toBe(1);
  });

  it('says that something is wrong at the bot’s end', async () => {
    const { ask } = await openChat(browser);
    expect(await (await ask('break')).textContent()).toContain('Something went wrong at our end.');
  });

  it('says so too when what comes back is no reply', async () => {
    const { ask, page, api } = await openChat(browser);
    for (const body of ['<p>Welcome to the hotel wifi</p>', '{"kind":"answer"}', 'null', '[]']) {
      await page.route(`${api}/api/ask`, (route) =>
        route.fulfill({ status: 200, body, headers: { 'access-control-allow-origin': '*' } }),
      );
      expect(await (await ask('does it come back')).textContent(), body).toContain('Something went wrong at our end.');
    }
  });

  it('tells screen readers, and that the question is still there', async () => {
    const { ask, page, status } = await openChat(browser);
    await page.context().setOffline(true);
    await ask('does it come back');
    expect(await status.textContent()).toMatch(/not answered.*offline.*Your question is still here\./);
  });

  it('shows a dot and says how many when replies come while it is closed', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { field, panel, launcher, host } = await openChat(browser, { bot: createTinyBot({ before: () => held }) });
    await field.fill('does it come back');
    await field.press('Enter');
    await panel.getByRole('button', { name: 'Close' }).click();
    release();
    await host.locator('.dot-unread').waitFor();
    expect(await launcher.textContent()).toBe('Ask a question (1 new reply)');
    await launcher.click();
    await panel.locator('blockquote').first().waitFor();
    await panel.getByRole('button', { name: 'Close' }).click();
    expect(await host.locator('.dot-unread').isVisible()).toBe(false);
  });
});
