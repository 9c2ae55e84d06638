/**
 * Words that tell nothing of the subject of a question. Kept small on purpose: "not", "no", "after", "before",
 * "without", "again" and the like change an answer, so they count.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    "a an the and or but if of to in on at by for with from into about as is are was were be been being am i i'm im i've ive i'd " +
    "me my mine you your yours he she it its it's they them their we us our this that these those there here do does did " +
    'done doing have has had having can could will would shall should may might must get gets got getting go goes going ' +
    "what what's whats which who whom when where why how so than then too very just really please thanks hi hello ok okay " +
    "any some all much many more most other such own same also like know tell want need u ur pls isn't don't doesn't " +
    'while during anyone someone people person thing things lot bit actually kind sort way'
  ).split(' '),
);
