import { describe, it } from 'vitest';
import { serveWeb } from '../../../../support/serve-web.ts';
import { useBrowser } from '../../../../support/browser.ts';
describe('x', () => {
  const browser = useBrowser();
  it('shows', async () => {
    const { url } = await serveWeb();
    const { page, complaints } = await browser.open(url, { viewport: { width: 1280, height: 860 } });
    await page.waitForTimeout(600);
    await page.screenshot({ path: '/tmp/pw/1.png' });
    await page.getByRole('button', { name: 'Ask a question' }).last().click();
    await page.waitForTimeout(300);
    await page.screenshot({ path: '/tmp/pw/2.png' });
    await page.keyboard.type('does it come back');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    await page.getByRole('button', { name: /Source 1/ }).first().click();
    await page.screenshot({ path: '/tmp/pw/3.png' });
    await page.keyboard.press('Tab');
    await page.getByLabel('Your question').fill('danger');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    await page.screenshot({ path: '/tmp/pw/4.png' });
    console.log(complaints);
  });
});
