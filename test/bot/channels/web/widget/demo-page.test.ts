import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readWidgetManifest } from '../../../../../bot/channels/web/widget-manifest.ts';
import { useBrowser } from '../../../../support/browser.ts';
import { serveHostPage } from '../../../../support/host-page.ts';
import { serveWeb } from '../../../../support/serve-web.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the page at /', () => {
  const browser = useBrowser();

  it('asks what is pressed, in the chat, within its own policy', async () => {
    const { url, bot } = await serveWeb();
    const { page, complaints } = await browser.open(url);
    await page.getByRole('main').getByRole('button', { name: 'Does acne come back?' }).click();
    await page.locator('quotewell-chat .reply').waitFor();
    await page.getByRole('button', { name: /alive any more/ }).click();
    await page.locator('quotewell-chat .reply').nth(1).waitFor();
    expect(bot.heard.map(({ text }) => text)).toEqual(['Does acne come back?', "I don't want to be alive any more"]);
    expect(complaints).toEqual([]);
  });

  it.each(['#snippet', '#pinned'])('shows a snippet that works when it is pasted elsewhere: %s', async (code) => {
    const site = await serveHostPage();
    const { url, bot } = await serveWeb({ env: { ALLOWED_ORIGINS: site.url } });
    const { page, complaints } = await browser.open(url);
    await expect.poll(() => page.locator(code).textContent()).toContain('<quotewell-chat');
    const snippet = (await page.locator(code).textContent()) ?? '';
    const policy = (await page.locator('#policy').textContent()) ?? '';
    site.show(`<!doctype html><html lang="en"><title>A clinic</title>${snippet}`, {
      'content-security-policy': `default-src 'none'; ${policy}`,
    });
    await page.goto(site.url);
    await page.locator('quotewell-chat .launcher').click();
    await page.keyboard.type('does it come back');
    await page.keyboard.press('Enter');
    await page.locator('quotewell-chat blockquote').first().waitFor();
    expect(bot.heard).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('names the integrity of the script that is served', async () => {
    const { url } = await serveWeb();
    const { page } = await browser.open(url);
    await expect.poll(() => page.locator('#pinned').textContent()).toContain(readWidgetManifest()?.integrity);
  });

  it('lets no browser run a script that is not the one pinned', async () => {
    const site = await serveHostPage();
    const { url } = await serveWeb();
    const { page, complaints } = await browser.open('about:blank');
    site.show(`<!doctype html><html lang="en"><title>x</title><script crossorigin="anonymous"
      src="${url}/widget/${readWidgetManifest()?.file}" integrity="sha384-${'A'.repeat(64)}" defer></script>`);
    await page.goto(site.url);
    expect(await page.evaluate(() => customElements.get('quotewell-chat'))).toBeUndefined();
    expect(complaints.join()).toContain('integrity');
  });
});

describe('the playground', () => {
  const browser = useBrowser();

  it('shows each change in the chat at once, and writes it down to be copied', async () => {
    const { url } = await serveWeb();
    const { page, complaints } = await browser.open(`${url}/playground`);
    await page.getByLabel('Clinic').fill('Hill "Street" <Clinic>');
    await page.getByLabel('Accent', { exact: true }).fill('#5a1478');
    await page.getByLabel('Language').selectOption('es');
    await page.getByRole('heading', { name: 'Pregunta a Hill "Street" <Clinic>' }).waitFor();
    expect(await page.locator('#snippet').textContent()).toContain(
      '<quotewell-chat clinic="Hill &quot;Street&quot; &lt;Clinic>" language="es" position="inline"></quotewell-chat>',
    );
    expect(await page.locator('#style').textContent()).toBe('quotewell-chat {\n  --quotewell-accent: #5a1478;\n}');
    const send = page.locator('quotewell-chat .send');
    expect(await send.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe('rgb(90, 20, 120)');
    await page.getByLabel('Position').selectOption('end');
    await page.locator('quotewell-chat .launcher').waitFor();
    expect(complaints).toEqual([]);
  });

  it('says when colors are hard to read', async () => {
    const { url } = await serveWeb();
    const { page } = await browser.open(`${url}/playground`);
    await page.getByLabel('Accent', { exact: true }).fill('#ffee88');
    await page.getByText('it needs 4.5 : 1').waitFor();
  });
});

describe.each(['/', '/playground'])('axe finds nothing on %s', (address) => {
  const browser = useBrowser();

  it.each([{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const)(
    '%o',
    async (look) => {
      const { url } = await serveWeb();
      const { page } = await browser.open(url + address, look);
      await page.locator('quotewell-chat .choice').first().waitFor({ state: 'attached' });
      await page.evaluate(AXE);
      const found = await page.evaluate(() => Reflect.get(globalThis, 'axe').run(document));
      expect(
        found.violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id} ${nodes[0]?.html}`),
      ).toEqual([]);
    },
  );
});
