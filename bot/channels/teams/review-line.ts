import type { Quote } from '../../reply.ts';
import { fillIn, type Texts } from './texts.ts';

/** Whether a clinician has signed what is quoted, as a sentence without its full stop. */
export function reviewLine({ status, by, on, due }: Quote['review'], texts: Texts): string {
  return fillIn(texts[status], { by, on, due });
}
