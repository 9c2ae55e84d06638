import { describe, expect, it } from 'vitest';
import { useBrowser } from '../../../../support/browser.ts';
import { openChat } from '../../../../support/chat.ts';

describe('feedback', () => {
  const browser = useBrowser();

  it('sends a thumb up and says thank you', async () => {
    const { ask, bot } = await openChat(browser);
    const reply = await ask('does it come back');
    const up = reply.getByRole('button', { name: 'Yes, this helped' });
    await up.click();
    await reply.getByText('Thank you for telling us.').waitFor();
    expect(await up.getAttribute('aria-pressed')).toBe('true');
    expect(bot.rated).toEqual([{ replyId: 'reply-1', rating: 'up' }]);
  });

  it('sends a thumb down at once, then asks for a reason, which it sends as well', async () => {
    const { ask, bot } = await openChat(browser);
    const reply = await ask('does it come back');
    await reply.getByRole('button', { name: 'No, this did not help' }).click();
    await reply.getByLabel('It is hard to understand').check();
    await reply.getByLabel('In your words').fill('too many numbers');
    await reply.getByRole('button', { name: 'Send feedback' }).click();
    await reply.getByText('Thank you for telling us.').waitFor();
    expect(bot.rated).toEqual([
      { replyId: 'reply-1', rating: 'down' },
      { replyId: 'reply-1', rating: 'down', reason: 'hard_to_understand', comment: 'too many numbers' },
    ]);
  });

  it('keeps what was written when it can’t be sent', async () => {
    const { ask, page, bot } = await openChat(browser);
    const reply = await ask('does it come back');
    await reply.getByRole('button', { name: 'No, this did not help' }).click();
    await reply.getByLabel('In your words').fill('too many numbers');
    await page.context().setOffline(true);
    await reply.getByRole('button', { name: 'Send feedback' }).click();
    await reply.getByText('Your feedback could not be sent. It is still here').waitFor();
    await page.context().setOffline(false);
    await reply.getByRole('button', { name: 'Send feedback' }).click();
    await reply.getByText('Thank you for telling us.').waitFor();
    expect(bot.rated.at(-1)).toMatchObject({ comment: 'too many numbers' });
  });

  it('says when it is too late', async () => {
    const { ask, page, api } = await openChat(browser);
    const reply = await ask('does it come back');
    await page.route(`${api}/api/feedback`, (route) =>
      route.fulfill({ status: 404, body: '{}', headers: { 'access-control-allow-origin': '*' } }),
    );
    const up = reply.getByRole('button', { name: 'Yes, this helped' });
    await up.click();
    await reply.getByText('Feedback can be given for 30 minutes after the last question.').waitFor();
    expect(await up.getAttribute('aria-pressed')).toBe('false');
  });

  it('is remembered over a reload', async () => {
    const { ask, page, replies } = await openChat(browser);
    const reply = await ask('does it come back');
    await reply.getByRole('button', { name: 'Yes, this helped' }).click();
    await reply.getByText('Thank you for telling us.').waitFor();
    await page.reload();
    const up = replies.getByRole('button', { name: 'Yes, this helped' });
    expect(await up.getAttribute('aria-pressed')).toBe('true');
  });
});
