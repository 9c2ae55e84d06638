import { describe, expect, it } from 'vitest';
import type { Message, Respond } from '../../../bot/conversation/turn.ts';
import { runQuestions } from '../../../bot/evaluation/run-questions.ts';
import { explanation, question, unanswered } from '../../support/judged.ts';

describe('runQuestions', () => {
  it('gives the turns of a dialog one conversation, and every question its own', async () => {
    const { heard, respond } = bot();
    await run([question({ id: 'a', q: 'alone' }), dialog()], respond);
    expect(heard.slice(1).map(({ text, conversationId }) => [text, conversationId])).toEqual([
      ['alone', undefined],
      ['first', undefined],
      ['second', 'conversation-3'],
    ]);
  });

  it('asks the first question once more, so that the times are those of a warm bot', async () => {
    const { heard, respond } = bot();
    const judged = await run([question({ id: 'a', q: 'alone' })], respond);
    expect(heard.map(({ text }) => text)).toEqual(['alone', 'alone']);
    expect(judged).toHaveLength(1);
  });

  it('takes the time of each turn from the clock that it is given', async () => {
    let time = 0;
    const judged = await run([question({ id: 'a' })], bot().respond, () => (time += 7));
    expect(judged[0]?.turns[0]?.milliseconds).toBe(7);
  });

  it('goes on after a bot that throws, and counts it against the bot', async () => {
    const respond: Respond = () => Promise.reject(new Error('broken'));
    const judged = await run([question({ id: 'a' }), question({ id: 'b' })], respond);
    expect(judged.map(({ turns: [turn] }) => [turn?.error, turn?.verdict.kind])).toEqual([
      ['broken', 'error'],
      ['broken', 'error'],
    ]);
  });

  it('finds a bot that changes the conversation inside a dialog', async () => {
    let count = 0;
    const respond: Respond = async () => ({
      reply: unanswered({ conversationId: `new-${count++}` }),
      explanation: explanation(),
    });
    const [judged] = await run([dialog()], respond);
    expect(judged?.turns.map(({ verdict }) => verdict.faults)).toEqual([[], ['another conversation inside a dialog']]);
  });

  it('asks from where the question says that it comes', async () => {
    const { heard, respond } = bot();
    await run([question({ id: 'a', region: 'UK' })], respond);
    expect(heard[0]?.region).toBe('UK');
  });
});

function dialog() {
  const turns = [
    { q: 'first', kinds: ['unanswered'] },
    { q: 'second', kinds: ['unanswered'] },
  ];
  return question({ id: 'd', bucket: 'dialog', turns });
}

function bot() {
  const heard: Message[] = [];
  const respond: Respond = async (message) => {
    heard.push(message);
    const conversationId = message.conversationId ?? `conversation-${heard.length}`;
    return { reply: unanswered({ conversationId }), explanation: explanation() };
  };
  return { heard, respond };
}

function run(questions: Parameters<typeof runQuestions>[0]['questions'], respond: Respond, now = () => 0) {
  return runQuestions({ questions, respond, now, isVerbatim: () => true });
}
