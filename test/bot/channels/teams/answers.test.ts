import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../../bot/reply.ts';
import type { Sent } from '../../../support/teams/connector.ts';
import { expectCard, valuesOf, wordsOf } from '../../../support/teams/expect-card.ts';
import { CHANNEL, mentioning, type ServedTeams, serveTeams } from '../../../support/teams/serve-teams.ts';
import { createTinyBot } from '../../../support/tiny-bot.ts';
import { tinyPack } from '../../../support/tiny-pack.ts';

/** The one message that the bot sent in answer, after the typing indicator. */
async function answerTo(teams: ServedTeams, text: string, fields = {}): Promise<Sent> {
  const before = teams.connector.messages().length;
  expect((await teams.say(text, fields)).status).toBe(200);
  const [message, ...more] = teams.connector.messages().slice(before);
  expect(more).toEqual([]);
  if (!message) throw new Error('nothing was sent');
  return message;
}

function cardOf(message: Sent) {
  const [attachment, ...more] = message.attachments ?? [];
  expect(more).toEqual([]);
  expect(attachment?.contentType).toBe('application/vnd.microsoft.card.adaptive');
  expectCard(attachment?.content);
  return attachment.content;
}

describe('an answer in Teams', () => {
  it('comes after a typing indicator, in the same conversation, as a reply to the message', async () => {
    const teams = await serveTeams();
    await teams.say('does it come back');
    expect(teams.connector.received.map(({ activity }) => activity.type)).toEqual(['typing', 'message']);
    const { path, activity } = teams.connector.received[1] ?? {};
    expect(path).toMatch(/^\/teams\/v3\/conversations\/a:ann\/activities\/17\d+$/);
    expect(activity).toMatchObject({ conversation: { id: 'a:ann' }, recipient: { id: '29:ann' } });
  });

  it('quotes word for word, each quote with its marker', async () => {
    const teams = await serveTeams();
    const { text = '' } = await answerTo(teams, 'does it come back');
    for (const [index, { text: passage, sentences }] of tinyPack.passages.entries()) {
      expect(text).toContain(`“${passage.slice(0, sentences[0]?.end)}” [${index + 1}]`);
    }
    expect(text).toContain('General information only.');
  });

  it('has a citation for each marker: title, sources, date and review', async () => {
    const teams = await serveTeams();
    const { entities = [] } = await answerTo(teams, 'does it come back');
    expect(entities).toHaveLength(1);
    expect(entities[0]).toMatchObject({ type: 'https://schema.org/Message', '@type': 'Message' });
    expect(entities[0]?.citation).toEqual([
      {
        '@type': 'Claim',
        position: 1,
        appearance: {
          '@type': 'DigitalDocument',
          name: 'Whether acne comes back',
          abstract: 'Not yet reviewed by a clinician. A university: A trial (2024-05)',
          url: expect.stringMatching(/^https?:/),
        },
      },
      {
        '@type': 'Claim',
        position: 2,
        appearance: {
          '@type': 'DigitalDocument',
          name: 'Dry lips',
          abstract: expect.stringContaining('Reviewed by Dermatology nurse on 2026-01-10'),
          url: expect.any(String),
        },
      },
    ]);
  });

  it('keeps citations within what Teams shows, and never cuts a character in two', async () => {
    const bot = createTinyBot({
      change: (reply) => ({
        ...reply,
        quotes: reply.quotes.map((quote) => ({
          ...quote,
          passage: { ...quote.passage, title: '🙂'.repeat(60) },
          sources: Array.from({ length: 9 }, (_, n) => ({ id: `S${n}`, title: '🙂'.repeat(40), organisation: 'O' })),
        })),
      }),
    });
    const { entities } = await answerTo(await serveTeams({ bot }), 'does it come back');
    for (const { appearance } of entities?.[0]?.citation ?? []) {
      expect(appearance.name.length).toBeLessThanOrEqual(80);
      expect(appearance.abstract.length).toBeLessThanOrEqual(160);
      expect(appearance.abstract).toMatch(/^(Not yet reviewed|Reviewed by)/);
      // Half of a pair would not come through as it is.
      const written = appearance.name + appearance.abstract;
      expect(Buffer.from(written).toString()).toBe(written);
    }
  });

  it('is not labeled as made by an AI, and says what it is', async () => {
    const teams = await serveTeams();
    const message = await answerTo(teams, 'does it come back');
    expect(JSON.stringify(message)).not.toContain('AIGeneratedContent');
    expect(message.text).toContain('Quoted word for word');
  });

  it('has a card: review in the open, quoted words, sources and passage id behind a button', async () => {
    const teams = await serveTeams();
    const card = cardOf(await answerTo(teams, 'does it come back'));
    const hidden = card.body.find((element) => 'id' in element && element.id === 'sources');
    expect(hidden).toMatchObject({ isVisible: false });
    const behind = valuesOf(hidden, 'text').join('\n');
    expect(behind).toContain(tinyPack.passages[0]?.text.slice(0, 46));
    expect(behind).toContain('A trial');
    expect(behind).toContain('tiny/permanence/does-it-come-back');
    expect(card.actions).toContainEqual(expect.objectContaining({ targetElements: ['sources'] }));
    expect(wordsOf(card)).toContain('Not yet reviewed by a clinician');
  });

  it('leads to the quoted words in their passage, and to sharing them, where the bot has an address', async () => {
    const bot = createTinyBot({ change: withAddress });
    const card = cardOf(await answerTo(await serveTeams({ bot }), 'does it come back'));
    const context = 'https://bot.clinic.example/passages/tiny/permanence/does-it-come-back?start=0&end=46';
    const urls = valuesOf(card.body, 'url').map(String);
    expect(urls).toContain(context);
    const share = urls.find((url) => url.startsWith('https://teams.microsoft.com/share?'));
    expect(new URL(share ?? '').searchParams.get('href')).toBe(context);
  });

  it('has no links to pages that nobody could open', async () => {
    const card = cardOf(await answerTo(await serveTeams(), 'does it come back'));
    expect(JSON.stringify(card)).not.toMatch(/"(\/passages|https:\/\/teams\.microsoft)/);
  });

  it('offers what to ask next: up to three suggested actions, and buttons on the card', async () => {
    const questions = ['One?', 'Two?', 'Three?', 'Four?'];
    const bot = createTinyBot({ change: (reply) => ({ ...reply, suggestions: questions }) });
    const message = await answerTo(await serveTeams({ bot }), 'does it come back');
    expect(message.suggestedActions).toEqual({
      to: ['29:ann'],
      actions: questions.slice(0, 3).map((question) => ({ type: 'imBack', title: question, value: question })),
    });
    expect(valuesOf(cardOf(message), 'verb')).toEqual(expect.arrayContaining(['ask', 'ask', 'ask', 'refresh']));
  });

  it('asks for feedback', async () => {
    const { channelData } = await answerTo(await serveTeams(), 'does it come back');
    expect(channelData).toEqual({ feedbackLoop: { type: 'default' } });
  });

  it('speaks Spanish where Teams does', async () => {
    const { text } = await answerTo(await serveTeams(), 'does it come back', { locale: 'es-ES' });
    expect(text).toContain('Citado palabra por palabra');
  });

  it('shows words of the pack as they are, whatever Markdown makes of them', async () => {
    const bot = createTinyBot({ change: (reply) => ({ ...reply, message: '# 1 * 2 _a_ <b> [x](y)' }) });
    const { text } = await answerTo(await serveTeams({ bot }), 'anything else');
    expect(text).toContain('\\# 1 \\* 2 \\_a\\_ \\<b\\> \\[x\\](y)');
  });

  it('has each line of the bot’s own words as a paragraph, none as a list or a character reference', async () => {
    const message = 'First this.\n2. Then & that &lt;.\n\n- At last';
    const bot = createTinyBot({ change: (reply) => ({ ...reply, message }) });
    const { text } = await answerTo(await serveTeams({ bot }), 'anything else');
    expect(text).toMatch(/^First this\.\n\n2\\\. Then & that \\&lt;\.\n\n\\- At last\n\n/);
  });
});

describe('a reply that is no answer', () => {
  it('offers both readings where two fit, in a group as buttons', async () => {
    const bot = () => createTinyBot();
    const personal = await answerTo(await serveTeams({ bot: bot() }), 'which one');
    expect(personal.suggestedActions?.actions.map(({ value }) => value)).toEqual(tinyPack.starters);
    expect(personal.attachments).toBeUndefined();
    const group = await answerTo(await serveTeams({ bot: bot() }), '', { ...CHANNEL, ...mentioning('which one') });
    expect(group.suggestedActions).toBeUndefined();
    expect(valuesOf(cardOf(group), 'title')).toEqual(expect.arrayContaining([...tinyPack.starters]));
  });

  it('says that it does not know, without a citation', async () => {
    const message = await answerTo(await serveTeams(), 'anything else');
    expect(message.entities).toBeUndefined();
    expect(message.text).toContain('This is what our passages say.');
  });

  it('shows whom to call even where it could not be made', async () => {
    const teams = await serveTeams();
    const { text } = await answerTo(teams, 'break');
    expect(text).toContain('**[911](tel:911)** Emergency services');
    expect(teams.log()).toContain('TINY_BROKEN');
    expect(teams.log()).not.toContain('cannot answer');
  });
});

describe('an urgent reply', () => {
  it('has the numbers first, in the text and on the card, as links and buttons', async () => {
    const message = await answerTo(await serveTeams(), 'danger');
    expect(message.text).toMatch(/^911 Emergency services/);
    const card = cardOf(message);
    expect(wordsOf(card)).toMatch(/^\[911\]\(tel:911\)\nEmergency services\n\[1-800-000\]\(tel:1800000\)\nCrisis line/);
    expect(card.actions?.map((action) => 'url' in action && action.url)).toEqual(['tel:911', 'tel:1800000']);
    expect(card.fallbackText).toContain('911');
  });

  it('does not say a number twice that its name begins with', async () => {
    const contacts = [{ label: '988 Suicide & Crisis Lifeline', phone: '988' }];
    const bot = createTinyBot({ change: (reply) => ({ ...reply, contacts, quotes: [], suggestions: [] }) });
    const message = await answerTo(await serveTeams({ bot }), 'danger');
    expect(message.text).toMatch(/^\*\*\[988\]\(tel:988\)\*\* Suicide & Crisis Lifeline/);
    const card = cardOf(message);
    expect(wordsOf(card)).toMatch(/^\[988\]\(tel:988\)\nSuicide & Crisis Lifeline/);
    expect(card.fallbackText).toMatch(/^988 Suicide & Crisis Lifeline\n/);
  });

  it('is marked as important, and its summary gives nothing away', async () => {
    const message = await answerTo(await serveTeams(), 'danger');
    expect(message).toMatchObject({ importance: 'high', summary: 'Urgent: whom to call now' });
  });
});

describe('a message under 80 KB', () => {
  it.each([2, 15, 40, 200])('is what a reply with %i long quotes becomes, and no quote is cut', async (count) => {
    const words = `${'ñ🙂"\\'.repeat(300)}.`;
    const bot = createTinyBot({
      change: (reply) => ({
        ...reply,
        quotes: reply.quotes.flatMap((quote) => Array.from({ length: count / 2 }, () => ({ ...quote, text: words }))),
      }),
    });
    const teams = await serveTeams({ bot });
    const { text = '', entities } = await answerTo(teams, 'does it come back');
    for (const { bytes } of teams.connector.received) expect(bytes).toBeLessThan(80_000);
    const quotes = [...text.matchAll(/“([^”]*)” \[\d+\]/g)].map(([, quote]) => quote?.replaceAll(/\\(.)/g, '$1'));
    expect(quotes.length).toBeGreaterThan(0);
    expect(new Set(quotes)).toEqual(new Set([words]));
    if (count === 200) expect(text).toMatch(/\d+ more would not fit/);
    expect(entities?.[0]?.citation.length).toBeLessThanOrEqual(20);
  });
});

/** As the bot gives addresses where `PUBLIC_URL` is set. */
function withAddress(reply: Reply): Reply {
  const quotes = reply.quotes.map((quote) => ({
    ...quote,
    passage: { ...quote.passage, url: `https://bot.clinic.example${quote.passage.url}` },
  }));
  return { ...reply, quotes };
}
