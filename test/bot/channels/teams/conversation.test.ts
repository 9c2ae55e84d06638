import { describe, expect, it } from 'vitest';
import { BOT, CHANNEL, mentioning, serveTeams, TENANT } from '../../../support/teams/serve-teams.ts';
import { conversationIdOf } from '../../../support/tiny-bot.ts';

const GROUP = {
  conversation: { conversationType: 'groupChat', isGroup: true, tenantId: TENANT, id: '19:group@thread.v2' },
};

describe('in a channel or a group', () => {
  it.each([
    ['channel', CHANNEL],
    ['group chat', GROUP],
  ])('a %s: what mentions the bot is answered in its thread, the mention taken out', async (_, where) => {
    const teams = await serveTeams();
    await teams.say('', { ...where, ...mentioning('does&nbsp;it come back &amp; when?\n') });
    expect(teams.bot.heard.map(({ text }) => text)).toEqual(['does it come back & when?']);
    const { path } = teams.connector.received.at(-1) ?? {};
    expect(path).toContain(`/v3/conversations/${where.conversation.id}/activities/`);
    expect(teams.connector.messages()[0]?.conversation?.id).toBe(where.conversation.id);
  });

  it.each([
    ['channel', CHANNEL],
    ['group chat', GROUP],
  ])('a %s: what does not mention the bot is not read', async (_, where) => {
    const teams = await serveTeams();
    const other = { entities: [{ type: 'mention', mentioned: { id: '29:bob' }, text: '<at>Bob</at>' }] };
    expect((await teams.say('danger', where)).status).toBe(200);
    expect((await teams.say('<at>Bob</at> danger', { ...where, ...other })).status).toBe(200);
    expect((await teams.say('<at>Quotewell</at> danger', where)).status).toBe(200);
    expect(teams.bot.heard).toEqual([]);
    expect(teams.connector.received).toEqual([]);
  });

  it('a mention that names no words is none', async () => {
    const teams = await serveTeams();
    const entities = [{ type: 'mention', mentioned: BOT, text: '' }];
    await teams.say('danger', { ...CHANNEL, entities });
    expect(teams.bot.heard).toEqual([]);
    await teams.say('does it come back', { entities });
    expect(teams.bot.heard.map(({ text }) => text)).toEqual(['does it come back']);
  });

  it('other people who are mentioned are read as their names', async () => {
    const teams = await serveTeams();
    const { text, entities } = mentioning('<at>Bob</at> asks: does it come back');
    await teams.say('', { ...CHANNEL, text, entities });
    expect(teams.bot.heard.map((message) => message.text)).toEqual(['Bob asks: does it come back']);
  });
});

describe('a conversation', () => {
  it('goes on for the same person in the same place, and for nobody else', async () => {
    const teams = await serveTeams();
    await teams.say('does it come back');
    await teams.say('and then');
    await teams.say('me too', { from: { id: '29:bob' } });
    await teams.say('', { ...CHANNEL, ...mentioning('in a channel') });
    expect(teams.bot.heard.map(({ conversationId }) => conversationId)).toEqual([
      undefined,
      conversationIdOf(1),
      undefined,
      undefined,
    ]);
  });

  it('is forgotten after half an hour', async () => {
    const teams = await serveTeams();
    await teams.say('does it come back');
    teams.pass(30 * 60_000);
    await teams.say('and then');
    expect(teams.bot.heard[1]?.conversationId).toBeUndefined();
  });

  it.each(['forget', 'Forget!', '/forget', 'olvidar'])('is forgotten on "%s"', async (word) => {
    const teams = await serveTeams();
    await teams.say('does it come back');
    await teams.say(word);
    expect(teams.bot.forgotten).toEqual([conversationIdOf(1)]);
    expect(teams.connector.messages()[1]?.text).toContain('forgotten');
  });

  it('answers an edited message anew, and leaves deleted ones alone', async () => {
    const teams = await serveTeams();
    const edited = (eventType: string, text: string) =>
      teams.say(text, { type: 'messageUpdate', channelData: { tenant: { id: TENANT }, eventType } });
    await teams.say('anything else');
    await edited('editMessage', 'does it come back');
    await edited('softDeleteMessage', 'danger');
    await edited('undeleteMessage', 'danger');
    expect(teams.bot.heard.map(({ text }) => text)).toEqual(['anything else', 'does it come back']);
    expect(teams.connector.messages()).toHaveLength(2);
  });

  it('does not read an edited message of a channel that does not mention it', async () => {
    const teams = await serveTeams();
    const channelData = { ...CHANNEL.channelData, eventType: 'editMessage' };
    await teams.say('danger', { ...CHANNEL, type: 'messageUpdate', channelData });
    expect(teams.bot.heard).toEqual([]);
  });

  it('lets one person ask so many questions a minute, and others still ask', async () => {
    const teams = await serveTeams({ env: { RATE_LIMIT_PER_MINUTE: '2' } });
    const statuses = [];
    for (const text of ['one', 'two', 'three']) statuses.push((await teams.say(text)).status);
    statuses.push((await teams.say('four', { from: { id: '29:bob' } })).status);
    expect(statuses).toEqual([200, 200, 429, 200]);
  });
});

