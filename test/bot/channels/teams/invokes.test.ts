import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../../bot/store/memory-store.ts';
import { bodyOf } from '../../../support/serve-web.ts';
import { createStoredBot } from '../../../support/stored-bot.ts';
import { expectCard, valuesOf, wordsOf } from '../../../support/teams/expect-card.ts';
import { CHANNEL, mentioning, type ServedTeams, serveTeams } from '../../../support/teams/serve-teams.ts';
import { createTinyBot } from '../../../support/tiny-bot.ts';

type Answered = { statusCode: number; type: string; value: unknown };

const feedback = (reaction: string, words?: unknown) => ({
  actionName: 'feedback',
  actionValue: { reaction, ...(words !== undefined && { feedback: words }) },
});
const press = (teams: ServedTeams, action: unknown, fields = {}) =>
  teams.invoke('adaptiveCard/action', { action, trigger: 'manual' }, fields);

describe('feedback from Teams', () => {
  it.each<[string, unknown, object]>([
    ['a like', feedback('like', '{"feedbackText":""}'), { rating: 'up' }],
    [
      'a dislike with words as JSON',
      feedback('dislike', '{"feedbackText":"too short"}'),
      { rating: 'down', comment: 'too short' },
    ],
    ['words as an object', feedback('like', { feedbackText: 'good' }), { rating: 'up', comment: 'good' }],
    ['words as plain text', feedback('dislike', 'too short'), { rating: 'down', comment: 'too short' }],
    ['no words', feedback('dislike'), { rating: 'down' }],
    ['too many words', feedback('like', 'x'.repeat(2000)), { rating: 'up', comment: 'x'.repeat(1000) }],
  ])('%s reaches the store, for the reply that it is about', async (_, value, kept) => {
    const teams = await serveTeams();
    await teams.say('does it come back');
    const first = teams.connector.received.length;
    await teams.say('anything else');
    const response = await teams.invoke('message/submitAction', value, { replyToId: `sent-${first}` });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(teams.bot.rated).toEqual([{ replyId: 'reply-1', ...kept }]);
  });

  it('without a message named is about the last reply to that person', async () => {
    const teams = await serveTeams();
    await teams.say('does it come back');
    await teams.say('anything else', { from: { id: '29:bob' } });
    await teams.invoke('message/submitAction', feedback('like'));
    expect(teams.bot.rated).toEqual([{ replyId: 'reply-1', rating: 'up' }]);
  });

  it('in a channel finds the reply whether or not the thread is named', async () => {
    const teams = await serveTeams();
    await teams.say('', { ...CHANNEL, ...mentioning('does it come back') });
    const replyToId = `sent-${teams.connector.received.length}`;
    const conversation = { ...CHANNEL.conversation, id: '19:channel@thread.tacv2' };
    await teams.invoke('message/submitAction', feedback('dislike'), { ...CHANNEL, conversation, replyToId });
    expect(teams.bot.rated).toEqual([{ replyId: 'reply-1', rating: 'down' }]);
  });

  it('is kept in the same store as that of the widget, with its words redacted', async () => {
    const clock = { now: () => Date.parse('2026-11-23T12:00:00Z') };
    const store = createMemoryStore({ clock, retentionDays: 30 });
    const teams = await serveTeams({ bot: createStoredBot({ store, clock }) });
    await teams.say('does it come back');
    await teams.invoke('message/submitAction', feedback('dislike', 'call me at ann@clinic.example'));
    expect(await store.feedback()).toMatchObject([{ rating: 'down', kind: 'answer', comment: 'call me at [email]' }]);
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    ['of another form', { actionName: 'other' }, {}],
    ['about a message that is not ours', feedback('like'), { replyToId: 'unknown' }],
  ])('%s is answered 200 and left alone', async (_, value, fields) => {
    const teams = await serveTeams();
    await teams.say('does it come back');
    expect((await teams.invoke('message/submitAction', value, fields)).status).toBe(200);
    expect(teams.bot.rated).toEqual([]);
  });
});

