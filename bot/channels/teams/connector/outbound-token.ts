import { readFileSync } from 'node:fs';
import { type AuthConfiguration, AuthType, MsalTokenProvider } from '@microsoft/agents-hosting';
import type { Config } from '../../../config.ts';
import type { OutboundToken } from './adapter.ts';
import { CredentialsError } from './credentials-error.ts';

/** The audience of tokens for the connector. */
const SCOPE = 'https://api.botframework.com';

/** Tokens from Microsoft Entra by the credential that is configured, kept until shortly before they expire. */
export function createOutboundToken(config: Config['teams']): OutboundToken {
  const provider = new MsalTokenProvider(connectionSettings(config));
  return () => provider.getAccessToken(SCOPE);
}

/** A registration with its one credential, as the library takes it. Throws `CredentialsError`. */
export function connectionSettings(config: Config['teams']): AuthConfiguration {
  const { appId, tenantId, appPassword, certificate, managedIdentity } = config;
  if (appId === undefined) throw new CredentialsError('TEAMS_APP_ID is not set');
  const base = { clientId: appId, ...(tenantId !== undefined && { tenantId }) };
  if (managedIdentity) return { ...base, authType: AuthType.UserManagedIdentity };
  if (certificate !== undefined) {
    checkCertificate(certificate);
    return { ...base, authType: AuthType.Certificate, certPemFile: certificate, certKeyFile: certificate };
  }
  if (appPassword !== undefined) return { ...base, authType: AuthType.ClientSecret, clientSecret: appPassword };
  throw new CredentialsError('TEAMS_APP_ID has no credential beside it');
}

/** Said at start, rather than at the first message. */
function checkCertificate(file: string): void {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CredentialsError(`TEAMS_CERTIFICATE: "${file}" can't be read`, { cause });
  }
  for (const [part, pattern] of [
    ['a certificate', /-----BEGIN CERTIFICATE-----/],
    ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
  ] as const) {
    if (!pattern.test(pem)) throw new CredentialsError(`TEAMS_CERTIFICATE: "${file}" lacks ${part}`);
  }
}
