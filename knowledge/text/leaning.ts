/** The word by which a sentence leans on the one before it, and so can't be quoted alone; absent where it stands by itself. */
export function leansOnAnother(sentence: string): string | undefined {
  return LEANING.exec(sentence)?.[1];
}

// Pronouns and connectives that mean nothing without the sentence before.
const LEANING =
  /^["'“‘(]*(It|Its|This|That|They|Them|Their|These|Those|He|His|She|Her|Such|Both|However|But|And|Also|Instead|Otherwise|Then|Therefore|Thus|Hence|So|Here|There it|The same|Either|Neither|Nor|Or|Yet|Some do|Others)\b/;
