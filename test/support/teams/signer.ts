import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';
import { listening } from './listening.ts';

export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const ISSUER = 'https://api.botframework.com';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** In the place of the Bot Framework's identity service: a metadata document and keys over real HTTP, and tokens. */
export interface Signer {
  readonly metadataUrl: string;
  /** Key sets that were fetched. */
  readonly fetched: () => number;
  /** Requests of any kind, those that failed included. */
  readonly asked: () => number;
  /** From now on signs with another key, which is published in place of the first. */
  rotate(): Promise<void>;
  /** Publishes one more key, which may sign for other channels; resolves to its private half. */
  publish(kid: string, endorsements: readonly string[]): Promise<KeyPair['privateKey']>;
  /** Answers every request with 500 from now on, or no longer. */
  fail(failing: boolean): void;
  /** The published key's private half. */
  readonly key: () => KeyPair['privateKey'];
  readonly kid: () => string;
  token(claims: TokenClaims): Promise<string>;
}

export interface TokenClaims {
  readonly serviceurl?: string | undefined;
  readonly iss?: string;
  readonly aud?: string;
  /** Seconds since 1970. */
  readonly nbf?: number;
  readonly exp?: number;
  readonly kid?: string;
  /** Another key than the published one. */
  readonly key?: KeyPair['privateKey'];
}

export async function startSigner({
  now,
  endorsements = ['msteams'],
}: {
  now: () => number;
  endorsements?: readonly string[];
}): Promise<Signer> {
  let pair = await generateKeyPair('RS256', { extractable: true });
  let kid = 'key-1';
  const others: object[] = [];
  let fetched = 0;
  let asked = 0;
  let failing = false;
  const server = createServer(async (req, res) => {
    asked += 1;
    if (failing) return res.writeHead(500).end();
    res.setHeader('content-type', 'application/json');
    if (req.url === '/metadata') return res.end(JSON.stringify({ issuer: ISSUER, jwks_uri: `${url}/keys` }));
    fetched += 1;
    const key = { ...(await exportJWK(pair.publicKey)), kid, use: 'sig', endorsements };
    return res.end(JSON.stringify({ keys: [{ kty: 'EC', kid: 'other' }, key, ...others] }));
  });
  const url = await listening(server);
  onTestFinished(() => void server.close());

  return {
    metadataUrl: `${url}/metadata`,
    fetched: () => fetched,
    asked: () => asked,
    async rotate() {
      pair = await generateKeyPair('RS256', { extractable: true });
      kid = `${kid}-rolled`;
    },
    async publish(otherKid, otherEndorsements) {
      const other = await generateKeyPair('RS256', { extractable: true });
      others.push({
        ...(await exportJWK(other.publicKey)),
        kid: otherKid,
        use: 'sig',
        endorsements: otherEndorsements,
      });
      return other.privateKey;
    },
    fail: (value) => {
      failing = value;
    },
    key: () => pair.privateKey,
    kid: () => kid,
    token({ serviceurl, iss = ISSUER, aud = APP_ID, nbf = now() / 1000 - 60, exp = now() / 1000 + 3600, ...other }) {
      return new SignJWT({ ...(serviceurl !== undefined && { serviceurl }) })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: other.kid ?? kid })
        .setIssuer(iss)
        .setAudience(aud)
        .setNotBefore(Math.floor(nbf))
        .setExpirationTime(Math.floor(exp))
        .sign(other.key ?? pair.privateKey);
    },
  };
}
