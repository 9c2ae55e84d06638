import {
  AlignmentType,
  Document,
  Footer,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import type { Leaflet, LeafletPart } from './leaflet.ts';

/** A real Word file of a leaflet, with a header and a footer. */
export function makeDocx(leaflet: Leaflet): Promise<Buffer> {
  const document = new Document({
    title: leaflet.title,
    numbering: {
      config: [
        {
          reference: 'steps',
          levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.', alignment: AlignmentType.START }],
        },
      ],
    },
    sections: [
      {
        headers: { default: new Header({ children: [new Paragraph('Running header of the clinic')] }) },
        footers: { default: new Footer({ children: [new Paragraph('Running footer of the clinic')] }) },
        children: leaflet.parts.flatMap(blocks),
      },
    ],
  });
  return Packer.toBuffer(document);
}

/** A Word file whose only paragraph carries a footnote. */
export function makeDocxWithFootnote(text: string, note: string): Promise<Buffer> {
  return Packer.toBuffer(
    new Document({
      footnotes: { 1: { children: [new Paragraph(note)] } },
      sections: [{ children: [new Paragraph({ children: [new TextRun(text), new FootnoteReferenceRun(1)] })] }],
    }),
  );
}

const HEADINGS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;

function blocks(part: LeafletPart): (Paragraph | Table)[] {
  switch (part.kind) {
    case 'heading':
      return [new Paragraph({ text: part.text, heading: HEADINGS[part.level] })];
    case 'paragraph':
      return [new Paragraph(part.text)];
    case 'bullets':
      return part.items.map((text) => new Paragraph({ text, bullet: { level: 0 } }));
    case 'steps':
      return part.items.map((text) => new Paragraph({ text, numbering: { reference: 'steps', level: 0 } }));
    case 'table':
      return [
        new Table({
          rows: part.rows.map(
            (row) => new TableRow({ children: row.map((cell) => new TableCell({ children: [new Paragraph(cell)] })) }),
          ),
        }),
      ];
  }
}
