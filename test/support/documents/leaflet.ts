/** What the tests' own leaflet says, from which real files of several formats are made. Every word of it is made up. */
export interface Leaflet {
  readonly title: string;
  readonly parts: readonly LeafletPart[];
}

export type LeafletPart =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'bullets'; readonly items: readonly string[] }
  | { readonly kind: 'steps'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

export const LEAFLET: Leaflet = {
  title: 'Looking after a wart treated with cold',
  parts: [
    { kind: 'heading', level: 1, text: 'Looking after a wart treated with cold' },
    {
      kind: 'paragraph',
      text: 'Freezing a wart with liquid nitrogen makes a small blister on the skin. The blister usually dries within 7 to 10 days. A scab forms after that and falls off by itself.',
    },
    { kind: 'heading', level: 2, text: 'What to expect after freezing' },
    {
      kind: 'paragraph',
      text: 'The treated skin often stings for a few hours. Swelling around the wart is common on the first day. A dark or blood-filled blister looks alarming but heals in the same way as a clear one. Most people go back to work or school on the same day, and sports are fine as long as nothing rubs on the blister.',
    },
    {
      kind: 'paragraph',
      text: 'About 60 in 100 warts are gone after three treatments. Another treatment is given after three weeks when a wart is still there. Warts on the soles of the feet need more treatments than warts on the hands, since the skin there is thicker.',
    },
    { kind: 'heading', level: 2, text: 'Caring for the blister' },
    {
      kind: 'steps',
      items: [
        'Wash your hands with soap before you touch the blister.',
        'Dab the skin dry with a clean towel.',
        'Cover the blister with a plaster during the day.',
        'Leave the plaster off at night so that air reaches the skin.',
      ],
    },
    { kind: 'heading', level: 3, text: 'Things to avoid' },
    { kind: 'paragraph', text: 'Until the scab has fallen off, stay away from:' },
    { kind: 'bullets', items: ['hot tubs', 'tight shoes', 'picking at the scab'] },
    { kind: 'heading', level: 2, text: 'How long healing takes' },
    {
      kind: 'table',
      rows: [
        ['Place', 'Healing time', 'Next visit'],
        ['Hand', 'two weeks', 'after three weeks'],
        ['Foot', 'three weeks', 'after four weeks'],
        ['Face', 'ten days', 'after two weeks'],
      ],
    },
    { kind: 'heading', level: 2, text: 'When to call us' },
    {
      kind: 'paragraph',
      text: 'Call the clinic when the skin around the blister turns hot and red, when pus comes out of it, or when the pain grows after the second day. The nurse on call answers on weekdays from eight to five. Outside these hours the out-of-hours service takes the call.',
    },
  ],
};

/** All words that a reader of the leaflet sees. */
export function leafletText({ parts }: Leaflet): string {
  return parts.map(textOf).join('\n');
}

function textOf(part: LeafletPart): string {
  switch (part.kind) {
    case 'heading':
    case 'paragraph':
      return part.text;
    case 'bullets':
    case 'steps':
      return part.items.join('\n');
    case 'table':
      return part.rows.flat().join('\n');
  }
}

export function leafletHeadings({ parts }: Leaflet): string[] {
  return parts.flatMap((part) => (part.kind === 'heading' ? [part.text] : []));
}
