/** A store that can't be opened. Its message names the file and what to do; nothing in the file has been changed. */
export class StoreError extends Error {
  readonly code: 'STORE_DAMAGED' | 'STORE_FOREIGN' | 'STORE_NEWER' | 'STORE_UNREACHABLE' | 'STORE_UNSUPPORTED';

  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(`store: ${message}`, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
