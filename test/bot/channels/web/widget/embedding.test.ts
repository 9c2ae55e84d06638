import { describe, expect, it } from 'vitest';
import { useBrowser } from '../../../../support/browser.ts';
import { openChat } from '../../../../support/chat.ts';
import { serveHostPage } from '../../../../support/host-page.ts';
import { serveWeb } from '../../../../support/serve-web.ts';

const PIXEL = `data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==`;

describe('the element', () => {
  const browser = useBrowser();

  it('is closed at first, with a labelled launcher', async () => {
    const { launcher, panel } = await openChat(browser, { attributes: '' });
    expect(await launcher.textContent()).toBe('Ask a question');
    expect(await panel.isVisible()).toBe(false);
  });

  it('does not take the focus of a page that opens with it open', async () => {
    const { page, panel } = await openChat(browser);
    expect(await panel.isVisible()).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  });

  it('opens, asks and closes by its methods, and reflects whether it is open', async () => {
    const { page, host, panel, replies } = await openChat(browser, { attributes: '' });
    expect(await page.evaluate(() => document.querySelector('quotewell-chat')?.ask('does it come back'))).toBe(true);
    await replies.first().waitFor();
    expect(await host.getAttribute('open')).toBe('');
    expect(await page.evaluate(() => document.querySelector('quotewell-chat')?.ask(' '))).toBe(false);
    await page.evaluate(() => document.querySelector('quotewell-chat')?.close());
    expect(await panel.isVisible()).toBe(false);
    expect(await host.getAttribute('open')).toBeNull();
    await host.evaluate((element) => element.setAttribute('open', ''));
    expect(await panel.isVisible()).toBe(true);
  });

  it('gives the focus back to what opened it', async () => {
    const { page, panel } = await openChat(browser, { attributes: '' });
    await page.keyboard.press('Tab');
    await page.evaluate(() => document.querySelector('quotewell-chat')?.open());
    await page.keyboard.press('Escape');
    expect(await panel.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('A link of the page');
  });

  it('says the clinic’s name and greeting', async () => {
    const { panel } = await openChat(browser, {
      attributes: 'open clinic="Hill Street Clinic" greeting="Good to see you."',
    });
    expect(await panel.getByRole('heading', { level: 2 }).textContent()).toBe('Ask Hill Street Clinic');
    expect(await panel.locator('.greeting').textContent()).toBe('Good to see you.');
  });

  it('shows its own mark where the page’s policy allows no logo', async () => {
    const { panel } = await openChat(browser, { attributes: 'open logo="/logo.png"' });
    await panel.locator('.mark').waitFor();
    expect(await panel.locator('img').count()).toBe(0);
  });

  it('shows the clinic’s logo where it may', async () => {
    const site = await serveHostPage();
    const { url } = await serveWeb({ env: { ALLOWED_ORIGINS: site.url } });
    site.show(`<!doctype html><html lang="en"><title>x</title><script src="${url}/widget.js" defer></script>
      <quotewell-chat open logo="/logo.png"></quotewell-chat>`);
    const { page } = await browser.open('about:blank');
    await page.route('**/logo.png', (route) =>
      route.fulfill({ contentType: 'image/png', body: Buffer.from(PIXEL.split(',')[1] ?? '', 'base64') }),
    );
    await page.goto(site.url);
    await page.locator('quotewell-chat img').waitFor();
    expect(await page.locator('quotewell-chat .mark').count()).toBe(0);
  });

  it('speaks Spanish on a Spanish page, and marks what stays English', async () => {
    const { panel, ask } = await openChat(browser, { page: { lang: 'es-MX' } });
    await panel.getByText('¡Hola!').waitFor();
    const reply = await ask('does it come back');
    expect(await panel.getAttribute('lang')).toBe('es');
    expect(await reply.locator('blockquote').first().getAttribute('lang')).toBe('en');
    expect(await reply.getByRole('link', { name: 'Ver en su contexto' }).first().isVisible()).toBe(true);
  });

  it('follows its attributes as they change, and keeps conversation and draft', async () => {
    const { host, panel, field, ask, replies } = await openChat(browser);
    await ask('does it come back');
    await field.fill('a draft');
    await host.evaluate((element) => {
      element.setAttribute('language', 'es');
      element.setAttribute('clinic', 'Clínica');
    });
    await panel.getByRole('heading', { name: 'Pregunta a Clínica' }).waitFor();
    expect(await replies.count()).toBe(1);
    expect(await field.inputValue()).toBe('a draft');
    expect(await panel.isVisible()).toBe(true);
  });

  it('can be taken out of the page and put back', async () => {
    const { host, page, ask, replies, complaints } = await openChat(browser);
    await ask('does it come back');
    await host.evaluate((element) => {
      element.remove();
      document.body.prepend(element);
    });
    expect(await replies.count()).toBe(1);
    await page.keyboard.press('Tab');
    await ask('again');
    expect(complaints).toEqual([]);
  });

  it('stands in the page where it is inline, without launcher or dialog', async () => {
    const { host, panel, launcher, ask } = await openChat(browser, { attributes: 'position="inline"' });
    expect(await launcher.count()).toBe(0);
    expect(await panel.evaluate((box) => box.tagName)).toBe('SECTION');
    await ask('does it come back');
    expect(await host.getByRole('button', { name: 'Close' }).count()).toBe(0);
  });

  it('takes colors and parts from the page', async () => {
    const { page, panel } = await openChat(browser);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        'quotewell-chat { --quotewell-accent: rgb(90, 20, 120) } quotewell-chat::part(send) { border-radius: 3px }',
      );
      document.adoptedStyleSheets = [sheet];
    });
    const send = panel.getByRole('button', { name: 'Send' });
    expect(await send.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe('rgb(90, 20, 120)');
    expect(await send.evaluate((button) => getComputedStyle(button).borderRadius)).toBe('3px');
  });

  it('asks the bot that it is told to, in the place of the one that the script came from', async () => {
    const { bot, url } = await serveWeb({ env: { ALLOWED_ORIGINS: 'http://127.0.0.1:1' } });
    const site = await serveHostPage();
    const other = await serveWeb({ env: { ALLOWED_ORIGINS: site.url } });
    site.show(`<!doctype html><html lang="en"><title>x</title><script src="${url}/widget.js" defer></script>
      <quotewell-chat open api="${other.url}"></quotewell-chat>`);
    const { page } = await browser.open(site.url);
    await page.locator('quotewell-chat #question').fill('does it come back');
    await page.keyboard.press('Enter');
    await page.locator('quotewell-chat blockquote').first().waitFor();
    expect([bot.heard.length, other.bot.heard.length]).toEqual([0, 1]);
  });
});

