import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../../clock.ts';
import { isLoopbackName } from '../../web/this-machine.ts';

/** A public key of the Bot Framework, and the channels that it may sign for. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly endorsements: readonly string[];
}

export interface SigningKeys {
  /** By `kid`. Throws `KeysError` where no keys can be had at all. */
  find(kid: string): Promise<SigningKey | undefined>;
}

/** The keys can't be had: nobody can be let in until they can. */
export class KeysError extends Error {
  readonly code = 'TEAMS_KEYS_UNAVAILABLE';

  constructor(detail: string, options?: ErrorOptions) {
    super(`teams: the signing keys of the Bot Framework can't be had: ${detail}`, options);
    this.name = 'KeysError';
  }
}

/** Where the Bot Framework publishes its keys. */
export const METADATA_URL = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

const HOUR_MS = 60 * 60_000;
/** Fetched anew after a day; for five, as long as the framework's own libraries keep them, while that fails. */
const FRESH_MS = 24 * HOUR_MS;
const USABLE_MS = 5 * 24 * HOUR_MS;
/** Between two fetches that an unknown key or a failure causes: tokens that anybody makes up must not cause many. */
const COOL_DOWN_MS = 60_000;
const TIMEOUT_MS = 5000;

/**
 * Keys from an OpenID metadata document, kept for a day. A key that is not among them (they roll over) has them fetched
 * once more, at most once a minute; so has a day that has passed, while that fails.
 */
export function createSigningKeys({
  clock,
  metadataUrl = METADATA_URL,
}: {
  clock: Clock;
  metadataUrl?: string;
}): SigningKeys {
  let kept: { keys: ReadonlyMap<string, SigningKey>; at: number } | undefined;
  let underWay: Promise<void> | undefined;
  let lastExtraFetch = Number.NEGATIVE_INFINITY;

  return {
    async find(kid) {
      const age = kept ? clock.now() - kept.at : Number.POSITIVE_INFINITY;
      if (age >= USABLE_MS || (age >= FRESH_MS && !isCoolingDown())) await renew();
      const known = kept?.keys.get(kid);
      // A fetch under way may bring it: when a key rolls, many messages come with it at once.
      if (known || (isCoolingDown() && !underWay)) return known;
      lastExtraFetch = clock.now();
      await renew();
      return kept?.keys.get(kid);
    },
  };

  function isCoolingDown(): boolean {
    return clock.now() - lastExtraFetch < COOL_DOWN_MS;
  }

  /** Requests that wait for the same fetch share it. A failure is forgiven while the keys at hand are usable. */
  async function renew(): Promise<void> {
    underWay ??= fetchKeys(metadataUrl)
      .then((keys) => {
        kept = { keys, at: clock.now() };
      })
      .finally(() => {
        underWay = undefined;
      });
    try {
      await underWay;
    } catch (error) {
      lastExtraFetch = clock.now();
      if (!kept || clock.now() - kept.at >= USABLE_MS) throw error;
    }
  }
}

const METADATA = z.object({ jwks_uri: z.url() });
const KEY_SET = z.object({ keys: z.array(z.unknown()) });
const KEY = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  use: z.literal('sig').optional(),
  endorsements: z.array(z.string()).default([]),
});

async function fetchKeys(metadataUrl: string): Promise<ReadonlyMap<string, SigningKey>> {
  const { jwks_uri } = parsed(METADATA, await fetchJson(metadataUrl), metadataUrl);
  const { keys } = parsed(KEY_SET, await fetchJson(jwks_uri), jwks_uri);
  return new Map(keys.flatMap(readKey));
}

/** A key of another kind, or too short to trust, is none that could be used here. */
function readKey(value: unknown): [string, SigningKey][] {
  const found = KEY.safeParse(value).data;
  if (!found) return [];
  const { kid, n, e, endorsements } = found;
  const key = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 ? [[kid, { key, endorsements }]] : [];
}

async function fetchJson(address: string): Promise<unknown> {
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && !isLoopbackName(hostname)) throw new KeysError(`${address} is not an https:// address`);
  try {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new KeysError(`${address} answered ${response.status}`);
    return await response.json();
  } catch (cause) {
    if (cause instanceof KeysError) throw cause;
    throw new KeysError(`${address} could not be read`, { cause });
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, address: string): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new KeysError(`${address} is not of the form that it should be`, { cause: result.error });
  return result.data;
}
