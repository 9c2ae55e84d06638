import type { Language, Pack } from '../../../../knowledge/pack/pack.ts';
import type { ReviewState } from '../../../../knowledge/pack/review.ts';
import type { SourceReference } from '../../../reply.ts';
import type { PassageDescription } from '../passages.ts';
import { drawShell, type Shell } from './draw-shell.ts';
import { drawText } from './draw-text.ts';
import { type Html, html, outsideLink } from './html.ts';
import { markText, type Range } from './mark-text.ts';
import { dateInWords, fillIn, TEXTS } from './texts.ts';

export interface PassagePage extends Shell {
  readonly passage: PassageDescription;
  readonly pack: Pick<Pack, 'title'>;
  /** What was quoted. */
  readonly range: Range | undefined;
  readonly disclaimers: readonly { readonly text: string }[];
}

/** The page of one passage: what stands around a quote, who says so, who has signed it. */
export function drawPassage({ passage, pack, range, disclaimers, ...shell }: PassagePage): string {
  const { title, topic, text, sentences, sources, regions, review } = passage;
  const { language } = shell;
  const texts = TEXTS[language];
  return drawShell({
    ...shell,
    title,
    content: html`
      <article>
        <header>
          <p class="topic"><span class="hidden">${texts.topic}: </span><span lang="en">${inWords(topic)}</span></p>
          <h1 lang="en">${title}</h1>
          ${drawReview(review, language)}
          <p class="regions">${texts.regions} ${regionNames(regions, language)}</p>
        </header>
        ${range && html`<p class="quoted"><a href="#quote">${texts.quoted}</a></p>`}
        <div class="text" lang="en">${drawText({ pieces: markText({ text, sentences, range }), sources, texts })}</div>
        <section aria-labelledby="sources">
          <h2 id="sources">${texts.sources}</h2>
          ${drawSources(sources, language)}
        </section>
      </article>
      <section class="note" aria-labelledby="note">
        <h2 id="note">${texts.note}</h2>
        ${disclaimers.map((disclaimer) => html`<p>${disclaimer.text}</p>`)}
      </section>`,
    after: html`
      <section class="about" aria-labelledby="about">
        <h2 id="about">${texts.about}</h2>
        <p>${fillIn(texts.aboutText, { pack: pack.title })}</p>
      </section>`,
  });
}

function drawReview(review: ReviewState, language: Language): Html {
  const { status, by, on, due } = review;
  const days = { on: on && dateInWords(on, language), due: due && dateInWords(due, language) };
  return html`<p class="review review-${status}">${fillIn(TEXTS[language][status], { by, ...days })}</p>`;
}

function regionNames(regions: PassageDescription['regions'], language: Language): string {
  if (regions.includes('all')) return TEXTS[language].everywhere;
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  return list.format(regions.map((region) => names.of(region === 'UK' ? 'GB' : region) ?? region));
}

function drawSources(sources: readonly SourceReference[], language: Language): Html {
  if (sources.length === 0) return html`<p>${TEXTS[language].noSources}</p>`;
  return html`<ol class="sources">${sources.map(({ title, organisation, url, date }, i) => {
    const about = [organisation, date && dateInWords(date, language)].filter(Boolean).join(', ');
    return html`<li id="source-${i + 1}"><span lang="en">${outsideLink(title, url)}</span><br>${about}</li>`;
  })}</ol>`;
}

function inWords(topic: string): string {
  return topic.charAt(0).toUpperCase() + topic.slice(1).replaceAll('-', ' ');
}
