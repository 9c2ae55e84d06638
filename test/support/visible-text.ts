/** What a browser would show of markup that `html` made: tags and source numbers gone, characters unescaped. */
export function visibleText(markup: string): string {
  return markup
    .replace(/<sup>.*?<\/sup>/gs, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
