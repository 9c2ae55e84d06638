import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../../support/serve-web.ts';
import type { Sent } from '../../../support/teams/connector.ts';
import { serveTeams } from '../../../support/teams/serve-teams.ts';

const asked = 'does it come back';

describe('sending to the connector', () => {
  it.each([429, 503, 412])('tries again after a %i, which has not taken the message, and backs off', async (status) => {
    const teams = await serveTeams();
    teams.connector.answerWith((res, _sent, count) => count < 4 && Boolean(res.writeHead(status).end('{}')));
    expect((await teams.say(asked)).status).toBe(200);
    expect(teams.connector.messages()).toHaveLength(4);
    const [first = 0, second = 0, third = 0] = teams.pauses;
    expect(teams.pauses).toHaveLength(3);
    expect(first).toBeGreaterThanOrEqual(500);
    expect(second).toBeGreaterThanOrEqual(1000);
    expect(third).toBeGreaterThanOrEqual(2000);
  });

  it('waits as long as the connector asks', async () => {
    const teams = await serveTeams();
    teams.connector.answerWith(
      (res, _sent, count) => count === 1 && Boolean(res.writeHead(429, { 'retry-after': '3' }).end()),
    );
    await teams.say(asked);
    expect(teams.pauses).toEqual([3000]);
    expect(teams.connector.messages()).toHaveLength(2);
  });

  it('gives up where the connector asks for longer than a turn may take, and logs it', async () => {
    const teams = await serveTeams();
    teams.connector.answerWith((res) => Boolean(res.writeHead(429, { 'retry-after': '600' }).end()));
    expect((await teams.say(asked)).status).toBe(200);
    expect(teams.connector.messages()).toHaveLength(1);
    expect(teams.log()).toContain('TEAMS_REFUSED_429');
  });

  it('ends the turn after four tries, and logs it', async () => {
    const teams = await serveTeams();
    teams.connector.answerWith((res) => Boolean(res.writeHead(429).end()));
    expect((await teams.say(asked)).status).toBe(200);
    expect(teams.connector.messages()).toHaveLength(4);
    expect(teams.log()).toContain('TEAMS_REFUSED_429');
  });

  it.each([500, 502, 504])('never tries again after a %i, which may have taken the message', async (status) => {
    const teams = await serveTeams();
    teams.connector.answerWith((res) => Boolean(res.writeHead(status).end('{}')));
    expect((await teams.say(asked)).status).toBe(200);
    expect(teams.connector.messages()).toHaveLength(1);
    expect(teams.pauses).toEqual([]);
    expect(teams.log()).toContain(`TEAMS_UNKNOWN_${status}`);
  });

  it('never tries again where the connection broke with the message in hand', async () => {
    const teams = await serveTeams();
    teams.connector.answerWith((res) => Boolean(res.destroy()));
    expect((await teams.say(asked)).status).toBe(200);
    expect(teams.connector.messages()).toHaveLength(1);
    expect(teams.log()).toContain('TEAMS_UNKNOWN_');
  });

  it('ends the turn where the connector never answers, and sends nothing twice', async () => {
    const teams = await serveTeams({ delivery: { timeoutMs: 50 } });
    teams.connector.answerWith(() => true);
    expect((await teams.say(asked)).status).toBe(200);
    expect(teams.connector.messages()).toHaveLength(1);
    expect(teams.log()).toContain('TEAMS_UNKNOWN_TimeoutError');
  });

  it('sends the words alone where the connector rejects the card', async () => {
    const teams = await serveTeams();
    teams.connector.answerWith((res, sent) => sent.attachments !== undefined && Boolean(res.writeHead(400).end('{}')));
    await teams.say('danger');
    expect(teams.connector.messages().map(({ attachments }) => attachments?.length)).toEqual([1, undefined]);
    expect(teams.connector.messages()[1]?.text).toContain('911');
  });

  it('does not try again what will never be taken', async () => {
    const teams = await serveTeams();
    teams.connector.answerWith((res) => Boolean(res.writeHead(403).end('{}')));
    expect((await teams.say('anything else')).status).toBe(200);
    expect(teams.connector.messages()).toHaveLength(1);
    expect(teams.log()).toContain('TEAMS_REJECTED_403');
  });

  it('tries again where nobody listens, and ends the turn', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => nobody.once('listening', resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    const teams = await serveTeams();
    const serviceUrl = `http://127.0.0.1:${port}/`;
    const token = `Bearer ${await teams.token({ serviceurl: serviceUrl })}`;
    expect((await teams.post(teams.activity({ text: asked, serviceUrl }), token)).status).toBe(200);
    expect(teams.pauses).toHaveLength(3);
    expect(teams.log()).toContain('TEAMS_REFUSED_ECONNREFUSED');
  });

  it('ends the turn where no token can be had, and logs why', async () => {
    const teams = await serveTeams({
      outboundToken: async () => {
        throw Object.assign(new Error('no'), { code: 'invalid_client' });
      },
    });
    expect((await teams.say(asked)).status).toBe(200);
    expect(teams.connector.received).toEqual([]);
    expect(teams.log()).toContain('invalid_client');
  });

  it('never sends a typing indicator twice, nor waits for it', async () => {
    const teams = await serveTeams({ delivery: { timeoutMs: 50 } });
    await teams.say(asked);
    expect(teams.connector.received.filter(({ activity }) => activity.type === 'typing')).toHaveLength(1);
  });

  it('goes into the answer of the request itself where that is asked for', async () => {
    const teams = await serveTeams();
    const { activities } = await bodyOf<{ activities: Sent[] }>(teams.say(asked, { deliveryMode: 'expectReplies' }));
    expect(activities.map(({ type }) => type)).toEqual(['typing', 'message']);
    expect(teams.connector.received).toEqual([]);
  });

  it('answers a delivery that Teams repeats meanwhile with 200, and only once in words', async () => {
    const teams = await serveTeams();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    teams.connector.answerWith((res) => {
      void held.then(() => res.writeHead(201).end('{"id":"1"}'));
      return true;
    });
    const activity = teams.activity({ text: asked });
    const first = teams.post(activity);
    await expect.poll(() => teams.connector.messages()).toHaveLength(1);
    expect((await teams.post(activity)).status).toBe(200);
    release();
    expect((await first).status).toBe(200);
    expect(teams.connector.messages()).toHaveLength(1);
  });
});
