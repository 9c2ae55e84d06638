import { describe, expect, it } from 'vitest';
import type { Quote, Reply } from '../../../../../bot/reply.ts';
import { useBrowser } from '../../../../support/browser.ts';
import { type Chat, openChat, strictPolicy } from '../../../../support/chat.ts';
import { createTinyBot } from '../../../../support/tiny-bot.ts';

const MARKUP = `<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script><b>bold</b>`;
const SCRIPT = 'javascript:globalThis.hacked=1';

describe('what is not to be trusted', () => {
  const browser = useBrowser();

  it('is shown as text: a question with markup in it', async () => {
    const chat = await openChat(browser);
    await chat.ask(MARKUP);
    expect(await chat.panel.locator('.asked').textContent()).toBe(`You asked: ${MARKUP}`);
    await expectUnharmed(chat);
    await chat.page.reload();
    await chat.replies.first().waitFor();
    await expectUnharmed(chat);
  });

  it.each(['does it come back', 'danger', 'which one'])(
    'is shown as text: all of a reply to "%s"',
    async (question) => {
      const chat = await openChat(browser, { bot: createTinyBot({ change: poisoned }) });
      const reply = await chat.ask(question);
      for (const more of await reply.getByRole('button', { name: /^More/ }).all()) await more.click();
      for (const number of await reply.locator('.source').all()) await number.click();
      await chat.panel.getByRole('button', { name: 'Close' }).waitFor();
      expect(await reply.textContent()).toContain(MARKUP);
      await expectUnharmed(chat);
    },
  );

  it('is shown as text: what attributes say', async () => {
    const written = MARKUP.replaceAll('"', '&quot;').replaceAll('<', '&lt;');
    const chat = await openChat(browser, {
      attributes: `open clinic="${written}" greeting="${written}" logo="${SCRIPT}" region="${written}" language="${written}" position="${written}" theme="${written}"`,
    });
    expect(await chat.panel.getByRole('heading', { name: `Ask ${MARKUP}` }).count()).toBe(1);
    expect(await chat.panel.locator('.greeting').textContent()).toBe(MARKUP);
    await expectUnharmed(chat);
  });

  it('is left alone: an address for the API that is none', async () => {
    const chat = await openChat(browser, { attributes: `open api="${SCRIPT}"` });
    await chat.ask('does it come back');
    await expectUnharmed(chat);
  });

  it('is left alone: what another script put into the storage', async () => {
    const chat = await openChat(browser);
    await chat.ask('does it come back');
    for (const state of [
      '{',
      'null',
      '[]',
      '{"turns":[{"id":1}]}',
      '{"turns":"x","draft":5,"open":"yes","textSize":-1}',
    ]) {
      await chat.page.evaluate((value) => {
        for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, value);
      }, state);
      await chat.page.reload();
      await chat.field.waitFor();
      expect(await chat.replies.count(), state).toBe(0);
    }
    await expectUnharmed(chat);
  });
});

describe('the page around it', () => {
  const browser = useBrowser();

  it('needs a policy of two lines, and no inline script, style or eval', async () => {
    const { ask, panel, complaints, api } = await openChat(browser);
    await ask('does it come back');
    await ask('danger');
    await panel.getByRole('button', { name: 'More actions' }).click();
    expect(complaints).toEqual([]);
    expect(strictPolicy(api)).not.toMatch(/unsafe|style-src|\*/);
    expect(await panel.evaluate((box) => getComputedStyle(box).position)).toBe('fixed');
  });

  it('is told what happened, but not a word of what was said', async () => {
    const { ask, page } = await openChat(browser);
    await page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(globalThis, { heard });
      for (const name of ['open', 'close', 'reply', 'failure', 'feedback', 'clear']) {
        document.addEventListener(`quotewell-${name}`, (event) =>
          heard.push([event.type, event instanceof CustomEvent ? event.detail : undefined]),
        );
      }
    });
    const reply = await ask('does it come back');
    await reply.getByRole('button', { name: 'Yes, this helped' }).click();
    await reply.getByText('Thank you').waitFor();
    await page.evaluate(() => document.querySelector('quotewell-chat')?.close());
    expect(await page.evaluate(() => Reflect.get(globalThis, 'heard'))).toEqual([
      ['quotewell-reply', { replyId: 'reply-1', kind: 'answer' }],
      ['quotewell-feedback', { replyId: 'reply-1', rating: 'up' }],
      ['quotewell-close', null],
    ]);
  });

  it('lends it no style, and takes none from it', async () => {
    const { page, panel } = await openChat(browser);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '* { color: rgb(255, 0, 0) !important; font-size: 40px !important; text-transform: uppercase } button { display: none }',
      );
      document.adoptedStyleSheets = [sheet];
    });
    const send = panel.getByRole('button', { name: 'Send' });
    expect(await send.isVisible()).toBe(true);
    expect(await panel.locator('.subtitle').evaluate((text) => getComputedStyle(text).textTransform)).toBe('none');
    expect(await page.evaluate(() => document.querySelectorAll('style, link').length)).toBe(0);
  });

  it('is refused by the bot unless it is allowed, and says so', async () => {
    const { ask, bot } = await openChat(browser, { allowed: false });
    const reply = await ask('does it come back');
    // Without permission the browser does not even let the script read why.
    expect(await reply.textContent()).toContain('can’t be reached');
    expect(bot.heard).toEqual([]);
  });
});

/** Markup where text belongs, scripts where addresses do. */
function poisoned(reply: Reply): Reply {
  const quotes = reply.quotes.map(
    (quote): Quote => ({
      ...quote,
      text: MARKUP,
      passage: { ...quote.passage, title: MARKUP, url: SCRIPT },
      sources: [
        { id: MARKUP, title: MARKUP, organisation: MARKUP, url: SCRIPT, date: MARKUP },
        { id: 'T9', title: 'data', organisation: 'x', url: `data:text/html,${MARKUP}` },
        { id: 'T10', title: 'vb', organisation: 'x', url: ' \u0001vbscript:x' },
      ],
      review: { status: 'reviewed', by: MARKUP, on: MARKUP, due: MARKUP },
    }),
  );
  const change = {
    message: `${MARKUP}\n${MARKUP}`,
    quotes,
    disclaimers: [{ id: 'x', text: MARKUP }],
    contacts: [
      { label: MARKUP, phone: `"><script>${MARKUP}`, url: SCRIPT, hours: MARKUP },
      { label: 'x', url: 'blob:x' },
    ],
    suggestions: [MARKUP],
  };
  if (reply.kind !== 'clarify') return { ...reply, ...change };
  return { ...reply, ...change, options: [{ question: MARKUP }, { question: MARKUP }] };
}

async function expectUnharmed({ page, panel, complaints }: Chat): Promise<void> {
  expect(await page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBeUndefined();
  expect(await panel.locator('img, script, iframe, b, object, embed').count()).toBe(0);
  const schemes = await panel
    .locator('a')
    .evaluateAll((links) => links.map((link) => (link instanceof HTMLAnchorElement ? link.protocol : '')));
  for (const scheme of schemes) expect(['https:', 'http:', 'tel:', 'mailto:']).toContain(scheme);
  expect(complaints).toEqual([]);
}