describe('a button of a card', () => {
  it('asks its question, and says in the answer which that was', async () => {
    const teams = await serveTeams();
    const question = 'Does acne come back?';
    const response = await press(teams, { type: 'Action.Execute', verb: 'ask', data: { question } }, CHANNEL);
    expect(response.status).toBe(200);
    expect(await bodyOf<Answered>(response)).toMatchObject({ statusCode: 200, value: 'The answer is below.' });
    expect(teams.bot.heard.map(({ text }) => text)).toEqual([question]);
    expect(teams.connector.messages()[0]?.text).toMatch(/^You asked: Does acne come back\?/);
  });

  it('does not say that the answer is there where it may not have arrived', async () => {
    const teams = await serveTeams();
    teams.connector.answerWith((res) => Boolean(res.writeHead(500).end('{}')));
    const response = await press(teams, { verb: 'ask', data: { question: 'Does acne come back?' } });
    expect((await bodyOf<Answered>(response)).value).toContain('do not know whether my answer arrived');
  });

  it('has the card drawn anew as of today', async () => {
    const teams = await serveTeams();
    await teams.say('does it come back');
    const card = teams.connector.messages()[0]?.attachments?.[0]?.content;
    expectCard(card);
    expect(wordsOf(card)).toContain('Reviewed by Dermatology nurse on 2026-01-10, to be read again');
    teams.pass(30 * 24 * 60 * 60_000);
    const { verb, data } = card.refresh?.action ?? {};
    const answered = await bodyOf<Answered>(press(teams, { type: 'Action.Execute', verb, data }));
    expect(answered).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expectCard(answered.value);
    expect(wordsOf(answered.value)).toContain('the next review has been due since 2026-12-01');
  });

  const place = { id: 'tiny/side-effects/dry-lips', start: 0, end: 34, digest: 'bogus' };
  it.each([
    ['words have changed', place],
    ['passage is gone', { ...place, id: 'tiny/gone/away' }],
    ['place is no whole sentence', { ...place, end: 20 }],
  ])('does not quote again where the %s', async (_, quote) => {
    const teams = await serveTeams();
    const data = { quotes: [quote], next: [], language: 'en' };
    const { value } = await bodyOf<Answered>(press(teams, { verb: 'refresh', data }));
    expectCard(value);
    expect(wordsOf(value)).toMatch(/changed since it was quoted/);
  });

  it('can not make the bot offer what is no question of the pack', async () => {
    const teams = await serveTeams();
    const data = { quotes: [], next: ['Buy it here?', 'Does acne come back?'], language: 'en' };
    const { value } = await bodyOf<Answered>(press(teams, { verb: 'refresh', data }));
    expect(valuesOf(value, 'title')).toEqual(['Does acne come back?']);
  });

  it.each<[string, unknown]>([
    ['that it does not know', { verb: 'delete_everything', data: {} }],
    ['of another version', { verb: 'ask', data: { q: 'x' } }],
    ['without anything', undefined],
  ])('%s gets a clear answer', async (_, action) => {
    const teams = await serveTeams();
    const response = await press(teams, action);
    expect(response.status).toBe(200);
    expect((await bodyOf<Answered>(response)).value).toContain('do not know this button');
  });

  it('of the older kind gets a clear answer as a message', async () => {
    const teams = await serveTeams();
    await teams.post(teams.activity({ value: { action: 'x' } }));
    expect(teams.connector.messages()[0]?.text).toContain('do not know this button');
  });

  it('an invoke that nobody knows is answered 501, with words', async () => {
    const teams = await serveTeams();
    const response = await teams.invoke('task/fetch', {});
    expect(response.status).toBe(501);
    expect(await response.json()).toMatchObject({
      error: { code: 'NotImplemented', message: expect.stringContaining('task/fetch') },
    });
  });

  it('pressed once but delivered twice is done once', async () => {
    const teams = await serveTeams();
    const action = { verb: 'ask', data: { question: 'Does acne come back?' } };
    const activity = teams.activity({ type: 'invoke', name: 'adaptiveCard/action', value: { action } });
    expect([(await teams.post(activity)).status, (await teams.post(activity)).status]).toEqual([200, 200]);
    expect(teams.bot.heard).toHaveLength(1);
  });
});

interface Extension {
  composeExtension: {
    type: string;
    text?: string;
    attachments?: {
      contentType: string;
      content: unknown;
      preview: { contentType: string; content: { title: string; text: string } };
    }[];
  };
}

const search = (teams: ServedTeams, question: string, name = 'question') =>
  bodyOf<Extension>(
    teams.invoke('composeExtension/query', { commandId: 'searchPassages', parameters: [{ name, value: question }] }),
  );

