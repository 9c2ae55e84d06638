/**
 * Takes out of a message what could tell who wrote it: e-mail and web addresses, phone and identity numbers, dates, post
 * codes, streets and names; placeholders such as `[name]` stand in. Errs on the side of taking out too much. It can't
 * know every name: what it returns is still to be kept for a short time, for few eyes.
 */
export function redact(text: string): string {
  let redacted = text.normalize('NFKC').replace(INVISIBLE, '').trim();
  for (const [pattern, placeholder] of RULES) redacted = redacted.replace(pattern, placeholder);
  return redacted;
}

/** Characters that hide a number from the patterns, and control characters but for line breaks and tabs. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;

const TOP_LEVEL = 'com|org|net|edu|gov|info|io|co|me|uk|ie|au|nz|us|ca|eu|de|fr|es|it|nl|pl|pt|ch|at|be';
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const MES = '(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)';
const RELATIVE =
  'son|daughter|child|kid|husband|wife|partner|fianc[ée]e?|boyfriend|girlfriend|brother|sister|twin|friend|mum|mom|mother|dad|father|niece|nephew|cousin|patient|doctor|dermatologist|derm|gp|nurse|hij[oa]|herman[oa]|marido|mujer|novi[oa]|amig[oa]';
const NAME = "\\p{Lu}[\\p{L}'’-]+";
const NAMES = `${NAME}(?:\\s+${NAME}){0,2}`;
/** Words that end a name written without capitals, as in "my name is ann smith and i take …". */
const AFTER_NAME =
  "a|about|accutane|acne|am|an|and|are|asking|at|be|been|but|can|could|de|did|do|does|estoy|for|from|gave|had|has|have|he|hello|help|her|hi|his|how|i|if|im|i['’]m|in|is|isotretinoin|it|just|me|mi|my|need|of|on|or|please|put|prescribed|said|says|she|should|so|soy|take|taking|tengo|thanks|that|the|this|to|told|tomo|was|we|what|when|where|which|who|why|will|with|would|y|you|your";

const RULES: readonly (readonly [RegExp, string])[] = [
  [/[\p{L}\p{N}._%+-]{1,64}\s?@\s?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu, '[email]'],
  [
    new RegExp(
      `[\\w.+-]{1,64}(?: at |\\s?[([]at[)\\]]\\s?)[\\w-]{1,63}(?: dot |\\s?[([]dot[)\\]]\\s?|\\.)(?:${TOP_LEVEL})\\b`,
      'giu',
    ),
    '[email]',
  ],
  [/\b(?:https?:\/\/|www\.)\S+/giu, '[link]'],
  [
    new RegExp(`(?<![\\w.-])[\\w-]{1,63}(?:\\.[\\w-]{1,63}){0,3}\\.(?:${TOP_LEVEL})(?![\\w-])(?:/\\S*)?`, 'giu'),
    '[link]',
  ],
  [/(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]{2,40}/gu, '[name]'],

  // Identity numbers first, since to the rules below they look like dates: social security, national insurance,
  // passports and the like.
  [/(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/gu, '[number]'],
  [/(?<![\p{L}\p{N}])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\p{N}])/giu, '[number]'],
  [/(?<![\p{L}\p{N}])[A-Z]{1,3}\d{6,9}(?![\p{L}\p{N}])/giu, '[number]'],

  // The separator twice the same, so that "0.5-1 mg" stays a dose.
  [/(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{2,4}(?!\d)/gu, '[date]'],
  [
    new RegExp(`(?<!\\d)\\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -]${MONTH}\\b\\.?,?(?:[ -]\\d{2,4}(?!\\d))?`, 'giu'),
    '[date]',
  ],
  [new RegExp(`\\b${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?(?!\\d)(?:,? \\d{4}(?!\\d))?`, 'giu'), '[date]'],
  // "may" is a verb before it is a month.
  [
    /(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -][Mm]ay,? \d{4}(?!\d)|\bMay \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?(?!\d)/gu,
    '[date]',
  ],
  [new RegExp(`(?<!\\d)\\d{1,2} de ${MES}(?: del? \\d{4})?`, 'giu'), '[date]'],
  [
    /\b(born|birth|dob|d\.o\.b|birthday|nac[ií]|nacid[oa]|nacimiento)(?!\p{L})([^\n.!?\d]{0,20})(?:19|20)\d{2}(?!\d)/giu,
    '$1$2[date]',
  ],

  [/(?<!\d)\+?\(?\d(?:[\s().\-/]{0,3}\d){6,}|(?<!\d)\d{6}(?!\d)/gu, '[number]'],
  // Not "B12 5mg".
  [/(?<![\p{L}\p{N}])[A-Z]{1,2}\d[A-Z\d]? ?\d(?!mg|mcg|ml|iu|kg)[A-Z]{2}(?![\p{L}\p{N}])/giu, '[postcode]'],
  [
    /(?<!\d)\d{1,5}[a-z]? (?:[\p{L}'’]+ ){1,3}(?:street|road|rd|avenue|ave|lane|crescent|terrace|boulevard|blvd)\b\.?/giu,
    '[address]',
  ],
  [
    /(?<!\d)\d{1,5}[a-z]? (?:\p{Lu}[\p{L}'’]+ ){1,3}(?:St|Drive|Dr|Close|Court|Ct|Way|Square|Place)\b\.?/gu,
    '[address]',
  ],

  [
    new RegExp(
      `\\b(my name is|my name['’]?s|(?:i am|i['’]?m|he is|she is|he['’]s|she['’]s|(?:${RELATIVE}) is) (?:called|named)|name:|call me|known as|me llamo|mi nombre es|se llama)\\s+(?!(?:${AFTER_NAME})(?![\\p{L}'’-]))[\\p{L}'’-]+\\.?(?:\\s+(?!(?:${AFTER_NAME})(?![\\p{L}'’-]))[\\p{L}'’-]+){0,2}`,
      'giu',
    ),
    '$1 [name]',
  ],
  [
    new RegExp(`\\b((?:[Mm]y|[Oo]ur|[Mm]i|[Hh]is|[Hh]er) (?:${RELATIVE})(?: called| named)?,?) ${NAMES}`, 'gu'),
    '$1 [name]',
  ],
  [new RegExp(`\\b(Dr|Mr|Mrs|Ms|Miss|Prof|Sra?|Dra)\\b\\.? ${NAMES}`, 'gu'), '$1 [name]'],
  // Not "miss a dose".
  [new RegExp(`\\b(dr|mr|mrs|prof)\\b\\.? (?!(?:${AFTER_NAME})(?![\\p{L}'’-]))[\\p{L}'’-]{2,}`, 'giu'), '$1 [name]'],
  [/\b(I am|I['’]m|[Ii]m) (?=\p{Lu}\p{Ll})\p{L}+(?: (?=\p{Lu}\p{Ll})\p{L}+){0,2}/gu, '$1 [name]'],
  [
    new RegExp(
      `\\b([Tt]hanks|[Tt]hank you|[Rr]egards|[Cc]heers|[Ll]ove|[Bb]est|[Gg]racias|[Ss]aludos)([,.!;\\s-]+)${NAMES}[\\s.!x]*$`,
      'u',
    ),
    '$1$2[name]',
  ],
];
