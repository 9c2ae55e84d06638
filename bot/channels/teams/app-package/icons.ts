import sharp from 'sharp';

/** The mark of the web page: opening quotation marks, on a field of 32 by 32. */
const MARK =
  'M9 21.5v-5.2c0-3.4 1.6-5.6 4.8-6.8l.9 1.9c-1.7.8-2.5 1.9-2.6 3.4h2.5v6.7zM17.6 21.5v-5.2c0-3.4 1.6-5.6 4.8-6.8l.9 1.9c-1.7.8-2.5 1.9-2.6 3.4h2.5v6.7z';

/** Both icons of an app, as PNG. */
export async function drawIcons(): Promise<{ color: Uint8Array; outline: Uint8Array }> {
  // Teams rounds the corners itself, and wants the mark within the middle 96 of 192 pixels.
  const color = svg(`<rect width="32" height="32" fill="#0f5f63"/><path d="${MARK}" fill="#fff"/>`);
  // White on nothing, drawn as large as 32 pixels allow.
  const outline = svg(`<g transform="translate(-16 -15) scale(2)"><path d="${MARK}" fill="#fff"/></g>`);
  return { color: await png(color, 192), outline: await png(outline, 32) };
}

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="192" height="192">${content}</svg>`;
}

async function png(drawing: string, size: number): Promise<Uint8Array> {
  return new Uint8Array(await sharp(Buffer.from(drawing)).resize(size, size).png().toBuffer());
}