describe('the search in the compose box', () => {
  it('finds quotes to insert, each with its source and review', async () => {
    const { composeExtension } = await search(await serveTeams(), 'does it come back');
    expect(composeExtension.type).toBe('result');
    expect(composeExtension.attachments).toHaveLength(2);
    const [first] = composeExtension.attachments ?? [];
    expect(first?.preview.content.title).toBe('Whether acne comes back');
    expect(first?.preview.content.text).toContain('Not yet reviewed');
    expectCard(first?.content);
    expect(wordsOf(first.content)).toMatch(/Acne comes back in some people[\s\S]*A trial/);
    expect(first.content.refresh).toBeUndefined();
  });

  it('begins with the starter questions', async () => {
    const teams = await serveTeams();
    const { composeExtension } = await search(teams, 'true', 'initialRun');
    expect(teams.bot.heard.map(({ text }) => text)).toEqual(teams.bot.pack.starters);
    expect(composeExtension.attachments?.length).toBeGreaterThan(0);
  });

  it('puts whom to call first in danger', async () => {
    const { composeExtension } = await search(await serveTeams(), 'danger');
    expect(composeExtension.attachments).toHaveLength(1);
    expectCard(composeExtension.attachments?.[0]?.content);
    expect(JSON.stringify(composeExtension.attachments)).toContain('tel:911');
  });

  it('looks up both readings where two fit', async () => {
    const teams = await serveTeams();
    await search(teams, 'which');
    expect(teams.bot.heard.map(({ text }) => text)).toEqual(['which', ...teams.bot.pack.starters]);
  });

  it('says when nothing answers, and keeps nothing of what was typed', async () => {
    const teams = await serveTeams();
    const { composeExtension } = await search(teams, 'anything else');
    expect(composeExtension).toMatchObject({ type: 'message', text: expect.stringContaining('No passage') });
    expect(teams.bot.forgotten).toHaveLength(teams.bot.heard.length);
  });

  it('says what only a prescriber decides, where no passage goes with it', async () => {
    const bot = createTinyBot({ change: (reply) => ({ ...reply, message: 'For your prescriber to decide.' }) });
    const { composeExtension } = await search(await serveTeams({ bot }), 'which dose');
    expect(composeExtension).toEqual({ type: 'message', text: 'For your prescriber to decide.' });
  });

  it('has no second page with the same results again', async () => {
    const teams = await serveTeams();
    const parameters = [{ name: 'question', value: 'does it come back' }];
    const query = { commandId: 'searchPassages', parameters, queryOptions: { skip: 25, count: 25 } };
    const { composeExtension } = await bodyOf<Extension>(teams.invoke('composeExtension/query', query));
    expect(composeExtension).toMatchObject({ type: 'result', attachments: [] });
  });

  it('leaves out what would make it larger than Teams takes, and cuts no quote', async () => {
    const words = `${'ñ🙂'.repeat(1500)}.`;
    const bot = createTinyBot({
      change: (reply) => ({
        ...reply,
        quotes: [0, 1, 2, 3].flatMap(() => reply.quotes).map((q) => ({ ...q, text: words })),
      }),
    });
    const answer = await search(await serveTeams({ bot }), 'does it come back');
    expect(JSON.stringify(answer).length * 2).toBeLessThan(80_000);
    const { attachments = [] } = answer.composeExtension;
    expect(attachments.length).toBeGreaterThan(0);
    for (const { content } of attachments) expect(valuesOf(content, 'text')).toContain(words);
  });

  it('knows no other command', async () => {
    const teams = await serveTeams();
    const response = await teams.invoke('composeExtension/query', { commandId: 'other', parameters: [] });
    expect((await bodyOf<Extension>(response)).composeExtension.type).toBe('message');
    expect(teams.bot.heard).toEqual([]);
  });
});

describe('a link to a passage that is pasted or shared', () => {
  const link = (teams: ServedTeams, url: string) =>
    bodyOf<Partial<Extension>>(teams.invoke('composeExtension/queryLink', { url }));
  const page = 'https://bot.clinic.example/passages/tiny/side-effects/dry-lips';

  it.each([
    [`${page}?start=0&end=34`, 'Dry lips are the commonest effect.'],
    [`${page}?start=1&end=7`, 'Dry lips are the commonest effect. A plain balm helps.'],
    [page.replace('tiny/side', 'tiny%2Fside'), 'Dry lips are the commonest effect. A plain balm helps.'],
  ])('%s becomes the quote', async (url, words) => {
    const { composeExtension } = await link(await serveTeams({ bot: createTinyBot() }), url);
    const [attachment] = composeExtension?.attachments ?? [];
    expectCard(attachment?.content);
    expect(wordsOf(attachment.content).split('\n')).toContain(words);
  });

  it.each([
    'https://evil.example/passages/tiny/side-effects/dry-lips',
    `${page}-not`,
    'https://bot.clinic.example/',
    'x',
  ])('%s stays a link', async (url) => {
    expect(await link(await serveTeams(), url)).toEqual({});
  });
});
