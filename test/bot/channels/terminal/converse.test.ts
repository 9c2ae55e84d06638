import { describe, expect, it } from 'vitest';
import { converse } from '../../../../bot/channels/terminal/converse.ts';
import { conversationIdOf, createTinyBot } from '../../../support/tiny-bot.ts';

describe('converse', () => {
  it('keeps all lines in one conversation', async () => {
    const { heard } = await talk(['does it come back?', 'and why?']);
    expect(heard.map(({ conversationId }) => conversationId)).toEqual([undefined, conversationIdOf(1)]);
  });

  it('takes a number for the question that the reply before gave it', async () => {
    const { heard, chosen } = await talk(['which', '1']);
    expect(heard.map(({ text }) => text)).toEqual(['which', 'Does acne come back?']);
    expect(chosen).toEqual([false, true]);
  });

  it('takes a number that nothing has for a message', async () => {
    expect((await talk(['7'])).heard.map(({ text }) => text)).toEqual(['7']);
  });

  it('ends at exit, whatever follows', async () => {
    expect((await talk(['hi', ' Exit ', 'still there?'])).heard).toHaveLength(1);
  });

  it('passes over empty lines, but says that they came', async () => {
    const { heard, replies } = await talk(['', '  ', 'hi']);
    expect(heard).toHaveLength(1);
    expect(replies.map((exchange) => exchange?.question)).toEqual([undefined, undefined, 'hi']);
  });

  it('passes region and language on with every message', async () => {
    const { heard } = await talk(['hi', 'ho'], { region: 'UK', language: 'es' });
    expect(heard.map(({ region, language }) => [region, language])).toEqual([
      ['UK', 'es'],
      ['UK', 'es'],
    ]);
  });
});

async function talk(lines: readonly string[], locale: Parameters<typeof converse>[0]['locale'] = {}) {
  const bot = createTinyBot();
  const replies: Parameters<Parameters<typeof converse>[0]['onReply']>[0][] = [];
  const chosen: boolean[] = [];
  await converse({
    lines: (async function* () {
      yield* lines;
    })(),
    respond: bot.respond,
    locale,
    onAsk: (_question, byNumber) => chosen.push(byNumber),
    onReply: (exchange) => replies.push(exchange),
  });
  return { heard: bot.heard, replies, chosen };
}
