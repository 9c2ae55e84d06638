import { isMap, isNode, isScalar, parseDocument, stringify } from 'yaml';

/**
 * A passage's file with another value in its front matter. Every byte outside that value stays as it was; comments inside
 * it are kept behind the new one. `undefined` where there is no such value to replace.
 */
export function withFrontMatter(raw: string, key: string, replacement: unknown): string | undefined {
  const head = /^(\uFEFF?---\r?\n)([\s\S]*?)\r?\n---\r?\n/.exec(raw);
  if (!head) return undefined;
  const [, opening = '', frontMatter = ''] = head;
  const { contents } = parseDocument(frontMatter);
  const value = isMap(contents) ? contents.items.find((item) => String(item.key) === key)?.value : undefined;
  if (!isNode(value) || !value.range) return undefined;

  const start = opening.length + value.range[0];
  const end = start + frontMatter.slice(value.range[0], value.range[1]).trimEnd().length;
  const comments = commentsIn(value);
  const line = inFlow(replacement);
  return raw.slice(0, start) + line + (comments === '' ? '' : ` # ${comments}`) + raw.slice(end);
}

/** A value on one line of YAML. */
export function inFlow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

function commentsIn(value: unknown): string {
  if (!isMap(value)) return '';
  return value.items
    .flatMap((item) => [item.key, item.value])
    .flatMap((node) => (isScalar(node) ? [node.commentBefore, node.comment] : []))
    .flatMap((comment) => (comment ? [comment.trim().replace(/\s*\r?\n\s*/g, '; ')] : []))
    .join('; ');
}
