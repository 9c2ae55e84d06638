/** Credentials for the connector that can't be used. */
export class CredentialsError extends Error {
  readonly code = 'TEAMS_CREDENTIALS';

  constructor(detail: string, options?: ErrorOptions) {
    super(`teams: ${detail}`, options);
    this.name = 'CredentialsError';
  }
}
