import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK, SignJWT } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listening } from '../../../support/teams/listening.ts';
import { type ActivityFields, type ServedTeams, serveTeams, TENANT } from '../../../support/teams/serve-teams.ts';
import { APP_ID, ISSUER } from '../../../support/teams/signer.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z') / 1000;
const base64 = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token's contents as the Bot Framework writes them, but for some fields; undefined takes one out. */
const claims = (teams: ServedTeams, other: object = {}) => ({
  iss: ISSUER,
  aud: APP_ID,
  nbf: NOW - 60,
  exp: NOW + 3600,
  serviceurl: teams.connector.serviceUrl,
  ...other,
});

/** Signed with the published key, or another, under any header. */
function signed(teams: ServedTeams, header: object = {}, payload: object = {}, key = teams.signer.key()) {
  return new SignJWT(claims(teams, payload))
    .setProtectedHeader({ alg: 'RS256', kid: teams.signer.kid(), ...header })
    .sign(key);
}

/** The published key's public half: what everybody can read. */
async function publicKey({ signer }: ServedTeams) {
  const jwk = await exportJWK(signer.key());
  const half = { kty: 'RSA', n: jwk.n ?? '', e: jwk.e ?? '' };
  const pem = createPublicKey({ key: half, format: 'jwk' }).export({ format: 'pem', type: 'spki' }).toString();
  return { half, pem };
}

async function refusalOf(teams: ServedTeams, token: string, fields: ActivityFields = {}) {
  const { status } = await teams.post(teams.activity({ text: 'does it come back', ...fields }), `Bearer ${token}`);
  expect(teams.bot.heard).toEqual([]);
  expect(teams.connector.received).toEqual([]);
  return [status, /"refused":"(\w+)"/.exec(teams.log())?.[1]];
}

