import { spawn } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { REPLY } from '../../bot/channels/web/reply-schema.ts';
import { projectRoot } from '../../knowledge/project-root.ts';

const QUESTION = 'Does acne come back after Accutane?';

describe('npm run ask', () => {
  // The first of them may have to prepare the model and the index.
  beforeAll(() => ask([QUESTION]));

  it('prints the quote, its sources, its review state and the disclaimer', async () => {
    const { code, out } = await ask([QUESTION]);
    expect(code).toBe(0);
    for (const part of [/┃ \w/, /— .+ \[1\]/, /Not yet reviewed|Reviewed by/, /\[1\] \w/, /general information/]) {
      expect(out).toMatch(part);
    }
  });

  it('writes no color and nothing but the reply to a pipe', async () => {
    const { out } = await ask([QUESTION]);
    expect(out).not.toContain('\u001b');
    expect(out.trim().startsWith('This is what our passages say.')).toBe(true);
  });

  it('prints the raw reply with --json', async () => {
    const { out } = await ask(['--json', QUESTION]);
    expect(REPLY.parse(JSON.parse(out))).toMatchObject({ kind: 'answer', region: 'US' });
  });

  it('shows with --explain what triage saw and how passages were ranked', async () => {
    const { out } = await ask(['--explain', 'i took ten capsules and i want to die']);
    expect(out).toMatch(/Triage {2}urgent: /);
    expect(out).toMatch(/rule [\w-]+ \(sure\) fired: found “/);
    expect((await ask(['--explain', QUESTION])).out).toMatch(/confidence [01]\.\d\d that the first answers/);
  });

  it('puts the numbers of the region first when somebody is in danger', async () => {
    const { out } = await ask(['--region', 'uk', 'i want to kill myself tonight']);
    const firstLines = out.trim().split('\n').slice(0, 4).join('\n');
    expect(firstLines).toContain('Get help now');
    expect(firstLines).toMatch(/116 123|999/);
  });

  it('speaks Spanish around the quotes', async () => {
    expect((await ask(['--language', 'es', QUESTION])).out).toContain('Fuentes');
  });

  it('answers piped lines one by one, in one conversation', async () => {
    const { code, out } = await ask(
      ['--json'],
      'how long does a course last?\n\nand for how long?\nexit\nnever asked\n',
    );
    const replies = out
      .trim()
      .split('\n')
      .map((line) => REPLY.parse(JSON.parse(line)));
    expect(code).toBe(0);
    expect(replies).toHaveLength(2);
    expect(new Set(replies.map(({ conversationId }) => conversationId)).size).toBe(1);
  });

  it('repeats each piped question above its reply', async () => {
    const { out } = await ask([], 'hello\nthanks\n');
    expect(out.match(/^› .+$/gm)).toEqual(['› hello', '› thanks']);
  });

  it.each([
    [['--region', 'XX', 'hi'], '--region takes one of US, UK, EU, IE, AU, NZ, not "XX".'],
    [['--language', 'fr', 'hi'], '--language takes one of en, es, not "fr".'],
    [['--loud', 'hi'], "Unknown option '--loud'"],
    [['  '], 'The question is empty'],
  ])('refuses %j with exit code 2', async (args, says) => {
    const { code, out, err } = await ask(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(says);
  });

  it('says plainly what is wrong with the configuration', async () => {
    const { code, err } = await ask(['hi'], '', { REGION: 'Mars' });
    expect(code).toBe(1);
    expect(err).toContain('REGION: "Mars" does not fit');
    expect(err).not.toContain('    at ');
  });
});

/** Runs the built command with something piped into it. */
function ask(args: readonly string[], input = '', env: Record<string, string> = {}) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, ['dist/scripts/ask.js', ...args], {
      cwd: projectRoot(),
      env: { ...process.env, FORCE_COLOR: '', COLUMNS: '80', ...env },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}
