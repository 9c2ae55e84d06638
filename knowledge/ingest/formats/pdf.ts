import { getDocumentProxy } from 'unpdf';
import type { ParsedDocument } from '../document/parsed-document.ts';
import { IngestError } from '../ingest-error.ts';
import type { Limits } from '../limits.ts';
import { lineBlocks } from './pdf/line-blocks.ts';
import { type Line, pageLines, type TextItem } from './pdf/page-lines.ts';
import { withoutRunningLines } from './pdf/running-lines.ts';

/** Reads the text of a PDF, page by page. Nothing in it is run, drawn or fetched. */
export async function parsePdf(bytes: Uint8Array, limits: Pick<Limits, 'pages'>): Promise<ParsedDocument> {
  const pdf = await openPdf(bytes);
  try {
    const pages = pdf.numPages;
    if (pages > limits.pages) {
      throw new IngestError('TOO_MANY_PAGES', `it has ${pages} pages, and ${limits.pages} are the most; split it`);
    }
    const lines: Line[] = [];
    const bare: number[] = [];
    for (let number = 1; number <= pages; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const height = Math.abs((page.view[3] ?? 0) - (page.view[1] ?? 0)) || 800;
      const found = pageLines(items.flatMap(toItem), number, height);
      if (found.length === 0) bare.push(number);
      lines.push(...found);
      page.cleanup();
    }
    assertText(lines, pages);
    const title = await titleOf(pdf);
    const warnings = bare.length > 0 ? [`no text on page ${listed(bare)}: pictures are not read`] : [];
    return { title, blocks: lineBlocks(withoutRunningLines(lines, pages)), pages, warnings };
  } finally {
    await pdf.destroy();
  }
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

async function openPdf(bytes: Uint8Array): Promise<Pdf> {
  try {
    // A copy: the library keeps what it is given. `verbosity` 0: what it has to say of odd files is nobody's concern.
    return await getDocumentProxy(new Uint8Array(bytes), { isEvalSupported: false, verbosity: 0, maxImageSize: 1 });
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'PasswordException') throw cause;
    throw new IngestError('PASSWORD', 'it is locked with a password; save it without one and add that', { cause });
  }
}

/** The library types what marked content begins and ends with as items, too. */
function toItem(item: object): TextItem[] {
  const { str, transform, width } = item as { str?: string; transform?: readonly number[]; width?: number };
  if (str === undefined || transform === undefined) return [];
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = transform;
  const size = Math.hypot(c, d) || Math.hypot(a, b);
  return [{ text: str, x, y, width: width ?? 0, size }];
}

function assertText(lines: readonly Line[], pages: number): void {
  const letters = lines.reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0);
  if (pages > 0 && letters >= Math.min(20, FEWEST_LETTERS * pages)) return;
  const mend = 'run it through text recognition (OCR) and add the result';
  throw new IngestError('NO_TEXT', `it holds no text, only pictures of pages, as a scan does; ${mend}`);
}

const FEWEST_LETTERS = 4;

/** Programs put file names there, too, which name nothing. */
async function titleOf(pdf: Pdf): Promise<string | undefined> {
  const { info } = await pdf.getMetadata();
  const { Title: title } = info as { Title?: unknown };
  return typeof title === 'string' && !/\.\w{2,4}$|^(?:Microsoft Word - |untitled)/i.test(title.trim())
    ? title
    : undefined;
}

function listed(pages: readonly number[]): string {
  return pages.length > 10 ? `${pages.slice(0, 10).join(', ')} and ${pages.length - 10} more` : pages.join(', ');
}
