/** Why a file was not taken in. The message is `reason; mend`, without the file's name, which its caller knows. */
export class IngestError extends Error {
  readonly code: IngestErrorCode;

  constructor(code: IngestErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'IngestError';
    this.code = code;
  }
}

export type IngestErrorCode =
  | 'NOT_FOUND'
  | 'NOT_A_FILE'
  | 'UNREADABLE'
  | 'TOO_LARGE'
  | 'UNKNOWN_FORMAT'
  | 'WRONG_ENDING'
  | 'EMPTY'
  | 'NOT_TEXT'
  | 'NO_TEXT'
  | 'PASSWORD'
  | 'DAMAGED'
  | 'TOO_MANY_PAGES'
  | 'UNPACKED_TOO_LARGE'
  | 'TOO_DEEP'
  | 'TOO_SLOW'
  | 'TOO_MUCH_MEMORY'
  | 'SAME_CONTENT'
  | 'NOT_A_PACK'
  | 'UNKNOWN_DOCUMENT'
  | 'BAD_NAME'
  | 'NAME_TAKEN'
  | 'NOT_BUILT';
