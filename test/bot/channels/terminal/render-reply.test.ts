import { describe, expect, it } from 'vitest';
import { choicesOf, renderReply } from '../../../../bot/channels/terminal/render-reply.ts';
import { createStyles } from '../../../../bot/channels/terminal/styles.ts';
import type { Message } from '../../../../bot/conversation/turn.ts';
import type { Quote, Reply } from '../../../../bot/reply.ts';
import { answer, unanswered, urgent } from '../../../support/judged.ts';
import { createTinyBot } from '../../../support/tiny-bot.ts';

describe('renderReply', () => {
  it('sets a quote apart from all other words, with its passage, sources and review state under it', async () => {
    expect(await rendered({ text: 'does it come back?' })).toMatchInlineSnapshot(`
      "This is what our passages say.

        ┃ Acne comes back in some people — about 1 in 3.
          — Whether acne comes back [1]
            Not yet reviewed by a clinician.

        ┃ Dry lips are the commonest effect.
          — Dry lips [1]
            Reviewed by Dermatology nurse on 2026-01-10; next review due 2026-12-01.

      Sources
        [1] A trial. A university. 2024-05
            https://example.org/trial

      Please note
        General information only.

      You can also ask
        • What helps with dry lips?"
    `);
  });

  it('wraps quotes to the width, each line with its bar', () => {
    const lines = render(answer('Acne comes back in some people after isotretinoin, about 1 in 3.'), { width: 40 });
    const quoted = lines.filter((line) => line.startsWith('  ┃ '));
    expect(quoted.length).toBeGreaterThan(1);
    expect(Math.max(...quoted.map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it('numbers a source once, however many quotes have it', () => {
    const source = { id: 'S1', title: 'A trial', organisation: 'A university' };
    const other = { id: 'S2', title: 'A leaflet', organisation: 'A clinic' };
    const [quote] = answer('x').quotes;
    const quotes = [
      { ...(quote as Quote), sources: [source] },
      { ...(quote as Quote), sources: [other, source] },
    ];
    const text = render(answer('', { quotes })).join('\n');
    expect(text).toContain('— T [1]');
    expect(text).toContain('— T [2] [1]');
    expect(text.match(/A trial/g)).toHaveLength(1);
  });

  it('puts whom to call before everything else in an urgent reply', async () => {
    const text = await rendered({ text: 'danger' });
    expect(text.indexOf('Emergency services')).toBeLessThan(text.indexOf('This is what our passages say.'));
    expect(text).toContain('Get help now');
  });

  it('puts whom to call after the quotes in other replies', () => {
    const text = render(answer('Quoted.', { contacts: [{ label: 'The clinic', phone: '555-0100' }] })).join('\n');
    expect(text.indexOf('555-0100')).toBeGreaterThan(text.indexOf('Quoted.'));
  });

  it('lines contacts up behind their numbers, with or without one', () => {
    const contacts = [
      { label: 'Emergency services', phone: '911' },
      { label: 'Crisis line', phone: '1-800-000', url: 'https://example.org', hours: 'Day and night' },
      { label: 'Crisis lines by country' },
    ];
    expect(render(urgent('self_harm', { contacts })).slice(2, 6)).toEqual([
      '  911        Emergency services',
      '  1-800-000  Crisis line (Day and night)',
      '             https://example.org',
      '             Crisis lines by country',
    ]);
  });

  it('numbers options and suggestions through in a conversation, as they are chosen by', async () => {
    const { reply } = await createTinyBot().respond({ text: 'which' });
    const text = render(reply, { numbered: true }).join('\n');
    for (const [i, question] of choicesOf(reply).entries()) expect(text).toContain(`  ${i + 1}. ${question}`);
    expect(choicesOf(reply)).toHaveLength(3);
  });

  it('says who reviewed a passage, and when that ran out', () => {
    const [quote] = answer('x').quotes;
    const state = (review: Quote['review']) =>
      render(answer('', { quotes: [{ ...(quote as Quote), review }] }), { width: 100 }).join(' ');
    const signed = { by: 'Dermatology nurse', on: '2026-01-10', due: '2027-01-10' };
    expect(state({ status: 'reviewed', ...signed })).toContain('Reviewed by Dermatology nurse on 2026-01-10;');
    expect(state({ status: 'overdue', ...signed })).toContain('but the next review was due 2027-01-10.');
    expect(state({ status: 'unreviewed' })).toContain('Not yet reviewed by a clinician.');
  });

  it('speaks Spanish around what it quotes', () => {
    const text = render(answer('Quoted.'), { language: 'es' }).join('\n');
    expect(text).toContain('Todavía sin revisar');
    expect(text).toContain('Ten en cuenta');
  });

  it('always shows the disclaimers', () => {
    expect(render(unanswered()).join('\n')).toContain('General information only.');
  });

  it('says the same in color', () => {
    const reply = answer('Quoted.', { suggestions: ['And then?'] });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: color sequences begin with the escape character
    const plain = render(reply, { styles: createStyles(true) }).map((line) => line.replace(/\u001b\[\d+m/g, ''));
    expect(plain).toEqual(render(reply));
  });
});

function render(reply: Reply, options: Partial<Parameters<typeof renderReply>[0]> = {}): string[] {
  return renderReply({ reply, language: 'en', width: 80, styles: createStyles(false), ...options });
}

async function rendered(message: Message): Promise<string> {
  const { reply } = await createTinyBot().respond(message);
  return render(reply).join('\n');
}