describe('what is not a question', () => {
  it.each(['help', 'Help', '/help', '?', 'ayuda'])(
    '"%s": says what the bot is, how to ask, and whom to call',
    async (word) => {
      const teams = await serveTeams();
      await teams.say(word);
      const [message] = teams.connector.messages();
      expect(teams.bot.heard).toEqual([]);
      expect(message?.text).toContain('passes through Microsoft Teams');
      expect(message?.text).toContain('911');
      expect(JSON.stringify(message?.attachments)).toContain('Does acne come back?');
    },
  );

  it('a picture: asks for words', async () => {
    const teams = await serveTeams();
    await teams.post(
      teams.activity({ attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example/a' }] }),
    );
    expect(teams.connector.messages()[0]?.text).toContain('typed questions only');
  });

  it('a quote inserted from the compose box: is left alone, unless words are with it', async () => {
    const teams = await serveTeams();
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } }];
    const card = '<span class="inline-compose-card" itemid="0"> <span content="0" itemprop="cardId"></span> </span>';
    await teams.say(card, { attachments });
    await teams.say('', { attachments: [{ ...attachments[0], content: null }] });
    expect(teams.connector.received).toEqual([]);
    await teams.say(`${card}<p>does it come back if x &lt; 3 <b>mg</b>?</p>`, { attachments });
    expect(teams.bot.heard.map(({ text }) => text)).toEqual(['does it come back if x < 3 mg ?']);
  });

  it('too many words: asks for fewer, and shows whom to call', async () => {
    const teams = await serveTeams();
    await teams.say('🙂'.repeat(2001));
    expect(teams.bot.heard).toEqual([]);
    expect(teams.connector.messages()[0]?.text).toMatch(/longer than 2000 characters[\s\S]*911/);
    await teams.say('🙂'.repeat(2000));
    expect(teams.bot.heard).toHaveLength(1);
  });

  it('half a character: is read without it', async () => {
    const teams = await serveTeams();
    await teams.say('does it come back \uD83D');
    expect(teams.bot.heard[0]?.text).toBe('does it come back \uFFFD');
  });

  it.each(['conversationUpdate', 'messageReaction', 'messageDelete', 'typing', 'event', 'anythingNew'])(
    'an activity of type %s: is taken and left alone',
    async (type) => {
      const teams = await serveTeams();
      expect((await teams.say('danger', { type })).status).toBe(200);
      expect(teams.connector.received).toEqual([]);
    },
  );
});

describe('on install', () => {
  const install = { type: 'installationUpdate', text: undefined };

  it('a team is welcomed, with starter questions and what becomes of the words', async () => {
    const teams = await serveTeams();
    await teams.say('', { ...install, ...CHANNEL, action: 'add' });
    const [message, ...more] = teams.connector.messages();
    expect(more).toEqual([]);
    expect(message?.text).toContain('Mention me');
    expect(message?.text).toContain('passes through Microsoft Teams');
    expect(JSON.stringify(message?.attachments)).toContain('What helps with dry lips?');
  });

  it('a personal chat is not: the prompt starters greet there', async () => {
    const teams = await serveTeams();
    await teams.say('', { ...install, action: 'add' });
    expect(teams.connector.received).toEqual([]);
  });

  it('nobody is welcomed by an upgrade or a removal, which forgets the conversation', async () => {
    const teams = await serveTeams();
    await teams.say('', { ...install, ...CHANNEL, action: 'add-upgrade' });
    await teams.say('does it come back');
    await teams.say('', { ...install, action: 'remove' });
    expect(teams.connector.messages()).toHaveLength(1);
    expect(teams.bot.forgotten).toEqual([conversationIdOf(1)]);
  });
});
