import PDFDocument from 'pdfkit';
import type { Leaflet, LeafletPart } from './leaflet.ts';

export interface PdfOptions {
  /** Printed at the top and bottom of every page, with the page's number. */
  readonly header?: string;
  readonly footer?: string;
  readonly password?: string;
}

/** A real PDF of a leaflet. */
export function makePdf(leaflet: Leaflet, { header, footer, password }: PdfOptions = {}): Promise<Buffer> {
  return render(
    (pdf) => {
      for (const part of leaflet.parts) draw(pdf, part);
      const { start, count } = pdf.bufferedPageRange();
      for (let page = start; page < start + count; page++) {
        pdf.switchToPage(page);
        pdf.page.margins.bottom = 0;
        pdf.page.margins.top = 0;
        pdf.fontSize(9);
        if (header) pdf.text(header, 72, 30, { lineBreak: false });
        if (footer) pdf.text(`${footer} ${page + 1} of ${count}`, 72, 765, { lineBreak: false });
        pdf.text(String(page + 1), 300, 780, { lineBreak: false });
      }
    },
    { bufferPages: true, ...(password && { userPassword: password, ownerPassword: password }) },
  );
}

/** Pages of pictures, as a scanner makes them. */
export function makeScan(pages: number): Promise<Buffer> {
  return render((pdf) => {
    for (let page = 0; page < pages; page++) {
      if (page > 0) pdf.addPage();
      pdf.rect(72, 72, 300, 400).fill('#cccccc');
    }
  });
}

export function render(
  draw: (pdf: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pdf = new PDFDocument({ size: 'LETTER', margin: 72, ...options });
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
    draw(pdf);
    pdf.end();
  });
}

function draw(pdf: PDFKit.PDFDocument, part: LeafletPart): void {
  pdf.font('Helvetica').fontSize(11);
  switch (part.kind) {
    case 'heading':
      pdf.font('Helvetica-Bold').fontSize(22 - part.level * 3);
      pdf.text(part.text).moveDown(0.4);
      break;
    case 'paragraph':
      pdf.text(part.text).moveDown(0.8);
      break;
    case 'bullets':
      for (const item of part.items) pdf.text(`• ${item}`);
      pdf.moveDown(0.8);
      break;
    case 'steps':
      for (const [at, item] of part.items.entries()) pdf.text(`${at + 1}. ${item}`);
      pdf.moveDown(0.8);
      break;
    case 'table':
      for (const row of part.rows) {
        const { y } = pdf;
        for (const [column, cell] of row.entries()) pdf.text(cell, 72 + column * 150, y, { width: 140 });
      }
      pdf.text('', 72);
      pdf.moveDown(0.8);
  }
}
