import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../../clock.ts';
import type { Refusal } from './refusal.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a valid token says of whoever sent it. */
export interface Caller {
  /** Where replies go; no other address may be named. */
  readonly serviceUrl: string;
  /** Channels that the token's key may sign for. */
  readonly endorsements: readonly string[];
  /** Milliseconds since 1970 until which the token passes, the tolerance included. */
  readonly until: number;
}

export type TokenOutcome =
  | { readonly kind: 'valid'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
/** From an `Authorization` header. Rejects only where no keys can be had. */
export type VerifyToken = (header: string | undefined) => Promise<TokenOutcome>;

/** Who issues tokens to bots, in Microsoft's public cloud. */
export const ISSUER = 'https://api.botframework.com';
/** Industry-standard clock skew that the protocol allows. */
export const TOLERANCE_SECONDS = 300;

/**
 * The checks of the Bot Framework's protocol on the token itself: bearer scheme, RS256 signature by a published key,
 * issuer, audience, times, and that the claims are there which the message is then held against.
 */
export function createTokenVerifier({
  appId,
  keys,
  clock,
  issuer = ISSUER,
}: {
  appId: string;
  keys: SigningKeys;
  clock: Clock;
  issuer?: string;
}): VerifyToken {
  return async (header) => {
    const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(header ?? '') ?? [];
    if (token === undefined) return refused(/^Bearer +\S/i.test(header ?? '') ? 'malformed_token' : 'no_token');
    let endorsements: readonly string[] = [];
    try {
      const { payload } = await jwtVerify(
        token,
        async ({ kid = '' }) => {
          const found = await keys.find(kid);
          if (!found) throw new errors.JWKSNoMatchingKey();
          endorsements = found.endorsements;
          return found.key;
        },
        {
          algorithms: ['RS256'],
          issuer,
          audience: appId,
          clockTolerance: TOLERANCE_SECONDS,
          currentDate: new Date(clock.now()),
          requiredClaims: ['exp', 'nbf'],
        },
      );
      const claims = CLAIMS.safeParse(payload).data;
      if (!claims) return refused('wrong_claims');
      const until = (claims.exp + TOLERANCE_SECONDS) * 1000;
      return { kind: 'valid', caller: { serviceUrl: claims.serviceurl, endorsements, until } };
    } catch (error) {
      if (error instanceof errors.JOSEError) return refused(refusalOf(error));
      throw error;
    }
  };
}

const CLAIMS = z.object({ serviceurl: z.string().min(1), exp: z.number() });

function refused(refusal: Refusal): TokenOutcome {
  return { kind: 'refused', refusal };
}

function refusalOf(error: errors.JOSEError): Refusal {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return BY_CLAIM[error.claim] ?? 'wrong_claims';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'wrong_algorithm';
  if (error instanceof errors.JWKSNoMatchingKey) return 'unknown_key';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong_signature';
  return 'malformed_token';
}

const BY_CLAIM: Readonly<Record<string, Refusal>> = {
  iss: 'wrong_issuer',
  aud: 'wrong_audience',
  nbf: 'not_yet_valid',
};
