import type { Finding } from '../finding.ts';
import { DOCUMENTS_FILE } from '../pack-files.ts';
import type { PackCheck } from './checked-pack.ts';

/** Every drafted passage leads to a document, and every document has one entry. */
export const checkDocuments: PackCheck = ({ pack, documents, lines }) => {
  const findings: Finding[] = [];
  const known = new Set<string>();
  for (const [index, { id, file }] of documents.entries()) {
    if (known.has(id)) {
      findings.push({
        file: DOCUMENTS_FILE.file,
        line: lines.ofValue(DOCUMENTS_FILE.file, ['documents', index, 'id']),
        code: 'unknown-document',
        message: `${id} stands twice, the second time for ${file}`,
        mend: 'take one entry out, and add its document again',
      });
    }
    known.add(id);
  }
  for (const { file, from } of pack.passages) {
    if (!from || known.has(from.document)) continue;
    findings.push({
      file,
      line: lines.ofValue(file, ['from', 'document']),
      code: 'unknown-document',
      message: `${DOCUMENTS_FILE.file} has no document ${from.document}`,
      mend: 'add the document again, or take "from" out of the passage',
    });
  }
  return findings;
};
