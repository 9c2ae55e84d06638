import { createLexicon, type LexiconEntry } from '../../text/lexicon.ts';
import { words } from '../../text/normalize.ts';
import type { Finding } from '../finding.ts';
import { DISCLAIMERS_FILE, LEXICON_FILE, PACK_FILE } from '../pack-files.ts';
import type { CheckedPack, PackCheck } from './checked-pack.ts';

/** What the pack's other files name must be there: one term for a name, a passage for a starter, a topic. */
export const checkVocabulary: PackCheck = (checked) => [
  ...checkLexicon(checked),
  ...checkStarters(checked),
  ...checkDisclaimers(checked),
];

function checkLexicon({ pack, lines }: CheckedPack): Finding[] {
  const findings: Finding[] = [];
  const sound: LexiconEntry[] = [];
  const { file } = LEXICON_FILE;
  for (const [index, entry] of pack.lexicon.entries()) {
    try {
      createLexicon([...sound, entry]);
      sound.push(entry);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      findings.push({
        file,
        line: lines.ofValue(file, ['terms', index]),
        code: 'lexicon',
        message: cause.message,
        mend: 'take the name out of one of the two rows',
      });
    }
  }
  return findings;
}

function checkStarters({ pack, lines }: CheckedPack): Finding[] {
  const { file } = PACK_FILE;
  const asked = new Set(
    pack.passages.flatMap(({ questions }) => questions.map((question) => words(question).join(' '))),
  );
  return pack.starters.flatMap((starter, index): Finding[] =>
    asked.has(words(starter).join(' '))
      ? []
      : [
          {
            file,
            line: lines.ofValue(file, ['starters', index]),
            code: 'starter',
            message: `no passage has the question “${starter}”`,
            mend: 'add it to the passage that answers it, or start with a question of a passage',
          },
        ],
  );
}

function checkDisclaimers({ pack, lines }: CheckedPack): Finding[] {
  const { file } = DISCLAIMERS_FILE;
  const known = new Set(pack.passages.map((passage) => passage.topic));
  return pack.disclaimers.flatMap(({ id, topics = [] }, index) =>
    topics
      .filter((topic) => !known.has(topic))
      .map(
        (topic): Finding => ({
          file,
          line: lines.ofValue(file, ['disclaimers', index, 'topics', topics.indexOf(topic)]),
          code: 'disclaimer',
          message: `${id} is for the topic ${topic}, of which there is no passage`,
          mend: 'name a folder of passages/',
        }),
      ),
  );
}
