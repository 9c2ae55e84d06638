import { describe, expect, it } from 'vitest';
import { useBrowser } from '../../../../support/browser.ts';
import { openChat } from '../../../../support/chat.ts';

describe('an urgent reply', () => {
  const browser = useBrowser();

  it('puts numbers to press above everything, and keeps them in view through what follows', async () => {
    const { ask, panel } = await openChat(browser);
    await ask('danger');
    for (const question of ['does it come back', 'which one', 'does it come back']) await ask(question);
    const number = panel.locator('.help-urgent').getByRole('link', { name: 'Call 911 Emergency services' });
    expect(await number.getAttribute('href')).toBe('tel:911');
    const [box, whole, scroller] = [
      await number.boundingBox(),
      await panel.boundingBox(),
      await panel.locator('.scroller').boundingBox(),
    ];
    expect(box?.y).toBeGreaterThan(whole?.y ?? Number.NaN);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(scroller?.y ?? Number.NaN);
  });

  it('is said at once, the numbers first', async () => {
    const { ask, alert, status } = await openChat(browser);
    await ask('danger');
    expect(await alert.textContent()).toBe(
      'Call 911 Emergency services. Call 1-800-000 Crisis line. Please get help now. This is what our passages say.',
    );
    expect(await status.textContent()).not.toContain('This is what our passages say.');
  });

  it('shows each number whole, on one line of its button, also a long one on a small phone', async () => {
    const { ask, page, panel } = await openChat(browser);
    await ask('danger');
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 700 });
      const numbers = panel.locator('.help-number');
      await numbers.evaluateAll((all) => {
        for (const number of all) number.lastChild?.replaceWith('+1 555 010 0199');
      });
      const whole = await numbers.evaluateAll((all) =>
        all.map((number) => {
          const [own, press] = [number.getBoundingClientRect(), number.closest('a')?.getBoundingClientRect()];
          return own.height < 40 && press !== undefined && own.left >= press.left && own.right <= press.right;
        }),
      );
      expect(whole, `${width} px wide`).toEqual([true, true]);
    }
  });

  it('still shows the numbers after a reload, and no longer once a new conversation begins', async () => {
    const { ask, page, panel } = await openChat(browser);
    await ask('danger');
    await page.reload();
    await panel.locator('.help-urgent').waitFor();
    await panel.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('button', { name: 'Start again' }).click();
    await panel.getByRole('dialog').getByRole('button', { name: 'Start again' }).click();
    await panel.locator('.help-urgent').waitFor({ state: 'detached' });
    expect(await panel.getByRole('link', { name: 'Call 911 Emergency services' }).count()).toBe(1);
  });

  it('keeps the numbers in view on a small phone, and on a screen magnified four times', async () => {
    for (const viewport of [
      { width: 320, height: 568 },
      { width: 320, height: 256 },
    ]) {
      const { ask, page, launcher, panel } = await openChat(browser, { attributes: '', browser: { viewport } });
      await launcher.click();
      await ask('danger');
      await ask('does it come back');
      await page.mouse.move(100, 150);
      await page.mouse.wheel(0, 2000);
      const number = panel.locator('.help-urgent').getByRole('link', { name: 'Call 911 Emergency services' });
      const box = await number.boundingBox();
      expect(box?.y, String(viewport.height)).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? Number.NaN) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
    }
  });

  it('keeps quotes for later', async () => {
    const { ask } = await openChat(browser);
    const reply = await ask('danger');
    expect(await reply.locator('blockquote:visible').count()).toBe(0);
    await reply.getByRole('button', { name: /^More from our passages/ }).click();
    expect(await reply.locator('blockquote:visible').count()).toBe(1);
  });
});
