import type { SourceReference } from '../../../reply.ts';
import { type Html, html } from './html.ts';
import type { Piece } from './mark-text.ts';
import { fillIn, type Texts } from './texts.ts';

/** A text in paragraphs, with its excerpt marked and the numbers of its sources behind each sentence. */
export function drawText({
  pieces,
  sources,
  texts,
}: {
  pieces: readonly Piece[];
  /** In the order that they are numbered. */
  sources: readonly Pick<SourceReference, 'id'>[];
  texts: Texts;
}): readonly Html[] {
  const numbers = new Map(sources.map(({ id }, i) => [id, i + 1]));
  const drawn = paragraphs(pieces).map(runs);
  const firstMarked = drawn.flat().find(({ marked }) => marked);
  return drawn.map((paragraph) => html`<p>${paragraph.map(drawRun)}</p>`);

  function drawRun(run: Run): Html {
    const parts = run.parts.map((part) => (typeof part === 'string' ? html`${part}` : drawNumbers(part)));
    if (!run.marked) return html`${parts}`;
    const id = run === firstMarked ? html` id="quote"` : undefined;
    // Read aloud by way of the style sheet: color says nothing to who listens, and words here would be copied along.
    return html`<mark${id} data-begins="${texts.quoteBegins}" data-ends="${texts.quoteEnds}">${parts}</mark>`;
  }

  function drawNumbers(ids: readonly string[]): Html {
    const known = ids.flatMap((id) => numbers.get(id) ?? []).sort((a, b) => a - b);
    const links = known.map((number) => {
      const label = fillIn(texts.source, { number: String(number) });
      return html`<a href="#source-${number}" aria-label="${label}">[${number}]</a>`;
    });
    return links.length === 0 ? html`` : html`<sup>${links}</sup>`;
  }
}

/** Neighbours in a paragraph that are all marked, or all not: texts, and the sources of the sentence before. */
interface Run {
  readonly marked: boolean;
  readonly parts: (string | readonly string[])[];
}

function paragraphs(pieces: readonly Piece[]): Piece[][] {
  const all: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.gap) all.push([]);
    else all.at(-1)?.push(piece);
  }
  return all.filter((paragraph) => paragraph.length > 0);
}

function runs(paragraph: readonly Piece[]): Run[] {
  const all: Run[] = [];
  const add = (marked: boolean, part: Run['parts'][number]) => {
    const last = all.at(-1);
    if (last?.marked === marked) last.parts.push(part);
    else all.push({ marked, parts: [part] });
  };
  for (const [i, { text, marked, sources }] of paragraph.entries()) {
    add(marked, text);
    // Numbers at the end of the excerpt stand behind it, those within it inside.
    if (sources.length > 0) add(marked && paragraph[i + 1]?.marked === true, sources);
  }
  return all;
}
