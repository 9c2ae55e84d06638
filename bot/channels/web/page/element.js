/**
 * Makes an element. Text becomes text nodes: nothing that a server or a person wrote is ever read as markup.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `onclick` and the like take a function
 * @param {...(Node | string | undefined)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A link to another site, or the plain label where the address is none that a browser should follow. */
export function outsideLink(label, url) {
  const safe = url !== undefined && /^https?:\/\//i.test(url);
  if (!safe) return document.createTextNode(label);
  return element(
    'a',
    { href: url, target: '_blank', rel: 'noopener noreferrer' },
    label,
    element('span', { class: 'hidden' }, ' (opens in a new tab)'),
  );
}