describe('room', () => {
  const browser = useBrowser();

  it('takes the whole of a phone, and nothing behind it can be reached', async () => {
    const { launcher, panel, page } = await openChat(browser, {
      attributes: '',
      browser: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    });
    await launcher.tap();
    expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    expect(await panel.evaluate((box) => box.matches(':modal'))).toBe(true);
    // A keyboard that jumped up would hide the questions to begin with.
    expect(await panel.getByRole('heading', { level: 2 }).evaluate((title) => title.matches(':focus'))).toBe(true);
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('A');
    }
  });

  it('changes between corner and whole screen as the window does, and keeps the focus', async () => {
    const { page, launcher, panel, field } = await openChat(browser, { attributes: '' });
    await launcher.click();
    await page.setViewportSize({ width: 400, height: 700 });
    await expect.poll(() => panel.evaluate((box) => box.matches(':modal'))).toBe(true);
    expect(await field.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(() => panel.evaluate((box) => box.matches(':modal'))).toBe(false);
    expect(await panel.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await panel.isVisible()).toBe(false);
  });

  it.each([
    ['320 px wide', { width: 320, height: 640 }, 0],
    ['magnified twice', { width: 640, height: 400 }, 0],
    ['magnified four times', { width: 320, height: 256 }, 0],
    ['with the largest text', { width: 320, height: 640 }, 3],
  ])('loses nothing %s', async (_name, viewport, larger) => {
    const { launcher, panel, ask, page } = await openChat(browser, { attributes: '', browser: { viewport } });
    await launcher.click();
    await panel.getByRole('button', { name: 'More actions' }).click();
    for (let step = 0; step < larger; step++) await panel.getByRole('button', { name: 'Larger text' }).click();
    await panel.press('Escape');
    for (const question of ['does it come back', 'danger', 'which one']) await ask(question);
    const wide = await panel.evaluate((box) =>
      [box, ...box.querySelectorAll('*')]
        .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== 'inline')
        .filter((part) => !part.closest('.hidden'))
        .map((part) => `${part.className} ${part.scrollWidth} > ${part.clientWidth}`),
    );
    expect(wide).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
  });

  it('shows the latest question at the top, also where all of the chat scrolls', async () => {
    for (const height of [700, 256]) {
      const { launcher, panel, ask } = await openChat(browser, {
        attributes: '',
        browser: { viewport: { width: 320, height } },
      });
      await launcher.click();
      await ask('does it come back');
      await ask('danger');
      const top = (await panel.locator('.asked').last().boundingBox())?.y ?? Number.NaN;
      const bar = await panel.locator('.help-urgent').boundingBox();
      expect(top, String(height)).toBeGreaterThanOrEqual((bar?.y ?? Number.NaN) + (bar?.height ?? 0) - 1);
      expect(top, String(height)).toBeLessThan(height * 0.6);
    }
  });

  it('is mirrored on a page that is written from right to left', async () => {
    const { launcher, panel, ask } = await openChat(browser, {
      attributes: '',
      page: { lang: 'ar', dir: 'rtl' },
      browser: { viewport: { width: 1280, height: 800 } },
    });
    expect((await launcher.boundingBox())?.x).toBeLessThan(200);
    await launcher.click();
    expect((await panel.boundingBox())?.x).toBeLessThan(200);
    const reply = await ask('does it come back');
    const [asked, quote] = [await panel.locator('.asked').boundingBox(), reply.locator('.quote').first()];
    expect(asked?.x).toBeLessThan(((await panel.boundingBox())?.x ?? 0) + 100);
    expect(await quote.evaluate((figure) => getComputedStyle(figure).borderRightStyle)).toBe('solid');
    expect(
      await reply
        .locator('blockquote p')
        .first()
        .evaluate((text) => getComputedStyle(text).direction),
    ).toBe('ltr');
  });

  it('keeps the punctuation of its texts at their end on a page that is written from right to left', async () => {
    const { panel } = await openChat(browser, { page: { lang: 'ar', dir: 'rtl' } });
    const title = panel.locator('.help-title');
    const howFarTheMarkIsToTheRight = async () => {
      const [first = 0, mark = 0] = await title.evaluate((element) => {
        const text = element.firstChild;
        if (!(text instanceof Text)) return [];
        return [0, text.length - 1].map((start) => {
          const range = document.createRange();
          range.setStart(text, start);
          range.setEnd(text, start + 1);
          return range.getBoundingClientRect().left;
        });
      });
      return mark - first;
    };
    // Until the contacts have come, the title may be drawn anew, and what was drawn before has no place.
    await expect.poll(howFarTheMarkIsToTheRight, { timeout: 20_000 }).toBeGreaterThan(0);
    // In one frame, since the panel may still be coming in.
    const ends = await panel.evaluate((root) =>
      ['h2', '.subtitle'].map((part) => root.querySelector(part)?.getBoundingClientRect().right),
    );
    expect(ends).toEqual([ends[0], ends[0]]);
    expect(ends[0]).toBeGreaterThan(0);
    expect(await panel.locator('h2').evaluate((text) => getComputedStyle(text).textAlign)).toBe('right');
  });
});