describe('a forged token is refused', () => {
  it('where the public key is the secret of an HMAC', async () => {
    const teams = await serveTeams();
    const { half, pem } = await publicKey(teams);
    for (const secret of [pem, pem.trim(), JSON.stringify(half), half.n]) {
      const content = `${base64({ alg: 'HS256', typ: 'JWT', kid: 'key-1' })}.${base64(claims(teams))}`;
      const signature = createHmac('sha256', secret).update(content).digest('base64url');
      expect(await refusalOf(teams, `${content}.${signature}`)).toEqual([401, 'wrong_algorithm']);
    }
  });

  it.each(['key-1', 'mine'])('where its header brings its own key, or says where it is, as %s', async (kid) => {
    let asked = 0;
    const { privateKey, publicKey: mine } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = { ...mine.export({ format: 'jwk' }), kid, use: 'sig', endorsements: ['msteams'] } as const;
    const server = createServer((_req, res) => {
      asked += 1;
      res.end(JSON.stringify({ keys: [jwk] }));
    });
    const url = await listening(server);
    onTestFinished(() => void server.close());
    const teams = await serveTeams();
    const key = privateKey as never;
    for (const header of [{ jku: url }, { x5u: url }, { jwk }, { jku: url, jwk, x5t: 'AA', x5c: ['AA=='] }]) {
      const [status, refused] = await refusalOf(teams, await signed(teams, { kid, ...header }, {}, key));
      expect([status, refused]).toEqual([401, kid === 'mine' ? 'unknown_key' : 'wrong_signature']);
    }
    expect(asked).toBe(0);
  });

  it.each<[string, unknown]>([
    ['no kid', undefined],
    ['null', null],
    ['a number', 1],
    ['a list', ['key-1']],
    ['an object', { toString: 'key-1' }],
    ['the name of an inherited field', '__proto__'],
    ['a key that is of another kind', 'other'],
    ['a path', '../../keys'],
  ])('where its kid is %s', async (_, kid) => {
    const teams = await serveTeams();
    expect(await refusalOf(teams, await signed(teams, { kid }))).toEqual([401, 'unknown_key']);
  });

  it('where it names another published key than the one that has signed', async () => {
    const teams = await serveTeams();
    const other = await teams.signer.publish('key-2', ['msteams']);
    expect(await refusalOf(teams, await signed(teams, { kid: 'key-1' }, {}, other))).toEqual([401, 'wrong_signature']);
  });

  it('where the key that has signed may sign for other channels only', async () => {
    const teams = await serveTeams();
    const other = await teams.signer.publish('key-2', ['webchat']);
    expect(await refusalOf(teams, await signed(teams, { kid: 'key-2' }, {}, other))).toEqual([403, 'not_endorsed']);
  });

  it.each<[string, object, string]>([
    ['PS256', { alg: 'PS256' }, 'wrong_algorithm'],
    ['RS512', { alg: 'RS512' }, 'wrong_algorithm'],
    ['an extension that nobody knows', { crit: ['exp'], exp: 1 }, 'malformed_token'],
    ['a payload that is not encoded', { crit: ['b64'], b64: false }, 'wrong_signature'],
  ])('where its header asks for %s', async (_, header, refused) => {
    const teams = await serveTeams();
    const content = `${base64({ alg: 'RS256', kid: 'key-1', ...header })}.${base64(claims(teams))}`;
    expect(await refusalOf(teams, `${content}.c2lnbmVk`)).toEqual([401, refused]);
  });

  it.each<[string, object, string]>([
    ['other audiences', { aud: ['another-app', `${APP_ID}0`] }, 'wrong_audience'],
    ['no audience', { aud: undefined }, 'wrong_audience'],
    ['an audience that only begins with ours', { aud: `${APP_ID}.evil` }, 'wrong_audience'],
    ['no issuer', { iss: undefined }, 'wrong_issuer'],
    ['a list of issuers', { iss: [ISSUER, 'https://evil.example'] }, 'wrong_issuer'],
    ['the issuer with a slash', { iss: `${ISSUER}/` }, 'wrong_issuer'],
    ['no end', { exp: undefined }, 'wrong_claims'],
    ['an end in words', { exp: String(NOW + 3600) }, 'wrong_claims'],
    ['no beginning', { nbf: undefined }, 'not_yet_valid'],
    ['a beginning in words', { nbf: '0' }, 'not_yet_valid'],
    ['several serviceurls', { serviceurl: ['https://evil.example/'] }, 'wrong_claims'],
    ['an empty serviceurl', { serviceurl: '' }, 'wrong_claims'],
  ])('with a true signature over %s', async (_, payload, refused) => {
    const teams = await serveTeams();
    expect(await refusalOf(teams, await signed(teams, {}, payload))).toEqual([401, refused]);
  });

  it.each<[string, (token: string) => string]>([
    ['in quotes', (token) => `"${token}"`],
    ['with something after it', (token) => `${token}, ${token}`],
    ['with a fourth part', (token) => `${token}.e30`],
    ['as an encrypted one', (token) => `${token}.e30.e30`],
    ['with padding', (token) => `${token}==`],
    ['very long', (token) => token + 'A'.repeat(10_000)],
  ])('%s', async (_, change) => {
    const teams = await serveTeams();
    const [status] = await refusalOf(teams, change(await signed(teams)));
    expect(status).toBe(401);
  });

  it('where it stands in the address or the body in place of the header', async () => {
    const teams = await serveTeams();
    const token = await signed(teams);
    const response = await fetch(`${teams.url}/api/messages?access_token=${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(teams.activity({ text: 'does it come back', access_token: token })),
    });
    expect(response.status).toBe(401);
    expect(teams.bot.heard).toEqual([]);
  });
});

describe('a true token does not carry', () => {
  it.each([
    ['another host behind a name and a password', (url: string) => url.replace('//', '//evil.example:x@')],
    ['the same host as the name of a person', (url: string) => `https://${new URL(url).host}@evil.example/teams/`],
    ['a longer name', (url: string) => url.replace('127.0.0.1', '127.0.0.1.evil.example')],
    ['another port', (url: string) => url.replace(/:\d+\//, ':1/')],
    ['a query', (url: string) => `${url}?to=evil`],
    ['a fragment', (url: string) => `${url}#`],
    ['a folder further up', (url: string) => `${url}../`],
  ])('a message whose serviceUrl has %s', async (_, change) => {
    const teams = await serveTeams();
    const serviceUrl = change(teams.connector.serviceUrl);
    const [status] = await refusalOf(teams, await signed(teams), { serviceUrl });
    expect([400, 403]).toContain(status);
  });

  it.each<[string, ActivityFields]>([
    ['null', { conversation: { id: 'a:ann', tenantId: null }, channelData: null }],
    ['empty', { conversation: { id: 'a:ann', tenantId: '' }, channelData: { tenant: { id: '' } } }],
    ['allowed in one place and another in the other', { channelData: { tenant: { id: 'x' } } }],
    ['the allowed one with something after it', { channelData: { tenant: { id: `${TENANT}\u0000` } } }],
    ['a list with the allowed one', { channelData: { tenant: { id: [TENANT] } } }],
  ])('a message whose tenant is %s', async (_, fields) => {
    const teams = await serveTeams();
    const [status] = await refusalOf(teams, await signed(teams), fields);
    expect([400, 403]).toContain(status);
  });

  it.each<[string, ActivityFields]>([
    ['in another conversation', { conversation: { conversationType: 'personal', tenantId: TENANT, id: 'a:eve' } }],
    ['at another time', { timestamp: '2026-11-23T12:00:01Z' }],
    ['in another language', { locale: 'es' }],
  ])('the same message a second time %s', async (_, change) => {
    const teams = await serveTeams();
    const token = await signed(teams);
    const activity = teams.activity({ text: 'does it come back' });
    expect((await teams.post(activity, `Bearer ${token}`)).status).toBe(200);
    expect((await teams.post({ ...activity, ...change }, `Bearer ${token}`)).status).toBe(403);
    expect(teams.connector.messages()).toHaveLength(1);
  });
});
