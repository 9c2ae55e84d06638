import fc from 'fast-check';
import { generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../bot/channels/web/problem.ts';
import { type ActivityFields, type ServedTeams, serveTeams, TENANT } from '../../../support/teams/serve-teams.ts';
import type { TokenClaims } from '../../../support/teams/signer.ts';

const HOUR = 60 * 60;
const NOW = Date.parse('2026-11-23T12:00:00Z') / 1000;

const bearer = async (teams: ServedTeams, claims: TokenClaims) => `Bearer ${await teams.token(claims)}`;
const unsigned = (header: object, payload: object) =>
  `Bearer ${[header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;

/** Nothing reached the bot, nothing went out, and the log says why without a word of what was sent. */
async function expectRefused(teams: ServedTeams, response: Response, status: number, refused: string) {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toMatch('application/problem+json');
  expect(((await response.json()) as Problem).status).toBe(status);
  expect(teams.bot.heard).toEqual([]);
  expect(teams.connector.received).toEqual([]);
  expect(teams.log()).toContain(`"refused":"${refused}"`);
  expect(teams.log()).not.toContain('come back');
}

describe('POST /api/messages lets a message in', () => {
  it('with a token that holds, and answers it through the connector', async () => {
    const teams = await serveTeams();
    expect((await teams.say('does it come back')).status).toBe(200);
    expect(teams.bot.heard).toHaveLength(1);
    expect(teams.connector.messages()).toHaveLength(1);
    expect(teams.connector.received.map(({ authorization }) => authorization)).toEqual(
      teams.connector.received.map(() => 'Bearer outbound-token'),
    );
  });

  it.each<[string, TokenClaims]>([
    ['just past its end', { exp: NOW - 240 }],
    ['just before its beginning', { nbf: NOW + 240 }],
    ['with another slash at the end of its serviceurl', {}],
  ])('with a token %s, within the five minutes that clocks may differ', async (_, claims) => {
    const teams = await serveTeams();
    const serviceurl = teams.connector.serviceUrl.replace(/\/$/, '');
    expect(
      (await teams.post(teams.activity({ text: 'hi' }), await bearer(teams, { serviceurl, ...claims }))).status,
    ).toBe(200);
  });

  it('of any tenant that is allowed, however its id is written', async () => {
    const teams = await serveTeams({ env: { TEAMS_ALLOWED_TENANTS: `other,${TENANT.toUpperCase()}` } });
    expect((await teams.say('hi')).status).toBe(200);
  });
});

describe('POST /api/messages refuses', () => {
  const tokens: [string, (teams: ServedTeams) => Promise<string | null>, string][] = [
    ['no token', async () => null, 'no_token'],
    ['another scheme', async () => 'Basic YTpi', 'no_token'],
    ['an empty token', async () => 'Bearer ', 'no_token'],
    ['what is no token', async () => 'Bearer abc', 'malformed_token'],
    [
      'alg none',
      async ({ connector }) =>
        unsigned({ alg: 'none' }, { aud: 'x', exp: NOW + HOUR, serviceurl: connector.serviceUrl }),
      'wrong_algorithm',
    ],
    [
      'a secret in place of a key',
      async () => `${unsigned({ alg: 'HS256', kid: 'key-1' }, { exp: NOW + HOUR })}c2lnbmVk`,
      'wrong_algorithm',
    ],
    [
      'a key that is not the published one',
      async (teams) => bearer(teams, { key: (await generateKeyPair('RS256')).privateKey }),
      'wrong_signature',
    ],
    ['a key that nobody knows', (teams) => bearer(teams, { kid: 'made-up' }), 'unknown_key'],
    ['another audience', (teams) => bearer(teams, { aud: 'another-app' }), 'wrong_audience'],
    ['another issuer', (teams) => bearer(teams, { iss: `https://sts.windows.net/${TENANT}/` }), 'wrong_issuer'],
    ['a token that has expired', (teams) => bearer(teams, { nbf: NOW - 2 * HOUR, exp: NOW - 301 }), 'expired'],
    ['a token that is not valid yet', (teams) => bearer(teams, { nbf: NOW + 301 }), 'not_yet_valid'],
    [
      'a token without a serviceurl',
      ({ signer }) => signer.token({}).then((token) => `Bearer ${token}`),
      'wrong_claims',
    ],
  ];
  it.each(tokens)('%s with 401', async (_, authorization, refused) => {
    const teams = await serveTeams();
    const response = await teams.post(teams.activity({ text: 'does it come back' }), await authorization(teams));
    await expectRefused(teams, response, 401, refused);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('a body that was changed under its signature with 401, before it is read', async () => {
    const teams = await serveTeams();
    const [head, , signature] = (await teams.token()).split('.');
    const payload = Buffer.from(JSON.stringify({ aud: 'x' })).toString('base64url');
    await expectRefused(
      teams,
      await teams.post('not json at all', `Bearer ${head}.${payload}.${signature}`),
      401,
      'wrong_signature',
    );
  });

  it('a message for another serviceUrl than the token was issued for with 403', async () => {
    const teams = await serveTeams();
    for (const serviceUrl of ['https://evil.example/', `${teams.connector.serviceUrl}other/`]) {
      const response = await teams.post(teams.activity({ serviceUrl, text: 'does it come back' }));
      await expectRefused(teams, response, 403, 'wrong_service');
    }
  });

  it('a channel that the key is not endorsed for with 403', async () => {
    const teams = await serveTeams({ endorsements: ['webchat'] });
    await expectRefused(teams, await teams.say('does it come back'), 403, 'not_endorsed');
  });

  it('a key without endorsements with 403', async () => {
    const teams = await serveTeams({ endorsements: [] });
    await expectRefused(teams, await teams.say('does it come back'), 403, 'not_endorsed');
  });

  it('other channels than Teams with 403, though the key is endorsed for them', async () => {
    const teams = await serveTeams({ endorsements: ['msteams', 'webchat'] });
    await expectRefused(teams, await teams.say('does it come back', { channelId: 'webchat' }), 403, 'wrong_channel');
  });

  it.each<[string, ActivityFields]>([
    ['another tenant', { conversation: { id: 'a:ann', tenantId: 'x' }, channelData: { tenant: { id: 'x' } } }],
    ['no tenant at all', { conversation: { id: 'a:ann' }, channelData: {} }],
    ['two tenants', { conversation: { id: 'a:ann', tenantId: TENANT }, channelData: { tenant: { id: 'x' } } }],
  ])('%s with 403', async (_, fields) => {
    const teams = await serveTeams();
    await expectRefused(teams, await teams.say('does it come back', fields), 403, 'wrong_tenant');
  });

  it('every tenant where none is allowed, and says so at start', async () => {
    const teams = await serveTeams({ env: { TEAMS_TENANT_ID: '' } });
    await expectRefused(teams, await teams.say('does it come back'), 403, 'wrong_tenant');
    expect(teams.warnings.join()).toContain('TEAMS_ALLOWED_TENANTS');
  });

  it.each<[string, ActivityFields]>([
    ['without an id', { id: undefined }],
    ['without a sender', { from: undefined }],
    ['with a conversation that leads elsewhere', { conversation: { id: '../../other' } }],
    ['with a conversation that leads a step up', { conversation: { id: '..' } }],
    ['with a conversation that leads a step up, encoded', { conversation: { id: '%2E.' } }],
    ['with an id that leads a step up', { id: '..' }],
    ['with an id of two lines', { id: '1\r\n2' }],
    ['with an id of half a character', { id: '\uD83D' }],
    ['whose serviceUrl is no web address', { serviceUrl: 'file:///etc' }],
    ['whose serviceUrl is not encrypted', { serviceUrl: 'http://smba.trafficmanager.net/teams/' }],
    ['whose serviceUrl has a name and a password', { serviceUrl: 'https://a:b@smba.trafficmanager.net/teams/' }],
    ['whose serviceUrl has a query', { serviceUrl: 'https://smba.trafficmanager.net/teams/?a' }],
  ])('an activity %s with 400', async (_, fields) => {
    const teams = await serveTeams();
    expect((await teams.say('hi', fields)).status).toBe(400);
    expect(teams.connector.received).toEqual([]);
  });

  it('an activity nested deeper than a stack can follow with 400', async () => {
    const teams = await serveTeams();
    const body = JSON.stringify(teams.activity({ value: 'here' }));
    const response = await fetch(`${teams.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: await bearer(teams, {}) },
      body: body.replace('"here"', '['.repeat(100_000) + ']'.repeat(100_000)),
    });
    expect(response.status).toBe(400);
  });
});

describe('an activity of whatever form', () => {
  it('is taken or refused, and never breaks anything', async () => {
    const teams = await serveTeams({ env: { RATE_LIMIT_PER_MINUTE: '100000' } });
    const names = [
      ...Object.keys(teams.activity()),
      'text',
      'entities',
      'value',
      'name',
      'replyToId',
      'attachments',
      'action',
      'deliveryMode',
    ];
    const types = fc.constantFrom(
      'message',
      'messageUpdate',
      'invoke',
      'installationUpdate',
      'invokeResponse',
      'trace',
    );
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('', null, [], {}, 'expectReplies', 'adaptiveCard/action'));
    await fc.assert(
      fc.asyncProperty(types, fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 3 }), async (type, fields) => {
        const { status } = await teams.post({ ...teams.activity({ type, text: 'hello', action: 'add' }), ...fields });
        expect([200, 400, 403, 501]).toContain(status);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the signing keys', () => {
  it('are fetched once for many messages, and once more when an unknown key has signed', async () => {
    const teams = await serveTeams();
    await Promise.all([teams.say('hi'), teams.say('hello')]);
    expect(teams.signer.fetched()).toBe(1);
    await teams.signer.rotate();
    expect((await teams.say('good day')).status).toBe(200);
    expect(teams.signer.fetched()).toBe(2);
  });

  it('let every message in that comes with a rolled key while it is being fetched', async () => {
    const teams = await serveTeams();
    await teams.say('hi');
    await teams.signer.rotate();
    const all = await Promise.all(['one', 'two', 'three'].map((text) => teams.say(text)));
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(teams.signer.fetched()).toBe(2);
  });

  it('are not fetched for each token that somebody makes up', async () => {
    const teams = await serveTeams();
    for (const kid of ['one', 'two', 'three']) await teams.post(teams.activity(), await bearer(teams, { kid }));
    expect(teams.signer.fetched()).toBe(2);
    teams.pass(60_000);
    await teams.post(teams.activity(), await bearer(teams, { kid: 'four' }));
    expect(teams.signer.fetched()).toBe(3);
  });

  it('are fetched anew after a day, so that a key that was withdrawn stops to count', async () => {
    const teams = await serveTeams();
    const withdrawn = { key: teams.signer.key(), kid: teams.signer.kid() };
    await teams.say('hi');
    await teams.signer.rotate();
    teams.pass(24 * HOUR * 1000);
    expect((await teams.post(teams.activity(), await bearer(teams, withdrawn))).status).toBe(401);
  });

  it('serve on while they can not be fetched anew, but not for ever', async () => {
    const teams = await serveTeams();
    await teams.say('hi');
    teams.signer.fail(true);
    teams.pass(48 * HOUR * 1000);
    expect((await teams.say('hi')).status).toBe(200);
    teams.pass(72 * HOUR * 1000);
    expect((await teams.say('hi')).status).toBe(503);
  });

  it('are not asked for with each message while they can not be fetched anew', async () => {
    const teams = await serveTeams();
    await teams.say('hi');
    teams.signer.fail(true);
    teams.pass(24 * HOUR * 1000);
    const before = teams.signer.asked();
    for (const text of ['one', 'two', 'three']) expect((await teams.say(text)).status).toBe(200);
    expect(teams.signer.asked()).toBe(before + 1);
    teams.pass(60_000);
    await teams.say('four');
    expect(teams.signer.asked()).toBe(before + 2);
  });

  it('let nobody in where they can not be had', async () => {
    const teams = await serveTeams();
    teams.signer.fail(true);
    const response = await teams.say('hi');
    expect(response.status).toBe(503);
    expect(teams.bot.heard).toEqual([]);
    teams.signer.fail(false);
    expect((await teams.say('hi')).status).toBe(200);
  });
});

describe('a message that comes again', () => {
  it('is answered 200 when it is the same, and not a second time', async () => {
    const teams = await serveTeams();
    const activity = teams.activity({ text: 'does it come back' });
    expect((await teams.post(activity)).status).toBe(200);
    // Another token, other order of fields: a delivery that is repeated.
    const again = Object.fromEntries(Object.entries(activity).reverse());
    expect((await teams.post(again)).status).toBe(200);
    expect(teams.connector.messages()).toHaveLength(1);
  });

  it('is answered once though both come at the same time', async () => {
    const teams = await serveTeams();
    const activity = teams.activity({ text: 'does it come back' });
    const both = await Promise.all([teams.post(activity), teams.post(activity)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(teams.connector.messages()).toHaveLength(1);
  });

  it('is refused with 403 when anything in it has changed', async () => {
    const teams = await serveTeams();
    const activity = teams.activity({ text: 'does it come back' });
    await teams.post(activity);
    for (const change of [
      { text: 'danger' },
      { from: { id: '29:eve' } },
      { channelData: { tenant: { id: TENANT }, more: 1 } },
    ]) {
      expect((await teams.post({ ...activity, ...change })).status).toBe(403);
    }
    expect(teams.connector.messages()).toHaveLength(1);
    expect(teams.log()).toContain('"refused":"changed_replay"');
  });

  it('is remembered for as long as its token passes', async () => {
    const teams = await serveTeams();
    const activity = teams.activity({ text: 'hi' });
    const token = await bearer(teams, {});
    await teams.post(activity, token);
    teams.pass(HOUR * 1000 + 299_000);
    expect((await teams.post({ ...activity, text: 'danger' }, token)).status).toBe(403);
    teams.pass(2000);
    expect((await teams.post({ ...activity, text: 'danger' }, token)).status).toBe(401);
  });

  it('is another one once it is edited', async () => {
    const teams = await serveTeams();
    const activity = teams.activity({ text: 'hi' });
    await teams.post(activity);
    const edit = {
      ...activity,
      type: 'messageUpdate',
      channelData: { tenant: { id: TENANT }, eventType: 'editMessage' },
    };
    for (const timestamp of ['2026-11-23T12:00:05Z', '2026-11-23T12:00:09Z', '2026-11-23T12:00:09Z']) {
      expect((await teams.post({ ...edit, timestamp, text: 'does it come back' })).status).toBe(200);
    }
    expect(teams.connector.messages()).toHaveLength(3);
  });
});

describe('without an app registration', () => {
  it('there is no endpoint, and all else runs', async () => {
    const teams = await serveTeams({ env: { TEAMS_APP_ID: '', TEAMS_APP_PASSWORD: '' } });
    expect((await teams.say('hi')).status).toBe(404);
    expect((await fetch(`${teams.url}/healthz`)).status).toBe(200);
    expect(JSON.stringify(await (await fetch(`${teams.url}/openapi.json`)).json())).not.toContain('/api/messages');
  });

  it('TEAMS_ANONYMOUS takes messages of this machine without a token, and says so at start', async () => {
    const teams = await serveTeams({ env: { TEAMS_ANONYMOUS: 'true' } });
    expect(teams.warnings.join()).toMatch(/TEAMS_ANONYMOUS.*WITHOUT PROOF/);
    expect((await teams.say('does it come back')).status).toBe(200);
    expect(teams.connector.received.map(({ authorization }) => authorization)).not.toContain('Bearer outbound-token');
    expect(teams.connector.messages()).toHaveLength(1);
  });

  it.each(['', 'http://localhost:3978'])('a PUBLIC_URL such as "%s" is warned of at start', async (publicUrl) => {
    const teams = await serveTeams({ env: { PUBLIC_URL: publicUrl } });
    expect(teams.warnings.join()).toContain('PUBLIC_URL');
    expect((await serveTeams()).warnings).toEqual([]);
  });

  const strangers: [string, Record<string, string>][] = [
    ['that a proxy or tunnel has passed on', { 'x-forwarded-for': '203.0.113.9' }],
    ['of a page', { origin: 'http://127.0.0.1:3978' }],
  ];
  it.each(strangers)('TEAMS_ANONYMOUS takes no message %s', async (_, headers) => {
    const teams = await serveTeams({ env: { TEAMS_ANONYMOUS: 'true' } });
    const response = await fetch(`${teams.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(teams.activity({ text: 'does it come back' })),
    });
    expect(response.status).toBe(403);
    expect(teams.bot.heard).toEqual([]);
  });

  it('TEAMS_ANONYMOUS sends nothing to other machines', async () => {
    const teams = await serveTeams({ env: { TEAMS_ANONYMOUS: 'true' } });
    const response = await teams.say('does it come back', { serviceUrl: 'https://smba.trafficmanager.net/teams/' });
    await expectRefused(teams, response, 403, 'not_loopback');
  });

  it('TEAMS_ANONYMOUS counts for nothing beside an app id', async () => {
    const teams = await serveTeams({
      env: { TEAMS_ANONYMOUS: 'true', TEAMS_APP_ID: 'app', TEAMS_APP_PASSWORD: 'secret', TEAMS_TENANT_ID: TENANT },
    });
    await expectRefused(teams, await teams.say('does it come back'), 401, 'no_token');
    expect(teams.warnings.join()).toContain('no effect');
  });
});
