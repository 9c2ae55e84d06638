import { element, outsideLink } from './element.js';

/** A quote that looks quoted: the passage's own sentences, then where they stand, who says so, and who signed them. */
export function drawQuote({ text, passage, sources, review }) {
  const paragraphs = text.split('\n\n').map((paragraph) => element('p', {}, paragraph));
  return element(
    'figure',
    { class: 'quote' },
    element('blockquote', {}, ...paragraphs),
    element(
      'figcaption',
      {},
      element('p', { class: 'quote-title' }, passage.title),
      drawReview(review),
      sources.length === 0 ? undefined : drawSources(sources),
    ),
  );
}

function drawReview({ status, by, on, due }) {
  const says = {
    reviewed: `Reviewed by ${by} on ${day(on)}`,
    unreviewed: 'Not yet reviewed by a clinician',
    overdue: `Review overdue since ${day(due)}`,
  }[status];
  return element('p', { class: `review review-${status}` }, says);
}

function drawSources(sources) {
  return element(
    'div',
    { class: 'sources' },
    element('p', { class: 'sources-title' }, sources.length === 1 ? 'Source' : 'Sources'),
    element(
      'ul',
      {},
      ...sources.map(({ title, organisation, url, date }) =>
        element('li', {}, outsideLink(title, url), `, ${[organisation, date && day(date)].filter(Boolean).join(', ')}`),
      ),
    ),
  );
}

/** A date in words. Sources may give a month or a year only, which stay what they are. */
function day(date = '') {
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date) ?? [];
  if (!year) return date;
  const style = dayOfMonth ? { dateStyle: 'long' } : { year: 'numeric', month: 'long' };
  return new Intl.DateTimeFormat('en', { ...style, timeZone: 'UTC' }).format(
    Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth ?? 1)),
  );
}
