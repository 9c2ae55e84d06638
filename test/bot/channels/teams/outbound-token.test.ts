import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectionSettings } from '../../../../bot/channels/teams/connector/outbound-token.ts';
import { readConfig } from '../../../../bot/config.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const settings = (env: Record<string, string>) =>
  connectionSettings(readConfig({ TEAMS_APP_ID: 'app', TEAMS_TENANT_ID: 'tenant', ...env }).teams);

function certificate(content: string): string {
  const file = path.join(temporaryFolder(), 'certificate.pem');
  writeFileSync(file, content);
  return file;
}

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
const KEY = '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n';

describe('the credential for the connector', () => {
  it('is a client secret, for the registration’s own tenant', () => {
    expect(settings({ TEAMS_APP_PASSWORD: 'secret' })).toEqual({
      clientId: 'app',
      tenantId: 'tenant',
      authType: 'ClientSecret',
      clientSecret: 'secret',
    });
  });

  it('is a certificate with its key in one file', () => {
    const file = certificate(KEY + CERTIFICATE);
    expect(settings({ TEAMS_CERTIFICATE: file })).toMatchObject({
      authType: 'Certificate',
      certPemFile: file,
      certKeyFile: file,
    });
  });

  it('is a managed identity', () => {
    expect(settings({ TEAMS_MANAGED_IDENTITY: 'true' })).toMatchObject({
      clientId: 'app',
      authType: 'UserManagedIdentity',
    });
  });

  it.each([
    ['a private key', CERTIFICATE],
    ['a certificate', KEY],
  ])('is refused at start where the file lacks %s', (part, content) => {
    expect(() => settings({ TEAMS_CERTIFICATE: certificate(content) })).toThrow(
      new RegExp(`TEAMS_CERTIFICATE.*lacks ${part}`),
    );
  });

  it('is refused at start where there is no such file', () => {
    expect(() => settings({ TEAMS_CERTIFICATE: '/none/there.pem' })).toThrow(
      /TEAMS_CERTIFICATE: "\/none\/there.pem" can't be read/,
    );
  });
});
