import type { Explanation, Respond } from '../conversation/turn.ts';
import type { Quote, Reply } from '../reply.ts';
import { judge, NO_REPLY, type Verdict } from './judge.ts';
import type { Expectation, Question } from './question.ts';

/** A question with what the bot made of it. */
export interface Judged {
  readonly question: Question;
  /** One for each turn, in order. */
  readonly turns: readonly JudgedTurn[];
}

export interface JudgedTurn {
  readonly expected: Expectation;
  readonly verdict: Verdict;
  /** Absent when there was an error in place of a reply. */
  readonly given?: { readonly reply: Reply; readonly explanation: Explanation };
  readonly error?: string;
  readonly milliseconds: number;
}

/**
 * Asks every question, one after the other, and judges the replies; the turns of a dialog share a conversation. The
 * first question is asked once before, unjudged, so that times are those of a warm bot.
 */
export async function runQuestions({
  questions,
  respond,
  isVerbatim,
  now,
  onProgress = () => {},
}: {
  questions: readonly Question[];
  respond: Respond;
  isVerbatim: (quote: Quote) => boolean;
  /** Milliseconds, from anywhere. */
  now: () => number;
  onProgress?: (done: number, total: number) => void;
}): Promise<Judged[]> {
  const first = questions[0]?.turns[0];
  if (first) await ask(first, undefined);
  const judged: Judged[] = [];
  for (const question of questions) {
    judged.push(await run(question));
    onProgress(judged.length, questions.length);
  }
  return judged;

  async function run(question: Question): Promise<Judged> {
    const turns: JudgedTurn[] = [];
    let conversationId: string | undefined;
    for (const expected of question.turns) {
      const turn = await ask(expected, conversationId);
      const id = turn.given?.reply.conversationId;
      turns.push(id !== undefined && conversationId !== undefined && id !== conversationId ? strayed(turn) : turn);
      conversationId ??= id;
    }
    return { question, turns };
  }

  async function ask(expected: Expectation, conversationId: string | undefined): Promise<JudgedTurn> {
    const start = now();
    try {
      const given = await respond({ text: expected.q, conversationId, region: expected.region });
      const milliseconds = now() - start;
      return { expected, verdict: judge({ expected, reply: given.reply, isVerbatim }), given, milliseconds };
    } catch (cause) {
      // A bot that throws has failed this question; the others are still worth asking.
      const error = cause instanceof Error ? cause.message : String(cause);
      return { expected, verdict: NO_REPLY, error, milliseconds: now() - start };
    }
  }
}

function strayed(turn: JudgedTurn): JudgedTurn {
  const faults = [...turn.verdict.faults, 'another conversation inside a dialog'];
  return { ...turn, verdict: { ...turn.verdict, faults } };
}
