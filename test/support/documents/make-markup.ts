import type { Leaflet, LeafletPart } from './leaflet.ts';

export function makeMarkdown({ parts }: Leaflet): string {
  return parts.map(markdown).join('\n\n');
}

/** As an editor saves it: underlined and free-standing headings, lines of up to 70 characters. */
export function makeText({ parts }: Leaflet): string {
  return parts.map(plain).join('\n\n');
}

export function makeHtml({ title, parts }: Leaflet): string {
  return `<!doctype html><html><head><title>${title}</title></head><body>${parts.map(html).join('\n')}</body></html>`;
}

function markdown(part: LeafletPart): string {
  switch (part.kind) {
    case 'heading':
      return `${'#'.repeat(part.level)} ${part.text}`;
    case 'paragraph':
      return part.text;
    case 'bullets':
      return part.items.map((item) => `- ${item}`).join('\n');
    case 'steps':
      return part.items.map((item, at) => `${at + 1}. ${item}`).join('\n');
    case 'table': {
      const [head = [], ...rows] = part.rows;
      return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
    }
  }
}

function plain(part: LeafletPart): string {
  switch (part.kind) {
    case 'heading':
      return part.text;
    case 'paragraph':
      return part.text.replace(/(.{50,70}) /g, '$1\n');
    case 'bullets':
      return part.items.map((item) => `  • ${item}`).join('\n');
    case 'steps':
      return part.items.map((item, at) => `  ${at + 1}. ${item}`).join('\n');
    case 'table':
      return part.rows.map((row) => row.join('\t')).join('\n');
  }
}

function html(part: LeafletPart): string {
  switch (part.kind) {
    case 'heading':
      return `<h${part.level}>${part.text}</h${part.level}>`;
    case 'paragraph':
      return `<p>${part.text}</p>`;
    case 'bullets':
      return `<ul>${part.items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
    case 'steps':
      return `<ol>${part.items.map((item) => `<li>${item}</li>`).join('')}</ol>`;
    case 'table':
      return `<table>${part.rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;
  }
}
