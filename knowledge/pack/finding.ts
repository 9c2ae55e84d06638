/** Something wrong in a pack: where it is, what it is, and how to mend it. */
export interface Finding {
  /** Path relative to the pack's folder. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly code: FindingCode;
  readonly message: string;
  readonly mend: string;
  /** In a passage that was drafted from a document: something to do before it is signed. */
  readonly draft?: true;
}

export type FindingCode =
  | 'unreadable'
  | 'unknown-source'
  | 'fact-without-source'
  | 'duplicate-passage'
  | 'contradiction'
  | 'duplicate-question'
  | 'too-long'
  | 'missing-question'
  | 'bad-date'
  | 'unknown-region'
  | 'cannot-stand-alone'
  | 'review-overdue'
  | 'signature-void'
  | 'unused-source'
  | 'duplicate-source'
  | 'lexicon'
  | 'starter'
  | 'disclaimer'
  | 'contacts'
  | 'contacts-overdue'
  | 'safety-rule'
  | 'unknown-document';

/** A remark is worth knowing; an error keeps the pack from passing the check. */
export function severityOf({ code, draft }: Pick<Finding, 'code' | 'draft'>): 'error' | 'remark' {
  return code === 'unused-source' || draft ? 'remark' : 'error';
}

/** `file:line code message → mend`, the form editors can jump to. */
export function formatFinding({ file, line, code, message, mend }: Finding): string {
  return `${file}:${line}  ${code}  ${message}\n    → ${mend}`;
}

/** A pack that cannot be used: carries every finding, not only the first. */
export class PackError extends Error {
  readonly code = 'PACK_UNREADABLE';
  readonly findings: readonly Finding[];

  constructor(folder: string, findings: readonly Finding[]) {
    super(`pack ${folder} cannot be read:\n${findings.map(formatFinding).join('\n')}`);
    this.name = 'PackError';
    this.findings = findings;
  }
}
