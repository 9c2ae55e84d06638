import type { Element, Nodes, Root } from 'hast';
import { countWords } from '../document/clean-text.ts';
import { elementsIn, property, textOf } from './html-text.ts';

/** What a page is about: its `main`, else its only `article`, else its body. */
export function mainOf(tree: Root): Nodes {
  const all = (tagName: string) => elementsIn(tree, (element) => element.tagName === tagName);
  const [main] = elementsIn(tree, (element) => element.tagName === 'main' || property(element, 'role') === 'main');
  const articles = all('article');
  const wanted = main ?? (articles.length === 1 ? articles[0] : undefined);
  const [body] = all('body');
  // A page whose main part is next to empty has its text elsewhere.
  const enough = wanted && countWords(textOf(wanted)) >= 20;
  return enough ? wanted : (body ?? tree);
}

/** Whether an element is part of the site and not of the text: menus, banners, forms, hidden parts. */
export function isFurniture(element: Element): boolean {
  const { tagName } = element;
  if (FURNITURE.has(tagName)) return true;
  if (property(element, 'hidden') !== undefined || property(element, 'ariaHidden') === 'true') return true;
  if (ROLES.has(property(element, 'role') ?? '')) return true;
  const names = `${property(element, 'className') ?? ''} ${property(element, 'id') ?? ''}`;
  if (NAMES.test(names) && tagName !== 'body' && countWords(textOf(element)) <= 250) return true;
  // A site's header holds its menu; an article's holds its heading.
  if (tagName === 'header') return elementsIn(element, ({ tagName: name }) => /^h[1-6]$/.test(name)).length === 0;
  return (tagName === 'ul' || tagName === 'div') && isMenu(element);
}

/** Mostly links, and none of them in a sentence. */
function isMenu(element: Element): boolean {
  const links = elementsIn(element, ({ tagName }) => tagName === 'a');
  if (links.length < 3) return false;
  const inLinks = links.reduce((sum, link) => sum + countWords(textOf(link)), 0);
  const text = textOf(element);
  return inLinks >= countWords(text) * 0.8 && inLinks / links.length <= 5 && !/[.!?](?:\s|$)/.test(text.trim());
}

const FURNITURE: ReadonlySet<string> = new Set(
  'nav footer aside script style noscript template svg form button select input textarea iframe object dialog head link meta'.split(
    ' ',
  ),
);
const ROLES: ReadonlySet<string> = new Set('navigation banner contentinfo search dialog alertdialog menu'.split(' '));
const NAMES =
  /(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|navbar|navigation|nav|menu|sidebar|site-footer|footer|social|share|sharing|newsletter|skip-?link|advert|ads|banner|popup|modal|related-(?:links|posts|articles))(?:$|[\s_-])/i;
